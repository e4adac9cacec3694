"""The slips page: find a slip by its tail, print it again, say that the paper is there, void it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from kiosk.actions.give_back import Reason
from kiosk.actions.ports import Records, SlipRecord
from kiosk.actions.scan_readings import SlipReading
from kiosk.actions.settle_slip import confirm_paper, reprint_slip, void_slip
from kiosk.actions.take_slip_in import is_nobodys, take_slip_in
from kiosk.domain.duties import Act
from kiosk.domain.ids import SlipNumber, StationCode
from kiosk.domain.placements import Placement
from kiosk.domain.slips import SlipKind, SlipSerial, SlipState, may_become
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.page_watch import PAPER_LAMPS
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scanned import slip_from_here
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import job_title

TAIL_DIGITS = 4
DAYS_BACK = 30
"""A kiosk keeps a slip's person at most so long after its loop was closed."""
_URGENCY = (SlipState.UNCERTAIN, SlipState.QUEUED, SlipState.SENDING, SlipState.PRINTED, SlipState.VOID)
_SHOWN = 60
REPRINT_REASONS = ("torn", "lost", "faint", "not_out")
VOID_REASONS = ("does_not_go", "wrong_job", "employer_full", "paper_back")


def slip_tail(number: SlipNumber) -> str:
    """Return the part of a slip number that people read to each other."""
    return number[-TAIL_DIGITS:]


def counted_cuts(slip: SlipRecord) -> str | None:
    """Return what the cutter's count says of an uncertain slip, None where there is nothing to say.

    A count that went back or up by more was reset or spoke of other slips too.
    """
    if slip.state is not SlipState.UNCERTAIN or slip.cuts_before is None or slip.cuts_after is None:
        return None
    return {0: "not_cut", 1: "cut"}.get(slip.cuts_after - slip.cuts_before, "unclear")


class SlipsPage:
    """Today's slips with the uncertain ones first, or those found by a number's tail."""

    def __init__(self, scene: DeskScene) -> None:
        """Show nothing chosen."""
        self._scene = scene
        self._tail = ""
        self._chosen: SlipNumber | None = None
        self._in_hand: SlipNumber | None = None

    def face(self) -> Page:
        """Read the slips and what may be done with the chosen one."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            slips = self._found(records) if self._tail else self._of_today(records)
            chosen = records.slips.by_number(self._chosen) if self._chosen else None
            rows = tuple(self._row(records, slip) for slip in slips[:_SHOWN])
            details = self._details(records, chosen) if chosen else ()
        title = say("desk.slips.found", tail=self._tail) if self._tail else say("desk.slips.today")
        listed = Panel(title, say("desk.slips.count", count=len(slips)), rows, say("desk.slips.none"))
        one = Panel(say("desk.slips.this"), "", details, say("desk.slips.choose"))
        return Page((listed, one), plates=self._plates(chosen))

    def press(self, key: str) -> None:
        """Choose a slip, look for one, or do something with the chosen one."""
        act = {
            "find": self._ask_tail,
            "arrivals": lambda: self._scene.turn_to("arrivals", ""),
            "found": lambda: self._scene.turn_to("found", ""),
            "all": self.forget,
            "reprint": self._ask_reprint,
            "paper": self._ask_paper,
            "void": self._ask_void,
            "take_in": self._ask_take_in,
        }.get(key)
        page, _, subject = key.partition(":")
        if act is not None:
            act()
        elif subject:
            self._scene.turn_to(page, subject)
        else:
            self._chosen = SlipNumber(key)

    def hear(self, reading: SlipReading) -> None:
        """Choose the slip that was scanned: its paper is in somebody's hand. Others are told of."""
        number = slip_from_here(self._scene, reading)
        if number is not None:
            self._tail, self._chosen, self._in_hand = "", number, number

    def forget(self) -> None:
        """Choose and look for nothing."""
        self._tail, self._chosen, self._in_hand = "", None, None

    def _plates(self, chosen: SlipRecord | None) -> tuple[Plate, ...]:
        say = self._scene.say()
        if chosen is None:
            back = (Plate("all", say("desk.slips.all")),) if self._tail else ()
            parts = Plate("arrivals", say("outcomes.parts"), duty=Act.RECORD_RETURN)
            found = Plate("found", say("found.open"), duty=Act.KEEP_FOUND_CARD)
            return (*back, found, parts, Plate("find", say("desk.slips.find"), is_main=True))
        state = chosen.state
        return (
            Plate("all", say("desk.slips.back")),
            Plate(
                "void",
                say("desk.slips.void"),
                is_ready=may_become(state, SlipState.VOID),
                duty=Act.VOID_SLIP,
            ),
            Plate(
                "paper",
                say("desk.slips.paper"),
                is_ready=state is SlipState.UNCERTAIN,
                duty=Act.CONFIRM_PAPER,
            ),
            Plate(
                "reprint",
                say("desk.slips.reprint" if state is not SlipState.QUEUED else "desk.slips.print"),
                is_main=True,
                is_ready=state is SlipState.QUEUED or may_become(state, SlipState.QUEUED),
                duty=Act.REPRINT_SLIP,
            ),
        )

    def _row(self, records: Records, slip: SlipRecord) -> Row:
        return Row(
            key=slip.number,
            lamp=PAPER_LAMPS[slip.state],
            head=f"{slip_tail(slip.number)}  {self._scene.person_of(records, slip)}",
            note=self._scene.say()(f"desk.slip_state.{slip.state.value}"),
            aside=self._scene.at(slip.changed_at),
            is_chosen=slip.number == self._chosen,
        )

    def _details(self, records: Records, slip: SlipRecord) -> tuple[Row, ...]:
        say = self._scene.say()
        placement = records.placements.by_id(slip.placement)
        job = records.board.job(placement.job) if placement else None
        told = say(f"desk.slip_state.{slip.state.value}")
        next_step = say(f"desk.slip_next.{slip.state.value}")
        rows = [
            Row(lamp=PAPER_LAMPS[slip.state], head=told, note=next_step),
            Row(head=slip.number, note=say("desk.slips.number")),
            self._person(records, slip),
        ]
        if job is not None:
            rows.append(Row(head=job_title(say, job), note=say("desk.slips.job")))
        rows.append(Row(head=str(slip.copy_no), note=say("desk.slips.copies")))
        if (counted := counted_cuts(slip)) is not None:
            told = say(f"printers.cuts.{counted}", before=slip.cuts_before, after=slip.cuts_after)
            rows.append(Row(head=told, note=say("printers.cuts.note")))
        if placement is not None and slip.number == self._in_hand:
            rows.insert(0, self._take_in_row(placement))
        return tuple(rows)

    def _take_in_row(self, placement: Placement) -> Row:
        """Return what may be done with the paper in hand: it is kept, and its place is free for others."""
        say = self._scene.say()
        what = "paper" if is_nobodys(placement) else "place"
        return Row(
            key="take_in",
            lamp="now",
            head=say(f"desk.take_in.{what}"),
            note=say(f"desk.take_in.{what}_how"),
            act=say("desk.take_in.go"),
            duty=Act.GIVE_BACK_FOR,
        )

    def _person(self, records: Records, slip: SlipRecord) -> Row:
        """Return whose slip it is, with what leads to the person's papers while he is known here."""
        say, placement = self._scene.say(), records.placements.by_id(slip.placement)
        head, note = self._scene.person_of(records, slip), say("desk.slips.person")
        if placement is None or records.workers.by_id(placement.worker) is None:
            return Row(head=head, note=note)
        return Row(f"people:{placement.worker}", head=head, note=note, act=say("desk.to_do.look"))

    def _of_today(self, records: Records) -> Sequence[SlipRecord]:
        unsettled = list(records.slips.in_state(SlipState.UNCERTAIN, SlipState.QUEUED, SlipState.SENDING))
        known = {slip.number for slip in unsettled}
        taken = [item.slip for item in reversed(records.placements.on_day(self._scene.hall.today()))]
        others = (records.slips.by_number(number) for number in taken if number not in known)
        slips = [*unsettled, *(slip for slip in others if slip)]
        return sorted(slips, key=lambda slip: _URGENCY.index(slip.state))

    def _found(self, records: Records) -> Sequence[SlipRecord]:
        """Look up every number of the last weeks that ends so; reading all slips would take ever longer."""
        today = self._scene.hall.today()
        days = (today - timedelta(days=back) for back in range(DAYS_BACK))
        numbers = (self._number(kind, day) for day in days for kind in SlipKind)
        found = (records.slips.by_number(number) for number in numbers)
        return [slip for slip in found if slip]

    def _number(self, kind: SlipKind, day: date) -> SlipNumber:
        who = self._scene.hall.identity
        return SlipSerial(kind, StationCode(who.station), day, who.kiosk_no, int(self._tail)).number()

    def _ask_tail(self) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.slips.find"),
                sentence=say("desk.slips.find_how"),
                go_word=say("desk.find"),
                keys=Keys.DIGITS,
                longest=TAIL_DIGITS,
                done=self._find,
            )
        )

    def _find(self, sheet: Sheet) -> None:
        self._tail, self._chosen = sheet.typed.zfill(TAIL_DIGITS), None
        with self._scene.hall.store.reading() as records:
            found = self._found(records)
        if len(found) == 1:
            self._chosen = found[0].number

    def _ask_reprint(self) -> None:
        slip = self._slip()
        if slip.state is SlipState.QUEUED:
            self._send(slip.number)
        else:
            self._ask(slip, "reprint", REPRINT_REASONS, lambda reason: self._reprint(slip.number, reason))

    def _ask_take_in(self) -> None:
        """Ask why he does not go; a paper whose place was given back before is just kept."""
        say, slip = self._scene.say(), self._slip()
        with self._scene.hall.store.reading() as records:
            placement = records.placements.by_id(slip.placement)
        if placement is None or is_nobodys(placement):
            self._take_in(slip.number, Reason.OTHER)
            return
        self._scene.ask(
            Sheet(
                title=say("desk.act_for.why"),
                sentence=say("desk.take_in.consequence", tail=slip_tail(slip.number)),
                go_word=say("desk.take_in.go"),
                choices=[Choice(each.value, say(f"desk.act_for.why.{each.value}")) for each in Reason],
                done=lambda sheet: self._take_in(slip.number, Reason(sheet.choice)),
            )
        )

    def _take_in(self, number: SlipNumber, why: Reason) -> None:
        take_slip_in(self._scene.hall, number, why, self._scene.staff())
        self._in_hand = None
        self._scene.tell("ok", self._scene.say()("desk.take_in.done", tail=slip_tail(number)))

    def _ask_void(self) -> None:
        slip = self._slip()
        self._ask(slip, "void", VOID_REASONS, lambda reason: self._void(slip.number, reason))

    def _ask(self, slip: SlipRecord, act: str, reasons: Sequence[str], then: Callable[[str], None]) -> None:
        say = self._scene.say()
        tail = slip_tail(slip.number)
        with self._scene.hall.store.reading() as records:
            person = self._scene.person_of(records, slip)
        ask_reason(
            self._scene,
            title=say(f"desk.{act}.title", tail=tail),
            consequence=say(f"desk.{act}.consequence", tail=tail, person=person, copy=slip.copy_no + 1),
            reasons=[f"desk.{act}.reason.{reason}" for reason in reasons],
            go_word=say(f"desk.{act}.go"),
            then=then,
        )

    def _ask_paper(self) -> None:
        say = self._scene.say()
        slip = self._slip()
        self._scene.ask(
            Sheet(
                title=say("desk.paper.title", tail=slip_tail(slip.number)),
                sentence=say("desk.paper.consequence", tail=slip_tail(slip.number)),
                go_word=say("desk.paper.go"),
                done=lambda sheet: self._confirm(slip.number),
            )
        )

    def _reprint(self, number: SlipNumber, reason: str) -> None:
        reprint_slip(self._scene.hall, number, reason, self._scene.staff())
        self._send(number)

    def _send(self, number: SlipNumber) -> None:
        self._scene.printing.submit(number)
        self._scene.tell("now", self._scene.say()("desk.print.submitted", tail=slip_tail(number)))

    def _confirm(self, number: SlipNumber) -> None:
        confirm_paper(self._scene.hall, number, self._scene.staff())
        self._scene.tell("ok", self._scene.say()("desk.paper.done", tail=slip_tail(number)))

    def _void(self, number: SlipNumber, reason: str) -> None:
        void_slip(self._scene.hall, number, reason, self._scene.staff())
        self._scene.tell("ok", self._scene.say()("desk.void.done", tail=slip_tail(number)))

    def _slip(self) -> SlipRecord:
        assert self._chosen is not None, "plates that need a slip are shown only beside one"
        with self._scene.hall.store.reading() as records:
            slip = records.slips.by_number(self._chosen)
        assert slip is not None, "a slip never goes away"
        return slip
