"""Read a ledger of the hall for a period: only at its desk, which hears of all the hall's kiosks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kiosk.actions.coach_ledgers import fleet_lines, safety_lines, trip_lines
from kiosk.actions.export_ledger import Export
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ledger_ports import (
    ALL,
    BookedClass,
    BookedPlacement,
    BookedPrint,
    BookedSeeker,
    BookedVisit,
)
from kiosk.actions.ledger_words import Words, age_at, hall_moment, moment_or_empty
from kiosk.actions.ports import Records
from kiosk.catalogue import SOURCE_LANGUAGE
from kiosk.domain.duties import Act
from kiosk.domain.periods import Period
from kiosk.domain.sentences import Sentence
from kiosk.domain.service_ledgers import (
    SERVICE_LEDGERS,
    ClassLine,
    LedgerLine,
    PlacementLine,
    PrintLine,
    SeekerLine,
    VisitLine,
)
from kiosk.domain.sights import WHOLE, Mask, Sights
from kiosk.domain.trades import Trades
from kiosk.ledgers.tables import Flow, Sentences, Table, flowing
from kiosk.paper.phrases import yuan_text

_DESK = "desk"


def keeps_books(hall: Hall) -> bool:
    """Return whether this device is a hall's desk: a single kiosk knows its own people only."""
    return hall.identity.profile == _DESK


def ledger_counts(hall: Hall, period: Period) -> Mapping[str, int]:
    """Return how many lines each ledger has in a period. Raises Refused where no books are kept."""
    _require_books(hall)
    with hall.store.writing() as records:
        records.books.catch_up(hall.identity.kiosk)
    with hall.store.reading() as records:  # counting a year is not for whoever holds the file
        return records.books.counts(period.first, period.last)


def ledger_table(
    hall: Hall, name: str, period: Period, tr: Sentences, trades: Trades, sights: Sights, most: int = ALL
) -> Table:
    """Return at most so many lines of a ledger for who is shown so much of a person. Raises Refused."""
    return _flow(hall, name, period, tr, trades, sights, most).whole()


def _flow(
    hall: Hall, name: str, period: Period, tr: Sentences, trades: Trades, sights: Sights, most: int = ALL
) -> Flow:
    """Return a ledger that is read row by row, in one transaction; what is whole says so above its head."""
    _require_books(hall)
    with hall.store.writing() as records:
        records.books.catch_up(hall.identity.kiosk)
    station = hall.identity.station_name
    about = f"{station}\u2002{tr('ledger.period', first=period.first, last=period.last)}"
    if sights == WHOLE:
        about = f"{about}\u2002{tr('ledger.whole.mark')}"

    def lines() -> Iterator[LedgerLine]:
        with hall.store.reading() as records:
            words = Words(tr, trades, _staff_names(records), _course_titles(records, tr))
            yield from _LINES[name](records, period, words, most)

    return flowing(SERVICE_LEDGERS[name], lines(), about, tr, sights)


def ledger_export(
    hall: Hall, name: str, period: Period, tr: Sentences, trades: Trades, sights: Sights
) -> Export:
    """Return a ledger ready to leave. Raises Refused where there is nothing to hand on.

    With `WHOLE` sights it is an act of its own, which two people do; its files are called otherwise, so that
    neither takes the place of the other.
    """
    count = ledger_counts(hall, period)[name]
    if not count:
        raise Refused(Sentence("ledger.nothing_in_period"))
    days = f"{period.first:%Y%m%d}-{period.last:%Y%m%d}"
    mark = "" if tr.language == SOURCE_LANGUAGE else f"-{tr.language}"
    act, whole = (Act.UNMASK_LEDGER, "-whole") if sights == WHOLE else (Act.EXPORT_LEDGER, "")
    stem = f"{name}-{hall.identity.station}-{hall.identity.letter}-{days}{whole}{mark}"
    number = f"{name} {period.first}/{period.last}"

    def make() -> Flow:
        return _flow(hall, name, period, tr, trades, sights)

    return Export(SERVICE_LEDGERS[name], number, stem, make, count, act)


def may_be_whole(name: str) -> bool:
    """Return whether a ledger holds anything of a person that a role is not shown whole."""
    return any(column.mask is not Mask.NOTHING for column in SERVICE_LEDGERS[name].columns)


def _require_books(hall: Hall) -> None:
    if not keeps_books(hall):
        raise Refused(Sentence("ledger.only_at_desk"))


def _staff_names(records: Records) -> Mapping[str, str]:
    return {str(member.id): member.name for member in records.desk.staff()}


def _course_titles(records: Records, tr: Sentences) -> Mapping[str, str]:
    is_chinese = tr.language == SOURCE_LANGUAGE
    return {
        course.hazard_class: course.title.zh if is_chinese else course.title.en
        for course in records.education.courses()
    }


def _seekers(records: Records, period: Period, words: Words, most: int) -> Iterable[SeekerLine]:
    return (_seeker(item, words) for item in records.books.seekers(period.first, period.last, most))


def _seeker(item: BookedSeeker, words: Words) -> SeekerLine:
    person = item.person
    return SeekerLine(
        at=hall_moment(item.at),
        name=person.name,
        sex=person.sex,
        age=age_at(person.birth_date, item.at),
        number=person.number,
        phone=person.phone,
        region=person.region,
        services=tuple(words.tr(f"desk.hardship.{kind}") for kind in item.hardships),
        trades=tuple(words.trade(key) for key in person.trades),
        certificates=tuple(words.tr(f"rules.certificate.{kind}") for kind in item.certificates),
        method=item.method,
        handler=words.member(item.actor),
        kiosk=item.kiosk,
        standing="placed" if item.placements else "looking",
    )


def _visits(records: Records, period: Period, words: Words, most: int) -> Iterable[VisitLine]:
    return (_visit(item) for item in records.books.visits(period.first, period.last, most))


def _visit(item: BookedVisit) -> VisitLine:
    person = item.person
    return VisitLine(
        hall_moment(item.at), item.queue_number, person.name, person.number, item.method, item.kiosk
    )


def _placements(records: Records, period: Period, words: Words, most: int) -> Iterable[PlacementLine]:
    taken = records.books.placements(period.first, period.last, most)
    return (_placement(item, words) for item in taken)


def _placement(item: BookedPlacement, words: Words) -> PlacementLine:
    return PlacementLine(
        slip=item.slip,
        at=hall_moment(item.taken_at),
        name=item.person.name,
        number=item.person.number,
        employer=item.employer,
        title=item.title,
        kind=item.kind,
        pay="" if item.pay_fen is None else yuan_text(item.pay_fen),
        pay_unit=item.pay_unit,
        starts=hall_moment(item.starts),
        ends=hall_moment(item.ends),
        coach="yes" if item.trip else "no",
        printed=item.paper,
        confirmed="both" if item.is_agreed else "worker",
        part_at=moment_or_empty(item.part_at),
        result=_result(item, words),
        standing="given_back" if item.is_given_back else "taken",
        pay_answer=item.pay_answer,
    )


def _result(item: BookedPlacement, words: Words) -> tuple[str, ...]:
    """Return what became of a place: what the employer's part says and why, and that its worker came."""
    told = [words.tr(f"ledger.result.{item.outcome}")] if item.outcome else []
    if item.why:
        told.append(words.tr(f"outcomes.why.{item.why}"))
    if item.came_at is not None:
        told.append(words.tr("ledger.result.came"))
    return tuple(told)


def _classes(records: Records, period: Period, words: Words, most: int) -> Iterable[ClassLine]:
    return (_class(item, words) for item in records.books.classes(period.first, period.last, most))


def _class(item: BookedClass, words: Words) -> ClassLine:
    return ClassLine(
        record=item.record,
        at=hall_moment(item.at),
        name=item.person.name,
        number=item.person.number,
        hazard_class=words.courses.get(item.hazard_class, item.hazard_class),
        course_version=item.course_version,
        mode=item.mode,
        minutes=item.spent_min,
        score="" if item.score_percent is None else f"{item.score_percent}%",
        passed="told" if item.score_percent is None else "tested",
        instructor=words.member(item.actor),
        valid_until=item.valid_until.isoformat(),
        signature="yes" if item.is_signed else "no",
    )


def _prints(records: Records, period: Period, words: Words, most: int) -> Iterable[PrintLine]:
    return (_print(item, words) for item in records.books.prints(period.first, period.last, most))


def _print(item: BookedPrint, words: Words) -> PrintLine:
    return PrintLine(
        at=hall_moment(item.at),
        slip=item.slip,
        copy=item.copy_no,
        state=item.state,
        reason=item.reason,
        actor=words.member(item.actor),
        kiosk=item.kiosk,
    )


_LINES: Mapping[str, Callable[[Records, Period, Words, int], Iterable[LedgerLine]]] = {
    "seekers": _seekers,
    "visits": _visits,
    "placements": _placements,
    "classes": _classes,
    "prints": _prints,
    "safety": safety_lines,
    "trips": trip_lines,
    "fleet": fleet_lines,
}
