"""Replies are told apart by their bits, in pieces of any size and with anything in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.escpos.replies import (
    AutomaticReply,
    FullReply,
    PaperReply,
    Reply,
    ReplyStream,
    StatusReply,
    TextReply,
    TokenReply,
)
from kiosk.devices.escpos.status import Health, PrinterStatus, read_automatic, read_full, read_status
from kiosk.devices.profiles import load_profile

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
SENSED = load_profile("generic-80")
INVERTED = replace(SENSED, is_near_end_inverted=True)
BLIND = replace(SENSED, has_near_end_sensor=False)
CUSTOM = load_profile("custom-kpm")

replies = st.one_of(
    st.sampled_from([0x12, 0x16, 0x1A, 0x1E, 0x32, 0x52, 0x72, 0x7E]).map(
        lambda bits: (bytes((bits,)), StatusReply(bits))
    ),
    st.sampled_from([0x00, 0x03, 0x0C, 0x0F]).map(lambda bits: (bytes((bits,)), PaperReply(bits))),
    st.binary(min_size=4, max_size=4)
    .map(
        lambda noise: (
            b'7"' + bytes(0x20 + b % 95 for b in noise) + b"\0",
            bytes(0x20 + b % 95 for b in noise),
        )
    )
    .map(lambda pair: (pair[0], TokenReply(pair[1]))),
    st.integers(0, 10**9).map(lambda n: (f"_{n}\0".encode(), TextReply(str(n).encode()))),
    st.sampled_from([b"\x10\0\0\0", b"\x18\x08\x03\0", b"\x38\0\x0f\0"]).map(
        lambda b: (b, AutomaticReply(b))
    ),
    st.sampled_from([b"\x11", b"\x13", b"\xff", b"\x80"]).map(lambda noise: (noise, None)),
)


@given(st.lists(replies, max_size=20), st.lists(st.integers(1, 5), max_size=40))
def test_every_mixture_is_told_apart_however_it_is_split(
    sent: list[tuple[bytes, Reply | None]], sizes: list[int]
) -> None:
    stream, heard = ReplyStream(), list[Reply]()
    wire = b"".join(block for block, _ in sent)
    for size in sizes:
        heard += stream.feed(wire[:size])
        wire = wire[size:]
    heard += stream.feed(wire)
    assert heard == [reply for _, reply in sent if reply is not None]


custom_replies = st.one_of(
    replies.filter(lambda pair: not isinstance(pair[1], AutomaticReply)),
    st.binary(min_size=4, max_size=4).map(lambda told: (b"\x10\x0f" + told, FullReply(told))),
)


@given(st.lists(custom_replies, max_size=20), st.lists(st.integers(1, 5), max_size=40))
def test_customs_full_status_is_told_apart_however_it_is_split(
    sent: list[tuple[bytes, Reply | None]], sizes: list[int]
) -> None:
    stream, heard = ReplyStream(is_custom=True), list[Reply]()
    wire = b"".join(block for block, _ in sent)
    for size in sizes:
        heard += stream.feed(wire[:size])
        wire = wire[size:]
    heard += stream.feed(wire)
    assert heard == [reply for _, reply in sent if reply is not None]


@given(st.integers(0, 10**9), st.sampled_from(["{}cuts", "{} cuts"]), st.integers(1, 4))
def test_a_bare_count_is_read_while_it_is_awaited_and_never_taken_for_a_status(
    count: int, form: str, step: int
) -> None:
    stream, heard = ReplyStream(is_custom=True), list[Reply]()
    stream.awaits_count = True
    wire = form.format(count).encode() + b"\x10\x0f\1\0\0\0"
    for at in range(0, len(wire), step):
        heard += stream.feed(wire[at : at + step])
    assert heard == [TextReply(str(count).encode()), FullReply(b"\1\0\0\0")]


def test_a_token_that_never_ends_does_not_swallow_the_wire_for_ever() -> None:
    stream = ReplyStream()
    assert not list(stream.feed(b'7"' + b"A" * 77))
    assert StatusReply(0x12) in list(stream.feed(b"A\x12"))


def test_an_automatic_report_cut_short_does_not_hide_the_answer_behind_it() -> None:
    assert list(ReplyStream().feed(b"\x18\x12")) == [StatusReply(0x12)]


def test_a_forgotten_beginning_does_not_join_what_comes_later() -> None:
    stream = ReplyStream()
    assert not list(stream.feed(b'7"T0'))
    stream.forget()
    assert list(stream.feed(b"\x12")) == [StatusReply(0x12)]


@pytest.mark.parametrize(
    ("answers", "field", "value"),
    [
        ({1: 0x1A}, "online", False),
        ({2: 0x16}, "cover_open", True),
        ({2: 0x32}, "has_paper", False),
        ({2: 0x52}, "error", True),
        ({3: 0x16}, "error", True),
        ({3: 0x1A}, "cutter_fault", True),
        ({3: 0x32}, "error", True),
        ({3: 0x52}, "error", True),
        ({4: 0x72}, "has_paper", False),
    ],
)
def test_each_bit_of_trouble_is_a_fault_with_a_sentence(
    answers: dict[int, int], field: str, value: bool
) -> None:
    status = read_status(WELL | answers, SENSED)
    assert getattr(status, field) is value
    assert status.summary is Health.FAULT
    assert status.trouble is not None


def test_paper_near_its_end_is_no_fault() -> None:
    status = read_status(WELL | {4: 0x1E}, SENSED)
    assert (status.near_end, status.summary, status.trouble) == (True, Health.OK, None)


def test_a_printer_without_the_sensor_says_nothing_about_near_end() -> None:
    assert read_status(WELL | {4: 0x1E}, BLIND).near_end is None


@pytest.mark.parametrize("silent", [1, 2, 3, 4])
def test_an_answer_that_is_missing_makes_the_whole_unknown(silent: int) -> None:
    answers = {number: bits for number, bits in WELL.items() if number != silent}
    assert read_status(answers, SENSED).summary is Health.UNKNOWN


def test_silence_is_unknown_and_not_well() -> None:
    assert PrinterStatus().summary is Health.UNKNOWN


def test_a_sensor_of_the_opposite_kind_is_read_the_other_way_round() -> None:
    assert read_status(WELL | {4: 0x1E}, INVERTED).near_end is False
    assert read_status(WELL, INVERTED).near_end is True
    assert read_status({number: WELL[number] for number in (1, 2, 3)}, INVERTED).near_end is None


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        (b"\x18\0\0\0", "online", False),
        (b"\x30\0\0\0", "cover_open", True),
        (b"\x10\x08\0\0", "cutter_fault", True),
        (b"\x10\x20\0\0", "is_beyond_recovery", True),
        (b"\x10\x04\0\0", "error", True),
        (b"\x10\x40\0\0", "error", True),
        (b"\x10\0\x0c\0", "has_paper", False),
    ],
)
def test_each_bit_of_an_unasked_report_is_a_fault(block: bytes, field: str, value: bool) -> None:
    status = read_automatic(block, SENSED)
    assert getattr(status, field) is value
    assert status.summary is Health.FAULT


def test_an_unasked_report_of_a_printer_at_rest_is_well() -> None:
    assert read_automatic(b"\x10\0\0\0", SENSED).summary is Health.OK
    assert read_automatic(b"\x10\0\x03\0", SENSED).near_end is True
    assert read_automatic(b"\x10\0\x03\0", INVERTED).near_end is False


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        (b"\x01\0\0\0", "has_paper", False),
        (b"\0\x01\0\0", "cover_open", True),
        (b"\0\x02\0\0", "cover_open", True),
        (b"\0\0\x01\0", "error", True),
        (b"\0\0\x08\0", "error", True),
        (b"\0\0\0\x01", "is_beyond_recovery", True),
    ],
)
def test_each_bit_of_customs_status_is_a_fault(block: bytes, field: str, value: bool) -> None:
    status = read_full(block, CUSTOM)
    assert (getattr(status, field), status.summary) == (value, Health.FAULT)


def test_a_slip_held_out_and_paper_near_its_end_are_no_faults() -> None:
    status = read_full(b"\x24\0\0\0", CUSTOM)
    assert (status.is_held_out, status.near_end, status.summary) == (True, True, Health.OK)
    assert read_full(b"", CUSTOM).summary is Health.UNKNOWN
