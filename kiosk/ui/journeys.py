"""Navigation as data: the steps of a visit, how long each may wait, and where back and time-out lead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.actions.printing import PrintStage


class Step(StrEnum):
    """One screen of a worker's way. A step is what is shown, never what is true."""

    HOME = "home"
    LAY_CARD = "lay_card"
    READING = "reading"
    UNREADABLE = "unreadable"
    SCANNED = "scanned"
    TURNED_AWAY = "turned_away"
    NOTICE = "notice"
    ASK_PHONE = "ask_phone"
    ASK_TRADES = "ask_trades"
    ASK_SPAN = "ask_span"
    ASK_PAY = "ask_pay"
    GREETING = "greeting"
    PAPERS = "papers"
    PAPER_COMING = "paper_coming"
    PAPER_END = "paper_end"
    OWN_DATA = "own_data"
    OWN_PHONE = "own_phone"
    OWN_TRADES = "own_trades"
    OWN_SPAN = "own_span"
    OWN_RESTRICT = "own_restrict"
    OWN_ERASE = "own_erase"
    OWN_ERASED = "own_erased"
    BOARD = "board"
    TRADES = "trades"
    PINYIN = "pinyin"
    LINE = "line"
    DAYS = "days"
    DETAIL = "detail"
    BLOCKED = "blocked"
    COURSE = "course"
    QUIZ = "quiz"
    QUIZ_FAILED = "quiz_failed"
    SIGN_CLASS = "sign_class"
    GROUP_JOIN = "group_join"
    GROUP_ROLL = "group_roll"
    CONFIRM = "confirm"
    IN_LINE = "in_line"
    WHY_NOT = "why_not"
    GIVE_BACK = "give_back"
    GIVEN_BACK = "given_back"
    TEAM = "team"
    TEAM_SHORT = "team_short"
    TEAM_CONFIRM = "team_confirm"
    TEAM_IN_LINE = "team_in_line"
    TEAM_PRINTING = "team_printing"
    TEAM_END = "team_end"
    PRINTING = "printing"
    TAKE_SLIP = "take_slip"
    PAPER_OUT = "paper_out"
    UNCERTAIN = "uncertain"
    GOODBYE = "goodbye"
    TROUBLE = "trouble"


class Stop(StrEnum):
    """The five stops of the route drawn above a journey."""

    CHOOSE = "choose"
    SAFETY = "safety"
    CONFIRM = "confirm"
    SLIP = "slip"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds while a step is shown.

    `timeout_s` None means the step never ends by itself. `warns` tells whether the idle overlay comes
    first, `counts` whether the seconds are shown. `after` is where time-out leads. `has_back`/`has_home`
    say whether the bar offers them.
    """

    timeout_s: int | None
    after: Step = Step.HOME
    warns: bool = True
    counts: bool = True
    has_back: bool = True
    has_home: bool = True
    stop: Stop | None = None


WARN_BEFORE_S = 20
"""The overlay comes this long before the end: the shortest warning that elder-friendly rules allow."""

PRINTING_S = 300
"""Longer than any printer is waited for: the printer's own word ends this step, and this only its silence."""

TEAM_PRINTING_S = 900
"""The same for the slips of ten people and their list."""

GROUP_S = 300
"""A group is forgotten when it is left alone so long, and talks no page over that long without a touch."""

RULES: dict[Step, Rule] = {
    Step.HOME: Rule(None, warns=False, has_back=False, has_home=False),
    Step.LAY_CARD: Rule(45, warns=False),
    Step.READING: Rule(15, warns=False, has_back=False, has_home=False),
    Step.UNREADABLE: Rule(30, warns=False),
    Step.SCANNED: Rule(30, warns=False, has_back=False),
    Step.TURNED_AWAY: Rule(30, warns=False, has_back=False),
    Step.NOTICE: Rule(90, has_back=False),
    Step.ASK_PHONE: Rule(90, has_back=False),
    Step.ASK_TRADES: Rule(90),
    Step.ASK_SPAN: Rule(60),
    Step.ASK_PAY: Rule(60, has_back=False),
    Step.GREETING: Rule(60, has_back=False),
    Step.PAPERS: Rule(60),
    Step.PAPER_COMING: Rule(
        PRINTING_S, Step.PAPER_END, warns=False, counts=False, has_back=False, has_home=False
    ),
    Step.PAPER_END: Rule(30, warns=False, has_back=False),
    Step.OWN_DATA: Rule(90),
    Step.OWN_PHONE: Rule(90),
    Step.OWN_TRADES: Rule(90),
    Step.OWN_SPAN: Rule(60),
    Step.OWN_RESTRICT: Rule(90),
    Step.OWN_ERASE: Rule(90),
    Step.OWN_ERASED: Rule(45, warns=False, has_back=False),
    Step.BOARD: Rule(60),
    Step.TRADES: Rule(60),
    Step.PINYIN: Rule(60),
    Step.LINE: Rule(60),
    Step.DAYS: Rule(60),
    Step.DETAIL: Rule(90, stop=Stop.CHOOSE),
    Step.BLOCKED: Rule(60, stop=Stop.CHOOSE),
    Step.COURSE: Rule(90, stop=Stop.SAFETY),
    Step.QUIZ: Rule(90, stop=Stop.SAFETY),
    Step.QUIZ_FAILED: Rule(60, stop=Stop.SAFETY),
    Step.SIGN_CLASS: Rule(120, stop=Stop.SAFETY),
    Step.GROUP_JOIN: Rule(GROUP_S, has_back=False),
    Step.GROUP_ROLL: Rule(GROUP_S, has_back=False),
    Step.CONFIRM: Rule(60, stop=Stop.CONFIRM),
    Step.IN_LINE: Rule(60),
    Step.WHY_NOT: Rule(60),
    Step.GIVE_BACK: Rule(60),
    Step.GIVEN_BACK: Rule(30, warns=False, has_back=False),
    Step.TEAM: Rule(120, stop=Stop.CHOOSE),
    Step.TEAM_SHORT: Rule(90, stop=Stop.CHOOSE),
    Step.TEAM_CONFIRM: Rule(90, stop=Stop.CONFIRM),
    Step.TEAM_IN_LINE: Rule(60, warns=False, has_back=False),
    Step.TEAM_PRINTING: Rule(
        TEAM_PRINTING_S,
        Step.TEAM_END,
        warns=False,
        counts=False,
        has_back=False,
        has_home=False,
        stop=Stop.SLIP,
    ),
    Step.TEAM_END: Rule(90, Step.GOODBYE, warns=False, has_back=False, has_home=False, stop=Stop.SLIP),
    Step.PRINTING: Rule(
        PRINTING_S, Step.UNCERTAIN, warns=False, counts=False, has_back=False, has_home=False, stop=Stop.SLIP
    ),
    Step.TAKE_SLIP: Rule(
        PRINTING_S, Step.UNCERTAIN, warns=False, counts=False, has_back=False, has_home=False, stop=Stop.SLIP
    ),
    Step.PAPER_OUT: Rule(60, Step.GOODBYE, warns=False, has_back=False, has_home=False, stop=Stop.SLIP),
    Step.UNCERTAIN: Rule(60, Step.GOODBYE, warns=False, has_back=False, has_home=False, stop=Stop.SLIP),
    Step.GOODBYE: Rule(20, warns=False, has_back=False, has_home=False, stop=Stop.BOARD),
    Step.TROUBLE: Rule(45, warns=False, has_back=False),
}
"""Every step has its rule; a test holds the two lists together."""

UNHURRIED = frozenset({Step.PRINTING, Step.TAKE_SLIP, Step.PAPER_COMING, Step.TEAM_PRINTING})
"""While somebody's paper comes out nobody is hurried, and the next card waits."""

_AWAITING_PAPER = (Step.PRINTING, Step.TAKE_SLIP, Step.PAPER_OUT, Step.UNCERTAIN)

OVER = (Step.GROUP_ROLL, Step.GOODBYE, Step.OWN_ERASED, Step.SCANNED, Step.TURNED_AWAY, Step.TROUBLE)
"""Pages on which nothing is left to do but to end."""

NARROWING = (Step.TRADES, Step.PINYIN, Step.LINE, Step.DAYS)
"""Pages that choose which work the board shows."""

LESSON_STEPS = frozenset({Step.COURSE, Step.QUIZ, Step.QUIZ_FAILED, Step.SIGN_CLASS})
"""The class between wanting a job and the last look; a lesson goes on where it stopped."""

TEAM_STEPS = frozenset(
    {
        Step.TEAM,
        Step.TEAM_SHORT,
        Step.TEAM_CONFIRM,
        Step.TEAM_IN_LINE,
        Step.TEAM_PRINTING,
        Step.TEAM_END,
    }
)
"""The way of people who go together, led by whoever is here."""

AFTER_NEWS: dict[tuple[Step, PrintStage], Step] = {
    **{(step, PrintStage.PRINTED): Step.GOODBYE for step in _AWAITING_PAPER},
    **{(step, PrintStage.UNCERTAIN): Step.UNCERTAIN for step in _AWAITING_PAPER},
    **{(step, PrintStage.HELD_OUT): Step.TAKE_SLIP for step in _AWAITING_PAPER},
    (Step.PRINTING, PrintStage.WAITING_FOR_PAPER): Step.PAPER_OUT,
    (Step.PRINTING, PrintStage.NOT_SENT): Step.PAPER_OUT,
    (Step.PAPER_OUT, PrintStage.SENDING): Step.PRINTING,
    (Step.TEAM_PRINTING, PrintStage.WAITING_FOR_PAPER): Step.TEAM_END,
    (Step.TEAM_END, PrintStage.SENDING): Step.TEAM_PRINTING,
    **{
        (Step.PAPER_COMING, stage): Step.PAPER_END
        for stage in (PrintStage.PRINTED, PrintStage.UNCERTAIN, PrintStage.NOT_SENT)
    },
}
"""Where the printer's word leads; news that is not named here changes what the step says, not the step."""

PERSONAL_STEPS = (
    LESSON_STEPS
    | TEAM_STEPS
    | frozenset(
        {
            Step.NOTICE,
            Step.ASK_PHONE,
            Step.ASK_TRADES,
            Step.ASK_SPAN,
            Step.ASK_PAY,
            Step.GREETING,
            Step.PAPERS,
            Step.PAPER_COMING,
            Step.PAPER_END,
            Step.OWN_DATA,
            Step.OWN_PHONE,
            Step.OWN_TRADES,
            Step.OWN_SPAN,
            Step.OWN_RESTRICT,
            Step.OWN_ERASE,
            Step.BLOCKED,
            Step.CONFIRM,
            Step.IN_LINE,
            Step.WHY_NOT,
            Step.GIVE_BACK,
            Step.GIVEN_BACK,
            Step.PRINTING,
            Step.TAKE_SLIP,
            Step.PAPER_OUT,
            Step.UNCERTAIN,
            Step.GOODBYE,
        }
    )
)
"""Steps that exist only while a person is known to the visit; without one they fall back to home."""


def rule_of(step: Step, *, is_group: bool) -> Rule:
    """Return what holds on a step; a page of a class waits longer for a group than for one person."""
    rule = RULES[step]
    return replace(rule, timeout_s=GROUP_S) if is_group and step in LESSON_STEPS else rule
