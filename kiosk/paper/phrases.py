"""Values of a slip as short phrases: money, days, times and the promise of payday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Protocol

from kiosk.domain.clock import clock_text
from kiosk.domain.courses import class_key
from kiosk.domain.jobs import EmployerType, Insurance, Pay, PayRule, PayUnit
from kiosk.domain.slips import SlipKind
from kiosk.domain.workers import EducationState
from kiosk.paper.slips import ClassLine, Hours, Payment, SlipDocument


class Sentences(Protocol):
    """The catalogue of one language: a key and named values give a sentence."""

    def __call__(self, key: str, /, **args: object) -> str:
        """Return the sentence of a key."""
        ...


def yuan_text(fen: int) -> str:
    """Return fen as yuan with as many decimals as they need: 180, 1.2, 12.55."""
    yuan = (Decimal(fen) / 100).normalize()
    return f"{yuan:f}"


def figure_text(pay: Payment) -> str:
    """Return the figure of the page: 180, or 150–200 for an advertised range."""
    least = yuan_text(pay.fen)
    return least if pay.most_fen is None else f"{least}–{yuan_text(pay.most_fen)}"


def unit_text(pay: Payment | Pay, tr: Sentences) -> str:
    """Return what the figure buys: 元/天, 元/斤, 元/一趟活."""
    if pay.unit is PayUnit.PIECE and pay.piece_name:
        return tr("paper.pay.unit.named_piece", piece=pay.piece_name)
    return tr(f"paper.pay.unit.{pay.unit}")


def day_text(day: date, tr: Sentences) -> str:
    """Return a day as people say it: 9月18日."""
    return tr("paper.day", month=tr(f"paper.month.{day.month}"), day=day.day)


def payday_text(pay: Payment, hours: Hours, printed_on: date, tr: Sentences) -> str:
    """Return when and how the money comes; a day equal to that of printing is called today.

    A day of the month or week that nobody promised is not made up from the days of work.
    """
    way = tr(f"paper.pay.way.{pay.way}")
    day = pay.on_day or hours.last_day
    if pay.rule is PayRule.AFTER_WORK:
        return tr("paper.payday.after_work", way=way)
    if pay.on_day is None and pay.rule in {PayRule.MONTHLY, PayRule.WEEKLY}:
        return tr(f"paper.payday.{pay.rule}_open", way=way)
    if pay.rule is PayRule.MONTHLY:
        return tr("paper.payday.monthly", day=day.day, way=way)
    said = tr("paper.day.today") if day == printed_on else day_text(day, tr)
    if pay.rule is PayRule.WEEKLY:
        return tr("paper.payday.weekly", day=said, way=way)
    if pay.at is None:
        return tr("paper.payday.day", day=said, way=way)
    return tr("paper.payday.time", day=said, time=clock_text(pay.at), way=way)


def hours_texts(hours: Hours, tr: Sentences) -> tuple[str, ...]:
    """Return days, times of day and rest as three phrases; no rest gives two."""
    first = day_text(hours.first_day, tr)
    if hours.last_day != hours.first_day:
        first = tr("paper.hours.days", first=first, last=day_text(hours.last_day, tr))
    times = span_text(hours.starts_at, hours.ends_at)
    return (first, times, rest_text(hours.break_min, tr)) if hours.break_min else (first, times)


def span_text(start: time, end: time) -> str:
    """Return a span of the day: 07:00–17:00."""
    return f"{clock_text(start)}–{clock_text(end)}"


def rest_text(break_min: int, tr: Sentences) -> str:
    """Return the daily rest in hours where halves say it, else in minutes."""
    if break_min % 30:
        return tr("paper.hours.rest_min", minutes=break_min)
    return tr("paper.hours.rest_h", hours=f"{break_min / 60:g}")


def distance_text(distance_m: int, tr: Sentences) -> str:
    """Return a distance in whole kilometres, in metres below one."""
    if distance_m < 1000:
        return tr("paper.distance_m", metres=distance_m)
    return tr("paper.distance_km", kilometres=round(distance_m / 1000))


def validity_text(slip: SlipDocument, tr: Sentences) -> str:
    """Return until when a slip is good: a day of work, or a stated last day."""
    last = slip.valid_until or slip.hours.first_day
    if last == slip.printed_at.date():
        return tr("paper.valid.today")
    key = "paper.valid.on" if slip.valid_until is None else "paper.valid.until"
    return tr(key, day=day_text(last, tr))


def education_texts(slip: SlipDocument, tr: Sentences) -> tuple[str, ...]:
    """Return how the worker stands with the safety classes; what lacks is to be held before work begins.

    Where a job needs one class alone it has no name here: the day says all.
    """
    if len(slip.classes) > 1:
        return _classes_texts(slip.classes, tr)
    if slip.educated_on is not None:
        return (tr("paper.education.done"), day_text(slip.educated_on, tr))
    if slip.education is EducationState.NOT_NEEDED:
        return (tr("paper.education.not_needed"),)
    unrecorded = tr("paper.education.unrecorded")
    if slip.education is EducationState.MISSING:
        return (unrecorded, tr("paper.education.before_work"))
    return (unrecorded,)


def _classes_texts(classes: Sequence[ClassLine], tr: Sentences) -> tuple[str, ...]:
    """Return what was learned and when, the days of one day together, and what is still to be learned."""
    days = sorted({line.held_on for line in classes if line.held_on is not None})
    learned = [tr("paper.education.done")] if days else []
    for day in days:
        of_day = [line.hazard_class for line in classes if line.held_on == day]
        learned += [_class_names(of_day, tr), day_text(day, tr)]
    lacking = [line.hazard_class for line in classes if line.held_on is None]
    if not lacking:
        return tuple(learned)
    head = tr("paper.education.before_work" if days else "paper.education.unrecorded")
    return (*learned, head, _class_names(lacking, tr))


def _class_names(names: Sequence[str], tr: Sentences) -> str:
    return tr("paper.list_comma").join(tr(class_key(name)) for name in names)


def gear_texts(slip: SlipDocument, tr: Sentences) -> tuple[str, ...]:
    """Return which protective things are handed out, the first with the word for it: 发安全帽, 手套."""
    if not slip.ppe:
        return (tr("paper.ppe.none"),)
    first, *others = (tr(f"paper.ppe.{thing}") for thing in slip.ppe)
    return (tr("paper.ppe", things=first), *others)


def gear_text(slip: SlipDocument, tr: Sentences) -> str:
    """Return the same as one phrase."""
    return tr("paper.list_comma").join(gear_texts(slip, tr))


def insurance_texts(slip: SlipDocument, tr: Sentences) -> tuple[str, ...]:
    """Return who insures the worker; a household's line speaks of accident insurance only."""
    if slip.employer_type is EmployerType.HOUSEHOLD and slip.insurance is Insurance.NONE:
        return (tr("paper.insurance.none"), tr("paper.insurance.household_advice"))
    if slip.insurance is Insurance.NONE:
        return (tr("paper.insurance.none"), tr("paper.insurance.ask_first"))
    return (tr(f"paper.insurance.{slip.insurance}"), tr(f"paper.insurance.by.{slip.insurance}"))


def copy_text(copy_no: int, tr: Sentences) -> str:
    """Return 首打 or 补打n."""
    return tr("paper.copy.again", copy_no=copy_no) if copy_no else tr("paper.copy.first")


def title_text(slip: SlipDocument, tr: Sentences) -> str:
    """Return the name of the paper."""
    return tr("paper.title.dispatch" if slip.kind is SlipKind.DISPATCH else "paper.title.referral")
