"""All view models of the screen in one place, so that a page asks for one thing and finds what it shows.

A view is loaded and made when a page first asks for it. Most days nobody opens most pages, and what nobody
opens shall neither be waited for nor lie in memory; a page more costs nothing until somebody is there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.actions.faults import WorldFault
from kiosk.ui.fronts import Front
from kiosk.ui.views.home_view import HomeView
from kiosk.ui.views.visit_view import VisitView

if TYPE_CHECKING:
    from kiosk.ui.views.blocked_view import BlockedView
    from kiosk.ui.views.board_view import BoardView
    from kiosk.ui.views.confirm_view import ConfirmView
    from kiosk.ui.views.days_view import DaysView
    from kiosk.ui.views.detail_view import DetailView
    from kiosk.ui.views.giving_view import GivingView
    from kiosk.ui.views.greeting_view import GreetingView
    from kiosk.ui.views.group_view import GroupView
    from kiosk.ui.views.lesson_view import LessonView
    from kiosk.ui.views.line_view import LineView
    from kiosk.ui.views.notice_view import NoticeView
    from kiosk.ui.views.own_view import OwnView
    from kiosk.ui.views.papers_view import PapersView
    from kiosk.ui.views.pay_view import PayView
    from kiosk.ui.views.pinyin_view import PinyinView
    from kiosk.ui.views.questions_view import QuestionsView
    from kiosk.ui.views.queue_view import QueueView
    from kiosk.ui.views.scan_view import ScanView
    from kiosk.ui.views.scene import Scene, View
    from kiosk.ui.views.slip_view import SlipView
    from kiosk.ui.views.team_view import TeamView
    from kiosk.ui.views.trades_view import TradesView
else:
    # The first screen is painted before these are loaded, and QML asks the object itself what it has.
    BlockedView = BoardView = ConfirmView = DaysView = DetailView = GivingView = GreetingView = QObject
    GroupView = LessonView = LineView = NoticeView = OwnView = PapersView = PayView = QObject
    PinyinView = QuestionsView = QueueView = ScanView = SlipView = TeamView = TradesView = QObject

Looking = TypeVar("Looking", bound="View")

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Views(QObject):
    """What the pages are given."""

    opened = Signal()
    """Emitted once, when the hall is open and pages find their views."""

    def __init__(self, front: Front, on_fault: Callable[[WorldFault], None]) -> None:
        """Make the two views that stand before the hall is open.

        `on_fault` is told when a view that a page asks for finds a store that cannot be read.
        """
        super().__init__()
        self._on_fault = on_fault
        self._visit = VisitView(front)
        self._home = HomeView(front)
        self._scene: Scene | None = None
        self._made: dict[type[View], View] = {}

    def open(self, scene: Scene) -> None:
        """Let every other view look at one scene."""
        self._scene = scene
        self.opened.emit()

    def refresh(self) -> None:
        """Let every view look again; the frame comes last, because a new step makes QML show a new page."""
        for view in (self._home, *self._made.values(), self._visit):
            view.refresh()

    @property
    def frame(self) -> VisitView:
        """Return the frame, for whoever answers its signals."""
        return self._visit

    @property
    def front(self) -> HomeView:
        """Return the home view, for whoever tells it of the reader."""
        return self._home

    @Property(VisitView, notify=opened)
    def visit(self) -> VisitView:
        """Sign, bar, countdown."""
        return self._visit

    @Property(HomeView, notify=opened)
    def home(self) -> HomeView:
        """The first screen."""
        return self._home

    @Property(NoticeView, notify=opened)
    def notice(self) -> NoticeView:
        """The notice."""
        from kiosk.ui.views.notice_view import NoticeView

        return self._view(NoticeView)

    @Property(QuestionsView, notify=opened)
    def questions(self) -> QuestionsView:
        """The first-time questions."""
        from kiosk.ui.views.questions_view import QuestionsView

        return self._view(QuestionsView)

    @Property(GreetingView, notify=opened)
    def greeting(self) -> GreetingView:
        """The greeting."""
        from kiosk.ui.views.greeting_view import GreetingView

        return self._view(GreetingView)

    @Property(BoardView, notify=opened)
    def board(self) -> BoardView:
        """The board."""
        from kiosk.ui.views.board_view import BoardView

        return self._view(BoardView)

    @Property(TradesView, notify=opened)
    def trades(self) -> TradesView:
        """Trades by picture."""
        from kiosk.ui.views.trades_view import TradesView

        return self._view(TradesView)

    @Property(PinyinView, notify=opened)
    def pinyin(self) -> PinyinView:
        """Trades by letter."""
        from kiosk.ui.views.pinyin_view import PinyinView

        return self._view(PinyinView)

    @Property(LineView, notify=opened)
    def line(self) -> LineView:
        """Places of work on a line."""
        from kiosk.ui.views.line_view import LineView

        return self._view(LineView)

    @Property(DaysView, notify=opened)
    def days(self) -> DaysView:
        """Days by their numbers."""
        from kiosk.ui.views.days_view import DaysView

        return self._view(DaysView)

    @Property(DetailView, notify=opened)
    def detail(self) -> DetailView:
        """One job."""
        from kiosk.ui.views.detail_view import DetailView

        return self._view(DetailView)

    @Property(BlockedView, notify=opened)
    def blocked(self) -> BlockedView:
        """A refusal."""
        from kiosk.ui.views.blocked_view import BlockedView

        return self._view(BlockedView)

    @Property(LessonView, notify=opened)
    def lesson(self) -> LessonView:
        """A safety class."""
        from kiosk.ui.views.lesson_view import LessonView

        return self._view(LessonView)

    @Property(GroupView, notify=opened)
    def group(self) -> GroupView:
        """A class for several people."""
        from kiosk.ui.views.group_view import GroupView

        return self._view(GroupView)

    @Property(ConfirmView, notify=opened)
    def confirm(self) -> ConfirmView:
        """The last look."""
        from kiosk.ui.views.confirm_view import ConfirmView

        return self._view(ConfirmView)

    @Property(SlipView, notify=opened)
    def slip(self) -> SlipView:
        """The slip."""
        from kiosk.ui.views.slip_view import SlipView

        return self._view(SlipView)

    @Property(ScanView, notify=opened)
    def scan(self) -> ScanView:
        """What was held before the scanner."""
        from kiosk.ui.views.scan_view import ScanView

        return self._view(ScanView)

    @Property(PayView, notify=opened)
    def pay(self) -> PayView:
        """The question whether the money came."""
        from kiosk.ui.views.pay_view import PayView

        return self._view(PayView)

    @Property(PapersView, notify=opened)
    def papers(self) -> PapersView:
        """Tickets, receipts and passes."""
        from kiosk.ui.views.papers_view import PapersView

        return self._view(PapersView)

    @Property(OwnView, notify=opened)
    def own(self) -> OwnView:
        """What is known of whoever is there."""
        from kiosk.ui.views.own_view import OwnView

        return self._view(OwnView)

    @Property(QueueView, notify=opened)
    def queue(self) -> QueueView:
        """A line somebody stands in."""
        from kiosk.ui.views.queue_view import QueueView

        return self._view(QueueView)

    @Property(GivingView, notify=opened)
    def giving(self) -> GivingView:
        """A place that is given back."""
        from kiosk.ui.views.giving_view import GivingView

        return self._view(GivingView)

    @Property(TeamView, notify=opened)
    def team(self) -> TeamView:
        """People who go together."""
        from kiosk.ui.views.team_view import TeamView

        return self._view(TeamView)

    def _view(self, kind: type[Looking]) -> Looking:
        """Return the view of a kind, which looks at once if it is made only now."""
        view = self._made.get(kind)
        if view is None:
            assert self._scene is not None, "the hall is open"
            view = self._made[kind] = kind(self._scene)
            try:
                view.refresh()
            except WorldFault as fault:
                self._on_fault(fault)
        return cast("Looking", view)
