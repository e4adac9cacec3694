"""The standing list of what the bureau refused: each entry with its person and its slip, one tap away."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.actions.ports import Records, RefusedEntry, SyncHealth
from kiosk.actions.settle_refused import settle_refused
from kiosk.domain.duties import Act
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Sheet


class RefusedPage:
    """Reached from the first page; nothing here goes away before a person says that it is settled."""

    def __init__(self, scene: DeskScene) -> None:
        """Choose nothing."""
        self._scene = scene
        self._chosen = 0

    def face(self) -> Page:
        """Read the tray, and what lies around the entry chosen."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            tray = records.desk.refused()
            chosen = next((entry for entry in tray if entry.seq == self._chosen), None)
            around = tuple(self._around(records, chosen)) if chosen else ()
        rows = tuple(self._row(entry) for entry in tray)
        count = say("desk.today.things", count=len(rows))
        listed = Panel(say("desk.refused.title"), count, rows, say("desk.refused.none"))
        nothing = say("desk.refused.nobody" if chosen else "desk.refused.choose")
        beside = Panel(say("outcomes.this"), "", around, nothing)
        back = Plate("back", say("desk.roll.back"))
        settle = Plate(
            "settle",
            say("desk.refused.settle"),
            is_main=True,
            is_ready=chosen is not None,
            duty=Act.SETTLE_REFUSED,
        )
        return Page((listed, beside), plates=(back, settle))

    def press(self, key: str) -> None:
        """Choose an entry, settle it, or go where something of it stands."""
        kind, _, subject = key.partition(":")
        if kind == "back":
            self._scene.turn_to("today", "")
        elif kind == "settle":
            ask_settle(self._scene, self._chosen, self.forget)
        elif kind == "entry":
            self._chosen = int(subject)
        elif subject:
            self._scene.turn_to(kind, subject)

    def forget(self) -> None:
        """Choose nothing."""
        self._chosen = 0

    def _row(self, entry: RefusedEntry) -> Row:
        return Row(
            key=f"entry:{entry.seq}",
            lamp="warn",
            head=newest_words(self._scene, entry),
            note=f"{entry_words(self._scene, entry)} · {entry.seq}",
            aside=self._scene.age(entry.newest_at or entry.refused_at),
            is_chosen=entry.seq == self._chosen,
        )

    def _around(self, records: Records, entry: RefusedEntry) -> Iterator[Row]:
        """Yield whose entry it was and the slip it spoke of, as far as this kiosk still knows them."""
        say, about = self._scene.say(), records.desk.refused_about(entry.seq)
        if entry.newest_reason:
            first = self._scene.age(entry.refused_at)
            yield Row(
                head=reason_words(self._scene, entry.reason), note=say("desk.refused.first"), aside=first
            )
        look = say("desk.to_do.look")
        place = records.placements.by_id(about.placement) if about.placement else None
        slip = about.slip or (place.slip if place else None)
        worker = about.worker or (place.worker if place else None)
        if slip and records.slips.by_number(slip):
            yield Row(f"slips:{slip}", head=slip, note=say("desk.slips.number"), act=look)
        if worker and records.workers.by_id(worker):
            name = self._scene.person(records, worker)
            yield Row(f"people:{worker}", head=name, note=say("desk.roll.papers"), act=look)


def ask_settle(scene: DeskScene, seq: int, then: Callable[[], None]) -> None:
    """Ask whether an entry of the tray is settled; `then` is called when it was taken out."""
    say = scene.say()

    def settle() -> None:
        settle_refused(scene.hall, seq, scene.staff())
        then()
        scene.tell("ok", scene.say()("desk.refused.done", seq=seq))

    scene.ask(
        Sheet(
            title=say("desk.refused.ask", seq=seq),
            sentence=say("desk.refused.consequence"),
            go_word=say("desk.refused.settle"),
            done=lambda sheet: settle(),
        )
    )


def refused_rows(scene: DeskScene, records: Records, sync: SyncHealth) -> Iterator[Row]:
    """Yield what the first page says of the tray; it leads to the entry that waits longest."""
    if not sync.refused_open:
        return
    say, first = scene.say(), records.desk.refused()[0]
    head = say("desk.to_do.refused", count=sync.refused_open)
    note = f"{entry_words(scene, first)} · {scene.age(first.refused_at)}"
    yield Row(f"refused:entry:{first.seq}", "warn", head, note, act=say("desk.to_do.look"))


def entry_words(scene: DeskScene, entry: RefusedEntry) -> str:
    """Return what a refused entry was about, as far as this kiosk still knows it."""
    return scene.say()(f"desk.entry.{entry.type or 'unknown'}")


def newest_words(scene: DeskScene, entry: RefusedEntry) -> str:
    """Return why an entry was refused, as the bureau said last."""
    return reason_words(scene, entry.newest_reason or entry.reason)


def reason_words(scene: DeskScene, key: str) -> str:
    """Return a sentence that another program named; a newer key than the catalogue's is shown."""
    try:
        return scene.say()(key)
    except KeyError:
        return key
