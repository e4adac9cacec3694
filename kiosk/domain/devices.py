"""What is known of a device, in words a person uses, and the rules by which it is given up.

    starting ──answers──▶ working ◀──▶ working with a warning
       ▲                    │ ▲
       │                    ▼ │
       │              waiting for a person, not answering
    cleared                 │
       │                    ▼ a rule says that trying again helps nobody
       └───────────── out of order   only a person leads out of it, and a restart does not

What is out of order is not used: nothing is sent to it, and nothing it says is heard. What leads there is
counted in a row (`Tally`), and a restart does not begin to count anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain.sentences import Sentence


class Device(StrEnum):
    """What stands around a kiosk."""

    READER = "reader"
    SCANNER = "scanner"
    PRINTER = "printer"


class Phase(StrEnum):
    """How a device is, as the desk reads it."""

    NOT_FITTED = "not_fitted"
    STARTING = "starting"
    WORKING = "working"
    WARNING = "warning"
    WAITING = "waiting"
    """A person can help: paper, cover, a hand on the cutter."""
    SILENT = "silent"
    """It does not answer; it is tried again by itself."""
    OUT_OF_ORDER = "out_of_order"
    """Latched: it is not used until staff say that it is mended."""


@dataclass(frozen=True, slots=True)
class LatchRules:
    """What gives a device up.

    Faults are codes of the drivers (`R60`), each time the device names one; they are counted in a row, as are
    uncertain slips and jams: a device that does its work once in between, reads a card or brings a slip out,
    begins to count anew. That it merely answers is no such proof.
    """

    faults: frozenset[str] = frozenset({"R60", "R66", "P31"})
    faults_in_a_row: int = 1
    uncertain_in_a_row: int = 3
    jams_in_a_row: int = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """What has come one after another since a device last did its work."""

    faults: int = 0
    uncertain: int = 0
    jams: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """The device works; `warning` is what somebody should see to soon."""

    warning: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """The device cannot go on until a person helps."""

    why: Sentence


@dataclass(frozen=True, slots=True)
class Silent:
    """The device does not answer; `retry_s` is how often it is tried."""

    why: Sentence
    retry_s: float


@dataclass(frozen=True, slots=True)
class Faulty:
    """The device itself named a fault by its code."""

    code: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Jammed:
    """Its cutter stuck: a person can free it, but not again and again."""

    why: Sentence


@dataclass(frozen=True, slots=True)
class DidItsWork:
    """A card was read, or a slip came out on the printer's own word."""


@dataclass(frozen=True, slots=True)
class SlipUncertain:
    """Nobody knows whether a slip came out."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """A member of staff said that the device is mended."""


Sign = Answers | Waits | Silent | Faulty | Jammed | DidItsWork | SlipUncertain | Cleared


@dataclass(frozen=True, slots=True)
class DeviceState:
    """One device: `why` is set where somebody should know or act, `code` where the device named a fault."""

    phase: Phase = Phase.STARTING
    why: Sentence | None = None
    retry_s: float | None = None
    code: str = ""
    tally: Tally = Tally()

    @property
    def may_be_used(self) -> bool:
        """Return whether anything may be asked of the device."""
        return self.phase not in {Phase.OUT_OF_ORDER, Phase.NOT_FITTED}

    @property
    def is_working(self) -> bool | None:
        """Return whether people can count on it; None while it is starting."""
        return None if self.phase is Phase.STARTING else self.phase in {Phase.WORKING, Phase.WARNING}


UNCERTAIN_CODE = "P90"
JAM_CODE = "P91"
_GIVEN_UP = {UNCERTAIN_CODE: "devices.latch.uncertain", JAM_CODE: "devices.latch.jams"}


def latched(why: Sentence, code: str) -> DeviceState:
    """Return the state of a device that is given up."""
    return DeviceState(Phase.OUT_OF_ORDER, why, code=code)


def after(state: DeviceState, sign: Sign, rules: LatchRules) -> DeviceState:
    """Return what is known of a device after a sign; out of order stays so until a person clears it."""
    if isinstance(sign, Cleared):
        return DeviceState() if state.phase is Phase.OUT_OF_ORDER else state
    if not state.may_be_used:
        return state
    return _judged(_heard(state, sign, rules), rules)


def _heard(state: DeviceState, sign: Sign, rules: LatchRules) -> DeviceState:
    """Return the state with the sign taken in and counted, before anything is judged."""
    now = state
    match sign:
        case Answers(warning=warning):
            phase = Phase.WARNING if warning else Phase.WORKING
            now = replace(state, phase=phase, why=warning, retry_s=None, code="")
        case Waits(why=why):
            now = replace(state, phase=Phase.WAITING, why=why, retry_s=None, code="")
        case Silent(why=why, retry_s=retry_s):
            now = replace(state, phase=Phase.SILENT, why=why, retry_s=retry_s, code="")
        case Faulty(code=code, why=why):
            tally = replace(state.tally, faults=state.tally.faults + (code in rules.faults))
            now = replace(state, phase=Phase.WAITING, why=why, retry_s=None, code=code, tally=tally)
        case Jammed(why=why):
            tally = replace(state.tally, jams=state.tally.jams + _is_new_jam(state, why))
            now = replace(state, phase=Phase.WAITING, why=why, retry_s=None, code="", tally=tally)
        case SlipUncertain():
            now = replace(state, tally=replace(state.tally, uncertain=state.tally.uncertain + 1))
        case DidItsWork():
            now = replace(state, tally=Tally())
    return now


def _is_new_jam(state: DeviceState, why: Sentence) -> bool:
    """A jam that is looked at again is the same jam, also when the program began anew meanwhile."""
    if state.phase is Phase.STARTING:
        return not state.tally.jams
    return state.phase is not Phase.WAITING or state.why != why


def _judged(state: DeviceState, rules: LatchRules) -> DeviceState:
    has_fault = state.code in rules.faults and state.tally.faults >= rules.faults_in_a_row
    if has_fault and state.why is not None:
        return latched(state.why, state.code)
    for count, most, code in (
        (state.tally.uncertain, rules.uncertain_in_a_row, UNCERTAIN_CODE),
        (state.tally.jams, rules.jams_in_a_row, JAM_CODE),
    ):
        if count >= most:
            return latched(Sentence(_GIVEN_UP[code], {"code": code}), code)
    return state
