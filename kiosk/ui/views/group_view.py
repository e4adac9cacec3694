"""A class for several people: who has come, who has signed, and what the last card meant."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.ui.lessons import GroupClass
from kiosk.ui.presenting import is_chinese, spoken
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class GroupView(QObject):
    """What the pages of a group say; names are masked."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene

    def refresh(self) -> None:
        """Tell QML to look again."""
        self.changed.emit()

    @Property(bool, notify=changed)
    def isOpen(self) -> bool:
        """Whether a group is taught."""
        return self._group() is not None

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the course is called."""
        opened = self._scene.session.lesson
        if opened is None:
            return ""
        return opened.course.title.zh if is_chinese(self._scene.say) else opened.course.title.en

    @Property(str, notify=changed)
    def come(self) -> str:
        """How many have come."""
        group = self._group()
        return self._scene.say("lesson.group.come", count=len(group.members)) if group else ""

    @Property(str, notify=changed)
    def signed(self) -> str:
        """How many of them have signed."""
        group = self._group()
        if group is None:
            return ""
        return self._scene.say("lesson.group.signed", count=len(group.signed), of=len(group.members))

    @Property(str, notify=changed)
    def said(self) -> str:
        """What the last card meant; empty where nothing need be said."""
        group = self._group()
        return spoken(self._scene.say, group.said) if group else ""

    @Property(str, notify=changed)
    def whose(self) -> str:
        """Whose turn it is to sign, by masked name."""
        group = self._group()
        return group.members[group.signing] if group and group.signing else ""

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether somebody has come."""
        group = self._group()
        return group is not None and bool(group.members)

    @Property(bool, notify=changed)
    def isOver(self) -> bool:
        """Whether everybody has signed."""
        group = self._group()
        return group is not None and group.signed == group.members.keys()

    def _group(self) -> GroupClass | None:
        lesson = self._scene.session.lesson
        return lesson.group if lesson is not None else None
