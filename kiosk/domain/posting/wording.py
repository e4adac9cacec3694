"""Words an advertisement may not use: classes, their patterns, and phrases that only look bad.

Patterns run over `plain_text`, where full width, spaces and fillings are gone and commas have become `,`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.domain.eligibility import Level

_SEX = r"(?:男|女|妇女|nan(?![a-z])|nv|nü)"
_COUNT = r"(?:\d{1,3}(?:个|名|位|人)?|几个|[一两二三四五六七八九十]{1,2}(?:个|名|位))"
_YEARS = r"(?:[1-9]\d|[二三四五六七八九]?十[一二三四五六七八九]?)"
_NATION = (
    r"(?:汉|蒙古?|回|藏|维吾尔|维|苗|彝|壮|满|侗|瑶|白|傣|黎|羌|水|土家|土|哈萨克|东乡|保安|裕固|撒拉"
    r"|朝鲜|柯尔克孜)族"
)
_PROVINCE = (
    r"(?:河南|河北|山东|山西|陕西|甘肃|青海|宁夏|新疆|西藏|四川|重庆|云南|贵州|广西|广东|海南|福建|浙江|江苏|安徽|江西"
    r"|湖南|湖北|东北|辽宁|吉林|黑龙江|内蒙古?|北京|天津|上海)"
)
_MONEY = (
    r"(?:押金|压金|鸭金|押jin|yajin|抵押金|保证金|风险金|培训费|服装费|工服费|中介费|介绍费|报名费|建档费|办证费"
    r"|体检费|入职费)"
)
_AWAY = r"(?:勿扰|勿来|免谈|不要|不招|不收|别来|莫来|请绕道)"

_HARMLESS = re.compile(
    "|".join(
        (
            r"性别不限|不限性别|男女(?:老少)?(?:都|均|皆)?(?:不限|可以?|行|要)|不限男女|不分男女|不论男女",
            r"年龄不限|不限年龄|不看年龄|婚否不限|已婚未婚(?:都|均|皆)?(?:可以?|行|不限)",
            r"(?:男|女)(?:士|式|款)?(?:装(?![卸修车货箱运袋筐菜])|皮?鞋|裤|衣|包(?![装吃住])|袜|帽|衬衫|厕|浴室|宿舍|更衣室)",
            _YEARS + r"(?:周岁|岁)以上(?:的)?(?:也|都|同样|一样)?(?:欢迎|可以?|行|要)",
            r"[一-鿿]{1,4}族(?:自治(?:区|州|县|旗)|乡)",
            r"(?:不收|免收|免交|不用交|不需要?交|无需交|不必交|无|没有|免)(?:取)?(?:任何|一切)?"
            + _MONEY
            + r"(?!,?(?:不(?:上|让|能|要|录|干|给)|别|勿|免谈))",
            _MONEY + r"(?:都)?由?(?:老板|公司|单位|我们|雇主|厂里|合作社)(?:出|付|承担|报销)",
            r"不(?:扣|押|收|抵押)(?:您的|任何)?(?:身份证|证件)|(?:身份证|证件)(?:不扣|不押|当场还)",
            r"(?:不查|不验|不问)乙肝|乙肝不限|没有?试用期|无试用期|不设试用期",
            r"女儿|子女|儿女|孙女",
            r"户口不限|不限户口|(?:本地外地|外地本地|外地(?:人|的)?也)(?:都|均)?(?:可以?|行|要)",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Wording:
    """One class of words: the rule that speaks, how strongly, and what it looks for."""

    rule: str
    level: Level
    pattern: re.Pattern[str]


def _class(rule: str, level: Level, *patterns: str) -> Wording:
    return Wording(rule, level, re.compile("|".join(patterns)))


CLASSES = (
    _class(
        "sex",
        Level.BLOCK,
        rf"(?<!不)(?:限|只|仅|就)(?:限|招|要|收|需|用|找)?{_COUNT}?{_SEX}",
        rf"{_SEX}(?:性|士|工|生|的)?(?:优先|{_AWAY})",
        rf"(?:不要|不招|不收|谢绝|拒绝){_SEX}",
        rf"(?:招|要|找|聘|招聘|需要?)(?:收)?{_COUNT}?{_SEX}",
        r"性别:?(?:男|女)",
        rf"{_SEX}(?:工|性|士)?\d{{1,3}}(?:个|名|位|人)",
        r"(?:wo)?m[ea]nonly|(?:fe)?males?only|only(?:wo)?men(?!t)|only(?:fe)?males?",
    ),
    _class(
        "marriage",
        Level.BLOCK,
        r"已婚|未婚|未育|已育|无孩|离异|妊娠|孕检|验孕|怀孕",
        rf"孕妇{_AWAY}|带(?:孩子|娃)(?:的)?{_AWAY}",
        r"[一两二三四五六七八九十\d]{1,2}年(?:内)?不(?:得)?(?:生育|生孩|要孩|生娃)",
    ),
    _class(
        "ethnicity",
        Level.BLOCK,
        rf"(?:限|只招|只要|仅招|不要|不招|不收|谢绝)(?:{_NATION}|少数民族)",
        rf"(?:{_NATION}|少数民族|信教)(?:的|人)?(?:优先|{_AWAY})",
    ),
    _class(
        "hukou",
        Level.BLOCK,
        r"(?:限|只招|只要|仅招|要)(?:本地|当地|本市|本县|本村|城镇|农村)(?:户口|户籍|人)",
        rf"(?:外地|外省|外来|农村|城镇|本地|{_PROVINCE})(?:户口|户籍|人)?(?:的)?(?:优先|{_AWAY})",
        rf"(?:不要|不招|不收|谢绝)(?:外地|外省|外来|农村|{_PROVINCE})",
    ),
    _class(
        "disability",
        Level.BLOCK,
        rf"残疾(?:人)?(?:的)?{_AWAY}|(?:不要|不招|不收|谢绝)残疾",
        r"(?:肢体|四肢)健全|无残疾",
    ),
    _class("disease", Level.BLOCK, r"乙肝|[大小]三阳|hbv", rf"(?:传染病|携带者|艾滋病?)(?:的)?{_AWAY}"),
    _class(
        "age",
        Level.REVIEW,
        rf"(?!1[68]){_YEARS}(?:周岁|岁)(?:以下|以内|之内|为止|内)",
        rf"年龄(?:要求|限|在)?(?:不超过|不得超过|小于|低于)?(?!1[68]){_YEARS}(?:周岁|岁)?(?:以下|以内|之内)",
        rf"(?:不超过|不得超过|小于|低于)(?!1[68]){_YEARS}(?:周岁|岁)",
        rf"{_YEARS}(?:周岁|岁)?(?:到|至)?{_YEARS}(?:周岁|岁)",
        rf"{_YEARS}(?:周岁|岁)以上(?:的)?{_AWAY}",
        rf"[56789]0后|[01]0后|0[05]后|年轻人?优先|(?:限|要|招)年轻|年龄太?大(?:的)?{_AWAY}",
    ),
    _class(
        "appearance",
        Level.REVIEW,
        r"身高\d|形象(?:好|佳)|五官端正|长相|相貌|属相|属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:的|者|勿|不)",
        r"星座|血型|口音|普通话标准",
    ),
    _class("criminal_record", Level.REVIEW, r"无案底|有案底|无犯罪记录|无前科|有前科|坐过牢"),
    _class("money", Level.BLOCK, _MONEY, r"先(?:交|付)(?:钱|\d)|交\d{2,5}元"),
    _class(
        "papers",
        Level.BLOCK,
        r"(?:扣押?|押|抵押|收走|收存|代管|保管|上交|留下)(?:您的|本人)?(?:身份证|证件|银行卡)(?!号|复印)",
        r"(?:身份证|证件|银行卡)(?:抵押|要押|押在|押给|上交|放老板|放公司|统一(?:保管|收))",
    ),
    _class(
        "non_cash",
        Level.BLOCK,
        r"以(?:货|物|工)抵|抵工资|抵(?:一部分)?工钱|(?:发|给)(?:购物|代金|提货|消费|提成)券|提成券|购物卡",
    ),
    _class(
        "hype",
        Level.REVIEW,
        r"日薪(?:上|过|破)千|高薪轻松|轻松(?:月入|日入|日赚|赚|高薪)|月入(?:过|上)万|日赚\d{3,}|躺赚",
        r"保录取|包录取|无门槛|刷单|刷信誉|跑分|境外高薪|出国高薪|代实名",
    ),
    _class("vague_pay", Level.REVIEW, r"面议|面谈|看情况|看着给|价钱好说|待遇从优"),
    _class("probation", Level.BLOCK, r"试用期"),
    _class(
        "unpaid_trial",
        Level.BLOCK,
        r"试(?:工|用|岗|做)(?:期)?[^,。;!?]{0,6}(?:不给钱|不给工钱|没工资|无工资|不算钱|免费)",
    ),
    _class(
        "contact",
        Level.REVIEW,
        r"加(?:我)?(?:微信|v信|威信|vx|qq|微)|(?:微信|v信|威信|qq)(?:联系|号|同号|报名)",
        r"vx|wechat|weixin|私聊|站外(?:谈|结|给钱)",
    ),
    _class("household_benefits", Level.BLOCK, r"五险|社保|公积金|劳动合同|工伤保险"),
)
"""Classes of 人力资源市场暂行条例 24 and its neighbours; the article of each stands beside its sentence."""


def without_harmless(text: str) -> str:
    """Return plain text with phrases that only look bad blanked out, length kept: 男装, 性别不限."""
    return _HARMLESS.sub(lambda match: "□" * len(match.group()), text)
