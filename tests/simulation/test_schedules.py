"""A thousand bad days, one seed each; and every break of a rule that at least one of them must see."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from types import ModuleType

import pytest

from tests.simulation.mutants import MUTANTS, RULES, Mutant, broken
from tests.simulation.world import World

ROOT = Path(__file__).parents[2]
SCHEDULES, WITH_STICKS, CLOSING_DOORS, A_CHUNK = 1000, 400, 100, 100
COMES_BACK = 10
"""A schedule in which a freed number goes to a later stream of the kiosk that spent it."""
ONCE_BROKEN = json.loads((Path(__file__).parent / "seeds.json").read_text(encoding="utf-8"))
PROCESSES = ("storage", "sync", "bureau", "actions")
ONE_STATEMENT = {"blocked", "spend"}
"""Rules that rows keep by one statement of SQL, held to it by the tests of storage and bureau."""
HELD_ELSEWHERE = {"blanked", "surely_out"}
"""Not simulated: forgetting people, held by the tests of storage, and a door written off by a count."""


@pytest.mark.parametrize("first", range(0, SCHEDULES, A_CHUNK))
def test_no_schedule_sells_a_number_twice_or_loses_an_entry(first: int) -> None:
    for seed in range(first, first + A_CHUNK):
        World(seed).run()


@pytest.mark.parametrize("first", range(0, WITH_STICKS, A_CHUNK))
def test_nothing_is_sold_twice_or_lost_where_sticks_are_carried(first: int) -> None:
    for seed in range(first, first + A_CHUNK):
        World(seed, has_sticks=True).run()


@pytest.mark.parametrize("first", range(0, CLOSING_DOORS, A_CHUNK))
def test_no_two_sit_on_one_seat_though_the_door_goes_from_device_to_device(first: int) -> None:
    for seed in range(first, first + A_CHUNK):
        World(seed, has_sticks=seed % 2 == 1, closes_doors=True).run()


def test_a_number_that_came_back_is_handed_out_by_a_later_stream_of_its_kiosk() -> None:
    """Shows that the schedules come to it; that none is sold twice then is checked in all of them."""
    world = World(COMES_BACK, has_sticks=True)
    world.run()
    assert world.given_again


@pytest.mark.parametrize(
    ("seed", "kind"), [(seed, kind) for kind, seeds in ONCE_BROKEN.items() for seed in seeds]
)
def test_a_schedule_that_once_went_wrong_stays_right(seed: int, kind: str) -> None:
    World(seed, has_sticks=kind == "with_sticks", closes_doors=kind == "closing_doors").run()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.means.replace(" ", "_"))
def test_every_break_of_a_rule_is_seen(mutant: Mutant) -> None:
    """Breaks when a schedule cannot see its break any more: look for another seed with `./run soak sync`."""
    played = partial(World, mutant.seed, has_sticks=mutant.has_sticks, closes_doors=mutant.closes_doors)
    played().run()
    with broken(mutant), pytest.raises(Exception):  # noqa: B017 - however it shows
        played().run()


def test_the_page_of_breaks_lists_those_that_are_tried() -> None:
    page = (ROOT / "docs" / "breaks-of-sync.md").read_text(encoding="utf-8")
    mistakes, tried = (
        [tuple(line.strip("| ").split(" | ")) for line in part.splitlines() if line.startswith("| ")][2:]
        for part in page.split("## The breaks everybody would make")[1].split("## All that are tried")
    )
    named = {mutant.means for mutant in MUTANTS}
    assert [row[0] for row in tried] == [mutant.means for mutant in MUTANTS]
    assert [row[2].partition(",")[0] for row in tried] == [str(item.seed) for item in MUTANTS]
    assert {row[1] for row in mistakes} <= named
    assert len({row[1] for row in mistakes}) == len(mistakes)
    assert f"{len(named)} breaks: one for each mistake above, and {len(named) - len(mistakes)} more." in page


def test_one_seed_is_one_schedule() -> None:
    first, second = World(7), World(7)
    first.run()
    second.run()
    assert first.events == second.events
    assert first.papers == second.papers


@pytest.mark.parametrize("module", RULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_processes_run_the_very_functions_that_are_simulated(module: ModuleType) -> None:
    """Breaks when a rule is written a second time: then the simulator proves what nobody runs.

    A name alone proves nothing: it counts where it was imported from the module of the rule, or is called
    within that module.
    """
    rules = {name for name, item in _own_functions(module) if not name.startswith("_")}
    processes = _used(module, (path for room in PROCESSES for path in _sources(ROOT / "kiosk" / room)))
    inside = _used(module, _sources(ROOT / "kiosk" / "protocol")) | _called_at_home(module)
    simulated = _used(module, _sources(ROOT / "tests" / "simulation"))
    assert rules - processes - inside - ONE_STATEMENT == set(), "rules that no process runs"
    assert rules - simulated - inside - HELD_ELSEWHERE == set(), "rules that are not simulated"


def _own_functions(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name, item in inspect.getmembers(module, inspect.isfunction):
        if item.__module__ == module.__name__:
            yield name, item


def _sources(folder: Path) -> Iterator[Path]:
    """Yield modules, but neither tests nor the list of breaks, which name rules that they do not run."""
    files = (path for path in folder.rglob("*.py") if path.name != "mutants.py")
    return (path for path in files if not path.name.startswith("test_"))


def _used(module: ModuleType, sources: Iterable[Path]) -> set[str]:
    """Return the names of a module that others import from it, or read from it as an attribute."""
    return {name for path in sources for name in _read_from(module.__name__, _tree(path))}


def _read_from(module: str, tree: ast.Module) -> Iterator[str]:
    room, _, own = module.rpartition(".")
    called: dict[str, str] = {}
    rooms: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for item in node.names:
                if node.module == module:
                    called[item.asname or item.name] = item.name
                elif (node.module, item.name) == (room, own):
                    rooms.add(item.asname or item.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in called:
            yield called[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms:
            yield node.attr


def _called_at_home(module: ModuleType) -> set[str]:
    """Return the names of a module's functions that it reads itself, but not those it defines."""
    return {node.id for node in ast.walk(_tree(Path(inspect.getfile(module)))) if isinstance(node, ast.Name)}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
