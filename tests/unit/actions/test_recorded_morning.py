"""Three hundred people, two kiosks, a wall clock set back: what was written down decides the same again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.actions.call_next import call_next, not_come
from kiosk.actions.faults import Refused
from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.actions.move_in_line import move_in_line
from kiosk.actions.recognise import Recognition
from kiosk.actions.sign_up_together import sign_up_together
from kiosk.actions.talk_over import agree, begin_talk, part
from kiosk.domain.ids import JobId, SignUpId, places_of
from kiosk.domain.orders import Turn
from kiosk.domain.sign_ups import SignUp
from kiosk.messages.decisions import order_key
from kiosk.messages.events import (
    EventBody,
    SignedUp,
    SignUpCalled,
    SignUpMissed,
    SignUpMoved,
    TurnPoint,
)
from kiosk.messages.feed import FeedRow, SignUpBody
from tests import answers
from tests.halls import MovableClock, SampleKiosk, identity, open_sample_kiosk
from tests.unit.actions.lines import STAFF, come, in_line, talked_over
from tests.unit.actions.recomputing import recomputes
from tests.unit.actions.visits import version_of

PEOPLE = 300
CALLS = 120
PEOPLE_WITH_FRIENDS = 60
SEED = 20260918


@dataclass(slots=True)
class TwoKiosks:
    """Two kiosks of one hall that hear at once what the other did, and who came in which order."""

    kiosks: tuple[SampleKiosk, SampleKiosk]
    job: JobId
    arrived: list[SignUpId] = field(default_factory=list)
    told: int = 0

    def tell(self, by: SampleKiosk, item: SignUp) -> None:
        """Let the other kiosk hear how somebody stands in the line now."""
        other = self.kiosks[1] if by is self.kiosks[0] else self.kiosks[0]
        self.told += 1
        row = FeedRow(topic="sign_up", id=item.id, pos=self.told, is_deleted=not item.is_open)
        if item.is_open:
            row = row.model_copy(update={"body": body_of(item).model_dump_json()})
        answers.tell(other.opened, [row], self.told, scope="hall:NZ")

    def pass_time(self, seconds: float) -> None:
        for kiosk in self.kiosks:
            kiosk.clock.pass_time(seconds)

    def written(self) -> list[EventBody]:
        """Return what both journals say, in the order in which it happened."""
        entries = [
            (entry.at, kiosk.hall.identity.letter, entry.seq, entry.parsed())
            for kiosk in self.kiosks
            for entry in kiosk.opened.sync_book.outgoing(5000).events
        ]
        return [body for *_, body in sorted(entries, key=lambda item: item[:3]) if body is not None]


def body_of(item: SignUp) -> SignUpBody:
    own, at = item.turn.own, item.turn.at
    names = set(SignUpBody.model_fields) & set(SignUp.__slots__)
    return SignUpBody.model_validate(
        {name: getattr(item, name) for name in names}
        | {"hall_day": own.day, "turn_shift": item.turn.shift}
        | {"own_arrived_at": own.arrived_at, "own_kiosk": own.kiosk, "own_sequence": own.sequence}
        | {"turn_arrived_at": at.arrived_at, "turn_kiosk": at.kiosk, "turn_sequence": at.sequence}
    )


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[TwoKiosks]:
    first = open_sample_kiosk(tmp_path / "a", MovableClock())
    second = open_sample_kiosk(tmp_path / "b", MovableClock(), has_rights=False)
    second.hall = replace(
        second.hall,
        identity=identity("B", 2),
        fresh_id=iter(f"b-{number:06d}" for number in range(10**6)).__next__,
    )
    job = talked_over(first)
    answers.grant(second.opened, {places_of(job): [(101, 105)]})
    yield TwoKiosks((first, second), job)
    for kiosk in (first, second):
        kiosk.opened.close()


def fill(hall: TwoKiosks) -> None:
    """Let everybody come, seven seconds apart; halfway a hand sets the first kiosk's wall clock back."""
    draw = random.Random(SEED)
    for number in range(1, PEOPLE + 1):
        kiosk = draw.choice(hall.kiosks)
        hall.pass_time(7)
        if number == PEOPLE // 2:
            hall.kiosks[0].clock.instant -= timedelta(hours=1)
        item = in_line(kiosk, come(kiosk, number, after_s=0), hall.job)
        hall.arrived.append(item.id)
        hall.tell(kiosk, item)


def call_many(hall: TwoKiosks) -> list[SignUpId]:
    """Let both desks call: some do not come or do not agree, one is moved by hand. Return who was called."""
    draw = random.Random(SEED + 1)
    called: list[SignUpId] = []
    talking: list[tuple[SignUp, SampleKiosk]] = []
    for turn in range(CALLS):
        kiosk = draw.choice(hall.kiosks)
        hall.pass_time(20)
        if turn == CALLS // 2:
            moved = move_in_line(kiosk.hall, hall.arrived[-1], hall.arrived[-9], "带孩子来的", STAFF)
            hall.tell(kiosk, moved)
        try:
            item = call_next(kiosk.hall, hall.job, "1", STAFF)
        except Refused:  # as many as there are numbers sit at the tables
            item, desk = talking.pop(0)
            hall.tell(desk, part(desk.hall, item.id, STAFF))
            continue
        called.append(item.id)
        hall.tell(kiosk, item)
        hall.pass_time(5)
        if draw.random() < 0.3:
            hall.tell(kiosk, not_come(kiosk.hall, item.id, STAFF))
            continue
        item = begin_talk(kiosk.hall, item.id, STAFF)
        if draw.random() < 0.2:
            item = agree(kiosk.hall, item.id, STAFF)
        hall.tell(kiosk, item)
        talking.append((item, kiosk))
    return called


def recomputed(written: list[EventBody]) -> tuple[list[SignUpId], list[SignUpId]]:
    """Return who was called by the journals, and who is first by nothing but what they say before."""
    waiting: dict[SignUpId, Turn] = {}
    own: dict[SignUpId, Turn] = {}
    said, expected = [], []
    for body in written:
        if isinstance(body, SignedUp):
            own[SignUpId(body.sign_up)] = first = Turn.of(order_key(body.own))
            waiting[SignUpId(body.sign_up)] = stands(body.turn, first) if body.turn else first
        elif isinstance(body, SignUpCalled):
            said.append(SignUpId(body.sign_up))
            expected.append(min(waiting, key=lambda item: waiting[item]))
            del waiting[SignUpId(body.sign_up)]
        elif isinstance(body, SignUpMissed | SignUpMoved):
            waiting[SignUpId(body.sign_up)] = stands(body.turn, own[SignUpId(body.sign_up)])
    return said, expected


def stands(turn: TurnPoint, first: Turn) -> Turn:
    return Turn(order_key(turn.at), turn.shift, first.own)


def test_a_recorded_morning_recomputes_to_the_same_result(hall: TwoKiosks) -> None:
    fill(hall)
    called = call_many(hall)
    firsts = list(dict.fromkeys(called))
    assert len(firsts) > 50
    assert firsts == hall.arrived[: len(firsts)]
    said, expected = recomputed(hall.written())
    assert said == expected == called
    decisions: list[Decision] = []
    for kiosk in hall.kiosks:
        with kiosk.hall.store.reading() as records:
            decisions += records.decisions.of_job(hall.job, kiosk.hall.today())
    calls = [item for item in decisions if item.kind is DecisionKind.CALL]
    assert sum(bool(item.outcome) for item in calls) == len(called)
    assert all(recomputes(item) for item in calls)
    assert sum(item.kind is DecisionKind.MOVE for item in decisions) == 1


def fill_with_teams(hall: TwoKiosks) -> list[list[SignUpId]]:
    """Let people come of whom some wait for a friend and sign up with him. Return the teams."""
    draw = random.Random(SEED + 2)
    teams: list[list[SignUpId]] = []
    waiting: dict[str, Recognition] = {}
    for number in range(1, PEOPLE_WITH_FRIENDS + 1):
        kiosk = draw.choice(hall.kiosks)
        hall.pass_time(7)
        met, here = come(kiosk, number, after_s=0), kiosk.hall.identity.letter
        if here not in waiting and draw.random() < 0.3:
            waiting[here] = met
        elif here in waiting and draw.random() < 0.5:
            version = version_of(kiosk, hall.job)
            items = sign_up_together(kiosk.hall, [waiting.pop(here), met], hall.job, version)
            teams.append([item.id for item in items])
            for item in items:
                hall.tell(kiosk, item)
        else:
            hall.tell(kiosk, in_line(kiosk, met, hall.job))
    return teams


def call_everybody(hall: TwoKiosks) -> list[SignUpId]:
    """Let both desks call one after another, and part with whoever came. Return who was called."""
    draw = random.Random(SEED + 3)
    called: list[SignUpId] = []
    while True:
        kiosk = draw.choice(hall.kiosks)
        hall.pass_time(20)
        try:
            call_next(kiosk.hall, hall.job, "1", STAFF)
        except Refused:
            return called
        with kiosk.hall.store.reading() as records:
            line = records.sign_ups.line_of(hall.job, kiosk.hall.today())
        for item in line:
            if item.is_called:
                called.append(item.id)
                begin_talk(kiosk.hall, item.id, STAFF)
                hall.tell(kiosk, part(kiosk.hall, item.id, STAFF))


def test_a_morning_with_teams_recomputes_to_the_same_result(hall: TwoKiosks) -> None:
    teams = fill_with_teams(hall)
    assert len(teams) > 5
    called = call_everybody(hall)
    said, expected = recomputed(hall.written())
    assert said == expected == called
    for team in teams:
        first = called.index(team[0])
        assert called[first : first + len(team)] == team, "a team is called together"
    for kiosk in hall.kiosks:
        with kiosk.hall.store.reading() as records:
            decisions = records.decisions.of_job(hall.job, kiosk.hall.today())
        assert all(recomputes(item) for item in decisions if item.kind is DecisionKind.CALL)
