"""Everything that can be done to a visit, and what each page offers to touch."""

from __future__ import annotations

from pathlib import Path

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.give_back import Reason
from kiosk.domain.sentences import Sentence
from kiosk.ui.journeys import Step
from tests.unit.ui.pupils import TEACHER
from tests.unit.ui.walker import Act, Walker
from tests.unit.ui.ways import FOREIGN


def _touch(name: str) -> Act:
    """Return the touch that is a method of the visit without more words."""

    def touched(walker: Walker) -> None:
        getattr(walker.rig.visit, name)()

    return touched


ACTS: dict[str, Act] = {
    **{
        name: _touch(name)
        for name in ("go", "back", "home", "stay", "touched", "call_help", "refuse_notice", "leave", "end")
    },
    **{
        name: _touch(name)
        for name in ("show_all", "open_trades", "open_pinyin", "open_line", "open_days", "look_again")
    },
    "wipe": lambda walker: walker.rig.visit.learning.wipe(),
    "open_class": lambda walker: walker.rig.visit.open_class("lifting", TEACHER),
    "own order": lambda walker: walker.rig.visit.browse(BoardQuery(order="fit")),
    "lay": Walker.lay,
    "sense": lambda walker: walker.rig.visit.card_sensed(),
    "lift": lambda walker: walker.rig.lift(),
    "unreadable": lambda walker: walker.rig.visit.card_unreadable(Sentence("ui.trouble.unknown")),
    "reader out": lambda walker: walker.rig.visit.reader_changed(Sentence("devices.reader.out_of_order")),
    "reader well": lambda walker: walker.rig.visit.reader_changed(None),
    "scan": lambda walker: walker.rig.visit.show_scan(FOREIGN),
    "scan in vain": lambda walker: walker.rig.visit.scan_failed(Sentence("devices.scanner.nearer")),
    "answer": Walker.answer,
    "choose": lambda walker: walker.rig.visit.learning.choose(walker.dice.choice([0, 1])),
    "browse": Walker.browse,
    "job": Walker.open_job,
    "collect": Walker.collect,
    "class": Walker.want_class,
    "talk": Walker.want_talk,
    "open_queue": Walker.open_queue,
    "open_place": Walker.open_place,
    "call": Walker.call,
    "leave_line": lambda walker: walker.rig.visit.waiting.leave(),
    "ask_why": lambda walker: walker.rig.visit.waiting.ask_why(),
    "give_back": lambda walker: walker.rig.visit.waiting.give_back(walker.dice.choice(list(Reason))),
    "lead": Walker.lead,
    "gather": Walker.gather,
    "drop": lambda walker: walker.rig.visit.teaming.drop_last(),
    "part": lambda walker: walker.rig.visit.teaming.part(),
    "own": lambda walker: walker.rig.visit.own.look(),
    "speak": lambda walker: walker.rig.visit.speak(walker.dice.choice(["zh_CN", "en"])),
    "printer": Walker.hear_printer,
    "paper": Walker.want_paper,
    "paper printer": Walker.hear_of_paper,
    "practise": lambda walker: walker.rig.visit.practising.begin(),
    "practice printer": Walker.hear_of_practice,
    "wait": lambda walker: walker.rig.wait(walker.dice.choice([1, 5, 25])),
    "owe": Walker.owe,
    "trouble": lambda walker: walker.rig.visit.trouble(Sentence("ui.trouble.unknown")),
    "power": Walker.cut_power,
}
"""Everything that can be done to a visit, by a name for the walk's words."""

SELDOM_DONE = (
    "call",
    "open_class",
    "sense",
    "unreadable",
    "reader out",
    "reader well",
    "scan",
    "scan in vain",
    "owe",
    "trouble",
    "power",
)
"""What happens now and then whatever page is shown; these come once more among the acts that are seldom."""
OFFERED: dict[Step, tuple[str, ...]] = {
    Step.HOME: ("go", "browse", "call_help", "sense", "practise"),
    Step.LAY_CARD: ("back",),
    Step.READING: ("lay", "unreadable"),
    Step.UNREADABLE: ("go", "back"),
    Step.SCANNED: ("go",),
    Step.TURNED_AWAY: ("go",),
    Step.NOTICE: ("go", "go", "go", "refuse_notice"),
    Step.ASK_PHONE: ("answer",),
    Step.ASK_PAY: ("answer",),
    Step.ASK_TRADES: ("answer", "back"),
    Step.ASK_SPAN: ("answer", "back"),
    Step.GREETING: (
        *("job", "job", "browse", "collect", "paper", "own", "own", "class", "talk"),
        *("open_queue", "open_place", "open_place"),
    ),
    Step.PAPERS: ("paper", "paper", "back"),
    Step.PAPER_COMING: ("paper printer", "practice printer"),
    Step.PAPER_END: ("go",),
    Step.OWN_DATA: ("answer", "answer", "answer", "go"),
    Step.OWN_PHONE: ("answer", "back"),
    Step.OWN_TRADES: ("answer", "answer", "back"),
    Step.OWN_SPAN: ("answer", "back"),
    Step.OWN_RESTRICT: ("answer", "back"),
    Step.OWN_ERASE: ("answer", "answer", "back"),
    Step.OWN_ERASED: ("go",),
    Step.BOARD: ("job", "job", "open_trades", "open_pinyin", "open_line", "open_days", "browse", "own order"),
    Step.LINE: ("go", "back"),
    Step.DAYS: ("go", "back"),
    Step.TRADES: ("go", "back"),
    Step.PINYIN: ("go", "back"),
    Step.DETAIL: ("go", "go", "go", "lead", "lead", "lead", "back"),
    Step.TEAM: ("gather", "gather", "gather", "lay", "go", "go", "drop", "back"),
    Step.TEAM_SHORT: ("go", "go", "part", "back"),
    Step.TEAM_CONFIRM: ("go", "go", "go", "back"),
    Step.TEAM_IN_LINE: ("go",),
    Step.TEAM_PRINTING: ("printer", "paper printer"),
    Step.TEAM_END: ("go", "printer", "paper printer"),
    Step.BLOCKED: ("go", "back"),
    Step.IN_LINE: ("go", "ask_why", "leave_line", "back"),
    Step.WHY_NOT: ("go", "paper", "back"),
    Step.GIVE_BACK: ("give_back", "give_back", "give_back", "back"),
    Step.GIVEN_BACK: ("go",),
    Step.COURSE: ("go", "go", "answer", "back"),
    Step.QUIZ: ("answer", "choose", "go", "back"),
    Step.QUIZ_FAILED: ("go", "back"),
    Step.SIGN_CLASS: ("answer", "go", "wipe", "back"),
    Step.GROUP_JOIN: ("lay", "go", "go"),
    Step.GROUP_ROLL: ("lay", "lay", "go"),
    Step.CONFIRM: ("go", "go", "go", "back"),
    Step.PRINTING: ("printer", "practice printer"),
    Step.TAKE_SLIP: ("printer", "practice printer"),
    Step.PAPER_OUT: ("go", "printer", "practice printer"),
    Step.UNCERTAIN: ("go", "printer"),
    Step.GOODBYE: ("go",),
    Step.TROUBLE: ("go",),
}
"""What each page offers to touch; a test holds the two lists of pages together."""
WALKED = {
    *("card_sensed", "card_presented", "card_removed", "card_unreadable", "reader_changed", "hear_printer"),
    *("show_scan", "scan_failed", "tick", "answer_phone", "answer_trades", "answer_span", "answer_pay"),
    *("browse", "browse_family", "open_job", "collect_slip", "open_papers", "ask_paper"),
}
"""What an act of another name does to a visit; the walk itself tells whether it was done."""


def a_walker(folder: Path, seed: int) -> Walker:
    """Return a walker who does all of this, in a hall in this folder."""
    return Walker(folder, seed, ACTS, OFFERED, SELDOM_DONE)
