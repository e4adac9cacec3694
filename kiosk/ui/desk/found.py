"""The page of cards that were left behind: what lies here, one more of them, and handing one back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kiosk.actions.compose_found_receipt import found_receipt
from kiosk.actions.keep_found_card import hand_back_card, keep_found_card
from kiosk.actions.ports import Records
from kiosk.domain.cards import CardKind
from kiosk.domain.devices import Device
from kiosk.domain.duties import Act
from kiosk.domain.found_cards import FoundCard, FoundKind, Lies
from kiosk.domain.identity import check_number
from kiosk.domain.ids import NumberHash
from kiosk.ui.desk.page_watch import PageWatch
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet

NUMBER_LENGTH = 18
_UNREADABLE = "unreadable"


class FoundPage:
    """Reached from the page of slips, and from the first page while a card waits."""

    def __init__(self, scene: DeskScene) -> None:
        """Choose none."""
        self._scene = scene
        self._chosen = ""
        self._printing = PageWatch(scene, lambda end: f"found.receipt.{end}")

    def face(self) -> Page:
        """Read the cards that wait."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            cards = records.found_cards.waiting()
            owners = {card.id: self._owner(records, card) for card in cards}
        rows = tuple(self._row(card, owners[card.id]) for card in cards)
        count = say("desk.today.things", count=len(rows))
        chosen = any(card.id == self._chosen for card in cards)
        plates = (
            Plate("back", say("desk.roll.back")),
            Plate("keep", say("found.keep"), is_main=not chosen, duty=Act.KEEP_FOUND_CARD),
            Plate("hand", say("found.hand"), is_main=chosen, is_ready=chosen, duty=Act.HAND_BACK_CARD),
        )
        return Page((Panel(say("found.title"), count, rows, say("found.none")),), plates=plates)

    def press(self, key: str) -> None:
        """Choose a card, keep one more, or hand the chosen one back."""
        kind, _, subject = key.partition(":")
        if kind == "back":
            self._scene.turn_to("today", "")
        elif kind == "keep":
            self._ask_kind()
        elif kind == "hand":
            self._ask_proof()
        elif subject:
            self._chosen = subject

    def forget(self) -> None:
        """Choose none."""
        self._chosen = ""
        self._printing.forget()

    def watch(self) -> None:
        """Look whether a receipt that was asked for here has come out."""
        self._printing.watch()

    def _row(self, card: FoundCard, owner: str) -> Row:
        say = self._scene.say()
        return Row(
            key=f"card:{card.id}",
            lamp="waiting",
            head=say(f"found.kind.{card.kind.value}"),
            note=" · ".join(part for part in (say(f"found.lies.{card.lies.value}"), owner) if part),
            aside=self._scene.age(card.found_at),
            is_chosen=card.id == self._chosen,
        )

    def _owner(self, records: Records, card: FoundCard) -> str:
        """Return whose card it is where this kiosk knows him, masked."""
        known = records.workers.by_hash(card.number_hash) if card.number_hash else None
        return self._scene.person(records, known.id) if known else ""

    def _ask_kind(self) -> None:
        say = self._scene.say()
        self._ask(
            "kind",
            [Choice(each.value, say(f"found.kind.{each.value}")) for each in FoundKind],
            lambda sheet: self._ask_lies(FoundKind(sheet.choice)),
        )

    def _ask_lies(self, kind: FoundKind) -> None:
        say = self._scene.say()
        self._ask(
            "lies",
            [Choice(each.value, say(f"found.lies.{each.value}")) for each in Lies],
            lambda sheet: self._ask_number(kind, Lies(sheet.choice)),
        )

    def _ask_number(self, kind: FoundKind, lies: Lies) -> None:
        """Ask for the number of an identity card, so that its owner is told when he comes; it is not kept."""
        if kind.card is None:
            self._keep(kind, lies, "")
            return
        say, card = self._scene.say(), kind.card
        sheet = self._number_sheet(
            card, "found.number", lambda answered: self._keep(kind, lies, answered.typed)
        )
        sheet.choices, sheet.keys_or_choice = [Choice(_UNREADABLE, say("found.unreadable"))], True
        sheet.hears_card, sheet.misfit = True, say("found.number_misfit")
        self._scene.ask(sheet)

    def _ask_proof(self) -> None:
        with self._scene.hall.store.reading() as records:
            card = next((each for each in records.found_cards.waiting() if each.id == self._chosen), None)
        if card is None:
            return
        say = self._scene.say()
        if card.number_hash and card.kind.card is not None:
            hand = self._number_sheet(
                card.kind.card, "found.say_number", lambda answered: self._hand(card, answered.typed)
            )
            self._scene.ask(hand)
            return
        title, sentence = say("found.looks"), say("found.looks_how")
        self._scene.ask(
            Sheet(
                title=title,
                sentence=sentence,
                go_word=say("found.hand"),
                done=lambda sheet: self._hand(card, ""),
            )
        )

    def _number_sheet(self, card: CardKind, name: str, done: Callable[[Sheet], None]) -> Sheet:
        say = self._scene.say()
        return Sheet(
            title=say(name),
            sentence=say(f"{name}_how"),
            go_word=say("desk.next"),
            keys=Keys.NUMBER,
            longest=NUMBER_LENGTH,
            is_whole=lambda text: check_number(text, card) is None,
            done=done,
        )

    def _ask(self, name: str, choices: Sequence[Choice], done: Callable[[Sheet], None]) -> None:
        say = self._scene.say()
        title, sentence = say(f"found.{name}"), say(f"found.{name}_how")
        self._scene.ask(
            Sheet(title=title, sentence=sentence, go_word=say("desk.next"), choices=choices, done=done)
        )

    def _keep(self, kind: FoundKind, lies: Lies, number: str) -> None:
        keep_found_card(self._scene.hall, kind, lies, number, self._scene.staff())
        say = self._scene.say()
        told = say("found.kept", kind=say(f"found.kind.{kind.value}"), lies=say(f"found.lies.{lies.value}"))
        self._scene.tell("ok", told)

    def _hand(self, card: FoundCard, number: str) -> None:
        staff = self._scene.staff()
        proof = hand_back_card(self._scene.hall, card.id, number, staff)
        self._chosen = ""
        say = self._scene.say()
        if self._scene.health.device(Device.PRINTER).may_be_used:
            paper = found_receipt(self._scene.hall, card, proof, staff)
            self._printing.begin(self._scene.health.print_found_receipt(paper, staff))
        else:
            self._scene.tell("warn", say("found.handed", kind=say(f"found.kind.{card.kind.value}")))


def found_rows(scene: DeskScene, records: Records) -> Iterator[Row]:
    """Yield what the first page says of cards that wait for their owners."""
    cards = records.found_cards.waiting()
    if cards:
        say = scene.say()
        head = say("found.to_do", count=len(cards))
        note = f"{say(f'found.kind.{cards[0].kind.value}')} · {scene.age(cards[0].found_at)}"
        yield Row(f"found:card:{cards[0].id}", "waiting", head, note, act=say("desk.to_do.look"))


def found_sentence(scene: DeskScene, owner: NumberHash) -> str:
    """Return where the card of somebody lies, who is at the desk now; nothing where none was found."""
    with scene.hall.store.reading() as records:
        card = records.found_cards.of(owner)
    if card is None:
        return ""
    say = scene.say()
    return say(
        "found.yours", kind=say(f"found.kind.{card.kind.value}"), lies=say(f"found.lies.{card.lies.value}")
    )
