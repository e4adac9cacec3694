"""Quick hire by touch: a worker signs up, the desk calls him, both say yes, and the place goes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.printing import PrintStage
from kiosk.actions.sign_up_together import sign_up_together
from kiosk.domain.ids import JobId, places_of
from kiosk.domain.placements import PlacementState
from kiosk.messages.sync import Recall
from kiosk.ui.journeys import Step
from tests import answers
from tests.screens.admin_desk import Desk, open_desk
from tests.screens.tour import Tour
from tests.unit.actions.lines import come, in_line
from tests.unit.actions.visits import version_of


@pytest.fixture(params=["portrait", "landscape"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path, request.param, "zh_CN")
    yield opened
    opened.close()


def talk(desk: Desk) -> JobId:
    return JobId(next(job.id for job in desk.stage.kiosk.sample.jobs if job.is_talked_over))


def test_the_attendant_sees_who_stands_together_and_who_leads(desk: Desk) -> None:
    """Broken by leaving the team out of a row: the friends are called, and nobody knows that they are one."""
    kiosk = desk.stage.kiosk
    alone, *team = (come(kiosk, number) for number in range(1, 5))
    in_line(kiosk, alone, talk(desk))
    sign_up_together(kiosk.hall, [team[1], team[0], team[2]], talk(desk), version_of(kiosk, talk(desk)))
    desk.enter()
    desk.tap(f"row.hiring:line:{talk(desk)}.act")
    desk.look("hiring_line_of_a_team")
    heads = [row.head.partition(" ")[0] for row in desk.rows_of(0)]
    assert heads == ["A1", "A2", "A3", "A4"]
    notes = [row.note.partition("\n")[2] for row in desk.rows_of(0)]
    assert notes == ["", "3 人一起，A3 带队", "3 人一起，带队", "3 人一起，A3 带队"]
    for said in ("叫了 A1，", "叫了 A2 等 3 人，到 2 号桌"):
        desk.tap("plate.call")
        desk.key("2")
        desk.tap("sheet.go")
        assert said in desk.told
    desk.look("hiring_team_called")


def test_of_a_team_the_desk_is_told_how_many_were_called(desk: Desk) -> None:
    """Broken by counting the whole team: the table would wait for who was not called."""
    kiosk = desk.stage.kiosk
    keep = Recall(quota=places_of(talk(desk)), keep=2)
    kiosk.opened.sync_book.return_surplus(answers.life(kiosk.opened), [keep])
    team = [come(kiosk, number) for number in range(1, 4)]
    sign_up_together(kiosk.hall, team, talk(desk), version_of(kiosk, talk(desk)))
    desk.enter()
    desk.tap(f"row.hiring:line:{talk(desk)}.act", "plate.call")
    desk.key("2")
    desk.tap("sheet.go")
    assert "叫了 A1 等 2 人" in desk.told


def test_who_is_moved_by_hand_stands_there_with_a_reason_that_everybody_reads(desk: Desk) -> None:
    """Broken by writing the reason alone into the day book: nobody can tell who was passed over."""
    kiosk = desk.stage.kiosk
    first, _, third = (in_line(kiosk, come(kiosk, number), talk(desk)) for number in range(1, 4))
    desk.enter()
    desk.tap(f"row.hiring:line:{talk(desk)}.act", f"row.person:{third.id}.act", "plate.move")
    desk.look("hiring_move")
    desk.tap(f"choice.{first.id}", "sheet.go", "choice.hiring.move.reason.not_well")
    desk.look("hiring_move_why")
    desk.tap("sheet.go")
    assert "A3 排到 A1 前面" in desk.told
    heads = [row.head.partition(" ")[0] for row in desk.rows_of(0)]
    assert heads == ["A3", "A1", "A2"]
    assert "不能久站 · 李*芳" in desk.rows_of(1)[0].note
    desk.look("hiring_moved")
    desk.tap("plate.call")
    desk.key("2")
    desk.tap("sheet.go")
    assert "叫了 A3" in desk.told
    desk.tap("page.audit")
    assert any("A3 → A1 · 他不舒服" in row.note for row in desk.rows_of(0))


def at(desk: Desk) -> Step:
    return desk.screen.visit.step


def test_the_loop_closes_by_touch_from_signing_up_to_giving_back(desk: Desk) -> None:
    tour = Tour(desk.stage)
    for number in (1, 2):
        tour.lay(number)
        tour.open_job(talk(desk))
        tour.tap("go")
        assert at(desk) is Step.IN_LINE
        tour.lift_card()

    desk.enter()
    desk.tap(f"row.hiring:line:{talk(desk)}.act")
    desk.look("hiring_line")
    desk.tap("plate.call")
    desk.key("2")
    desk.tap("sheet.go")
    assert "A1" in desk.told
    assert "2 号桌" in desk.told
    for plate in ("plate.came", "plate.agree"):
        called = desk.rows_of(0)[0].key
        desk.tap(f"row.{called}.act", plate)
    desk.look("hiring_agreed")

    tour.lay(1)
    assert at(desk) is Step.IN_LINE
    tour.tap("go")
    assert at(desk) is Step.CONFIRM
    tour.tap("go")
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    tour.lift_card()
    tour.lay(1)
    tour.tap("held.0")
    assert at(desk) is Step.GIVE_BACK
    tour.tap("reason.0")
    tour.tap("go")
    assert at(desk) is Step.GIVEN_BACK
    with desk.hall.store.reading() as records:
        (placement,) = records.placements.on_day(desk.hall.today())
    assert placement.state is PlacementState.CANCELLED
