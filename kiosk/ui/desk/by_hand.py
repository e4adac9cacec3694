"""Check-in by hand, question after question: card, number, number again, name, yes to the notice."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.check_in_by_hand import KeyedCard, check_in_keyed, recognise_keyed
from kiosk.actions.recognise import Acquaintance, Recognition
from kiosk.domain.cards import CardKind
from kiosk.domain.identity import NumberFault, check_number, mask_name
from kiosk.domain.ids import WorkerId
from kiosk.ui.desk.found import found_sentence
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet

LENGTHS = {kind: 15 if kind is CardKind.FOREIGN_2017 else 18 for kind in CardKind}
COUNTRY_LETTERS = 3
NAME_LENGTH = 25


class HandCheckIn:
    """What has been keyed so far lives in the sheets alone and is gone with the last of them."""

    def __init__(self, scene: DeskScene, show: Callable[[WorkerId], None]) -> None:
        """`show` is told who was checked in."""
        self._scene = scene
        self._show = show

    def ask(self) -> None:
        """Ask which card it is."""
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.people.by_hand"),
                sentence=say("desk.by_hand.kind"),
                go_word=say("desk.next"),
                choices=[Choice(kind.value, say(f"desk.card.{kind.value}")) for kind in CardKind],
                chosen=[CardKind.CITIZEN.value],
                done=lambda sheet: self._ask_number(CardKind(sheet.choice)),
            )
        )

    def _ask_number(self, kind: CardKind) -> None:
        self._scene.ask(self._number_sheet(kind, "first", lambda sheet: self._ask_again(kind, sheet.typed)))

    def _ask_again(self, kind: CardKind, first: str) -> None:
        self._scene.ask(
            self._number_sheet(kind, "again", lambda sheet: self._compare(kind, first, sheet.typed))
        )

    def _number_sheet(self, kind: CardKind, which: str, done: Callable[[Sheet], None]) -> Sheet:
        say = self._scene.say()
        return Sheet(
            title=say(f"desk.by_hand.number.{which}"),
            sentence=say(f"desk.by_hand.number.{which}_how"),
            go_word=say("desk.next"),
            keys=Keys.NUMBER,
            longest=LENGTHS[kind],
            letters_until=COUNTRY_LETTERS if kind is CardKind.FOREIGN_2017 else 0,
            hint=lambda text: self._fault(text, kind),
            is_whole=lambda text: check_number(text, kind) is None,
            done=done,
        )

    def _fault(self, text: str, kind: CardKind) -> str:
        say = self._scene.say()
        fault = check_number(text, kind)
        if fault is None:
            return say("desk.by_hand.fits")
        if len(text) < LENGTHS[kind] or fault is NumberFault.LENGTH:
            return say("desk.by_hand.missing", count=LENGTHS[kind] - len(text))
        return say("desk.by_hand.bad_number")

    def _compare(self, kind: CardKind, first: str, second: str) -> None:
        if first != second:
            self._scene.tell("stop", self._scene.say()("desk.by_hand.differ"))
            return
        met = recognise_keyed(self._scene.hall, KeyedCard(kind, first))
        if met is None:
            self._scene.tell("stop", self._scene.say()("desk.by_hand.too_young"))
        elif met.acquaintance is Acquaintance.KNOWN:
            self._arrive(met)
        elif met.acquaintance is Acquaintance.NEWER_NOTICE and self._name(met.worker):
            self._ask_consent(KeyedCard(kind, first, self._name(met.worker)))
        else:
            self._ask_name(kind, first)

    def _name(self, worker: WorkerId) -> str:
        with self._scene.hall.store.reading() as records:
            known = records.workers.by_id(worker)
        return known.name if known else ""

    def _ask_name(self, kind: CardKind, number: str) -> None:
        say = self._scene.say()
        is_foreign = kind in {CardKind.FOREIGN_2017, CardKind.FOREIGN_2023}
        self._scene.ask(
            Sheet(
                title=say("desk.by_hand.name"),
                sentence=say("desk.by_hand.name_how.latin" if is_foreign else "desk.by_hand.name_how.hanzi"),
                go_word=say("desk.next"),
                keys=Keys.LETTERS if is_foreign else Keys.HANZI,
                longest=NAME_LENGTH,
                is_whole=lambda text: len(text.strip()) > 1,
                done=lambda sheet: self._ask_consent(KeyedCard(kind, number, sheet.typed.strip())),
            )
        )

    def _ask_consent(self, keyed: KeyedCard) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.by_hand.notice", person=mask_name(keyed.name)),
                sentence=say("desk.by_hand.notice_text"),
                go_word=say("desk.by_hand.agreed"),
                done=lambda sheet: self._register(keyed),
            )
        )

    def _register(self, keyed: KeyedCard) -> None:
        met = recognise_keyed(self._scene.hall, keyed)
        if met is not None:
            self._arrive(met)

    def _arrive(self, met: Recognition) -> None:
        arrival = check_in_keyed(self._scene.hall, met, self._scene.staff())
        key = "desk.by_hand.done" if arrival.is_new else "desk.by_hand.was_here"
        told, lies = self._scene.say()(key, number=arrival.check_in.queue_number), ""
        if met.number_hash:
            lies = found_sentence(self._scene, met.number_hash)
        self._scene.tell("warn" if lies else "ok", " · ".join(part for part in (told, lies) if part))
        self._show(met.worker)
