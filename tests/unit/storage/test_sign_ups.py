"""Lines as a kiosk keeps them: what the hall tells is merged with what was done here, and nothing stays."""

from __future__ import annotations

from datetime import timedelta

from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.domain.ids import JobId, PlacementId, QuotaId, SignUpId, WorkerId
from kiosk.domain.orders import OrderKey, Turn
from kiosk.domain.placements import PlacementState
from kiosk.domain.sign_ups import SignUp, Way
from kiosk.messages.feed import FeedRow, SignUpBody
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.plans import scans, statements_of
from tests.unit.storage.samples import DAY, NOW, PLACES, feed, grant, job_body, person, trip_body

JOB = JobId("J1")


def signed(number: int, **changed: object) -> SignUp:
    facts: dict[str, object] = {
        "id": SignUpId(f"s{number}"),
        "worker": WorkerId(f"w{number}"),
        "job": JOB,
        "job_version": 1,
        "way": Way.PLACE,
        "queue_number": f"A{number}",
        "turn": Turn.of(OrderKey(DAY, NOW + timedelta(minutes=number), "kiosk-A", number)),
        "signed_at": NOW,
    }
    return SignUp(**(facts | changed))  # type: ignore[arg-type]  # one place knows the fields


def body(number: int, **changed: object) -> SignUpBody:
    at = NOW + timedelta(minutes=number)
    facts: dict[str, object] = {
        "id": f"s{number}",
        "worker": f"w{number}",
        "job": JOB,
        "job_version": 1,
        "way": "place",
        "queue_number": f"B{number}",
        "hall_day": DAY,
        "own_arrived_at": at,
        "own_kiosk": "kiosk-B",
        "own_sequence": number,
        "turn_arrived_at": at,
        "turn_kiosk": "kiosk-B",
        "turn_sequence": number,
        "turn_shift": 0,
        "signed_at": NOW,
        "state": "proposed",
        "calls": 0,
        "spot": "",
        "held_at": "",
        "called_at": None,
        "answer_by": None,
        "talked_at": None,
        "agreed_at": None,
        "step": 1,
    }
    return SignUpBody.model_validate(facts | changed)


def tell(kept: OpenedStore, pos: int, *said: SignUpBody | str) -> None:
    """Let the hall's feed tell of sign-ups; a name alone is one that left the line."""
    rows = [
        FeedRow(topic="sign_up", id=item, pos=pos + at, is_deleted=True)
        if isinstance(item, str)
        else FeedRow(topic="sign_up", id=item.id, pos=pos + at, body=item.model_dump_json())
        for at, item in enumerate(said)
    ]
    answers.tell(kept, rows, pos + len(rows), feed_gen="g", is_snapshot=False, scope="hall:NZ")


def line(kept: OpenedStore) -> list[str]:
    with kept.store.reading() as records:
        return [item.queue_number for item in records.sign_ups.line_of(JOB, DAY)]


def test_people_of_both_kiosks_stand_in_one_line(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        records.sign_ups.add(signed(1))
        records.sign_ups.add(signed(3))
    tell(kept, 1, body(2), body(4))
    assert line(kept) == ["A1", "B2", "A3", "B4"]
    tell(kept, 5, "s2")
    assert line(kept) == ["A1", "A3", "B4"]


def test_what_was_done_here_is_not_undone_by_what_the_bureau_knew_before(kept: OpenedStore) -> None:
    """Broken by telling whatever the step."""
    with kept.store.writing() as records:
        records.sign_ups.add(signed(1))
        records.sign_ups.keep(signed(1).called("2", "kiosk-A", NOW, None))
    tell(kept, 1, body(1, step=1))
    with kept.store.reading() as records:
        known = records.sign_ups.by_id(SignUpId("s1"))
    assert known is not None
    assert (known.spot, known.step) == ("2", 2)
    tell(kept, 3, body(1, step=3, state="negotiating", talked_at=NOW, called_at=NOW))
    with kept.store.reading() as records:
        later = records.sign_ups.by_id(SignUpId("s1"))
    assert later is not None
    assert later.state is PlacementState.NEGOTIATING


def test_a_row_of_a_later_version_changes_nothing(kept: OpenedStore) -> None:
    tell(kept, 1, body(1, way="balloon"), body(2))
    assert line(kept) == ["B2"]


def test_a_kiosk_keeps_a_number_and_a_seat_for_each_who_was_called(kept: OpenedStore) -> None:
    feed(kept, trip_body(), job_body(1, trip="T1"))
    grant(kept, PLACES, 1, 5)
    with kept.store.writing() as records:
        for number in (1, 2, 3):
            records.sign_ups.add(signed(number))
        records.sign_ups.keep(signed(1).called("A", "kiosk-A", NOW, NOW))
        records.sign_ups.keep(signed(2).called("B", "kiosk-B", NOW, NOW))
        records.sign_ups.keep(signed(3).called("A", "kiosk-A", NOW, NOW).ended(NOW, "withdrawn"))
        kept_here = records.sign_ups.kept_at("kiosk-A")
    assert dict(kept_here) == {PLACES: 1, QuotaId("seats:T1"): 1}


def test_standing_in_a_line_never_scans(kept: OpenedStore) -> None:
    feed(kept, trip_body(), job_body(1, trip="T1"))
    with statements_of(kept.database) as heard, kept.store.writing() as records:
        records.sign_ups.add(signed(1))
        records.sign_ups.keep(signed(1).called("A", "kiosk-A", NOW, NOW))
        records.sign_ups.by_id(SignUpId("s1"))
        records.sign_ups.line_of(JOB, DAY)
        records.sign_ups.open_of(WorkerId("w1"), DAY)
        records.sign_ups.open_on(DAY)
        records.sign_ups.kept_at("kiosk-A")
        records.decisions.add(decision(1))
        records.decisions.of_job(JOB, DAY)
        records.decisions.about(WorkerId("w1"), DAY)
        records.placements.note_left(PlacementId("p9"), WorkerId("w1"), NOW)
        records.placements.is_left(PlacementId("p9"))
        records.board.published(JOB, NOW)
    assert len(heard) >= 13
    assert scans(kept.database, heard) == []


def decision(number: int) -> Decision:
    return Decision(
        f"d{number}", NOW, DAY, DecisionKind.REFUSAL, JOB, WorkerId(f"w{number}"), 1, "{}", "TIME-01"
    )


def test_yesterdays_lines_are_forgotten_and_old_decisions_after_thirty_days(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        records.sign_ups.add(signed(1))
        records.decisions.add(decision(1))
        records.placements.note_left(PlacementId("p9"), WorkerId("w1"), NOW)
    kept.forget_closed(NOW)
    assert line(kept) == ["A1"]
    kept.forget_closed(NOW + timedelta(days=1))
    assert line(kept) == []
    with kept.store.reading() as records:
        assert len(records.decisions.of_job(JOB, DAY)) == 1
    kept.forget_closed(NOW + timedelta(days=31))
    with kept.store.reading() as records:
        assert records.decisions.of_job(JOB, DAY) == []
        assert not records.placements.is_left(PlacementId("p9"))


def test_who_is_forgotten_here_stays_in_todays_line_and_gave_his_place_back_all_the_same(
    kept: OpenedStore,
) -> None:
    """Broken by forgetting both with him: he came to another kiosk today, and this one starts at noon."""
    with kept.store.writing() as records:
        records.workers.add(person(1))
        records.sign_ups.add(signed(1, worker=person(1).id))
        records.placements.note_left(PlacementId("p9"), person(1).id, NOW)
    assert kept.forget_closed(NOW).workers == 1
    assert line(kept) == ["A1"]
    with kept.store.reading() as records:
        assert records.placements.is_left(PlacementId("p9"))
