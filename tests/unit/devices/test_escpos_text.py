"""Slips as text: only bytes a printer's own type holds, and a picture of each line it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.devices.escpos.commands import CHINESE, INITIALIZE, RASTER_HEAD
from kiosk.devices.escpos.jobs import build_text_job, job_length_dots
from kiosk.devices.escpos.roms import rom_bytes, rom_text
from kiosk.devices.profiles import Charset, CodeForm, PrinterProfile, load_profile
from kiosk.paper.text_form import TextCode, TextGap, TextItem, TextLine, cells
from kiosk.paper.text_pictures import code_picture, line_picture
from tests.unit.devices.printer_stand import TOKEN

SMALL = load_profile("generic-58")
GBK = replace(SMALL, charset=Charset.GBK)
GB18030 = replace(SMALL, charset=Charset.GB18030)
BARE = replace(SMALL, charset=Charset.NONE)
signs = st.text("派工单张三丰䶮㛃𬭎￥¥°–·(A9)\x1bm\x10\x04\x14\x00\n\x7f\x85 ", max_size=14)
lines = st.builds(TextLine, signs.filter(lambda text: cells(rom_text(text)) <= 16), st.sampled_from([1, 2]))


def read(job: bytes, profile: PrinterProfile) -> list[tuple[str, object]]:
    """Return what a text job says, read by this test's own means up to the cut."""
    said: list[tuple[str, object]] = []
    at = len(INITIALIZE + profile.start + CHINESE)
    assert job.startswith(INITIALIZE + profile.start + CHINESE)
    size = pitch = 0
    while not job.startswith(b"\x1bJ\x70" + profile.cut, at):
        head = job[at : at + 2]
        if job.startswith(RASTER_HEAD, at):
            stride, rows = job[at + 4] + 256 * job[at + 5], job[at + 6] + 256 * job[at + 7]
            said.append(("picture", (stride, rows, job[at + 8 : at + 8 + stride * rows])))
            at += 8 + stride * rows
        elif head in (b"\x1bJ", b"\x1d!", b"\x1b3"):
            size = job[at + 2] if head == b"\x1d!" else size
            pitch = job[at + 2] if head == b"\x1b3" else pitch
            said += [("feed", job[at + 2])] if head == b"\x1bJ" else []
            at += 3
        else:
            end = job.index(b"\n", at)
            said.append(("text", (job[at:end], size, pitch)))
            at = end + 1
    return said


@given(st.lists(lines, max_size=5), st.sampled_from([SMALL, GBK, GB18030, BARE]))
@settings(max_examples=60)
def test_no_control_byte_of_a_name_reaches_the_printer_and_every_line_comes_out(
    told: list[TextLine], profile: PrinterProfile
) -> None:
    """Broken by sending `text` in place of `rom_text(text)`: ESC m of a name would cut the slip."""
    for line in told:
        said = read(build_text_job([line], profile, TOKEN), profile)
        held = rom_bytes(line.text, profile.charset)
        if held is None:
            assert {kind for kind, _ in said} <= {"picture", "feed"}
            continue
        assert said == [("text", (held, (line.scale - 1) * 0x11, 24 * line.scale + 6))]
        assert not any(byte < 0x20 or byte == 0x7F for byte in held)


@pytest.mark.parametrize(
    ("text", "held_by"),
    [
        ("派工单 PG-NZ", {"gb2312", "gbk", "gb18030"}),
        ("工资¥220", {"gb2312", "gbk", "gb18030"}),
        ("07:00–17:00", {"gb2312", "gbk", "gb18030", "none"}),
        ("喆堃", {"gbk", "gb18030"}),
        ("李㛃", {"gb18030"}),
        ("王𬭚", {"gb18030"}),
        ("180", {"gb2312", "gbk", "gb18030", "none"}),
    ],
)
def test_each_kind_of_type_holds_what_it_holds(text: str, held_by: set[str]) -> None:
    assert {kind.value for kind in Charset if rom_bytes(text, kind) is not None} == held_by


def test_no_sign_goes_out_as_a_single_high_byte_that_would_swallow_the_next() -> None:
    for charset in (Charset.GB2312, Charset.GBK, Charset.GB18030):
        for code in range(0x80, 0x100):
            held = rom_bytes(chr(code) + "C", charset)
            assert held is None or held.isascii() or len(held) in (3, 5)


def test_a_line_the_type_does_not_hold_is_a_picture_of_that_line_alone() -> None:
    told: list[TextItem] = [TextLine("张三"), TextLine("李㛃"), TextLine("王五")]
    kinds = [kind for kind, _ in read(build_text_job(told, SMALL, TOKEN), SMALL)]
    assert [kind for kind in kinds if kind != "feed"] == ["text", "picture", "text"]


def test_a_code_is_one_picture_with_every_module_unless_the_printer_draws_it() -> None:
    code = TextCode("PG-NZ-0918-02-0037", 6)
    said = read(build_text_job([code], SMALL, TOKEN), SMALL)
    [what] = [what for kind, what in said if kind == "picture"]
    drawn = code_picture(code)
    assert isinstance(what, tuple)
    assert what[1] == drawn.height, "the whole code is one band"
    assert what[0] <= drawn.width // 8 + 1
    native = build_text_job([code], replace(SMALL, code_form=CodeForm.NATIVE), TOKEN)
    assert b"\x1d(k\x15\x001P0PG-NZ-0918-02-0037\x1d(k\x03\x001Q0" in native
    assert RASTER_HEAD not in native


def test_the_length_of_a_text_job_is_read_from_its_bytes() -> None:
    told: list[TextItem] = [TextLine("张三", 2), TextGap(300), TextLine("李㛃"), TextLine("1")]
    picture = line_picture(TextLine("李㛃"), SMALL.width_dots)
    assert job_length_dots(build_text_job(told, SMALL, TOKEN)) == 54 + 300 + picture.height + 30 + 112


@given(st.text("王李㛃𬭎W·", min_size=1, max_size=60), st.sampled_from([384, 576]))
@settings(max_examples=30)
def test_a_line_as_a_picture_keeps_its_ink_on_the_paper(text: str, width_dots: int) -> None:
    picture = line_picture(TextLine(text), width_dots)
    wide = Image.new("1", (width_dots, picture.height), 1)
    assert picture.size == wide.size
    ink = picture.point(lambda dot: 255 - dot).getbbox()
    assert ink is not None
    assert 0 < ink[1] < ink[3] < picture.height, "no sign is cut at its head or foot"
