"""Who may do what at the desk: every act by name, the roles, and the one table that joins them.

What is not in a role's line it may not do. Nothing here opens what a rule closes for everybody: the least
age, places and seats are no acts, so no role can be given them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is employed as; a role of another name may do nothing here."""

    ADMINISTRATOR = "administrator"
    """Looks after the machine; made at enrolment, before the bureau has named anybody."""
    MANAGER = "manager"
    ATTENDANT = "attendant"
    REVIEWER = "reviewer"
    RIGHTS_OFFICER = "rights_officer"
    TRANSPORT_COORDINATOR = "transport_coordinator"


class Act(StrEnum):
    """Everything that is done at the desk in somebody's name, as the audit log calls it."""

    MAKE_FIRST_ADMINISTRATOR = "make_first_administrator"
    SIGN_IN = "sign_in"
    ANSWER_HELP = "answer_help"
    CHECK_IN_BY_HAND = "check_in_by_hand"
    CORRECT_PERSON = "correct_person"
    MERGE_PEOPLE = "merge_people"
    MERGE_UNLIKE = "merge_unlike"
    UNDO_MERGE = "undo_merge"
    TAKE_FOR = "take_for"
    SIGN_UP_FOR = "sign_up_for"
    GIVE_BACK_FOR = "give_back_for"
    WITHDRAW_FOR = "withdraw_for"
    ERASE_FOR = "erase_for"
    RECORD_CERTIFICATE = "record_certificate"
    RECORD_SKILL = "record_skill"
    VERIFY_HARDSHIP = "verify_hardship"
    HOLD_CLASS = "hold_class"
    PRINT_CLASS_RECORD = "print_class_record"
    BEGIN_PRACTICE = "begin_practice"
    PRINT_TRAINING_CARD = "print_training_card"
    CALL_NEXT = "call_next"
    NOT_COME = "not_come"
    BEGIN_TALK = "begin_talk"
    AGREE = "agree"
    PART = "part"
    MOVE_IN_LINE = "move_in_line"
    RECORD_RETURN = "record_return"
    CONFIRM_ARRIVAL = "confirm_arrival"
    KEEP_FOUND_CARD = "keep_found_card"
    HAND_BACK_CARD = "hand_back_card"
    PRINT_FOUND_RECEIPT = "print_found_receipt"
    REPRINT_SLIP = "reprint_slip"
    CONFIRM_PAPER = "confirm_paper"
    VOID_SLIP = "void_slip"
    POST_JOB = "post_job"
    WITHDRAW_JOB = "withdraw_job"
    SETTLE_REFUSED = "settle_refused"
    PRINT_TEST_PAGE = "print_test_page"
    MEND_DEVICE = "mend_device"
    WRITE_STICK = "write_stick"
    READ_STICK = "read_stick"
    CARRY_STICK = "carry_stick"
    CHECK_DEVICES = "check_devices"
    LEAVE_FULL_SCREEN = "leave_full_screen"
    END_PROGRAM = "end_program"
    OPEN_SHIFT = "open_shift"
    CLOSE_SHIFT = "close_shift"
    PRINT_SHIFT = "print_shift"
    UNMASK_NUMBER = "unmask_number"
    OVERRIDE_REVIEW = "override_review"
    EXPORT_LEDGER = "export_ledger"
    UNMASK_LEDGER = "unmask_ledger"
    STOP_EXPORT = "stop_export"
    OPEN_DOOR = "open_door"
    BOARD_BY_HAND = "board_by_hand"
    CALL_RIDERS = "call_riders"
    HAND_DUTY = "hand_duty"
    NOTE_INCIDENT = "note_incident"
    COUNT_RETURN = "count_return"
    PRINT_OUTING = "print_outing"
    RECORD_VEHICLE = "record_vehicle"
    RECORD_DRIVER = "record_driver"
    FORM_TRIP = "form_trip"
    CHANGE_PASSENGERS = "change_passengers"
    CREW_TRIP = "crew_trip"
    CHECK_DEPARTURE = "check_departure"
    DEPART = "depart"
    PRINT_MANIFEST = "print_manifest"


_EVERYBODY = frozenset({Act.SIGN_IN, Act.ANSWER_HELP})
_DEVICES = frozenset({Act.PRINT_TEST_PAGE, Act.MEND_DEVICE, Act.WRITE_STICK, Act.READ_STICK, Act.CARRY_STICK})
_PAPER = frozenset({Act.REPRINT_SLIP, Act.CONFIRM_PAPER, Act.PRINT_CLASS_RECORD})
_ARRIVALS = frozenset({Act.CHECK_IN_BY_HAND, Act.CORRECT_PERSON, Act.RECORD_CERTIFICATE, Act.HOLD_CLASS})
_DOUBLES = frozenset({Act.MERGE_PEOPLE, Act.MERGE_UNLIKE, Act.UNDO_MERGE})
_IN_ANOTHERS_NAME = frozenset(
    {Act.TAKE_FOR, Act.SIGN_UP_FOR, Act.GIVE_BACK_FOR, Act.WITHDRAW_FOR, Act.ERASE_FOR}
)
_PRACTICE = frozenset({Act.BEGIN_PRACTICE, Act.PRINT_TRAINING_CARD})
_PROOFS = frozenset({Act.RECORD_SKILL, Act.VERIFY_HARDSHIP})
_LINES = frozenset({Act.CALL_NEXT, Act.NOT_COME, Act.BEGIN_TALK, Act.AGREE, Act.PART})
_OUTCOMES = frozenset({Act.RECORD_RETURN, Act.CONFIRM_ARRIVAL})
_FOUND = frozenset({Act.KEEP_FOUND_CARD, Act.HAND_BACK_CARD, Act.PRINT_FOUND_RECEIPT})
_SHIFTS = frozenset({Act.OPEN_SHIFT, Act.CLOSE_SHIFT, Act.PRINT_SHIFT})
_POSTINGS = frozenset({Act.POST_JOB, Act.WITHDRAW_JOB})
_TRIPS = frozenset(
    {
        Act.RECORD_VEHICLE,
        Act.RECORD_DRIVER,
        Act.FORM_TRIP,
        Act.CHANGE_PASSENGERS,
        Act.CREW_TRIP,
        Act.CHECK_DEPARTURE,
        Act.DEPART,
        Act.PRINT_MANIFEST,
    }
)
_PAIRED = frozenset({Act.UNMASK_NUMBER, Act.OVERRIDE_REVIEW})
_MACHINE = frozenset({Act.CHECK_DEVICES, Act.LEAVE_FULL_SCREEN, Act.END_PROGRAM})
_DOORS = frozenset({Act.OPEN_DOOR, Act.BOARD_BY_HAND, Act.CALL_RIDERS})
_OUTINGS = frozenset({Act.HAND_DUTY, Act.NOTE_INCIDENT, Act.COUNT_RETURN, Act.PRINT_OUTING})
_LEDGERS = frozenset({Act.EXPORT_LEDGER, Act.UNMASK_LEDGER, Act.STOP_EXPORT})
_COUNTER = (
    _EVERYBODY
    | _DEVICES
    | _PAPER
    | _ARRIVALS
    | _DOUBLES
    | _IN_ANOTHERS_NAME
    | _PRACTICE
    | _PROOFS
    | _LINES
    | _POSTINGS
    | _OUTCOMES
    | _FOUND
    | _SHIFTS
    | _DOORS
    | _OUTINGS
    | _TRIPS
    | _LEDGERS
    | {Act.VOID_SLIP, Act.MOVE_IN_LINE, Act.SETTLE_REFUSED}
)

DUTIES: Mapping[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: _COUNTER | _PAIRED | _MACHINE | {Act.MAKE_FIRST_ADMINISTRATOR},
    Role.MANAGER: _COUNTER | _PAIRED,
    Role.ATTENDANT: _COUNTER | _PAIRED,
    Role.REVIEWER: _EVERYBODY
    | _POSTINGS
    | _PROOFS
    | _PAIRED
    | _DOUBLES
    | {Act.RECORD_CERTIFICATE, Act.SETTLE_REFUSED},
    Role.RIGHTS_OFFICER: _EVERYBODY | {Act.PRINT_CLASS_RECORD, Act.UNMASK_NUMBER},
    Role.TRANSPORT_COORDINATOR: (
        _EVERYBODY | _PAPER | _DOORS | _OUTINGS | _TRIPS | _OUTCOMES | {Act.PRINT_TEST_PAGE, Act.MEND_DEVICE}
    ),
}
"""What each role may do; whatever is not named here it may not."""


SECONDS: Mapping[Act, frozenset[Role]] = {
    Act.UNMASK_NUMBER: frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.RIGHTS_OFFICER}),
    Act.OVERRIDE_REVIEW: frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.REVIEWER}),
    Act.EXPORT_LEDGER: frozenset({Role.ADMINISTRATOR, Role.MANAGER}),
    Act.UNMASK_LEDGER: frozenset({Role.MANAGER, Role.RIGHTS_OFFICER}),
    Act.MERGE_PEOPLE: frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.REVIEWER}),
    Act.MERGE_UNLIKE: frozenset({Role.REVIEWER}),
}
"""The acts that one person alone never does, and whose yes each of them needs besides."""
BADGE_ROLES = frozenset(Role) - {Role.ADMINISTRATOR}
"""Whom a badge lets in by itself; whose the machine is gives a PIN, for a badge can be photographed."""


def may(role: str, act: Act) -> bool:
    """Return whether somebody of this role may do this; a role nobody knows may do nothing."""
    return act in _BY_NAME.get(role, frozenset())


def may_confirm(role: str, act: Act) -> bool:
    """Return whether somebody of this role may be the second person of an act."""
    return role in {second.value for second in SECONDS.get(act, frozenset())}


_BY_NAME: Mapping[str, frozenset[Act]] = {role.value: acts for role, acts in DUTIES.items()}
