"""Bad days chosen by hypothesis: what happens is drawn act by act, so a day that goes wrong is cut short.

The world, its kiosks and its bureau are those of the thousand schedules; they run what the processes run.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.simulation import couriers, invariants, mishaps, people
from tests.simulation.kiosks import SimKiosk
from tests.simulation.world import WITH_STICKS, World

Act = Callable[[World, SimKiosk], None]
WORK: tuple[Act, ...] = (
    people.take_place,
    people.give_back,
    people.scan_in,
    mishaps.send,
    mishaps.deliver,
    couriers.carry,
)
"""Where nobody works nothing can go wrong, so these are drawn more often than all the mishaps."""
WHICH = st.integers(0, 5)


class ChosenDays(RuleBasedStateMachine):
    """Breaks when `quotas.grant` leaves free what it gave: two kiosks print one number."""

    world: World | None = None

    @initialize(seed=st.integers(0, 2**16))
    def the_kiosks_start(self, seed: int) -> None:
        self.world = World(seed, has_sticks=True)
        self.world.begin()

    @rule(act=st.sampled_from(WORK), kiosk=WHICH)
    def work_goes_on(self, act: Act, kiosk: int) -> None:
        self._do(act, kiosk)

    @rule(act=st.sampled_from([act for act, _ in WITH_STICKS]), kiosk=WHICH)
    def anything_happens(self, act: Act, kiosk: int) -> None:
        self._do(act, kiosk)

    @rule(task=WHICH, steps=st.sampled_from([1, 3, 200]))
    def a_process_goes_on(self, task: int, steps: int) -> None:
        world = self._world()
        if world.tasks:
            world.resume(world.tasks[task % len(world.tasks)], steps)

    @invariant()
    def nothing_is_sold_twice_or_missing(self) -> None:
        if self.world is not None:
            invariants.check(self.world)

    def teardown(self) -> None:
        """Heal, after which nothing may be lost."""
        if self.world is None:
            return
        try:
            invariants.heal(self.world)
        finally:
            self.world.end()

    def _do(self, act: Act, kiosk: int) -> None:
        world = self._world()
        act(world, world.kiosks[kiosk % len(world.kiosks)])

    def _world(self) -> World:
        assert self.world is not None, "the kiosks start first"
        return self.world


TestChosenDays = ChosenDays.TestCase
TestChosenDays.settings = settings(max_examples=60, stateful_step_count=50)
