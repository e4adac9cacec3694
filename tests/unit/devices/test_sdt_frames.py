"""Frames are found in whatever a line delivers."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from operator import xor

from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.devices.sdt.frames import (
    PREAMBLE,
    FrameScanner,
    checksum,
    decode_reply,
    encode_frame,
    encode_reply,
)

bodies = st.binary(min_size=3, max_size=1400)
noise = st.binary(max_size=40).filter(lambda some: PREAMBLE not in some)


def _drain(scanner: FrameScanner) -> list[bytes]:
    found = []
    while (body := scanner.take()) is not None:
        found.append(body)
    return found


@given(st.lists(st.tuples(noise, bodies), max_size=3), st.lists(st.integers(0, 5000), max_size=12))
def test_frames_come_back_however_they_are_split_and_whatever_stands_before(
    sent: list[tuple[bytes, bytes]], cuts: list[int]
) -> None:
    stream = b"".join(some + encode_frame(body) for some, body in sent)
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    scanner, found = FrameScanner(), list[bytes]()

    for start, end in pairwise(edges):
        scanner.feed(stream[start:end])
        found += _drain(scanner)

    assert found == [body for _, body in sent]
    assert scanner.damaged == 0


@given(bodies, st.integers(0, 10_000), st.integers(1, 255))
def test_one_changed_byte_is_never_taken_for_the_frame(body: bytes, at: int, change: int) -> None:
    frame = bytearray(encode_frame(body))
    frame[at % len(frame)] ^= change
    scanner = FrameScanner()
    scanner.feed(bytes(frame))

    assert body not in _drain(scanner)


@given(noise, bodies)
def test_the_real_frame_is_salvaged_from_behind_noise_that_looks_like_a_longer_one(
    some: bytes, body: bytes
) -> None:
    scanner = FrameScanner()
    scanner.feed(PREAMBLE + b"\x0f\xff" + some + encode_frame(body))

    assert scanner.take() is None
    assert scanner.salvage() == body


@given(
    st.lists(
        st.one_of(st.binary(max_size=30), st.just(PREAMBLE), st.just(PREAMBLE + b"\x02\x10")), max_size=6
    ),
    st.lists(st.integers(0, 3000), max_size=6),
    bodies,
)
def test_no_noise_however_alike_and_however_split_loses_the_next_frame(
    noise_pieces: list[bytes], cuts: list[int], body: bytes
) -> None:
    stream = b"".join(noise_pieces) + encode_frame(body)
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    scanner, found = FrameScanner(), list[bytes]()
    for start, end in pairwise(edges):
        scanner.feed(stream[start:end])
        found += _drain(scanner)
    while (salvaged := scanner.salvage()) is not None:
        found.append(salvaged)

    # One noise in 256 has a right checksum by chance and is a frame like any other.
    assume(all(frame == body for frame in found) or body in found)
    assert body in found


@given(st.binary(max_size=4200))
def test_the_checksum_is_every_byte_exclusive_or(content: bytes) -> None:
    assert checksum(content) == reduce(xor, content, 0)


@given(st.binary(max_size=3000))
def test_any_bytes_at_all_are_survived(stream: bytes) -> None:
    scanner = FrameScanner()
    scanner.feed(stream)
    _drain(scanner)
    scanner.salvage()
    scanner.feed(encode_reply(0x90))

    assert scanner.take() == b"\x00\x00\x90"


def test_a_preamble_is_found_behind_one_sync_byte_too_many() -> None:
    scanner = FrameScanner()
    scanner.feed(b"\xaa" + encode_reply(0x80))

    assert scanner.take() == b"\x00\x00\x80"


def test_impossible_lengths_are_refused_at_once() -> None:
    scanner = FrameScanner()
    scanner.feed(PREAMBLE + b"\x00\x03\x00\x00\x00" + PREAMBLE + b"\x10\x01" + encode_reply(0x80))

    assert scanner.take() == b"\x00\x00\x80"
    assert scanner.damaged == 2


def test_a_reply_shows_no_data_in_logs() -> None:
    reply = decode_reply(b"\x69\x82\x41secret")

    assert (reply.sw1, reply.sw2, reply.status) == (0x69, 0x82, 0x41)
    assert repr(reply) == "Reply(SW3=41, 6 bytes)"
