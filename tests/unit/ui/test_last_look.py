"""The last look before a place is taken says everything there is to mind, in the one place there is."""

from __future__ import annotations

from kiosk.catalogue import load
from kiosk.domain.eligibility import Finding, Level, Rule
from kiosk.domain.sentences import Sentence
from kiosk.ui.views.confirm_view import warned

LAW = Sentence("rules.basis_employer")
AGREEMENT = Finding(
    Rule.AGE_04,
    Level.WARN,
    Sentence("rules.age04.warn"),
    LAW,
    detail=Sentence("rules.age04.detail"),
)
HEAT = Finding(Rule.HEAT_01, Level.WARN, Sentence("rules.heat01.rotate"), LAW)
SITE = Finding(Rule.AGE_05, Level.WARN, Sentence("rules.age05.warn", {"years": 60}), LAW)


def test_a_single_reminder_says_more_of_itself() -> None:
    [face] = warned((AGREEMENT,), load("zh_CN"))
    assert (face.head, face.note) == ("先跟老板签个协议", "到退休年龄，工钱保险写上")
    assert warned((), load("zh_CN")) == ()


def test_no_reminder_is_left_out_where_there_are_several() -> None:
    """One-line break: say the first alone."""
    [face] = warned((AGREEMENT, HEAT, SITE), load("zh_CN"))
    assert (face.head, face.note) == ("先跟老板签个协议", "天热，轮着歇，不加班；满60岁，工地上多当心")
