"""The audit page: the newest acts of the members of staff, as the chained log holds them."""

from __future__ import annotations

from kiosk.domain.clock import hall_time
from kiosk.domain.duties import Act
from kiosk.domain.identity import mask_name
from kiosk.messages.audit_chain import AuditLine
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.kept_words import retold
from kiosk.ui.presenting import calendar_day

LINES = 50
_LEDGERS = "ledgers"


class AuditPage:
    """Looks on; nothing here can be changed. From here the ledgers are reached."""

    def __init__(self, scene: DeskScene) -> None:
        """Read through this scene."""
        self._scene = scene

    def face(self) -> Page:
        """Read the newest lines."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            lines = records.desk.audit_lines(LINES)
            names = {str(staff.id): mask_name(staff.name) for staff in records.desk.staff()}
        rows = tuple(self._row(line, names.get(line.actor, say("desk.audit.former"))) for line in lines)
        log = Panel(say("desk.page.audit"), say("desk.audit.last", count=len(rows)), rows)
        return Page((log,), plates=(Plate(_LEDGERS, say("desk.page.ledgers")),))

    def press(self, key: str) -> None:
        """Go to the ledgers; no line can be touched."""
        self._scene.turn_to(key, "")

    def forget(self) -> None:
        """This page keeps nobody in mind."""

    def _row(self, line: AuditLine, actor: str) -> Row:
        say = self._scene.say()
        at = hall_time(line.at)
        about = [part for part in (_subject(line), self._reason(line)) if part]
        return Row(
            head=say(f"desk.act.{line.act}"),
            note=" · ".join([actor, *about]),
            aside=f"{calendar_day(say, at.date())} {at:%H:%M}",
        )

    def _reason(self, line: AuditLine) -> str:
        """Return why; of coming in, by what."""
        if line.act == Act.SIGN_IN and line.reason:
            return self._scene.say()(f"desk.signed_in.{line.reason}")
        return retold(self._scene.say(), line.reason)


def _subject(line: AuditLine) -> str:
    """Return what an act was about, where its identifier tells a person anything."""
    return line.entity_id if line.entity in {"slip", "entry", "stick", "ledger"} else ""
