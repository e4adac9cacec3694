"""Putting right what is known of somebody: a sheet a field, then why; what is his to say is asked of him."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from kiosk.actions.correct_person import (
    SHORTEST_NAME,
    answer_for,
    births_that_fit,
    correct_birth,
    correct_name,
    correct_sex,
    is_fixed_by_number,
)
from kiosk.domain.cards import CardKind, Sex
from kiosk.domain.families import Family
from kiosk.domain.identity import check_phone, mask_name
from kiosk.domain.ids import WorkerId
from kiosk.domain.sights import Mask
from kiosk.domain.workers import FirstAnswers, Worker, WorkSpan
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.by_hand import NAME_LENGTH
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import day_of_a_year, figure

CARD_REASONS = ("card_seen", "misheard")
ANSWER_REASONS = ("he_says", "changed")
PHONE_DIGITS = 12
_FOREIGN = {CardKind.FOREIGN_2017, CardKind.FOREIGN_2023}


class Correcting:
    """Questions about one person; what is answered lives in the sheets until the reason is given."""

    def __init__(self, scene: DeskScene) -> None:
        """Ask through this scene."""
        self._scene = scene

    def rows(self, known: Worker) -> Iterator[Row]:
        """Yield what somebody said of himself, as far as a desk may see it."""
        say, answers = self._scene.say(), known.answers
        trades = say("desk.comma").join(map(self._trade_word, answers.trades))
        yield self._row("phone", self._scene.shown(Mask.PHONE, answers.phone or ""))
        yield self._row("trades", trades)
        yield self._row("span", say(f"desk.correct.span.{answers.span.value}") if answers.span else "")

    def _row(self, name: str, words: str) -> Row:
        """Return what was said and what it is; what was not said names itself, and is said to be missing."""
        say = self._scene.say()
        field = say(f"desk.correct.{name}")
        return Row(head=words, note=field) if words else Row(head=field, note=say("desk.correct.unsaid"))

    def ask(self, worker: WorkerId) -> None:
        """Ask what is to be put right, of what can be for this person."""
        known = self._known(worker)
        if known is None:
            return
        say, asks = self._scene.say(), self._asks(known)
        self._scene.ask(
            Sheet(
                title=say("desk.correct.ask"),
                sentence=say("desk.correct.ask_how", person=mask_name(known.name)),
                go_word=say("desk.next"),
                choices=[Choice(name, say(f"desk.correct.{name}")) for name in asks],
                done=lambda sheet: asks[sheet.choice](),
            )
        )

    def _asks(self, known: Worker) -> Mapping[str, Callable[[], None]]:
        asks = {
            "phone": lambda: self._ask_phone(known),
            "trades": lambda: self._ask_family(known),
            "span": lambda: self._ask_span(known),
            "name": lambda: self._ask_name(known),
        }
        if is_fixed_by_number(known):
            return asks
        return asks | {"sex": lambda: self._ask_sex(known), "birth": lambda: self._ask_birth(known)}

    # --- what a paper tells ----------------------------------------------------------------------

    def _ask_name(self, known: Worker) -> None:
        is_foreign = known.kind in _FOREIGN
        sheet = self._sheet("name", lambda sheet: self._name_keyed(known, sheet.typed.strip()))
        sheet.keys, sheet.longest = Keys.LETTERS if is_foreign else Keys.HANZI, NAME_LENGTH
        sheet.is_whole = lambda text: len(text.strip()) >= SHORTEST_NAME
        self._scene.ask(sheet)

    def _name_keyed(self, known: Worker, name: str) -> None:
        self._ask_why(
            "name",
            name,
            CARD_REASONS,
            lambda why: correct_name(self._scene.hall, known.id, name, why, self._scene.staff()),
        )

    def _ask_sex(self, known: Worker) -> None:
        say = self._scene.say()
        sheet = self._sheet("sex", lambda sheet: self._sex_chosen(known, Sex(sheet.choice)))
        sheet.choices = [Choice(sex.value, self._sex_word(sex)) for sex in (Sex.MALE, Sex.FEMALE)]
        sheet.sentence = say("desk.correct.paper_how")
        self._scene.ask(sheet)

    def _sex_chosen(self, known: Worker, sex: Sex) -> None:
        self._ask_why(
            "sex",
            self._sex_word(sex),
            CARD_REASONS,
            lambda why: correct_sex(self._scene.hall, known.id, sex, why, self._scene.staff()),
        )

    def _ask_birth(self, known: Worker) -> None:
        say = self._scene.say()
        sheet = self._sheet(
            "birth", lambda sheet: self._birth_chosen(known, date.fromisoformat(sheet.choice))
        )
        sheet.choices = [Choice(f"{born}", day_of_a_year(say, born)) for born in births_that_fit(known)]
        self._scene.ask(sheet)

    def _birth_chosen(self, known: Worker, born: date) -> None:
        self._ask_why(
            "birth",
            day_of_a_year(self._scene.say(), born),
            CARD_REASONS,
            lambda why: correct_birth(self._scene.hall, known.id, born, why, self._scene.staff()),
        )

    # --- what he says ----------------------------------------------------------------------------

    def _ask_phone(self, known: Worker) -> None:
        say = self._scene.say()
        sheet = self._sheet("phone", lambda sheet: self._phone_keyed(known, sheet.typed))
        sheet.keys, sheet.longest = Keys.DIGITS, PHONE_DIGITS
        sheet.is_whole = lambda text: check_phone(text) is None
        sheet.hint = lambda text: say("desk.correct.phone_fits") if check_phone(text) is None else ""
        self._scene.ask(sheet)

    def _phone_keyed(self, known: Worker, phone: str) -> None:
        self._ask_why_answer(
            "phone", self._scene.shown(Mask.PHONE, phone), known, replace(known.answers, phone=phone)
        )

    def _ask_family(self, known: Worker) -> None:
        say = self._scene.say()
        sheet = self._sheet("trades", lambda sheet: self._ask_trades(known, Family(sheet.choice)))
        sheet.choices = [
            Choice(each.value, say(f"ui.family.{each.value}"), "", figure(each.value), each.value)
            for each in Family
        ]
        self._scene.ask(sheet)

    def _ask_trades(self, known: Worker, family: Family) -> None:
        of_family = self._scene.trades.of_family(family)
        keys = {each.key for each in of_family}
        sheet = self._sheet("trades", lambda sheet: self._trades_chosen(known, keys, sheet.chosen))
        sheet.choices = [
            Choice(each.key, self._trade_word(each.key), "", figure(each.pictogram), family.value)
            for each in of_family
        ]
        sheet.takes_many = True
        sheet.chosen = [key for key in known.answers.trades if key in keys]
        self._scene.ask(sheet)

    def _trades_chosen(self, known: Worker, of_family: set[str], chosen: list[str]) -> None:
        kept = [key for key in known.answers.trades if key not in of_family]
        trades = tuple(kept + chosen)
        say = self._scene.say()
        words = say("desk.comma").join(map(self._trade_word, trades)) or say("desk.correct.unsaid")
        self._ask_why_answer("trades", words, known, replace(known.answers, trades=trades))

    def _ask_span(self, known: Worker) -> None:
        say = self._scene.say()
        sheet = self._sheet("span", lambda sheet: self._span_chosen(known, WorkSpan(sheet.choice)))
        sheet.choices = [Choice(span.value, say(f"desk.correct.span.{span.value}")) for span in WorkSpan]
        self._scene.ask(sheet)

    def _span_chosen(self, known: Worker, span: WorkSpan) -> None:
        word = self._scene.say()(f"desk.correct.span.{span.value}")
        self._ask_why_answer("span", word, known, replace(known.answers, span=span))

    # --- both ------------------------------------------------------------------------------------

    def _sheet(self, name: str, done: Callable[[Sheet], None]) -> Sheet:
        say = self._scene.say()
        is_his = name in {"phone", "trades", "span"}
        how = say("desk.correct.his_how" if is_his else "desk.correct.paper_how")
        return Sheet(title=say(f"desk.correct.{name}"), sentence=how, go_word=say("desk.next"), done=done)

    def _ask_why_answer(self, name: str, news: str, known: Worker, answers: FirstAnswers) -> None:
        self._ask_why(
            name,
            news,
            ANSWER_REASONS,
            lambda why: answer_for(self._scene.hall, known.id, answers, why, self._scene.staff()),
        )

    def _ask_why(self, name: str, news: str, reasons: tuple[str, ...], then: Callable[[str], None]) -> None:
        say = self._scene.say()

        def done(why: str) -> None:
            then(why)
            self._scene.tell("ok", say("desk.correct.done"))

        ask_reason(
            self._scene,
            title=say("desk.correct.title", field=say(f"desk.correct.{name}")),
            consequence=say("desk.correct.consequence", news=news),
            reasons=[f"desk.correct.reason.{reason}" for reason in reasons],
            go_word=say("desk.correct.go"),
            then=done,
        )

    def _known(self, worker: WorkerId) -> Worker | None:
        with self._scene.hall.store.reading() as records:
            return records.workers.by_id(worker)

    def _sex_word(self, sex: Sex) -> str:
        return self._scene.say()(f"desk.correct.sex.{sex.name.lower()}")

    def _trade_word(self, key: str) -> str:
        return self._scene.trade_word(key) if key in self._scene.trades.by_key else key
