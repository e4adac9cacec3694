"""What the emulated paper shows: text in every size, poor type, codes and pictures, from any builder."""

from __future__ import annotations

from dataclasses import replace

import pytest
import qrcode
import zxingcpp
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from kiosk.devices.emulators.printer_dialects import ANY, DIALECTS, Dialect
from kiosk.devices.emulators.printer_machine import CutSlip, Machine
from kiosk.devices.emulators.printer_roms import NO_PICTURE, Rom, letters, unfinished
from kiosk.devices.emulators.printer_typesetting import CELL_DOTS, LINE_DOTS

FOREIGN_DOTS = 512


def printed(job: bytes, width_dots: int = 384, dialect: Dialect = ANY) -> tuple[CutSlip, Machine]:
    """Return the one slip that a job and a plain cut make, and the machine that made it."""
    slips: list[CutSlip] = []
    machine = Machine(width_dots, slips.append, lambda _number, _tail: None, dialect)
    machine.receive(job if job.endswith((b"\x1bi", b"\x1dV\0")) else job + b"\x1bi")
    machine.work()
    (slip,) = slips
    return slip, machine


def hanzi(text: str) -> bytes:
    return b"\x1c&" + text.encode("gb18030")


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the box around the ink."""
    box = ImageOps.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


def same(one: Image.Image, other: Image.Image) -> bool:
    return (
        one.size == other.size
        and ImageChops.logical_xor(one.convert("1"), other.convert("1")).getbbox() is None
    )


def drawing(width: int = 200, height: int = 70) -> Image.Image:
    """Return a picture in black and white that no turn or mirror leaves as it is."""
    picture = Image.new("1", (width, height), 255)
    picture.paste(0, (0, 0, width, 3))
    picture.paste(0, (0, 0, 5, height))
    for at in range(0, min(width, height), 3):
        picture.putpixel((at, at), 0)
    picture.paste(0, (width - 9, height - 13, width, height - 2))
    return picture


def test_a_hanzi_fills_two_cells_and_a_letter_one() -> None:
    narrow, _ = printed(b"\x1c.||\n")
    wide, _ = printed(hanzi("田|\n"))
    assert ink(wide.picture)[2] - ink(narrow.picture)[2] in range(10, 15)
    assert ink(hanzi_alone := printed(hanzi("田\n"))[0].picture)[2] <= CELL_DOTS
    assert hanzi_alone.height == LINE_DOTS


@pytest.mark.parametrize(
    ("size", "across", "down"),
    [
        (b"\x1d!\x11", 2, 2),
        (b"\x1d!\x10", 2, 1),
        (b"\x1d!\x01", 1, 2),
        (b"\x1d!\x33", 4, 4),
        (b"\x1c!\x0c", 2, 2),
        (b"\x1c!\x04", 2, 1),
        (b"\x1cW\x01", 2, 2),
    ],
)
def test_a_size_makes_every_dot_of_a_hanzi_as_many(size: bytes, across: int, down: int) -> None:
    plain = printed(hanzi("派\n"))[0].picture.crop((0, 0, CELL_DOTS, CELL_DOTS))
    big = printed(size + hanzi("派\n"))[0].picture.crop((0, 0, CELL_DOTS * across, CELL_DOTS * down))
    assert same(big, plain.resize(big.size, Image.Resampling.NEAREST))


def test_the_mode_for_letters_leaves_hanzi_as_they_are() -> None:
    both = printed(b"\x1b!\x30" + hanzi("派A\n"))[0].picture
    plain = printed(hanzi("派\n"))[0].picture.crop((0, 0, CELL_DOTS, CELL_DOTS))
    assert same(both.crop((0, CELL_DOTS, CELL_DOTS, 2 * CELL_DOTS)), plain)
    assert both.height == 2 * CELL_DOTS


@pytest.mark.parametrize(("code", "first"), [(0, 0), (1, 72), (2, 144), (48, 0), (50, 144)])
def test_a_line_stands_left_in_the_middle_or_right(code: int, first: int) -> None:
    slip, _ = printed(b"\x1ba" + bytes((code,)) + b"\x1dB\x01" + hanzi("派工") + b"\n", 192)
    assert ink(slip.picture)[0] == first
    assert ink(slip.picture)[2] == first + 2 * CELL_DOTS


def test_a_line_that_is_full_goes_on_in_the_next() -> None:
    slip, _ = printed(hanzi("一二三四五六七八九\n"), 4 * CELL_DOTS)
    assert slip.lines == ("一二三四", "五六七八", "九")
    assert slip.picture.height == 3 * LINE_DOTS


def test_bold_underlined_and_inverted_text_is_drawn_so() -> None:
    plain, bold = (printed(style + hanzi("工\n"))[0].picture for style in (b"", b"\x1bE\x01"))
    assert bold.convert("L").histogram()[0] > plain.convert("L").histogram()[0]
    underlined = printed(b"\x1c-\x02" + hanzi("工\n"))[0].picture
    assert not any(underlined.getpixel((x, CELL_DOTS - 1)) for x in range(CELL_DOTS))
    inverted = printed(b"\x1dB\x01" + hanzi("工\n"))[0].picture.crop((0, 0, CELL_DOTS, CELL_DOTS))
    assert same(inverted, ImageChops.invert(plain.crop((0, 0, CELL_DOTS, CELL_DOTS))))


def test_margins_places_spaces_and_tabs_move_what_follows() -> None:
    block = b"\x1dB\x01x"
    firsts = [
        ink(printed(before + block + b"\n")[0].picture)[0]
        for before in (b"\x1dL\x14\0", b"\x1b$\x30\0", b"\t", b"\x1dL\x08\0\x1b$\x08\0")
    ]
    assert firsts == [20, 48, 96, 16]
    spaced = printed(b"\x1b \x0a\x1dB\x01xx\n")[0].picture
    assert spaced.getpixel((12, 2)) == 255
    assert ink(spaced)[2] == 34


def test_a_feed_prints_the_line_and_lines_are_as_far_apart_as_was_said() -> None:
    assert printed(b"A\x1bJ\x40")[0].picture.height == 64
    assert printed(b"A\x1bd\x03")[0].picture.height == 3 * LINE_DOTS
    assert printed(b"\x1b3\x28A\nB\n\x1b2C\n")[0].picture.height == 40 + 40 + LINE_DOTS
    assert printed(b"\x1b3\x08A\n")[0].picture.height == CELL_DOTS


def test_cutting_prints_the_line_that_was_not_ended() -> None:
    slip, _ = printed(b"end")
    assert slip.lines == ("end",)


@pytest.mark.parametrize(
    ("rom", "text", "shown"),
    [
        (Rom.GB18030, "工资¥220", "工资¥220"),
        (Rom.GBK, "工资¥220", f"工资{NO_PICTURE}0{NO_PICTURE}6220"),
        (Rom.GB2312, "赵䶮", f"赵{NO_PICTURE}{NO_PICTURE}"),
        (Rom.GBK, "镕", "镕"),
        (Rom.GB2312, "镕", f"{NO_PICTURE}F"),
        (Rom.NONE, "派工", "┼╔╣ñ"),
    ],
)
def test_poor_type_prints_boxes_or_junk(rom: Rom, text: str, shown: str) -> None:
    slip, _ = printed(hanzi(text) + b"\n", dialect=replace(ANY, rom=rom))
    assert slip.lines == (shown,)


def test_outside_the_chinese_mode_bytes_are_letters_of_the_chosen_page() -> None:
    slip, _ = printed(b"\x1c.\x1bt\x00\x9b\n\x1bt\x10\x80\n\x1bt\x63\xe1\n\x1bt\x10\x81\n")
    assert slip.lines == ("¢", "€", "ß", NO_PICTURE)


@given(st.text("派工单A1 ￥𠀀", min_size=1), st.lists(st.integers(0, 40)))
def test_text_split_anywhere_is_the_same_text(text: str, cuts: list[int]) -> None:
    slips: list[CutSlip] = []
    machine = Machine(576, slips.append, lambda _number, _tail: None)
    rest = hanzi(text) + b"\x1bi"
    for size in cuts:
        machine.receive(rest[:size])
        machine.work()
        rest = rest[size:]
    machine.receive(rest)
    machine.work()
    assert "".join(slips[0].lines) == text


@given(st.binary(max_size=12), st.sampled_from(list(Rom)))
def test_every_byte_is_printed_as_something_and_none_is_waited_for_twice(text: bytes, rom: Rom) -> None:
    waiting = unfinished(text, rom)
    assert waiting in range(min(4, len(text) + 1))
    cells = [cells for _, cells in letters(text, rom, 0, is_chinese=True)]
    assert len(text) >= len(cells) >= len(text) / 4


def test_a_code_of_the_printers_own_is_drawn_and_read() -> None:
    text = "LG1:派工单".encode()
    store = b"\x1d(k" + (len(text) + 3).to_bytes(2, "little") + b"1P0" + text
    job = b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1" + store + b"\x1d(k\x03\x001Q0"
    slip, machine = printed(job)
    expected = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=6, border=0)
    expected.add_data(text)
    assert same(slip.picture.crop(ink(slip.picture)), expected.make_image().get_image())
    assert [code.text for code in zxingcpp.read_barcodes(quiet(slip.picture))] == ["LG1:派工单"]
    assert list(machine.events) == ["cut 1"]


def quiet(picture: Image.Image) -> Image.Image:
    return ImageOps.expand(picture.convert("L"), 40, 255)


@pytest.mark.parametrize(
    ("job", "why"),
    [
        (b"\x1d(k\x03\x001Q0", "a QR code without a text"),
        (b"\x1d(k" + (3003).to_bytes(2, "little") + b"1P0" + b"x" * 3000 + b"\x1d(k\x03\x001Q0", "too long"),
        (b"\x1d(k\x03\x001Z0", "QR function 31 5a 30"),
        (b"\x1d(L\x02\x000Z", "graphics function 30 5a"),
        (b"\x1d(L\x0b\x000p0\x01\x011\x10\0\x02\0\xff", "graphics of 16 by 2 dots in 1 bytes"),
        (b"\x1b*\x07\x01\0\xff", "ESC * of mode 7"),
        (b"\x1b*\x21\0\0", "without a column"),
    ],
)
def test_a_picture_that_cannot_be_is_reported_and_the_printer_goes_on(job: bytes, why: str) -> None:
    slip, machine = printed(job + b"on\n")
    assert any(why in event for event in machine.events)
    assert slip.lines[-1].endswith("on")


@pytest.mark.parametrize(("mode", "across", "down"), [(0, 1, 1), (1, 2, 1), (2, 1, 2), (3, 2, 2)])
def test_raster_pictures_can_be_doubled(mode: int, across: int, down: int) -> None:
    picture = drawing(64, 30)
    rows = ImageChops.invert(picture).tobytes()
    slip, _ = printed(b"\x1dv0" + bytes((mode,)) + b"\x08\0\x1e\0" + rows, 64 * across)
    assert same(slip.picture, picture.resize((64 * across, 30 * down), Image.Resampling.NEAREST))


def test_a_raster_picture_stands_where_lines_stand() -> None:
    slip, _ = printed(b"\x1ba\x02\x1dv0\0\x01\0\x02\0\xff\xff", 32)
    assert ink(slip.picture) == (24, 0, 32, 2)


def test_a_simple_printer_prints_the_bytes_of_a_code_it_does_not_know() -> None:
    slip, machine = printed(b"\x1d(k\x03\x001C\x06\n", dialect=DIALECTS["generic-58"])
    assert slip.lines == ("k1C",)
    assert "unknown 1d 28" in machine.events


@pytest.mark.parametrize("way", ["bitImageRaster", "bitImageColumn", "graphics"])
@pytest.mark.parametrize("height", [24, 70, 300])
def test_a_foreign_builders_picture_comes_out_dot_by_dot(way: str, height: int) -> None:
    picture = drawing(200, height)
    foreign = Dummy(profile="TM-T88V")
    foreign.image(picture, impl=way)
    slip, machine = printed(foreign.output, FOREIGN_DOTS)
    expected = Image.new("1", slip.picture.size, 1)
    expected.paste(picture, (0, 0))
    assert same(slip.picture, expected)
    assert slip.picture.height - height in range(24)
    assert list(machine.events) == ["cut 1"]


@pytest.mark.parametrize(("across", "down"), [(False, True), (True, False), (False, False)])
@pytest.mark.parametrize("way", ["bitImageRaster", "bitImageColumn", "graphics"])
def test_a_foreign_builders_coarse_picture_is_stretched(way: str, across: bool, down: bool) -> None:
    picture = drawing(80, 48)
    foreign = Dummy(profile="TM-T88V")
    foreign.image(picture, impl=way, high_density_horizontal=across, high_density_vertical=down)
    slip, _ = printed(foreign.output, FOREIGN_DOTS)
    times_down = 1 if down else 3 if way == "bitImageColumn" else 2
    stretched = picture.resize((80 if across else 160, 48 * times_down), Image.Resampling.NEAREST)
    assert same(slip.picture.crop((0, 0, *stretched.size)), stretched)


def test_a_foreign_builders_code_is_read() -> None:
    foreign = Dummy(profile="TM-T88V")
    foreign.qr("PG-NZ-0918-02-0037", native=True, size=6)
    slip, _ = printed(foreign.output, FOREIGN_DOTS)
    assert [code.text for code in zxingcpp.read_barcodes(quiet(slip.picture))] == ["PG-NZ-0918-02-0037"]


def test_a_foreign_builders_text_comes_out_with_its_own_mistake() -> None:
    """Its single byte for the degree sign joins the next letter into a Hanzi, as on every Chinese printer."""
    foreign = Dummy(profile="TM-T88V")
    foreign.set(align="center", bold=True)
    foreign.textln("派工单")
    foreign.set(custom_size=True, width=2, height=2)
    foreign.textln("25°C")
    foreign.cut()
    slip, machine = printed(foreign.output, FOREIGN_DOTS)
    assert slip.lines == ("派工单", "25鳦")
    assert "unknown" not in " ".join(machine.events)
