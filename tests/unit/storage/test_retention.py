"""People are forgotten when their loop is closed, and nobody's entry leaves a hole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import JobId, PaperNumber, PlacementId, TeamId, WorkerId
from kiosk.domain.papers import PaperKind
from kiosk.domain.placements import PlacementState
from kiosk.domain.restrictions import Restriction
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.teams import TeamPart
from kiosk.domain.workers import Release
from kiosk.messages.events import Person, WorkerRegistered
from kiosk.protocol.ports import Since
from kiosk.storage.keys import load_key
from kiosk.storage.opening import OpenedStore
from kiosk.storage.retention import Forgotten
from tests import answers
from tests.unit.storage.pages import plain_pages
from tests.unit.storage.samples import (
    DAY,
    NOW,
    PLACES,
    check_in,
    feed,
    grant,
    job_body,
    opened,
    person,
    take,
    ticket,
)
from tests.unit.storage.test_sign_ups import signed

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def morning(kept: OpenedStore) -> OpenedStore:
    """Two people registered and checked in; the first has taken a place."""
    feed(kept, job_body())
    grant(kept, PLACES, 1, 5)
    with kept.store.writing() as records:
        for number in (1, 2):
            someone = person(number)
            records.workers.add(someone)
            records.journal.append(
                WorkerRegistered(
                    worker=someone.id,
                    person=Person(
                        kind="citizen",
                        name=someone.name,
                        number=someone.number,
                        sex="1",
                        birth_date=someone.birth_date,
                        region=someone.region,
                    ),
                    notice_version=1,
                    method="card",
                ),
                NOW,
            )
            check_in(records, someone.id)
        take(records, person(1).id, JobId("J1"))
    return kept


def acknowledge(kept: OpenedStore, *, prune_ok: int) -> None:
    answers.acknowledge(kept, 5, prune_ok=prune_ok)


def known(kept: OpenedStore) -> list[int]:
    with kept.store.reading() as records:
        return [number for number in (1, 2) if records.workers.by_id(person(number).id)]


@pytest.mark.parametrize(
    ("acked", "prune_ok", "now", "left"),
    [
        (0, 0, TOMORROW, [1, 2]),  # the bureau does not know them yet
        (5, 5, NOW, [1, 2]),  # they are here today
        (5, 0, TOMORROW, [1, 2]),  # no verified backup holds their entries
        (5, 5, TOMORROW, [1]),  # the second has nothing open
        (5, 0, NOW + timedelta(days=31), []),  # thirty days are over
    ],
)
def test_who_is_forgotten_when(
    morning: OpenedStore, acked: int, prune_ok: int, now: datetime, left: list[int]
) -> None:
    if acked:
        acknowledge(morning, prune_ok=prune_ok)
    assert morning.forget_closed(now).workers == 2 - len(left)
    assert known(morning) == left


def test_a_closed_loop_ends_the_keeping(morning: OpenedStore) -> None:
    acknowledge(morning, prune_ok=5)
    with morning.store.writing() as records:
        (taken,) = records.placements.open_of(person(1).id)
        records.placements.set_state(taken.id, PlacementState.CLOSED)
    assert morning.forget_closed(TOMORROW).workers == 2
    with morning.store.reading() as records:
        slip = records.slips.by_number(taken.slip)
        assert slip is not None
        assert slip.document == ""
        assert records.check_ins.count_all() == 0
        assert records.placements.by_slip(taken.slip) is not None


def test_forgotten_names_and_numbers_are_in_no_table(morning: OpenedStore) -> None:
    said = everything_in(morning)
    assert person(1).number in said
    assert person(1).name in said
    with morning.store.writing() as records:
        records.papers.put(ticket(person(1).id, person(1).name))
    acknowledge(morning, prune_ok=0)
    morning.forget_closed(NOW + timedelta(days=31))
    assert everything_in(morning).count(person(1).number) == 0
    assert everything_in(morning).count(person(1).name) == 0


def test_a_teams_list_goes_with_the_first_of_it_who_is_forgotten(morning: OpenedStore) -> None:
    """Broken by forgetting only the papers that were printed for him: this one names him, too."""
    with morning.store.writing() as records:
        (first,) = records.placements.open_of(person(1).id)
        second = take(records, person(2).id, JobId("J1"), name="P2")
        records.placements.set_state(second.id, PlacementState.CLOSED)
        for nth, taken in enumerate((first, second), 1):
            records.teams.add(taken.id, TeamPart(TeamId("G1"), nth, 2))
        own = ticket(person(1).id)
        listed = replace(own, number=PaperNumber("MD-1"), kind=PaperKind.TEAM_LIST)
        for paper in (own, listed):
            records.papers.put(paper)
    answers.acknowledge(morning, 6, prune_ok=6)
    assert morning.forget_closed(TOMORROW).workers == 1
    assert known(morning) == [1]
    with morning.store.reading() as records:
        assert records.papers.by_number(listed.number) is None
        assert records.papers.by_number(own.number) == own


def test_whoever_is_forgotten_leaves_his_pseudonym_with_his_places_alone(
    morning: OpenedStore,
) -> None:
    of = person(2).id
    with morning.store.writing() as records:
        records.restrictions.keep(of, Restriction(is_restricted=True, step=1))
        records.proofs.release(of, [Release(JobId("J1"), 1, "CERT-01")])
        records.proofs.add_skill(of, HeldSkill("masonry", Grade.JUNIOR))
        records.proofs.add_hardship(of, HeldHardship(Hardship.OLDER, None))
        records.decisions.add(refused(of))
        records.papers.put(ticket(of))
        records.sign_ups.add(signed(1, worker=of))
        records.placements.note_left(PlacementId("P9"), of, NOW)
        records.placements.set_state(take(records, of, JobId("J1"), name="P2").id, PlacementState.CLOSED)
    answers.acknowledge(morning, 6, prune_ok=6)
    assert morning.forget_closed(TOMORROW).workers == 1
    assert {name for name, rows in tables_of(morning) if of in rows} == {"placement", "left_place"}


def refused(of: WorkerId) -> Decision:
    return Decision("d1", NOW, DAY, DecisionKind.REFUSAL, JobId("J1"), of, 1, "{}", "AGE-01")


def everything_in(kept: OpenedStore) -> str:
    return "\n".join(rows for _, rows in tables_of(kept))


def tables_of(kept: OpenedStore) -> Iterator[tuple[str, str]]:
    with kept.database.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        for name in names.all():
            yield name, repr(list(connection.exec_driver_sql(f'SELECT * FROM "{name}"')))  # noqa: S608 - our tables


def test_blanked_entries_are_never_asked_for_again_and_new_ones_follow_on(morning: OpenedStore) -> None:
    morning.sync_book.adopt_generation("1-first")
    acknowledge(morning, prune_ok=5)
    assert morning.forget_closed(TOMORROW).entries == 2
    morning.sync_book.adopt_generation("2-restored")
    assert [event.seq for event in morning.sync_book.outgoing(10).events] == [5]
    with morning.store.writing() as records:
        check_in(records, person(3).id, day=(TOMORROW + timedelta(days=1)).date())
    events = morning.sync_book.outgoing(10).events
    assert events[1].prev_hash == events[0].hash


def test_what_an_old_stream_has_not_said_is_kept_and_what_it_said_is_never_said_blank(
    morning: OpenedStore,
) -> None:
    """One-line break: in `_to_forget`, ask no `is_unsaid_orphan`; in `_blank_entries`, raise no old floor."""
    folder, old, long_after = morning.database.path.parent, morning.health().stream, NOW + timedelta(days=31)
    morning.close()
    (folder / "marker").unlink()
    again = opened(folder)
    assert again.new_stream is not None
    assert again.forget_closed(long_after).workers == 0
    again.sync_book.adopt_generation("1-first")
    since = Since(old, "1-first")
    again.sync_book.acknowledge(since, answers.all_told(again, since), 5)
    assert again.forget_closed(long_after) == Forgotten(workers=2, entries=5)
    again.sync_book.adopt_generation("2-restored")
    assert {again.sync_book.outgoing(10).stream for _ in range(4)} == {again.health().stream}
    again.close()


def test_the_wiped_words_leave_no_trace_in_free_pages(morning: OpenedStore) -> None:
    """One-line break: in `_configure`, let `secure_delete` be 0."""
    folder, number = morning.database.path.parent, person(2).number.encode()
    acknowledge(morning, prune_ok=5)
    morning.database.close()
    assert number in plain_pages(morning.database.path, load_key(folder, morning.database.path).raw)
    morning.forget_closed(TOMORROW)
    morning.close()
    left = plain_pages(morning.database.path, load_key(folder, morning.database.path).raw)
    assert left.count(number) == 0
    assert left.count(person(1).number.encode()) > 0
