"""`./run bench` makes rows of samples, judges them by their bars, and nothing without a reference."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interpreters import said_alone
from tools import bench, soak
from tools.figures.growing import Reading, growth
from tools.figures.rows import (
    FEWEST_SAMPLES,
    Bar,
    Measured,
    load_bars,
    percentile,
    reaches,
    row_of,
    table,
    write_json,
)

QUICK = Bar("door.open", "ms", "median", "The door opens.", "A curtain.", at_most=10.0)
STEADY = Bar("door.swing", "frames/s", "median", "The door swings.", "A curtain.", at_least=55.0)
FAST = Bar("door.turn", "turns/s", "median", "It turns.", "A curtain.", at_least=40.0, at_least_times=20.0)
CHEAP = Bar("door.lock", "ms", "p99", "The door locks.", "A latch.", at_most_times=2.0)
COST = Bar("door.creak", "ms", "median", "It creaks.", "A curtain.")
SAMPLES = (1.0, 2.0, 3.0, 4.0, 5.0)


def test_every_bar_of_the_project_makes_sense_and_belongs_to_a_group() -> None:
    bars = load_bars()
    assert {name.partition(".")[0] for name in bars} == set(bench.GROUPS)
    assert all(bar.sentence.endswith(".") and bar.reference.endswith(".") for bar in bars.values())


@pytest.mark.parametrize(
    "limits", ["at_least_times = 2", "at_most = 1\nat_least = 1", "at_most = 1\nat_least_times = 2"]
)
def test_a_bar_has_one_limit_at_most(tmp_path: Path, limits: str) -> None:
    path = tmp_path / "bars.toml"
    words = 'unit = "ms"\nstatistic = "median"\nsentence = "A."\nreference = "B."\n'
    path.write_text(f'["door.open"]\n{words}{limits}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"door\.open"):
        load_bars(path)


def test_a_row_tells_value_middle_spread_and_ratio() -> None:
    row = row_of(Measured("door.lock", SAMPLES, (2.0,) * 5), CHEAP)
    assert (row.value, row.median, row.spread, row.n) == (5.0, 3.0, 2.0, 5)
    assert (row.reference, row.ratio, row.bar, row.ok) == (2.0, 2.5, "≤ 2 × reference", False)


def test_a_figure_is_judged_by_its_own_kind_of_limit() -> None:
    assert reaches(QUICK, 10.0, 1.0, 5) is True
    assert reaches(QUICK, 10.1, 1.0, 5) is False
    assert reaches(STEADY, 55.0, 60.0, 5) is True
    assert reaches(STEADY, 54.9, 60.0, 5) is False
    assert [reaches(FAST, 40.0, reference, 5) for reference in (2.0, 2.1)] == [True, False]
    assert reaches(FAST, 39.0, 1.0, 5) is False
    assert FAST.text == "≥ 40 turns/s and 20 × reference"
    assert reaches(CHEAP, 4.0, 2.0, 5) is True
    assert reaches(CHEAP, 4.1, 2.0, 5) is False


@pytest.mark.parametrize("bar", [QUICK, STEADY, CHEAP])
def test_nothing_is_judged_without_a_reference_or_by_too_few_samples(bar: Bar) -> None:
    assert row_of(Measured(bar.name, SAMPLES, ()), bar).ok is None
    assert row_of(Measured(bar.name, SAMPLES, SAMPLES[1:]), bar).reference is None
    assert row_of(Measured(bar.name, SAMPLES[1:], SAMPLES), bar).ok is None


def test_a_figure_without_a_limit_is_told_and_not_judged() -> None:
    row = row_of(Measured("door.creak", SAMPLES, (1.5,) * 5), COST)
    assert (row.bar, row.ratio, row.ok) == ("", 2.0, None)
    assert table([row]).splitlines()[1].split()[3] == "-"


def test_a_figure_without_samples_is_no_row() -> None:
    with pytest.raises(ValueError, match="no samples"):
        row_of(Measured("door.open", (), SAMPLES), QUICK)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1.0))
def test_a_percentile_is_a_sample_that_enough_others_do_not_exceed(
    samples: list[float], share: float
) -> None:
    found = percentile(samples, share)
    assert found in samples
    below = sum(sample <= found for sample in samples)
    assert below >= share * len(samples) - 1e-9 * len(samples)


def test_the_table_has_a_line_a_row_and_shouts_what_missed() -> None:
    good = row_of(Measured("door.open", SAMPLES, SAMPLES), QUICK)
    bad = row_of(Measured("door.swing", SAMPLES, SAMPLES), STEADY)
    head, first, second = table([good, bad]).splitlines()
    assert head.split()[:3] == ["name", "value", "unit"]
    assert first.endswith("yes")
    assert second.endswith("NO")


def test_json_holds_the_same_rows(tmp_path: Path) -> None:
    row = row_of(Measured("door.open", SAMPLES, SAMPLES), QUICK)
    write_json([row], tmp_path / "out" / "rows.json")
    kept = json.loads((tmp_path / "out" / "rows.json").read_text(encoding="utf-8"))
    assert kept == [row.json()]
    assert {"name", "value", "unit", "bar", "reference", "ratio", "ok"} <= set(kept[0])


def test_an_unknown_group_is_refused() -> None:
    assert FEWEST_SAMPLES == 5
    with pytest.raises(SystemExit) as refused:
        bench.main(["kitchen"])
    assert refused.value.code == 2


def test_a_soak_replaces_its_own_section_and_no_other() -> None:
    page = "# Long runs\n\nWords.\n\n## screens\n\nold\n\n## wires\n\nkept\n"
    fresh = soak.with_section(page, "screens", "new\n")
    assert fresh == "# Long runs\n\nWords.\n\n## screens\n\nnew\n\n## wires\n\nkept\n"
    assert soak.with_section("# Long runs\n", "screens", "new\n") == "# Long runs\n\n## screens\n\nnew\n"


def test_a_soak_of_the_screens_weighs_a_process_that_shares_nothing_with_it() -> None:
    """Broken by furnishing the hall in the same process."""
    told = said_alone("from tools import soak; print(soak.screens(3, jobs=80)[0])")
    assert [line.split()[1] for line in told.splitlines()[2:5]] == ["1", "2", "3"]


def readings(own_kb: Callable[[int], int]) -> list[Reading]:
    """What a process would tell every ten journeys of three hundred."""
    return [Reading(journeys, 150_000, own_kb(journeys)) for journeys in range(10, 301, 10)]


def test_growth_is_told_from_the_warm_part_only() -> None:
    warming = readings(lambda journeys: 90_000 if journeys >= 100 else 500 * journeys)
    assert set(growth(warming, 100)) == {0.0}
    assert growth(warming[:10], 100) == ()


def test_an_allocator_that_moves_in_steps_is_no_growth_and_a_leak_beneath_it_is() -> None:
    steps = [0, 900, 300, 1200, 60]
    assert abs(statistics.median(growth(readings(lambda at: 90_000 + steps[at // 10 % 5]), 100))) < 1
    leaking = readings(lambda at: 90_000 + steps[at // 10 % 5] + 5 * at)
    assert 4 < statistics.median(growth(leaking, 100)) < 6


def test_a_short_soak_says_that_it_is_one() -> None:
    journeys = soak.SOAKS["screens"]
    assert soak.count_told(200, journeys) == "A short run: 200 of 2000 journeys."
    assert soak.count_told(soak.JOURNEYS, journeys) == "2000 journeys."
