"""A form: the columns of one kind of table, and what becomes of a row that was filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.parameters import Parameters
from kiosk.domain.sentences import Sentence
from kiosk.domain.trades import Trades
from kiosk.intake.cells import BadCell, Kind, Written
from kiosk.ledgers.reading import Row
from kiosk.messages.feed import EmployerBody, ParameterBody, TripBody
from kiosk.messages.fleet import VehicleBody
from kiosk.messages.wire import Wire

_REMARKS = ("intake.column.remark", "intake.column.faults")
"""Columns that anybody may add, and nobody reads."""
Filled = Mapping[str, Any]
"""What a row says, by the names of its columns; a column that was left empty is missing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row, and in which of its columns; `column` is empty where it is the row itself."""

    row: int
    column: str
    sentence: Sentence


class BadRow(ValueError):
    """A row contradicts itself or what is known; `column` is where to put it right."""

    def __init__(self, column: str, key: str, **named: str | int) -> None:
        """Say why by this sentence."""
        super().__init__(key)
        self.column = column
        self.sentence = Sentence(key, named)


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was filled in, and everything that is wrong in its cells."""

    row: int
    said: Filled
    faults: tuple[Fault, ...] = ()

    def has(self, column: str) -> bool:
        """Return whether anything stands in a column, be it right or wrong."""
        return column in self.said or any(fault.column == column for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a row says: one thing under its topic and id; without a station it is told to every hall."""

    station: str
    topic: str
    id: str
    body: Wire


@dataclass(slots=True)
class Known:
    """What a bureau knows when it reads a table; rows read before count, too."""

    now: datetime
    trades: Trades
    told: Sequence[ParameterBody]
    """Every number of law and locality, of any day."""
    parameters: Parameters
    units: Mapping[str, str]
    pseudonym: Callable[[str], str]
    """Return the pseudonym of a card's number in this city."""
    employers: dict[str, EmployerBody] = field(default_factory=dict)
    vehicles: dict[str, VehicleBody] = field(default_factory=dict)
    trips: dict[str, TripBody] = field(default_factory=dict)
    courses: frozenset[str] = frozenset()
    """The hazard classes that are taught."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` ends the key of its heading; `example` stands in the blank form.

    `told` says what stands in it where its kind does not say enough.
    """

    name: str
    kind: Kind
    example: Written = ""
    is_required: bool = False
    told: Sentence | None = None

    @property
    def about(self) -> Sentence:
        """Say what stands in the column, for whoever fills it in."""
        return self.told or self.kind.about

    def heading(self, language: str) -> str:
        """Return what stands above the column."""
        return load(language)(f"intake.column.{self.name}")


@dataclass(frozen=True, slots=True)
class Parts:
    """How a thing of several rows comes together, and falls apart into rows again.

    `by` is the column that says of which thing a row is; left empty, it says what the row above says.
    `gather` makes of a thing's rows, wrong ones among them, what `Form.thing` reads, and finds what is wrong
    between them; `spread` is the way back. Nothing is made of a thing in which anything is wrong.
    """

    by: str
    gather: Callable[[Sequence[Line]], tuple[Filled, list[Fault]]]
    spread: Callable[[Filled], Sequence[Filled]]


@dataclass(frozen=True, slots=True)
class Form:
    """The table of one kind: `thing` makes of a row what the halls are told, or raises BadRow.

    `row` is the way back: what a table would show for a thing. `tells` says whether a thing under its topic
    comes in by this form. Where a thing has several rows, `parts` makes them one and takes them apart.
    """

    name: str
    columns: tuple[Column, ...]
    thing: Callable[[Filled, Known], Thing]
    row: Callable[[Any], Filled]  # Any: the body that `thing` makes
    tells: Callable[[Any], bool] = lambda _: True
    parts: Parts | None = None

    def title(self, language: str) -> str:
        """Return what the form is called."""
        return load(language)(f"intake.form.{self.name}")

    def written(self, body: Wire, station: str = "") -> list[list[Written]]:
        """Return the rows of a thing, cells as the columns stand; `station` is told where it has none."""
        told = {"station": station, **self.row(body)}
        return [self._cells(said) for said in (self.parts.spread(told) if self.parts else [told])]

    def _cells(self, said: Filled) -> list[Written]:
        values = [(column, said.get(column.name)) for column in self.columns]
        return ["" if value is None else column.kind.write(value) for column, value in values]


@dataclass(frozen=True, slots=True)
class Head:
    """Which column of a table stands where; all else are headings, in the table's language.

    `twice` are those of columns that stand in it more than once.
    """

    places: Mapping[int, Column]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]


def read_head(form: Form, row: Row) -> Head:
    """Find a form's columns by their headings, in any order and either language."""
    known = {_bare(column.heading(language)): column for column in form.columns for language in LANGUAGES} | {
        column.name: column for column in form.columns
    }
    said = {at: str(cell) for at, cell in enumerate(row.cells) if cell not in (None, "")}
    places = {at: known[_bare(word)] for at, word in said.items() if _bare(word) in known}
    there = Counter(column.name for column in places.values())
    missing = [c.heading(LANGUAGES[0]) for c in form.columns if c.is_required and c.name not in there]
    remarks = {_bare(load(language)(key)) for key in _REMARKS for language in LANGUAGES}
    unknown = [word for at, word in said.items() if at not in places and _bare(word) not in remarks]
    twice = [said[at] for at, column in places.items() if there[column.name] > 1]
    return Head(places, tuple(missing), tuple(unknown), tuple(dict.fromkeys(twice)))


def read_lines(form: Form, head: Head, rows: Iterable[Row]) -> Iterator[Line]:
    """Yield what each row says and everything that is wrong in its cells."""
    may_be_empty = form.parts.by if form.parts else ""
    return (_line(head, row, may_be_empty) for row in rows)


def _line(head: Head, row: Row, may_be_empty: str) -> Line:
    filled: dict[str, Any] = {}
    faults: list[Fault] = []
    for at, column in head.places.items():
        given = row.cells[at] if at < len(row.cells) else None
        is_empty = given is None or (isinstance(given, str) and not given.strip())
        if is_empty and column.is_required and column.name != may_be_empty:
            faults.append(Fault(row.number, column.name, Sentence("intake.cell.empty")))
        elif not is_empty:
            try:
                filled[column.name] = column.kind.read(given)
            except BadCell as bad:
                faults.append(Fault(row.number, column.name, bad.sentence))
    return Line(row.number, filled, tuple(faults))


def bunches(form: Form, lines: Iterable[Line]) -> Iterator[Sequence[Line]]:
    """Yield the rows of one thing after the other, each as soon as it is whole.

    A row whose thing cannot be read may be of the thing above it or of the one below: all three are one
    bunch, which is wrong for that row, so that neither is taken in without it.
    """
    if form.parts is None:
        yield from ([line] for line in lines)
        return
    current: list[Line] = []
    together: dict[object, list[Line]] = {None: current}
    is_torn = False
    for line in lines:
        if form.parts.by in line.said:
            above, current = current, together.setdefault(line.said[form.parts.by], [])
            if is_torn and current is not above:
                current = _joined(together, above, current)
            is_torn = False
        elif line.has(form.parts.by):
            is_torn = True
        current.append(line)
    yield from (each for each in {id(each): each for each in together.values()}.values() if each)


def _joined(together: dict[object, list[Line]], *apart: list[Line]) -> list[Line]:
    """Make the rows of several things one bunch, and return it."""
    joined = sorted((line for lines in apart for line in lines), key=lambda line: line.row)
    for name, lines in together.items():
        if any(lines is each for each in apart):
            together[name] = joined
    return joined


def made(form: Form, lines: Sequence[Line], known: Known) -> tuple[Thing | None, list[Fault]]:
    """Return what the rows of one thing say, and everything that is wrong in them: one of both is empty."""
    first = lines[0]
    said, faults = first.said, [fault for line in lines for fault in line.faults]
    if form.parts:
        if not first.has(form.parts.by):
            faults.append(Fault(first.row, form.parts.by, Sentence("intake.cell.empty")))
        said, wrong = form.parts.gather(lines)
        faults += wrong
    if faults:
        return None, faults
    try:
        return form.thing(said, known), []
    except BadRow as bad:
        return None, [Fault(first.row, bad.column, bad.sentence)]


def repeated(places: Sequence[tuple[int, Thing]]) -> Iterator[Fault]:
    """Yield a fault for each row that speaks of a thing of which a row above it spoke."""
    first: dict[tuple[str, str, str], int] = {}
    for row, thing in places:
        above = first.setdefault((thing.station, thing.topic, thing.id), row)
        if above != row:
            yield Fault(row, "", Sentence("intake.row.twice", {"row": above}))


def _bare(word: str) -> str:
    """Return a heading as headings are compared: without the star of what must be filled in."""
    return "".join(word.split()).strip("*＊").casefold()
