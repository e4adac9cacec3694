"""A disk says that it flushed and did not: what that loses is noticed, and no number is spent twice.

The database and the marker lie on different disks here, and one of them lies. Where both do, at the same
moment, nobody at the kiosk can know what was; `docs/durability.md` says what follows from that.
"""

from __future__ import annotations

import random
from pathlib import Path, PurePath

import pytest

from kiosk.domain.ids import JobId, places_of
from kiosk.storage.marker import Marker
from tests.durability.mornings import DATABASE_FOLDER, JOBS, MARKER_FOLDER, Morning, a_kiosk, grant
from tests.durability.oracles import Cut, Notice, Outcome, judged, lay, lies, moved
from tests.durability.platters import Flushed, Loss, NamesFlushed

CUTS = 30
SHARE = 0.3


def test_what_the_disk_of_the_database_loses_is_noticed_at_the_next_start(morning: Morning) -> None:
    """One-line break: in `open_store` of `kiosk/storage/opening.py`, examine nothing."""
    unnoticed = []
    for cut in lies(morning, random.getrandbits(32), CUTS, [DATABASE_FOLDER], SHARE):
        verdict = judged(morning, cut)
        is_grave = verdict.forgets or verdict.spends_twice or verdict.notice is Notice.EXAMINATION
        if is_grave and verdict.notice is not Notice.OPENING:
            unnoticed.append(f"{cut}: {verdict}")
    assert not unnoticed, "\n".join(unnoticed)


def test_a_database_whose_flushes_were_all_ignored_begins_a_new_stream(morning: Morning) -> None:
    """One-line break: in `raise_head` of `kiosk/protocol/marks.py`, do not write the head."""
    verdict = judged(morning, ignored(morning, DATABASE_FOLDER))
    assert verdict.notice is Notice.OPENING, verdict
    assert verdict.forgets
    assert not verdict.spends_twice


def test_a_lying_disk_under_the_marker_loses_nothing_of_the_database(morning: Morning) -> None:
    told = [ignored(morning, MARKER_FOLDER)]
    told += lies(morning, random.getrandbits(32), CUTS // 3, [MARKER_FOLDER], SHARE)
    for cut in told:
        verdict = judged(morning, cut)
        assert verdict.outcome is Outcome.KEPT, f"{cut}: {verdict}"
        assert not verdict.spends_twice


@pytest.mark.parametrize("is_emptied", [True, False], ids=["emptied", "gone"])
def test_granted_numbers_that_the_markers_disk_took_are_told_by_the_database(
    morning: Morning, tmp_path: Path, is_emptied: bool
) -> None:
    """And the next grant is kept. One-line break: in `settle_stream`, do not mend what was granted."""
    cut = ignored(morning, "")
    rights = PurePath(MARKER_FOLDER, "marker-rights.json")
    cut.image.pop(rights)
    if is_emptied:
        cut.image[rights] = b""
    verdict = judged(morning, cut)
    assert verdict.outcome is Outcome.KEPT, verdict
    lay(cut.image, tmp_path)
    quota = places_of(JobId(JOBS[0]))
    with a_kiosk(tmp_path) as kiosk:
        grant(kiosk, {quota: (30, 31)})
        with kiosk.hall.store.reading() as records:
            assert {30, 31} <= set(records.rights.free(quota))
    marked = Marker(tmp_path / MARKER_FOLDER).read_granted()
    assert marked is not None
    assert {1, 2, 30, 31} <= set(marked.granted[quota])


def ignored(morning: Morning, folder: str) -> Cut:
    """Return the cut at the end of a morning where one disk ignored every flush, and lost all of it."""
    operations = morning.recording.operations
    platter, floor, ceiling = morning.recording.platter(), 0, 0
    for operation in operations:
        is_flush = isinstance(operation, Flushed | NamesFlushed) and operation.folder.name == folder
        platter.take(operation, is_ignored=is_flush)
        floor, ceiling = moved(operation, floor, ceiling)
    return Cut(len(operations), Loss.ALL, platter.image(Loss.ALL, random.Random(1)), floor, ceiling)
