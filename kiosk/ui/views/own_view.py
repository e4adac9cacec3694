"""My data: what is kept and why, what may be changed by a touch, and what becomes of it when erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.own_data import OwnData
from kiosk.domain.identity import last_four, mask_name, mask_phone, normalise_number
from kiosk.domain.parameters import Parameter
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import day_of_a_year
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

CONSENT, ALL = "consent", "all"
LAWS = {
    "work": "retention.service_ledger_years",
    "ride": "retention.passenger_list_years",
    "lesson": "retention.safety_class_years",
}
"""What law makes the bureau keep, and the parameter that says how long and by which law."""


@dataclass(frozen=True, slots=True)
class LawFace:
    """One thing that law keeps: what and how long, and which law."""

    head: str
    note: str


@dataclass(frozen=True, slots=True)
class OwnFace:
    """What is known of a person, masked as on every public screen."""

    who: str
    who_note: str
    records_note: str
    phone: str
    trades: str
    span: str
    phone_note: str
    by_consent: str
    use_label: str
    use_icon: str


@QmlElement
class OwnView(QObject):
    """What stands on the pages about a person's own data."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._own = Rows(OwnFace, self)
        self._laws = Rows(LawFace, self)
        self._chosen = ""

    def refresh(self) -> None:
        """Show what is known; on any other step forget it, and what was chosen."""
        step, own = self._scene.visit.step, self._scene.session.own
        if step is not Step.OWN_ERASE:
            self._chosen = ""
        is_shown = step in {Step.OWN_DATA, Step.OWN_RESTRICT, Step.OWN_ERASE} and own is not None
        self._own.show([_face(self._scene, own)] if is_shown and own else ())
        self._laws.show(list(_laws(self._scene)) if is_shown else ())
        self.changed.emit()

    @Property(QObject, notify=changed)
    def own(self) -> QObject:
        """Rows of OwnFace: none or one."""
        return self._own

    @Property(QObject, notify=changed)
    def laws(self) -> QObject:
        """Rows of LawFace: what law keeps."""
        return self._laws

    @Property(str, notify=changed)
    def chosen(self) -> str:
        """What is to be erased; nothing before a touch."""
        return self._chosen

    @Slot()
    def look(self) -> None:
        """The small key 我的信息 of the greeting."""
        self._scene.visit.own.look()

    @Slot()
    def changePhone(self) -> None:
        """The row of the telephone number."""
        self._scene.visit.own.change_phone()

    @Slot()
    def changeTrades(self) -> None:
        """The row of trades and kind of work."""
        self._scene.visit.own.change_trades()

    @Slot()
    def considerRestricting(self) -> None:
        """The plate 先别用, which says 再用上 while use is restricted."""
        self._scene.visit.own.consider_restricting()

    @Slot()
    def restrict(self) -> None:
        """The yellow plate of the page behind it."""
        self._scene.visit.own.restrict()

    @Slot()
    def considerErasing(self) -> None:
        """The plate 不让记了."""
        self._scene.visit.own.consider_erasing()

    @Slot(str)
    def choose(self, what: str) -> None:
        """One of the two ways to have something erased."""
        self._chosen = what
        self.changed.emit()

    @Slot()
    def erase(self) -> None:
        """The yellow plate of that page."""
        if self._chosen == CONSENT:
            self._scene.visit.own.take_consent_back()
        elif self._chosen == ALL:
            self._scene.visit.own.erase_all()


def _face(scene: Scene, own: OwnData) -> OwnFace:
    say, answers, met = scene.say, own.answers, scene.session.recognition
    card = met.card if met else None
    name, number = (card.display_name, normalise_number(card.number)) if card else ("", "")
    trades = [scene.trade_word(found) for key in answers.trades if (found := scene.trades.by_key.get(key))]
    return OwnFace(
        who=say("own.data.who", name=mask_name(name), tail=last_four(number)),
        who_note=_locked_note(scene, own) or say("own.data.who_note"),
        records_note=_records_note(scene),
        phone=mask_phone(answers.phone) if answers.phone else say("own.data.no_phone"),
        trades=say("own.data.between").join(trades) if trades else say("own.data.no_trades"),
        span=say(f"own.data.span.{answers.span.value}") if answers.span else say("own.data.no_span"),
        phone_note=say("own.data.phone_kept" if own.is_restricted else "own.data.phone_note"),
        by_consent=say("own.data.set_aside" if own.is_restricted else "own.data.by_consent"),
        use_label=say("own.restrict.lift" if own.is_restricted else "own.restrict.open"),
        use_icon="ui/undo" if own.is_restricted else "ui/visibility_off",
    )


def _locked_note(scene: Scene, own: OwnData) -> str:
    """Return which law holds what was asked to be erased before, and until when."""
    known = own.statutory
    if known is None or known.held_until is None:
        return ""
    day = day_of_a_year(scene.say, known.held_until)
    return scene.say("own.data.locked", day=day)


def _records_note(scene: Scene) -> str:
    """Return for how many years law keeps records; where the bureau told no number, that it is until due."""
    told = _told(scene)
    if told.keys() != LAWS.keys():
        return scene.say("own.data.records_note")
    return scene.say("own.data.records_years", **{what: item.value for what, item in told.items()})


def _laws(scene: Scene) -> Iterator[LawFace]:
    for what, item in _told(scene).items():
        yield LawFace(scene.say(f"own.law.{what}", years=item.value), item.source)


def _told(scene: Scene) -> dict[str, Parameter]:
    with scene.hall.store.reading() as records:
        known = records.settings.parameters(scene.today).values
    return {what: known[key] for what, key in LAWS.items() if key in known}
