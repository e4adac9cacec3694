"""The slip as blocks: the worker's part above the cut, the employer's return part below it."""

from __future__ import annotations

from kiosk.domain.jobs import Hazard, Ppe
from kiosk.domain.slips import SlipKind
from kiosk.paper.blocks import (
    BigFigure,
    Block,
    Cell,
    Checkboxes,
    Code,
    Columns,
    CutLine,
    Document,
    Figured,
    FillIns,
    Flow,
    Framed,
    Grid,
    Rule,
    Space,
    TitleBar,
    Weight,
    Words,
)
from kiosk.paper.headings import Heading, origin, plain
from kiosk.paper.phrases import (
    Sentences,
    copy_text,
    distance_text,
    education_texts,
    figure_text,
    gear_text,
    gear_texts,
    hours_texts,
    insurance_texts,
    payday_text,
    title_text,
    unit_text,
    validity_text,
    yuan_text,
)
from kiosk.paper.qr import side_dots
from kiosk.paper.rides import departure
from kiosk.paper.slips import SlipDocument

FACT, SIGN, BAND, TRADE = 36, 56, 80, 120
"""The widths in dots in which pictures are drawn."""

_HAZARD_PICTURES = {
    Hazard.HEIGHT: "fall",
    Hazard.LADDER: "fall",
    Hazard.LIFTING: "transport",
    Hazard.ELECTRIC: "electric",
    Hazard.WELDING: "weld",
    Hazard.ROAD: "truck",
    Hazard.ANIMAL: "sheep",
}
_GEAR_PICTURES = {
    Ppe.HELMET: "hat",
    Ppe.GLOVES: "glove",
    Ppe.MASK: "gear_mask",
    Ppe.HARNESS: "gear_harness",
    Ppe.VEST: "gear_vest",
    Ppe.BOOTS: "gear_boots",
    Ppe.GOGGLES: "gear_goggles",
}


def slip_blocks(slip: SlipDocument, tr: Sentences, second: Sentences | None = None) -> Document:
    """Return a slip as blocks, in the words of `tr`; `second` doubles key lines where the slip asks for it.

    Raises ValueError when the slip asks for a second language and none is given.
    """
    if slip.second_language is not None and second is None:
        raise ValueError(f"the slip asks for {slip.second_language}, but no such sentences were given")
    doubled = second if slip.second_language is not None else None
    return Document(
        (
            *_head(slip, tr, doubled),
            *_work(slip, tr, doubled),
            *_money(slip, tr, doubled),
            *_ride(slip, tr, doubled),
            *_facts(slip, tr, doubled),
            *_proof(slip, tr, doubled),
            *_return_part(slip, tr),
        )
    )


def _head(slip: SlipDocument, tr: Sentences, second: Sentences | None) -> list[Block]:
    check = f"{slip.check_code[:4]}-{slip.check_code[4:]}"
    number = Flow((Words(slip.number, 30),))
    marks = Flow(
        (Words(copy_text(slip.copy.copy_no, tr)), Words(tr("paper.check_code", code=check))), gap_dots=16
    )
    blocks: list[Block] = [
        TitleBar(Words(title_text(slip, tr), 60, Weight.BLACK, 40), (number, marks)),
        Space(10),
    ]
    if second is not None:
        english = f"{title_text(slip, second)}. {second('paper.bring_this')}."
        blocks += [Flow((Words(english, 30),)), Space(10)]
    if slip.kind is SlipKind.REFERRAL:
        blocks += [Framed((Words(tr("paper.referral.not_yet"), 34, Weight.BLACK),)), Space(10)]
    if slip.copy.copy_no:
        why = tr("paper.copy.why", copy=copy_text(slip.copy.copy_no, tr), reason=slip.copy.reason)
        by = tr("paper.copy.by", by=slip.copy.by)
        blocks += [Framed((Words(why), Words(by)), is_spread=True), Space(10)]
    heading = Heading(slip.station, slip.kiosk_letter, slip.attendant, slip.printed_at)
    return [*blocks, *origin(heading, tr)]


def _work(slip: SlipDocument, tr: Sentences, second: Sentences | None) -> list[Block]:
    employer = Flow((Words(slip.employer_name, 34), *_employer_type(slip, tr)), gap_dots=0)
    title = Flow((Words(slip.trade_title, 76, Weight.BLACK, 44),))
    tail = Words(tr("paper.card_tail", tail=slip.card_tail), 30, Weight.MEDIUM)
    english = () if second is None else (Flow((Words(slip.trade_title_en, 30),)),)
    valid = Words(validity_text(slip, tr), 30)
    return [
        Figured(slip.trade_picture, TRADE, (title, *english, employer)),
        Space(10),
        Rule(2),
        Space(8),
        Flow((Words(slip.worker_name, 38, Weight.BLACK, 30), valid, tail), is_spread=True),
        Space(8),
        Rule(2),
        Space(10),
    ]


def _employer_type(slip: SlipDocument, tr: Sentences) -> tuple[Words, ...]:
    """A name that says itself what the employer is (…合作社, …公司) needs no second word for it."""
    said = tr(f"paper.employer_type.{slip.employer_type}")
    if said in slip.employer_name:
        return ()
    return (Words(tr("paper.employer_type", type=said), weight=Weight.MEDIUM),)


def _money(slip: SlipDocument, tr: Sentences, second: Sentences | None) -> list[Block]:
    pay, printed_on = slip.pay, slip.printed_at.date()
    english = Words(unit_text(pay, second), 30) if second is not None else None
    figure = Words(figure_text(pay), 140, Weight.BLACK, 120)
    terms = [plain(tr("paper.pay.payer", payer=pay.payer), 30)]
    if pay.estimate_fen is not None:
        terms.append(plain(tr("paper.pay.estimate", yuan=yuan_text(pay.estimate_fen)), 30))
    payday = [
        Flow((Words(payday_text(pay, slip.hours, printed_on, tr), 46, Weight.BLACK, 40),)),
        Flow(tuple(terms), gap_dots=24),
    ]
    if second is not None:
        payday.append(Flow((Words(payday_text(pay, slip.hours, printed_on, second)),)))
    return [
        BigFigure(figure, Words(unit_text(pay, tr), 60, Weight.BLACK, 40), english),
        Space(8),
        Figured("wallet", SIGN, tuple(payday)),
        Space(12),
    ]


def _ride(slip: SlipDocument, tr: Sentences, second: Sentences | None) -> list[Block]:
    ride = slip.ride
    if ride is None:
        alone = Flow((Words(tr("paper.ride.none"), 40, Weight.BLACK, 34),))
        english = (Flow((Words(second("paper.ride.none")),)),) if second is not None else ()
        return [Figured("walk", SIGN, (alone, *english)), Space(14)]
    return [departure(ride, tr, second), Space(12)]


def _facts(slip: SlipDocument, tr: Sentences, second: Sentences | None) -> list[Block]:
    place = [Words(slip.place, 30), plain(distance_text(slip.distance_m, tr))]
    if second is not None:
        far = distance_text(slip.distance_m, second)
        place.append(plain(f"{second('paper.place_of_work')}, {far}"))
    cells = [
        Cell("clock", (*(Words(text, 30) for text in hours_texts(slip.hours, tr)), *_day(slip, second))),
        Cell("place", tuple(place)),
        Cell("phone", (Words(slip.contact_name, 30), Words(slip.contact_phone, 30, Weight.MEDIUM))),
        Cell(
            "meeting",
            (Words(tr("paper.meeting", place=slip.meeting_point)), *_said(second, "paper.meeting_point")),
        ),
        *_board(slip, tr),
        *_dangers(slip, tr, second),
        _education(slip, tr),
        Cell("insurance", _strong_then_plain(insurance_texts(slip, tr))),
    ]
    return [Grid(tuple(cells)), Space(10)]


def _said(second: Sentences | None, key: str) -> tuple[Words, ...]:
    """Return a key line once more in the second language, nothing where there is none."""
    return () if second is None else (plain(second(key)),)


def _day(slip: SlipDocument, second: Sentences | None) -> tuple[Words, ...]:
    return () if second is None else (plain(hours_texts(slip.hours, second)[0]),)


def _board(slip: SlipDocument, tr: Sentences) -> list[Cell]:
    """Meals and bed: a bed that is given has its own picture, one that is not given stands with the meals."""
    meal = Words(tr("paper.meal.yes" if slip.has_meal else "paper.meal.no"))
    if slip.has_lodging:
        return [Cell("meal", (meal,)), Cell("bed", (Words(tr("paper.lodging.yes")),))]
    return [Cell("meal", (meal, plain(tr("paper.lodging.no"))))]


def _dangers(slip: SlipDocument, tr: Sentences, second: Sentences | None) -> list[Cell]:
    cells = [
        Cell(
            _HAZARD_PICTURES.get(hazard, "warning"),
            (Words(tr(f"paper.hazard.{hazard}")), *_said(second, f"paper.hazard.{hazard}")),
        )
        for hazard in slip.hazards
    ] or [Cell("warning", (Words(tr("paper.hazard.none")), plain(tr("paper.hazard.may_stop"))))]
    return [*cells, _gear(slip, tr, second)]


def _gear(slip: SlipDocument, tr: Sentences, second: Sentences | None) -> Cell:
    """Return what is handed out, each thing led by its own picture, in one row as long as it holds them."""
    if not slip.ppe:
        return Cell("hat", (Words(tr("paper.ppe.none")),))
    pictures, texts = [_GEAR_PICTURES[thing] for thing in slip.ppe], gear_texts(slip, tr)
    things = (Words(text, picture=name) for text, name in zip(texts, pictures, strict=True))
    english = () if second is None else (plain(gear_text(slip, second)),)
    return Cell("", tuple(things), english)


def _education(slip: SlipDocument, tr: Sentences) -> Cell:
    return Cell("school", _strong_then_plain(education_texts(slip, tr)))


def _strong_then_plain(texts: tuple[str, ...]) -> tuple[Words, ...]:
    return (Words(texts[0]), *(plain(text) for text in texts[1:]))


def _proof(slip: SlipDocument, tr: Sentences, second: Sentences | None) -> list[Block]:
    pictures = {"hall": "hall", "coach": "coach", "site": slip.trade_picture}
    parties = tuple(
        Cell(pictures[party.stretch], (Words(tr(f"paper.safety.{party.stretch}"), 30), plain(party.phone)))
        for party in slip.safety
    )
    safety: tuple[Block, ...] = (
        Figured("safety", FACT, (Flow((Words(tr("paper.safety.title"), 34, Weight.BLACK),)),)),
        Space(8),
        Grid(parties, SIGN, 8),
        Space(6),
    )
    code = Code(slip.code)
    hotline = Flow((Words(slip.rights_hotline, 84, Weight.BLACK, 44),))
    unpaid = (
        Flow((Words(tr("paper.rights.unpaid"), 44, Weight.BLACK),)),
        Flow((Words(tr("paper.rights.what_to_do")),)),
        *(Flow((words,)) for words in _said(second, "paper.rights.second")),
    )
    small_print = (
        plain(tr("paper.take_card")),
        plain(tr("paper.complaint", phone=slip.complaint_phone)),
        plain(tr("paper.rules", version=slip.rules_version)),
    )
    return [
        Rule(),
        Columns((code,), safety, side_dots(slip.code, code.module_dots), 240, gap_dots=0),
        Rule(),
        Space(10),
        Columns((hotline,), (Figured("pay_none", BAND, unpaid),), 250, 290, "right"),
        Space(10),
        Flow(small_print, gap_dots=32, is_spread=True),
        Space(14),
    ]


def _return_part(slip: SlipDocument, tr: Sentences) -> list[Block]:
    pay = f"{figure_text(slip.pay)}\u00a0{unit_text(slip.pay, tr)}"
    phrases = (
        Words(tr(f"paper.return.who.{slip.kind}", worker=slip.worker_name, employer=slip.employer_name)),
        Words(tr("paper.return.what", trade=slip.trade_title, pay=pay)),
        Words(tr("paper.return.give_back", station=slip.return_station)),
    )
    reasons = ("pay", "time", "unsuited", "full", "other")
    code = Code(slip.return_code or slip.number)
    form: tuple[Block, ...] = (
        Checkboxes((Words(tr("paper.return.hired"), 30), Words(tr("paper.return.not_hired"), 30))),
        Space(14),
        Checkboxes(tuple(Words(tr(f"paper.return.reason.{reason}")) for reason in reasons)),
        FillIns((_blank("arrived", tr), _blank("paid", tr, "yuan")), 63),
        FillIns((_blank("signed", tr),), 63),
    )
    date = FillIns((_blank("date", tr),), 40)
    return [
        CutLine(),
        Space(8),
        Framed((Words(tr("paper.return.title"), 34, Weight.BLACK), Words(slip.number, 30)), is_spread=True),
        Space(10),
        Flow(phrases),
        Space(8),
        Columns((code, date), form, side_dots(code.text, code.module_dots), 340, "right"),
    ]


def _blank(name: str, tr: Sentences, after: str | None = None) -> tuple[Words, Words | None]:
    label = Words(tr(f"paper.return.{name}"))
    return (label, None) if after is None else (label, Words(tr(f"paper.return.{after}")))
