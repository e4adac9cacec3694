"""The commands that change how the next characters look, and those that set them."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.devices.emulators.printer_commands import Command
from kiosk.devices.emulators.printer_typesetting import LINE_DOTS, Typesetter

Setting = Callable[[Typesetter, bytes], None]


def obey(command: Command, paper: Typesetter) -> bool:
    """Carry out a command of this kind; False for all others."""
    setting = _SETTINGS.get(command.name)
    if setting is not None:
        setting(paper, command.arguments)
    return setting is not None


def _print_mode(paper: Typesetter, said: bytes) -> None:
    """ESC ! changes letters only; Hanzi keep what GS !, FS ! or FS W said last."""
    bits = said[0]
    paper.change(
        is_small=bool(bits & 0x01),
        is_bold=bool(bits & 0x08),
        height=2 if bits & 0x10 else 1,
        width=2 if bits & 0x20 else 1,
        underline_dots=1 if bits & 0x80 else 0,
    )


def _chinese_mode(paper: Typesetter, said: bytes) -> None:
    bits = said[0]
    paper.change(
        chinese_width=2 if bits & 0x04 else 1,
        chinese_height=2 if bits & 0x08 else 1,
        chinese_underline_dots=1 if bits & 0x80 else 0,
    )


def _character_size(paper: Typesetter, said: bytes) -> None:
    width, height = (said[0] >> 4 & 7) + 1, (said[0] & 7) + 1
    paper.change(width=width, height=height, chinese_width=width, chinese_height=height)


def _chinese_double(paper: Typesetter, said: bytes) -> None:
    size = 2 if said[0] & 1 else 1
    paper.change(chinese_width=size, chinese_height=size)


def _justify(paper: Typesetter, said: bytes) -> None:
    paper.finish_line()
    paper.change(justify=said[0] % 48 if said[0] % 48 < 3 else 0)


def _number(said: bytes) -> int:
    return int.from_bytes(said[:2], "little")


_SETTINGS: dict[str, Setting] = {
    "text": lambda paper, said: paper.text(said),
    "tab": lambda paper, _: paper.tab(),
    "position": lambda paper, said: paper.go_to(_number(said)),
    "line_feed": lambda paper, _: paper.line_feed(),
    "feed_dots": lambda paper, said: paper.feed(said[0]),
    "feed_lines": lambda paper, said: paper.feed(said[0] * paper.style.line_dots),
    "line_spacing": lambda paper, said: paper.change(line_dots=said[0]),
    "default_line_spacing": lambda paper, _: paper.change(line_dots=LINE_DOTS),
    "print_mode": _print_mode,
    "chinese_mode": _chinese_mode,
    "character_size": _character_size,
    "chinese_double": _chinese_double,
    "justify": _justify,
    "bold": lambda paper, said: paper.change(is_bold=bool(said[0] & 1)),
    "font": lambda paper, said: paper.change(is_small=said[0] in (1, 49)),
    "underline": lambda paper, said: paper.change(underline_dots=said[0] % 48 % 3),
    "chinese_underline": lambda paper, said: paper.change(chinese_underline_dots=said[0] % 48 % 3),
    "white_on_black": lambda paper, said: paper.change(is_inverted=bool(said[0] & 1)),
    "right_space": lambda paper, said: paper.change(right_space=said[0]),
    "chinese_space": lambda paper, said: paper.change(chinese_left=said[0], chinese_right=said[1]),
    "code_page": lambda paper, said: paper.change(code_page=said[0]),
    "left_margin": lambda paper, said: paper.change(left_margin=_number(said)),
    "area_width": lambda paper, said: paper.change(area_width=_number(said)),
    "chinese": lambda paper, _: paper.change(is_chinese=True),
    "single_bytes": lambda paper, _: paper.change(is_chinese=False),
}
