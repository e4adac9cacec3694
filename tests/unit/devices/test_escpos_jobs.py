"""Jobs put the picture's dots on paper and nothing else."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.devices.emulators.printer_commands import Command, CommandReader
from kiosk.devices.emulators.printer_machine import CutSlip, Machine
from kiosk.devices.escpos.bands import FEED_WORTH_ROWS
from kiosk.devices.escpos.guard import has_real_time, without_real_time
from kiosk.devices.escpos.jobs import build_job, job_length_dots
from kiosk.devices.profiles import load_profile, profile_names
from tests.unit.devices.printer_stand import PROFILE, TOKEN, sample_code_rows, sample_slip, shows

DANGEROUS = re.compile(rb"\x10[\x04\x05\x14]")
NARROW = dataclasses.replace(PROFILE, width_dots=64, band_rows=16, kept_rows=40)
"""A small printer, so that random pictures meet every limit."""


def commands(job: bytes) -> list[Command]:
    reader = CommandReader()
    reader.feed(job)
    return list(iter(reader.next, None))


def on_paper(job: bytes, width_dots: int) -> tuple[Image.Image, Machine]:
    """Return the one slip a job prints, and the machine that printed it."""
    slips: list[CutSlip] = []
    machine = Machine(width_dots, slips.append, lambda _number, _tail: None)
    machine.receive(job)
    machine.work()
    (slip,) = slips
    return slip.picture, machine


def inked(picture: Image.Image) -> bytes:
    """Return a picture's rows packed by this test's own means, 1 = ink."""
    return picture.point(lambda dot: 0 if dot else 255).tobytes()


@st.composite
def pictures(draw: st.DrawFn) -> Image.Image:
    """Pictures with blank runs and with the very bytes printers mistake for commands."""
    width = draw(st.integers(1, NARROW.width_dots))
    stride = (width + 7) // 8
    row = st.one_of(
        st.just(bytes(stride)),
        st.lists(st.sampled_from(b"\0\x10\x04\x05\x14\x18\xff"), min_size=stride, max_size=stride).map(bytes),
        st.binary(min_size=stride, max_size=stride),
    )
    runs = draw(st.lists(st.tuples(row, st.integers(1, 40)), min_size=1, max_size=12))
    rows = [row for row, count in runs for _ in range(count)]
    ink = Image.frombytes("1", (width, len(rows)), b"".join(rows))
    return ink.point(lambda dot: 255 - dot)


@given(pictures())
@settings(max_examples=60)
def test_the_paper_shows_the_picture_but_for_lone_dots_that_would_be_commands(picture: Image.Image) -> None:
    paper, machine = on_paper(build_job(picture, [], NARROW, TOKEN), NARROW.width_dots)
    expected = Image.new("1", paper.size, 1)
    expected.paste(picture, (0, 0))
    changed = {(was, is_) for was, is_ in zip(inked(expected), inked(paper), strict=True) if was != is_}
    assert changed <= {(0x10, 0x18)}
    if not DANGEROUS.search(inked(picture)):
        assert not changed
    assert list(machine.events) == ["cut 1"]


@given(pictures())
@settings(max_examples=60)
def test_no_picture_holds_a_real_time_command(picture: Image.Image) -> None:
    job = build_job(picture, [], NARROW, TOKEN)
    assert not DANGEROUS.search(job)


@given(pictures(), st.data())
@settings(max_examples=60)
def test_a_range_that_must_stay_together_is_within_one_band(
    picture: Image.Image, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, picture.height - 1))
    kept = range(start, data.draw(st.integers(start + 1, min(picture.height, start + NARROW.kept_rows))))
    spans, top = [], 0
    for command in commands(build_job(picture, [kept], NARROW, TOKEN)):
        if command.name == "raster":
            rows = int.from_bytes(command.arguments[3:5], "little")
            spans.append(range(top, top + rows))
            top += rows
        elif command.name == "feed_dots":
            top += command.arguments[0]
    assert kept in spans
    assert all(len(span) <= NARROW.band_rows for span in spans if span != kept)


def test_two_ranges_that_overlap_become_one_band() -> None:
    picture = Image.new("1", (64, 60), 0)
    job = build_job(picture, [range(10, 30), range(20, 40)], NARROW, TOKEN)
    heights = [int.from_bytes(c.arguments[3:5], "little") for c in commands(job) if c.name == "raster"]
    assert heights == [10, 30, 16, 4]


@given(pictures())
@settings(max_examples=50)
def test_the_length_of_a_job_is_read_from_its_bytes(picture: Image.Image) -> None:
    assert job_length_dots(build_job(picture, [], NARROW, TOKEN)) == picture.height


def test_a_lone_dot_is_widened_and_its_neighbours_stay() -> None:
    assert without_real_time(b"\x10\x10\x04\x10\x00") == b"\x10\x18\x04\x10\x00"
    assert has_real_time(b"\0\x10\x14")


def test_rows_that_would_join_to_a_command_are_kept_apart_without_touching_a_dot() -> None:
    rows = b"\xff\x10" + b"\x04\x00"
    picture = Image.frombytes("1", (16, 2), rows).point(lambda dot: 255 - dot)
    job = build_job(picture, [range(2)], NARROW, TOKEN)
    assert not DANGEROUS.search(job)
    assert shows(on_paper(job, NARROW.width_dots)[0], picture)


@pytest.mark.parametrize("name", profile_names())
def test_the_sample_slip_comes_out_dot_by_dot_for_every_profile(name: str) -> None:
    profile = dataclasses.replace(load_profile(name), cut=PROFILE.cut)
    picture = sample_slip(profile.width_dots)
    paper, machine = on_paper(build_job(picture, [sample_code_rows()], profile, TOKEN), profile.width_dots)
    assert shows(paper, picture)
    assert list(machine.behind)[:1] == [b'7"T001\0'] or not profile.has_token_reply


def test_blank_rows_and_blank_edges_are_not_sent() -> None:
    picture = Image.new("1", (576, 1200), 1)
    picture.paste(0, (0, 0, 80, 40))
    assert len(build_job(picture, [], PROFILE, TOKEN)) < 10 * 40 + 60


def test_a_short_blank_run_does_not_stop_the_paper() -> None:
    picture = Image.new("1", (64, 12), 0)
    picture.paste(1, (0, 3, 64, 3 + FEED_WORTH_ROWS - 1))
    names = [command.name for command in commands(build_job(picture, [], NARROW, TOKEN))]
    assert names.count("raster") == 1


@given(st.lists(st.integers(1, 40), max_size=60), st.integers(0, 2**32))
@settings(max_examples=8)
def test_a_job_split_anywhere_prints_the_same(cuts: list[int], seed: int) -> None:
    picture = sample_slip()
    job = build_job(picture, [sample_code_rows()], PROFILE, TOKEN)
    slips: list[CutSlip] = []
    machine = Machine(576, slips.append, lambda _number, _tail: None)
    at = seed % 2000
    machine.receive(job[:at])
    for size in cuts:
        machine.receive(job[at : at + size])
        machine.work()
        at += size
    machine.receive(job[at:])
    machine.work()
    assert shows(slips[0].picture, picture)


@pytest.mark.parametrize(
    ("picture", "kept", "token"),
    [
        (Image.new("1", (577, 8), 1), [], TOKEN),
        (Image.new("L", (576, 8), 255), [], TOKEN),
        (Image.new("1", (576, 400), 0), [range(329)], TOKEN),
        (Image.new("1", (576, 8), 0), [range(9)], TOKEN),
        (Image.new("1", (576, 8), 0), [], b"abc"),
        (Image.new("1", (576, 8), 0), [], b"ab\x10\x04"),
    ],
    ids=["too wide", "grey", "kept too tall", "kept outside", "short token", "token of control bytes"],
)
def test_what_cannot_be_printed_is_refused(picture: Image.Image, kept: list[range], token: bytes) -> None:
    with pytest.raises(ValueError):
        build_job(picture, kept, PROFILE, token)


def test_an_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(LookupError, match="generic-58, generic-80, generic-80-gsh"):
        load_profile("laser")
