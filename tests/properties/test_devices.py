"""What is out of order stays so, through whatever happens and through restarts, until a person clears it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.app.supervisor import PrinterGuard, Supervisor
from kiosk.domain.devices import (
    Answers,
    Cleared,
    Device,
    DeviceState,
    DidItsWork,
    Faulty,
    Jammed,
    LatchRules,
    Phase,
    Sign,
    Silent,
    SlipUncertain,
    Waits,
    after,
)
from kiosk.domain.sentences import Sentence
from tests.halls import CLERK, SampleKiosk, open_sample_kiosk

WHY = st.sampled_from([Sentence("devices.printer.cover_open"), Sentence("devices.printer.paper_out")])
SIGNS: st.SearchStrategy[Sign] = st.one_of(
    st.builds(Answers, st.none() | WHY),
    st.builds(Waits, WHY),
    st.builds(Silent, WHY, st.sampled_from([1.0, 5.0])),
    st.builds(Faulty, st.sampled_from(["R60", "R66", "P31", "R01"]), WHY),
    st.builds(Jammed, WHY),
    st.just(DidItsWork()),
    st.just(SlipUncertain()),
)
IN_A_ROW = st.integers(1, 4)
RULES = st.builds(LatchRules, faults_in_a_row=IN_A_ROW, uncertain_in_a_row=IN_A_ROW, jams_in_a_row=IN_A_ROW)


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleKiosk]:
    sample = open_sample_kiosk(tmp_path_factory.mktemp("devices"))
    yield sample
    sample.opened.close()


@given(rules=RULES, signs=st.lists(SIGNS, max_size=40))
def test_no_sign_of_a_device_leads_out_of_out_of_order(rules: LatchRules, signs: list[Sign]) -> None:
    """Broken by `if not state.may_be_used:` becoming `if state.phase is Phase.NOT_FITTED:` in `after`."""
    state = DeviceState()
    was_latched = False
    for sign in signs:
        state = after(state, sign, rules)
        was_latched |= state.phase is Phase.OUT_OF_ORDER
        assert state.may_be_used is not was_latched
        assert not was_latched or state.code
    assert after(state, Cleared(), rules).may_be_used


@given(rules=RULES, signs=st.lists(SIGNS, max_size=40))
def test_a_device_is_given_up_exactly_when_a_rule_says_so(rules: LatchRules, signs: list[Sign]) -> None:
    state = DeviceState()
    faults = uncertain = jams = 0
    jammed_with: Sentence | None = None
    for sign in signs:
        state = after(state, sign, rules)
        match sign:
            case SlipUncertain():
                uncertain += 1
            case DidItsWork():
                faults = uncertain = jams = 0
            case Faulty(code=code):
                faults += code in rules.faults
            case Jammed(why=why):
                jams += why != jammed_with
        if not isinstance(sign, SlipUncertain | DidItsWork):
            jammed_with = sign.why if isinstance(sign, Jammed | Waits | Faulty) else None
        has_gone = (
            faults >= rules.faults_in_a_row,
            uncertain >= rules.uncertain_in_a_row,
            jams >= rules.jams_in_a_row,
        )
        is_given_up = any(has_gone)
        assert (state.phase is Phase.OUT_OF_ORDER) is is_given_up
        if is_given_up:
            return


ACTS = st.one_of(
    st.tuples(st.just("hear"), st.sampled_from(Device), SIGNS),
    st.tuples(st.just("hear"), st.sampled_from(Device), st.just(Cleared())),
    st.tuples(st.just("restart"), st.none(), st.none()),
    st.tuples(st.just("mend"), st.sampled_from(Device), st.none()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=25))
def test_only_a_person_lets_a_device_be_used_again_and_a_restart_does_not(
    kiosk: SampleKiosk, acts: list[tuple[str, Device, Sign]]
) -> None:
    """Broken by `self._states[latch.device] = latched(why, latch.code)` becoming `pass` in `Supervisor`."""
    supervisor = Supervisor(kiosk.hall, Device)
    for device in Device:
        supervisor.mend(device, "before the test", CLERK)
    barred: set[Device] = set()
    for act, device, sign in acts:
        if act == "hear":
            supervisor.hear(device, sign)
            if supervisor.state(device).phase is Phase.OUT_OF_ORDER:
                barred.add(device)
        elif act == "restart":
            supervisor = Supervisor(kiosk.hall, Device)
        else:
            supervisor.mend(device, "mended", CLERK)
            barred.discard(device)
        assert {item for item in Device if not supervisor.may_use(item)} == barred
        assert (PrinterGuard(supervisor).barred() is not None) is (Device.PRINTER in barred)
