"""Is the promised pay lawful: not under the minimum wage, not too late, not for too long a day."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.eligibility import Level
from kiosk.domain.jobs import Job, PayRule, PayUnit, Shift
from kiosk.domain.parameters import Parameters
from kiosk.domain.posting.hits import Field, Hit
from kiosk.domain.rest_days import rest_days

_DAY_MIN = 24 * 60
_FEN_PER_YUAN = 100


def minimum_wage(job: Job, parameters: Parameters) -> Iterator[Hit]:
    """Compare pay with the local minimum (劳动合同法 72, 85).

    A day's least is that of its working hours, breaks left out. Pay by the piece or the lump has no hours to
    compare with; the desk asks what a usual worker makes of it.
    """
    is_monthly = job.pay.unit is PayUnit.MONTH
    key = "wage.minimum_month_fen" if is_monthly else "wage.minimum_hour_fen"
    lowest_fen = parameters.whole(key)
    if job.pay.unit is PayUnit.DAY:
        lowest_fen = -(-lowest_fen * _working_min(job.shift) // 60)  # a part of a fen more is a whole one
    elif job.pay.unit in {PayUnit.PIECE, PayUnit.LUMP}:
        return
    if 0 < job.pay.fen < lowest_fen:
        lowest = _yuan(lowest_fen)
        yield Hit("below_minimum", Level.BLOCK, Field.PAY, parameter=parameters.of(key), number=lowest)


def pay_cycle(job: Job, parameters: Parameters) -> Iterator[Hit]:
    """Find money that comes too late: part-time over 15 days (劳动合同法 72), else over a month (劳动法 50).

    A one-day job is paid when it is done (工资支付暂行规定 8), so a later payday is the desk's to decide.
    """
    key = "wage.part_time_cycle_days" if job.pay.unit is PayUnit.HOUR else "wage.longest_cycle_days"
    longest_days = parameters.whole(key)
    if _wait_days(job) > longest_days:
        basis = parameters.of(key)
        yield Hit("late_pay", Level.BLOCK, Field.PAY, parameter=basis, number=str(longest_days))
    elif job.shift.first_day == job.shift.last_day and _wait_days(job) > 0:
        yield Hit("one_day_late", Level.REVIEW, Field.PAY)


def payday(job: Job, parameters: Parameters) -> Iterator[Hit]:
    """Find a payday on a day of rest: the money is due before it (保障农民工工资支付条例 14)."""
    due, last = job.pay.due_on, job.shift.last_day
    if job.pay.rule is PayRule.ON_DATE and due is not None and due > last:
        before = rest_days(parameters).worked_by(due, earliest=last)
        if before != due:
            yield Hit("rest_day", Level.BLOCK, Field.PAY, number=before.isoformat())


def hours(job: Job, parameters: Parameters) -> Iterator[Hit]:
    """Remind of days over the law's normal day (劳动法 36); over its longest a person must look (41)."""
    planned_min = _working_min(job.shift)
    for key, level in (("hours.longest_day_min", Level.REVIEW), ("hours.normal_day_min", Level.WARN)):
        limit_min = parameters.whole(key)
        if planned_min > limit_min:
            basis = parameters.of(key)
            yield Hit("long_day", level, Field.HOURS, parameter=basis, number=str(limit_min // 60))
            return


def _wait_days(job: Job) -> int:
    """Return the most days that can pass between earning and being paid."""
    if job.pay.rule is PayRule.ON_DATE and job.pay.due_on is not None:
        return (job.pay.due_on - job.shift.first_day).days
    return {PayRule.WEEKLY: 7, PayRule.MONTHLY: 31}.get(job.pay.rule, 0)


def _working_min(shift: Shift) -> int:
    starts = shift.starts_at.hour * 60 + shift.starts_at.minute
    ends = shift.ends_at.hour * 60 + shift.ends_at.minute
    return ((ends - starts) % _DAY_MIN or _DAY_MIN) - shift.break_min


def _yuan(fen: int) -> str:
    yuan, rest = divmod(fen, _FEN_PER_YUAN)
    return f"{yuan}.{rest:02}" if rest else str(yuan)
