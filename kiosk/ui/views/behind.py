"""The views of every page behind the first screen, which are loaded once that one is painted."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Behind:
    """One view a page, over one scene."""

    notice: NoticeView
    questions: QuestionsView
    greeting: GreetingView
    board: BoardView
    trades: TradesView
    pinyin: PinyinView
    line: LineView
    days: DaysView
    detail: DetailView
    blocked: BlockedView
    lesson: LessonView
    group: GroupView
    confirm: ConfirmView
    slip: SlipView
    scan: ScanView
    pay: PayView
    papers: PapersView
    own: OwnView
    queue: QueueView
    giving: GivingView
    team: TeamView

    @property
    def all(self) -> tuple[View, ...]:
        """Return every view."""
        return (
            *(self.notice, self.questions, self.greeting, self.board, self.trades),
            *(self.pinyin, self.line, self.days, self.detail, self.blocked, self.lesson, self.confirm),
            *(self.group, self.slip, self.scan, self.pay, self.papers, self.own, self.queue, self.giving),
            self.team,
        )


def behind(scene: Scene) -> Behind:
    """Make every view over one scene."""
    return Behind(
        notice=NoticeView(scene),
        questions=QuestionsView(scene),
        greeting=GreetingView(scene),
        board=BoardView(scene),
        trades=TradesView(scene),
        pinyin=PinyinView(scene),
        line=LineView(scene),
        days=DaysView(scene),
        detail=DetailView(scene),
        blocked=BlockedView(scene),
        lesson=LessonView(scene),
        group=GroupView(scene),
        confirm=ConfirmView(scene),
        slip=SlipView(scene),
        scan=ScanView(scene),
        pay=PayView(scene),
        papers=PapersView(scene),
        own=OwnView(scene),
        queue=QueueView(scene),
        giving=GivingView(scene),
        team=TeamView(scene),
    )
