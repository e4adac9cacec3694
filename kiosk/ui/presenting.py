"""How pay, days, hours and ways are said on a screen, in the language of the visit; no Qt, no look-ups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Protocol

from kiosk.domain.clock import clock_text, hall_time
from kiosk.domain.jobs import Job, Pay, PayRule, PayUnit, Shift
from kiosk.domain.sentences import Sentence

LONG_TERM_DAYS = 28
"""From four weeks on, work is called long-term instead of being counted in days."""


class Say(Protocol):
    """A catalogue: a key and the values of its placeholders give a sentence."""

    @property
    def language(self) -> str:
        """The language the sentences are in, such as `zh_CN`."""
        ...

    def __call__(self, key: str, /, **args: object) -> str:
        """Return the sentence."""
        ...


def spoken(say: Say, sentence: Sentence | None) -> str:
    """Return a sentence in words, days said as the language says them; nothing for None."""
    if sentence is None:
        return ""
    said = {
        name: day_of_a_year(say, value) if isinstance(value, date) else value
        for name, value in sentence.args.items()
    }
    return say(sentence.key, **said)


def together(say: Say, sentences: Iterable[Sentence]) -> str:
    """Return sentences behind one another, where there is one place for all of them."""
    return say("ui.confirm.also").join(spoken(say, sentence) for sentence in sentences)


def is_chinese(say: Say) -> bool:
    """Tell whether Chinese names of things are shown."""
    return say.language.startswith("zh")


def job_title(say: Say, job: Job) -> str:
    """Return what the work is called; where nobody translated it, its Chinese name."""
    return job.title if is_chinese(say) else job.title_en or job.title


def job_tasks(say: Say, job: Job) -> str:
    """Return what there is to do, in the language of the visit where it was written down."""
    return job.content if is_chinese(say) else job.content_en or job.content


def pay_figure(pay: Pay) -> str:
    """Return the pay as digits in yuan: 180, 12000, 1.2; fen only where there are some."""
    return yuan_figure(pay.fen)


def yuan_figure(pay_fen: int) -> str:
    """Return an amount as digits in yuan."""
    yuan, fen = divmod(pay_fen, 100)
    return f"{yuan}.{fen:02d}".rstrip("0") if fen else str(yuan)


def pay_unit(say: Say, pay: Pay) -> str:
    """Return what one figure buys, short enough to stand beside it: 元/天."""
    return unit_word(say, pay.unit, pay.piece_name)


def unit_word(say: Say, unit: PayUnit, piece_name: str) -> str:
    """Return a unit of pay; pieces that have no name in the language of the visit are called pieces."""
    return say(f"ui.unit.{unit.value}", piece=(is_chinese(say) and piece_name) or say("ui.piece"))


def payday_tag(say: Say, pay: Pay) -> str:
    """Return when the money comes, in three or four signs: 当天结."""
    if pay.rule is PayRule.ON_DATE and pay.due_on:
        return say("ui.payday_tag.on_date", day=calendar_day(say, pay.due_on))
    return say(f"ui.payday_tag.{pay.rule.value}")


def payday(say: Say, job: Job, today: date) -> str:
    """Return when the money comes, as a sentence: 今天 17:30 给钱."""
    pay = job.pay
    key = f"ui.payday.{pay.rule.value}"
    if pay.rule in {PayRule.SAME_DAY, PayRule.AFTER_WORK, PayRule.ON_DATE}:
        day = pay.due_on or job.shift.last_day
        if pay.due_at:
            return say("ui.payday.at", day=day_word(say, day, today), time=short_time(pay.due_at))
        if pay.rule is PayRule.ON_DATE:
            return say(key, day=day_word(say, day, today))
    return say(key)


def pay_note(say: Say, pay: Pay, employer_name: str) -> str:
    """Return how and by whom the money is paid; an employer who is named beside it is not named again."""
    payer = say("ui.employer") if pay.payer == employer_name else pay.payer
    return say(f"ui.pay_way.{pay.way.value}", payer=payer)


def day_word(say: Say, day: date, today: date) -> str:
    """Return a day as people say it, seen from the hall's day: 今天, 明天, 9月18日 周四."""
    nearness = {0: "today", 1: "tomorrow", 2: "after_tomorrow"}.get((day - today).days)
    return say(f"ui.day.{nearness}") if nearness else dated(say, day)


def dated(say: Say, day: date) -> str:
    """Return a day by its date and weekday: 9月18日 周四."""
    return say("ui.day.dated", day=calendar_day(say, day), weekday=say(f"ui.weekday.{day.weekday()}"))


def past_day(say: Say, day: date, today: date) -> str:
    """Return a day that is over as people say it, with its date: 前天 9月16日."""
    ago = (today - day).days
    nearness = {0: "today", 1: "yesterday", 2: "before_yesterday"}.get(ago)
    return say(f"own.day.{nearness}", day=calendar_day(say, day)) if nearness else dated(say, day)


def calendar_day(say: Say, day: date) -> str:
    """Return a day by its date alone: 9月18日."""
    return say("ui.day.date", month=say(f"ui.month.{day.month}"), day=day.day)


def day_of_a_year(say: Say, day: date) -> str:
    """Return a day that may lie years away: 2026年9月18日."""
    return say("ui.day.of_year", year=day.year, day=calendar_day(say, day))


def short_time(at: time) -> str:
    """Return a time of day without a leading zero: 7:00, as hours of work are written on the signs."""
    return f"{at.hour}:{at.minute:02d}"


def hours(shift: Shift) -> str:
    """Return when a day's work begins and ends: 7:00–17:00."""
    return f"{short_time(shift.starts_at)}–{short_time(shift.ends_at)}"


def clock_span(starts: datetime, ends: datetime) -> str:
    """Return from when to when by the hall's clock: 06:20–18:10."""
    return f"{clock_text(hall_time(starts).time())}–{clock_text(hall_time(ends).time())}"


def day_span(say: Say, starts: datetime, ends: datetime) -> str:
    """Return on which days, one day named once: 9月18日, 9月18日–9月19日."""
    first, last = (calendar_day(say, hall_time(instant).date()) for instant in (starts, ends))
    return first if first == last else f"{first}–{last}"


def days_of_work(shift: Shift) -> int:
    """Return over how many calendar days the work runs."""
    return (shift.last_day - shift.first_day).days + 1


def span_word(say: Say, shift: Shift, today: date) -> str:
    """Return which days the hours of a card belong to; nothing for work of this one day."""
    days = days_of_work(shift)
    if days >= LONG_TERM_DAYS:
        return say("ui.span.long")
    if days > 1:
        return say("ui.span.days", days=days)
    return "" if shift.first_day == today else day_word(say, shift.first_day, today)


def distance(say: Say, metres: int) -> str:
    """Return how far it is: 800米, 18公里; nothing where nobody measured it."""
    if metres <= 0:
        return ""
    if metres < 1000:
        return say("ui.distance.metres", metres=metres)
    return say("ui.distance.km", km=round(metres / 1000))


def figure(picture: str) -> str:
    """Return the drawing of a trade as screens name it."""
    return f"pictograms/{picture}"
