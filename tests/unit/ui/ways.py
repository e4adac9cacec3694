"""The way to every page: what somebody does and the devices say, from the first page on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.give_back import Reason
from kiosk.actions.printing import PrintStage
from kiosk.actions.recognise import recognise
from kiosk.actions.scan_readings import ForeignReading
from kiosk.domain.ids import JobId, places_of
from kiosk.domain.sentences import Sentence
from kiosk.messages.scanned import Foreign
from kiosk.messages.sync import Recall
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import open_places
from tests import answers
from tests.unit.ui.pupils import TEACHER, answer, read, tap_in, teach, want
from tests.unit.ui.visit_rig import ANSWERS, VisitRig
from tools.figures.people import person_card

Way = Callable[[VisitRig, str], None]
"""Brings one person, whose card stays on the reader, to a page; the person is a key of the sample."""

FOREIGN = ForeignReading(Foreign.GOODS, Sentence("actions.scan.goods"))


def _asked(step: Step) -> Way:
    """Say yes and skip questions until this one comes."""

    def asked(rig: VisitRig, key: str) -> None:
        rig.lay(key)
        while rig.visit.step is not step:
            ANSWERS[rig.visit.step](rig.visit)

    return asked


def _looked(touch: Callable[[VisitRig], None]) -> Way:
    """Come, and look for work."""

    def looked(rig: VisitRig, key: str) -> None:
        rig.come(key)
        touch(rig)

    return looked


def _own(touch: Callable[[VisitRig], None]) -> Way:
    """Come, and look at what is known of oneself."""

    def own(rig: VisitRig, key: str) -> None:
        rig.come(key)
        rig.visit.own.look()
        touch(rig)

    return own


def _change_span(rig: VisitRig) -> None:
    rig.visit.own.change_trades()
    rig.visit.answer_trades(("pick_fruit",))


def _erase_all(rig: VisitRig) -> None:
    rig.visit.own.consider_erasing()
    rig.visit.own.erase_all()


def _chose(goes: int, *, twice: bool = False) -> Way:
    """Come, open a job that may be taken and touch yellow so often; `twice` with the same taken before."""

    def chose(rig: VisitRig, key: str) -> None:
        if twice:
            rig.take(key)
            rig.tell(PrintStage.PRINTED)
            rig.visit.end()
        rig.come(key)
        rig.open(key)
        for _ in range(goes):
            rig.visit.go()

    return chose


def _printed(*stages: PrintStage) -> Way:
    """Take a place, and let the printer say this of its slip."""

    def printed(rig: VisitRig, key: str) -> None:
        rig.take(key)
        for stage in stages:
            rig.tell(stage, 0.4)

    return printed


def _asked_about_pay(rig: VisitRig, key: str) -> None:
    rig.earn(key)
    rig.lay(key)


def _papers(*stages: PrintStage, asks: bool = True) -> Way:
    """Come and want a paper, and let the printer say this of it."""

    def papers(rig: VisitRig, key: str) -> None:
        rig.come(key)
        rig.visit.open_papers()
        if asks:
            rig.visit.ask_paper(rig.visit.session.offers[0].number, str)
        for stage in stages:
            rig.tell_of_paper(stage)

    return papers


def _refused(rig: VisitRig, key: str) -> None:
    rig.lay(key)
    rig.visit.refuse_notice()


def _unreadable(rig: VisitRig, key: str) -> None:
    rig.visit.card_sensed()
    rig.visit.card_unreadable(Sentence("devices.reader.unreadable"))


QUESTIONS = 5


def _learned(answers: Sequence[bool] | None) -> Way:
    """Want a job over the class somebody lacks, read, and answer so; None stays with its first page."""

    def learned(rig: VisitRig, key: str) -> None:
        want(rig, key)
        if answers is not None:
            read(rig)
            for is_right in answers:
                answer(rig, is_right=is_right)

    return learned


def _gathered(*, is_taught: bool) -> Way:
    """Let an attendant open a class, for a person whom the hall knows; `is_taught` up to the signatures."""

    def gathered(rig: VisitRig, key: str) -> None:
        hall = rig.kiosk.hall
        register_and_check_in(hall, recognise(hall, rig.kiosk.people[key].card))
        rig.visit.open_class("lifting", TEACHER)
        if is_taught:
            tap_in(rig, key)
            teach(rig)

    return gathered


def _signed_up(*, asks: bool) -> Way:
    """Sign up for a job that is talked over; `asks` why others were called."""

    def signed_up(rig: VisitRig, key: str) -> None:
        rig.come(key)
        rig.visit.open_job(rig.talk)
        rig.visit.go()
        if asks:
            rig.visit.waiting.ask_why()

    return signed_up


def _gave_back(*, is_done: bool) -> Way:
    """Come back with a slip and look at the place; `is_done` when it is given back."""

    def gave_back(rig: VisitRig, key: str) -> None:
        rig.take(key)
        rig.tell(PrintStage.PRINTED)
        rig.visit.end()
        rig.come(key)
        [place] = open_places(rig.kiosk.hall, rig.visit.session)
        rig.visit.waiting.open_place(place.placement.id)
        if is_done:
            rig.visit.waiting.give_back(Reason.OTHER)

    return gave_back


FRIENDS = (71, 72)
"""Invented people who go along."""


def _team(
    goes: int, *, finds: int | None = None, is_talk: bool = False, stages: Sequence[PrintStage] = ()
) -> Way:
    """Lead two friends to a job and touch yellow so often; `finds` is how many numbers of it lie here."""

    def team(rig: VisitRig, key: str) -> None:
        hall = rig.kiosk.hall
        for number in FRIENDS:
            register_and_check_in(hall, recognise(hall, person_card(number)))
        rig.come(key)
        job = rig.talk if is_talk else JobId(str(rig.kiosk.people[key].takes))
        if finds is not None:
            recall = [Recall(quota=places_of(job), keep=finds)]
            rig.kiosk.opened.sync_book.return_surplus(answers.life(rig.kiosk.opened), recall)
        rig.visit.open_job(job)
        rig.visit.teaming.open()
        for number in FRIENDS if goes else ():
            rig.visit.card_presented(person_card(number))
        for _ in range(goes):
            rig.visit.go()
        for slip, stage in zip(rig.printer.submitted, stages, strict=False):
            rig.tell(stage, 0.4, slip)

    return team


WAYS: dict[Step, Way] = {
    Step.HOME: lambda rig, key: None,
    Step.LAY_CARD: lambda rig, key: rig.visit.go(),
    Step.READING: lambda rig, key: rig.visit.card_sensed(),
    Step.UNREADABLE: _unreadable,
    Step.SCANNED: lambda rig, key: rig.visit.show_scan(FOREIGN),
    Step.TURNED_AWAY: _refused,
    Step.NOTICE: lambda rig, key: rig.lay(key),
    Step.ASK_PHONE: _asked(Step.ASK_PHONE),
    Step.ASK_TRADES: _asked(Step.ASK_TRADES),
    Step.ASK_SPAN: _asked(Step.ASK_SPAN),
    Step.ASK_PAY: _asked_about_pay,
    Step.GREETING: lambda rig, key: rig.come(key),
    Step.PAPERS: _papers(asks=False),
    Step.PAPER_COMING: _papers(PrintStage.SENDING),
    Step.PAPER_END: _papers(PrintStage.SENDING, PrintStage.PRINTED),
    Step.OWN_DATA: _looked(lambda rig: rig.visit.own.look()),
    Step.OWN_PHONE: _own(lambda rig: rig.visit.own.change_phone()),
    Step.OWN_TRADES: _own(lambda rig: rig.visit.own.change_trades()),
    Step.OWN_SPAN: _own(_change_span),
    Step.OWN_RESTRICT: _own(lambda rig: rig.visit.own.consider_restricting()),
    Step.OWN_ERASE: _own(lambda rig: rig.visit.own.consider_erasing()),
    Step.OWN_ERASED: _own(_erase_all),
    Step.BOARD: _looked(lambda rig: rig.visit.show_all()),
    Step.TRADES: _looked(lambda rig: rig.visit.open_trades()),
    Step.PINYIN: _looked(lambda rig: rig.visit.open_pinyin()),
    Step.LINE: _looked(lambda rig: rig.visit.open_line()),
    Step.DAYS: _looked(lambda rig: rig.visit.open_days()),
    Step.DETAIL: _chose(0),
    Step.BLOCKED: _chose(1, twice=True),
    Step.COURSE: _learned(None),
    Step.QUIZ: _learned(()),
    Step.QUIZ_FAILED: _learned((False,) * QUESTIONS),
    Step.SIGN_CLASS: _learned((True,) * QUESTIONS),
    Step.IN_LINE: _signed_up(asks=False),
    Step.WHY_NOT: _signed_up(asks=True),
    Step.GIVE_BACK: _gave_back(is_done=False),
    Step.GIVEN_BACK: _gave_back(is_done=True),
    Step.TEAM: _team(0),
    Step.TEAM_SHORT: _team(1, finds=2),
    Step.TEAM_CONFIRM: _team(1),
    Step.TEAM_IN_LINE: _team(2, is_talk=True),
    Step.TEAM_PRINTING: _team(2),
    Step.TEAM_END: _team(2, stages=(PrintStage.SENDING, PrintStage.WAITING_FOR_PAPER)),
    Step.GROUP_JOIN: _gathered(is_taught=False),
    Step.GROUP_ROLL: _gathered(is_taught=True),
    Step.CONFIRM: _chose(1),
    Step.PRINTING: _printed(),
    Step.TAKE_SLIP: _printed(PrintStage.SENDING, PrintStage.HELD_OUT),
    Step.PAPER_OUT: _printed(PrintStage.SENDING, PrintStage.WAITING_FOR_PAPER),
    Step.UNCERTAIN: _printed(PrintStage.SENDING, PrintStage.UNCERTAIN),
    Step.GOODBYE: _printed(PrintStage.SENDING, PrintStage.PRINTED),
    Step.TROUBLE: lambda rig, key: rig.visit.trouble(Sentence("ui.trouble.unknown")),
}
"""Every page has its way; a test holds the two lists together."""
