"""A ticket to print or to show: for which post, until when, the code for a scanner, and its text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PIL import Image, ImageOps

from kiosk.bureau.enrol import CODE_LASTS, Post, Profile, kiosk_id
from kiosk.catalogue import SOURCE_LANGUAGE, load
from kiosk.domain.clock import hall_time
from kiosk.messages.tickets import Ticket
from kiosk.paper.blocks import Block, Code, Columns, Document, Flow, Rule, Space, TitleBar, Weight, Words
from kiosk.paper.qr import QUIET_MODULES, modules, side_dots
from kiosk.paper.raster import render

WIDTH_DOTS = 1240
"""A5, lying, at 150 dots an inch."""
MODULE_DOTS = 9
_LEAST_DOTS = 420
_MARGIN_DOTS = 48
_GROUP, _GROUPS_A_LINE = 6, 6
_APART_DOTS = 10
"""Between lines to type: an eye that comes back from the keys finds its line again."""
_PROFILES: Mapping[Profile, str] = {
    "worker": "bureau.ticket.for_worker",
    "desk": "bureau.ticket.for_desk",
    "door": "bureau.ticket.for_door",
    "board": "bureau.ticket.for_board",
}


def ticket_picture(ticket: Ticket, post: Post, made_at: datetime) -> Image.Image:
    """Return the paper of a ticket; it is as secret as the ticket, and says so."""
    say = load(SOURCE_LANGUAGE)
    code = Code(ticket.text(), MODULE_DOTS)
    until = f"{hall_time(made_at + CODE_LASTS):%Y-%m-%d %H:%M}"
    said = (
        Flow((Words(kiosk_id(post.station, post.kiosk_no), 96, Weight.BLACK, 60),)),
        Flow((Words(post.station_name, 56, Weight.BOLD, 34),)),
        Space(24),
        Flow((Words(say(_PROFILES[post.profile], letter=post.letter), 44, Weight.BOLD, 30),)),
        Space(24),
        Flow((Words(say("bureau.ticket.until", until=until), 38, Weight.MEDIUM),)),
        Space(12),
        Flow((Words(say("bureau.ticket.secret"), 36, Weight.MEDIUM),)),
    )
    typed = [Flow((Words(line, 40, Weight.MEDIUM, 30),)) for line in lines_to_type(ticket.text())]
    blocks: tuple[Block, ...] = (
        TitleBar(Words(say("bureau.ticket.title"), 64, Weight.BLACK, 44)),
        Space(20),
        Columns((code,), said, side_dots(code.text, MODULE_DOTS), _LEAST_DOTS),
        Space(20),
        Rule(),
        Space(12),
        Flow((Words(say("bureau.ticket.typed"), 34, Weight.MEDIUM),)),
        *(block for line in typed for block in (Space(_APART_DOTS), line)),
    )
    drawn = render(Document(blocks), WIDTH_DOTS - 2 * _MARGIN_DOTS).image
    return ImageOps.expand(drawn.convert("L"), _MARGIN_DOTS, fill=255)


def lines_to_type(text: str) -> list[str]:
    """Return a ticket's text in groups that an eye finds again; spaces do a ticket no harm."""
    groups = [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
    return [" ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]


def ticket_on_terminal(ticket: Ticket) -> str:
    """Return the code in half blocks, dark on light, two rows of modules in a line of text."""
    rows = modules(ticket.text())
    side = len(rows) + 2 * QUIET_MODULES
    blank = (False,) * side
    edge = (False,) * QUIET_MODULES
    field = [*[blank] * QUIET_MODULES, *((*edge, *row, *edge) for row in rows), *[blank] * QUIET_MODULES]
    if len(field) % 2:
        field.append(blank)
    signs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    pairs = zip(field[::2], field[1::2], strict=True)
    return "\n".join("".join(signs[pair] for pair in zip(*both, strict=True)) for both in pairs)
