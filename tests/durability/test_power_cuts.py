"""The power goes at any moment of a morning: what was told is there, and nothing else is half there.

Every action of the morning ran on the real store. Each cut lays the files as the disk may have kept them,
opens the store over them, and holds every table against the states that were committed; see `oracles.py`.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path, PurePath

import pytest
from sqlalchemy import func, select

from kiosk.domain.ids import JobId, places_of
from kiosk.storage.hiring_tables import team_place
from kiosk.storage.paper_tables import paper
from kiosk.storage.tables import placement, slip
from tests.durability.mornings import (
    AFTERWARDS,
    DATABASE_FOLDER,
    JOBS,
    Morning,
    a_kiosk,
    begin,
    come_in,
    go_together,
    grant,
    opened,
    recorded,
)
from tests.durability.oracles import SCRATCH, cuts, judged, lay
from tests.durability.platters import PROMISED, Image, Loss, NamesFlushed

CUTS_A_LOSS = 34
TEAM = (21, 22, 23)
CUTS_OF_A_TEAM = 24
FIRST_CUTS = 4


@pytest.mark.parametrize("loss", PROMISED, ids=lambda loss: loss.name.lower())
def test_a_power_cut_loses_nothing_that_was_told(morning: Morning, loss: Loss) -> None:
    """One-line break: let DURABLE be "NORMAL" in `database.py`, or flush no slot in `marker.py`."""
    unsound = []
    for cut in cuts(morning, random.getrandbits(32), CUTS_A_LOSS, [loss]):
        verdict = judged(morning, cut)
        if not verdict.is_sound:
            unsound.append(f"{cut}: {verdict}")
    assert not unsound, "\n".join(unsound)


def test_behind_a_power_cut_a_team_is_there_whole_or_not_at_all(tmp_path: Path, furnished: Path) -> None:
    """One-line break: let `take_together` write each member's place in a transaction of its own."""
    root = tmp_path / "kiosk"
    shutil.copytree(furnished, root)
    with a_kiosk(root) as kiosk:
        grant(kiosk, {places_of(JobId(JOBS[0])): (3, 6)})
        team = [come_in(kiosk, number) for number in TEAM]
    with recorded(root) as morning:
        begin(morning, root)
        with a_kiosk(root, morning, first_id=500) as kiosk:
            go_together(kiosk, team)
    found = set()
    for cut in cuts(morning, random.getrandbits(32), CUTS_OF_A_TEAM):
        verdict = judged(morning, cut)
        assert verdict.is_sound, f"{cut}: {verdict}"
        found.add(_of_the_team(cut.image))
    whole = (len(TEAM), len(TEAM), len(TEAM), 1)
    assert found <= {(0, 0, 0, 0), whole}
    assert _parts_in(root) == whole


def _of_the_team(image: Image) -> tuple[int, ...]:
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        lay(image, Path(folder))
        return _parts_in(Path(folder))


def _parts_in(root: Path) -> tuple[int, ...]:
    """Return how many parts of a team, places, slips and lists a kiosk finds."""
    kept = opened(root, machine=AFTERWARDS)
    with kept.database.reading() as connection:
        tables = (team_place, placement, slip, paper)
        counts = [connection.scalar(select(func.count()).select_from(table)) for table in tables]
    kept.close()
    return tuple(int(count or 0) for count in counts)


def test_a_first_start_that_is_cut_is_begun_again(tmp_path: Path) -> None:
    """At any moment of it; a store that was opened before the cut is found as it was.

    One-line breaks: in `_make` of `keys.py`, do not flush the key; in `_make_folders` of `opening.py`, do not
    flush the folder above a new one.
    """
    with recorded(tmp_path) as morning:
        opened(tmp_path).close()
    operations = morning.recording.operations
    dice = random.Random(random.getrandbits(32))
    keyed = operations.index(NamesFlushed(PurePath(DATABASE_FOLDER))) + 1
    moments = {*range(1, keyed + 1), *(dice.randint(keyed, len(operations)) for _ in range(FIRST_CUTS))}
    platter, causes = morning.recording.platter(), set[str | None]()
    for at, operation in enumerate(operations, 1):
        platter.take(operation)
        if at in moments:
            causes.add(_cause_of_new_stream(platter.image(dice.choice(PROMISED), dice)))
    assert causes <= {"first_start", "database_lost", None}
    assert "first_start" in causes
    for loss in PROMISED:
        assert _cause_of_new_stream(platter.image(loss, dice)) is None


def _cause_of_new_stream(image: Image) -> str | None:
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        lay(image, Path(folder))
        kept = opened(Path(folder), machine=AFTERWARDS)
        kept.close()
        return kept.new_stream
