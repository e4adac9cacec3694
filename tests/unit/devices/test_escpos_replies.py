"""Replies are told apart by their bits, in pieces of any size and with anything in between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.escpos.replies import (
    AutomaticReply,
    PaperReply,
    Reply,
    ReplyStream,
    StatusReply,
    TextReply,
    TokenReply,
)
from kiosk.devices.escpos.status import Health, PrinterStatus, read_status

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}

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
    status = read_status(WELL | answers, has_near_end_sensor=True)
    assert getattr(status, field) is value
    assert status.summary is Health.FAULT
    assert status.trouble is not None


def test_paper_near_its_end_is_no_fault() -> None:
    status = read_status(WELL | {4: 0x1E}, has_near_end_sensor=True)
    assert (status.near_end, status.summary, status.trouble) == (True, Health.OK, None)


def test_a_printer_without_the_sensor_says_nothing_about_near_end() -> None:
    assert read_status(WELL | {4: 0x1E}, has_near_end_sensor=False).near_end is None


@pytest.mark.parametrize("silent", [1, 2, 3, 4])
def test_an_answer_that_is_missing_makes_the_whole_unknown(silent: int) -> None:
    answers = {number: bits for number, bits in WELL.items() if number != silent}
    assert read_status(answers, has_near_end_sensor=True).summary is Health.UNKNOWN


def test_silence_is_unknown_and_not_well() -> None:
    assert PrinterStatus().summary is Health.UNKNOWN
