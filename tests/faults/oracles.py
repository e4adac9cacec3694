"""What must be so after a bad day, read from papers, every kiosk's journal and the bureau's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from kiosk.actions.compose_slip import read_document
from kiosk.actions.ports import SlipRecord
from kiosk.actions.print_slip import recover_slips
from kiosk.bureau.databases import opened
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.restores import projections_digest
from kiosk.bureau.tables import event
from kiosk.domain.ids import SlipNumber
from kiosk.domain.placements import Placement
from kiosk.domain.slips import SlipState
from kiosk.storage.tables import current_stream, journal, orphan_entry
from tests.faults.bad_days import BadDay
from tests.faults.papers import slips_on_paper
from tests.journeys.town import Town, the_hall_of

Entry = tuple[str, int, str]
"""Stream, seq and hash."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a kiosk keeps: its slips, whose placements are theirs, and every entry it wrote."""

    slips: list[SlipRecord]
    placements: dict[SlipNumber, Placement]
    entries: list[Entry]


def settled(data_dir: Path) -> Kept:
    """Start a kiosk once more, which settles what was half-printed, and return what it keeps."""
    with the_hall_of(data_dir) as kiosk:
        recover_slips(kiosk.hall)
        with kiosk.hall.store.reading() as records:
            slips = list(records.slips.all())
            found = {slip.number: records.placements.by_slip(slip.number) for slip in slips}
            assert records.placements.count() == len(slips), "a place without its slip, or a slip without it"
        with kiosk.opened.database.reading() as connection:
            stream = connection.execute(select(current_stream.c.stream)).scalar_one()
            rows = connection.execute(select(journal.c.seq, journal.c.hash))
            entries = [(str(stream), row.seq, row.hash) for row in rows]
            old = connection.execute(select(orphan_entry.c.stream, orphan_entry.c.seq, orphan_entry.c.hash))
            entries += [(row.stream, row.seq, row.hash) for row in old]
    placements = {number: taken for number, taken in found.items() if taken is not None}
    assert placements.keys() == found.keys()
    return Kept(slips, placements, entries)


def assert_papers_are_honest(kept: Kept, paper: Path) -> Counter[SlipState]:
    """Hold the papers of one printer against the states of its kiosk's slips; count the states."""
    codes = {read_document(slip.document).code: slip.number for slip in kept.slips}
    papers = slips_on_paper(paper, codes)
    for slip in kept.slips:
        count = papers[slip.number]
        match slip.state:
            case SlipState.PRINTED:
                assert count == 1, f"{slip.number} is called printed, and {count} papers came out"
            case SlipState.QUEUED:
                assert count == 0, f"{slip.number} is still to be printed, and came out"
            case SlipState.UNCERTAIN:
                assert count <= 1, f"{slip.number} came out twice"
            case _:
                raise AssertionError(f"{slip.number} is {slip.state}")
    return Counter(slip.state for slip in kept.slips)


def assert_numbers_go_once(kept: Iterable[Kept]) -> None:
    """See that no number of any quota stands behind two slips, at any kiosk."""
    spent = Counter(
        (item.quota, item.number)
        for post in kept
        for placement in post.placements.values()
        for item in placement.spent
    )
    twice = [number for number, count in spent.items() if count > 1]
    assert not twice, f"numbers on two slips: {twice}"


def assert_bureau_knows_all(town: Town, kept: Iterable[Kept]) -> None:
    """See that the bureau has every entry of every kiosk once, sound, and that its log tells its tables."""
    posts = list(kept)
    with opened(town.bureau_dir) as database, database.reading() as connection:
        rows = connection.execute(select(event.c.stream, event.c.seq, event.c.hash))
        known = Counter((row.stream, row.seq, row.hash) for row in rows)
    assert known == Counter(entry for post in posts for entry in post.entries)
    assert town.counts()["dead_letters"] == 0
    slips = {slip.number: slip for post in posts for slip in post.slips}
    assert town.slips() == {number: slip.state.value for number, slip in slips.items()}
    assert set(town.placements()) == {slip.placement for slip in slips.values()}
    assert_sound(town)


def assert_sound(town: Town) -> None:
    """Recount everything, then build the projections from the log: they must come out as they were."""
    assert check_invariants(town.bureau_dir) == []
    before = _projected(town)
    rebuild(town.bureau_dir)
    assert _projected(town) == before, "the log does not tell the tables"
    assert check_invariants(town.bureau_dir) == []


def _projected(town: Town) -> str:
    with opened(town.bureau_dir) as database, database.reading() as connection:
        return projections_digest(connection)


def assert_day_was_honest(day: BadDay) -> Counter[SlipState]:
    """Hold what people were told, papers, journals and bureau against each other; count the slips' states."""
    kept = [settled(post.data_dir) for post in day.posts]
    numbers = {slip.number for post in kept for slip in post.slips}
    assert day.confirmed <= numbers, "somebody was told of a place that is not there"
    assert len(numbers) - len(day.confirmed) <= day.rounds, "at most one a kill was kept but not told"
    assert_numbers_go_once(kept)
    states = Counter[SlipState]()
    for its, post in zip(kept, day.posts, strict=True):
        states += assert_papers_are_honest(its, post.printer.paper)
    day.heal()
    assert_bureau_knows_all(day.town, [settled(post.data_dir) for post in day.posts])
    return states
