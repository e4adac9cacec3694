"""All view models of the screen in one place, so that a page asks for one thing and finds what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

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

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Views(QObject):
    """What the pages are given."""

    made = Signal()
    """Emitted once, when the hall is open and the pages behind the first one have their views."""

    def __init__(self, front: Front) -> None:
        """Make the two views that stand before the hall is open."""
        super().__init__()
        self._visit = VisitView(front)
        self._home = HomeView(front)
        self._behind: tuple[View, ...] = ()

    def open(self, scene: Scene) -> None:
        """Make every other view over one scene."""
        from kiosk.ui.views.behind import behind

        views = behind(scene)
        self._notice = views.notice
        self._questions = views.questions
        self._greeting = views.greeting
        self._board = views.board
        self._trades = views.trades
        self._pinyin = views.pinyin
        self._line = views.line
        self._days = views.days
        self._detail = views.detail
        self._blocked = views.blocked
        self._lesson = views.lesson
        self._group = views.group
        self._confirm = views.confirm
        self._slip = views.slip
        self._scan = views.scan
        self._pay = views.pay
        self._papers = views.papers
        self._own = views.own
        self._queue = views.queue
        self._giving = views.giving
        self._team = views.team
        self._behind = views.all
        self.made.emit()

    def refresh(self) -> None:
        """Let every view look again; the frame comes last, because a new step makes QML show a new page."""
        for view in (self._home, *self._behind, self._visit):
            view.refresh()

    @property
    def frame(self) -> VisitView:
        """Return the frame, for whoever answers its signals."""
        return self._visit

    @property
    def front(self) -> HomeView:
        """Return the home view, for whoever tells it of the reader."""
        return self._home

    @Property(VisitView, notify=made)
    def visit(self) -> VisitView:
        """Sign, bar, countdown."""
        return self._visit

    @Property(HomeView, notify=made)
    def home(self) -> HomeView:
        """The first screen."""
        return self._home

    @Property(NoticeView, notify=made)
    def notice(self) -> NoticeView:
        """The notice."""
        return self._notice

    @Property(QuestionsView, notify=made)
    def questions(self) -> QuestionsView:
        """The first-time questions."""
        return self._questions

    @Property(GreetingView, notify=made)
    def greeting(self) -> GreetingView:
        """The greeting."""
        return self._greeting

    @Property(BoardView, notify=made)
    def board(self) -> BoardView:
        """The board."""
        return self._board

    @Property(TradesView, notify=made)
    def trades(self) -> TradesView:
        """Trades by picture."""
        return self._trades

    @Property(PinyinView, notify=made)
    def pinyin(self) -> PinyinView:
        """Trades by letter."""
        return self._pinyin

    @Property(LineView, notify=made)
    def line(self) -> LineView:
        """Places of work on a line."""
        return self._line

    @Property(DaysView, notify=made)
    def days(self) -> DaysView:
        """Days by their numbers."""
        return self._days

    @Property(DetailView, notify=made)
    def detail(self) -> DetailView:
        """One job."""
        return self._detail

    @Property(BlockedView, notify=made)
    def blocked(self) -> BlockedView:
        """A refusal."""
        return self._blocked

    @Property(LessonView, notify=made)
    def lesson(self) -> LessonView:
        """A safety class."""
        return self._lesson

    @Property(GroupView, notify=made)
    def group(self) -> GroupView:
        """A class for several people."""
        return self._group

    @Property(ConfirmView, notify=made)
    def confirm(self) -> ConfirmView:
        """The last look."""
        return self._confirm

    @Property(SlipView, notify=made)
    def slip(self) -> SlipView:
        """The slip."""
        return self._slip

    @Property(ScanView, notify=made)
    def scan(self) -> ScanView:
        """What was held before the scanner."""
        return self._scan

    @Property(PayView, notify=made)
    def pay(self) -> PayView:
        """The question whether the money came."""
        return self._pay

    @Property(PapersView, notify=made)
    def papers(self) -> PapersView:
        """Tickets, receipts and passes."""
        return self._papers

    @Property(OwnView, notify=made)
    def own(self) -> OwnView:
        """What is known of whoever is there."""
        return self._own

    @Property(QueueView, notify=made)
    def queue(self) -> QueueView:
        """A line somebody stands in."""
        return self._queue

    @Property(GivingView, notify=made)
    def giving(self) -> GivingView:
        """A place that is given back."""
        return self._giving

    @Property(TeamView, notify=made)
    def team(self) -> TeamView:
        """People who go together."""
        return self._team
