"""Codes are found in whatever a scanner's line delivers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.scans.framing import LONGEST_BYTES, SILENCE_S, Code, CodeFault, CodeFramer, Framed, NoCode

GM65_ANSWER = bytes.fromhex("02 00 00 01 00 33 31")

signs = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff")
texts = st.text(signs, min_size=1, max_size=40)
endings = st.sampled_from([b"\r", b"\n", b"\r\n"])
noise = st.lists(st.sampled_from([0x00, 0x02, 0x06, 0x1B, 0x7F, 0xFF]), max_size=12).map(bytes)
pauses = st.lists(st.floats(0, SILENCE_S * 0.99), min_size=1, max_size=12)
cuts = st.lists(st.integers(0, 5000), max_size=12)


def pieces_of(stream: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    return [stream[start:end] for start, end in pairwise(edges)]


def deliver(
    framer: CodeFramer, stream: bytes, cuts: list[int], pauses: list[float], at: float
) -> list[Framed]:
    """Hand a stream over in pieces with pauses between them, an empty look in each pause."""
    found = []
    for number, piece in enumerate(pieces_of(stream, cuts)):
        later = at + pauses[number % len(pauses)]
        if piece:
            found += framer.feed(piece, at := later)
        else:
            found += framer.silence(later)
    return found


def texts_of(found: list[Framed]) -> list[str]:
    assert all(isinstance(item, Code) for item in found), found
    return [item.text for item in found if isinstance(item, Code)]


@given(st.lists(st.tuples(noise, texts, endings), max_size=4), cuts, pauses)
def test_codes_come_back_however_they_are_split_and_paced(
    sent: list[tuple[bytes, str, bytes]], cuts: list[int], pauses: list[float]
) -> None:
    stream = b"".join(some + text.encode() + ending for some, text, ending in sent)
    assert texts_of(deliver(CodeFramer(), stream, cuts, pauses, 10.0)) == [text for _, text, _ in sent]


@given(texts, cuts, pauses)
def test_silence_ends_a_code_that_has_no_end_sign(text: str, cuts: list[int], pauses: list[float]) -> None:
    framer = CodeFramer()
    assert deliver(framer, text.encode(), cuts, pauses, 10.0) == []
    ends_at = framer.ends_at
    assert ends_at is not None
    assert framer.silence(ends_at - 0.001) == []
    assert texts_of(framer.silence(ends_at)) == [text]
    assert framer.ends_at is None


@given(st.binary(max_size=300), texts, endings, cuts)
def test_whatever_came_before_the_code_behind_a_silence_is_read(
    some: bytes, text: str, ending: bytes, cuts: list[int]
) -> None:
    framer = CodeFramer((GM65_ANSWER,))
    framer.feed(some, 10.0)
    framer.silence(10.0 + SILENCE_S)
    assert texts_of(deliver(framer, text.encode() + ending, cuts, [0.001], 20.0)) == [text]


@given(texts, endings, noise, st.integers(0, 3), cuts)
def test_an_answer_before_a_code_is_no_part_of_it(
    text: str, ending: bytes, some: bytes, times: int, cuts: list[int]
) -> None:
    framer = CodeFramer((GM65_ANSWER,))
    stream = some + GM65_ANSWER * times + text.encode() + ending
    assert texts_of(deliver(framer, stream, cuts, [0.001], 10.0)) == [text]


def test_an_answer_alone_is_nothing() -> None:
    framer = CodeFramer((GM65_ANSWER,))
    framer.feed(GM65_ANSWER, 10.0)
    assert framer.silence(11.0) == []


def test_a_pair_of_end_signs_torn_apart_is_one_end() -> None:
    framer = CodeFramer()
    assert texts_of(framer.feed(b"A\r", 10.0)) == ["A"]
    assert framer.feed(b"\n", 10.07) == []
    assert texts_of(framer.feed(b"B\r\n", 10.08)) == ["B"]


def test_a_reader_that_was_held_up_does_not_cut_a_code_in_two() -> None:
    framer = CodeFramer()
    framer.feed(b"LG1:AB", 10.0)
    assert texts_of(framer.feed(b"CD\r", 15.0)) == ["LG1:ABCD"]


def test_a_look_that_began_before_the_gap_was_over_ends_nothing() -> None:
    framer = CodeFramer()
    framer.feed(b"LG1:AB", 10.0)
    assert framer.silence(10.0) == []
    assert texts_of(framer.feed(b"CD\r", 10.05)) == ["LG1:ABCD"]


@given(st.integers(LONGEST_BYTES + 1, 3 * LONGEST_BYTES), texts, endings, cuts)
def test_a_run_that_is_too_long_is_dropped_whole_and_told_once(
    length: int, text: str, ending: bytes, cuts: list[int]
) -> None:
    framer = CodeFramer()
    stream = b"7" * length + ending + text.encode() + ending
    too_long, *rest = deliver(framer, stream, cuts, [0.001], 10.0)
    assert isinstance(too_long, NoCode)
    assert too_long.fault is CodeFault.TOO_LONG
    assert texts_of(rest) == [text]


def test_the_longest_run_is_still_a_code() -> None:
    assert texts_of(CodeFramer().feed(b"7" * LONGEST_BYTES + b"\r", 10.0)) == ["7" * LONGEST_BYTES]


def test_a_run_that_is_too_long_keeps_nothing_in_memory_and_ends_by_silence_too() -> None:
    framer = CodeFramer()
    for at in range(100):
        framer.feed(b"7" * 1000, at * 0.01)
    assert not framer._run
    assert framer.silence(1.1) == []
    assert texts_of(framer.feed(b"A\r", 2.0)) == ["A"]


@pytest.mark.parametrize("text", ["请扫码", "劳务123", "䶮㛃", "𬭎"])
def test_chinese_is_read_in_both_ways_scanners_write_it(text: str) -> None:
    framer = CodeFramer()
    assert texts_of(framer.feed(text.encode("utf-8") + b"\r", 10.0)) == [text]
    assert texts_of(framer.feed(text.encode("gb18030") + b"\r", 11.0)) == [text]


def test_a_mark_of_the_encoding_is_no_part_of_the_text() -> None:
    assert texts_of(CodeFramer().feed("\ufeffLG1:".encode() + b"\r", 10.0)) == ["LG1:"]
    assert CodeFramer().feed("\ufeff".encode() + b"\r", 10.0) == []


def test_bytes_that_are_no_text_are_said_to_be_garbled() -> None:
    assert CodeFramer().feed(b"\xc3\xfe\xfe\r", 10.0) == [NoCode(CodeFault.GARBLED, 10.0)]


def test_the_word_for_nothing_read_is_no_code() -> None:
    framer = CodeFramer(no_read=("%%NoRead",))
    assert framer.feed(b"%%NoRead\r\n", 10.0) == [NoCode(CodeFault.NOTHING_READ, 10.0)]
    assert texts_of(framer.feed(b"%%NoReader\r\n", 10.0)) == ["%%NoReader"]


@given(st.lists(st.binary(max_size=600), max_size=20))
def test_any_bytes_at_all_are_survived(pieces: list[bytes]) -> None:
    framer = CodeFramer((GM65_ANSWER,), ("%%NoRead",))
    for at, piece in enumerate(pieces):
        framer.feed(piece, at * 0.01)
    framer.silence(1000.0)
    assert texts_of(framer.feed(b"LG1:X\r", 1001.0)) == ["LG1:X"]


def test_a_code_shows_nothing_of_itself_in_logs() -> None:
    assert repr(Code("secret", 1.0)) == "Code(6 signs)"
