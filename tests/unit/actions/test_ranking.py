"""A person's own order of the board: the same as weighing and judging every job one by one would give."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.actions.board_ports import BoardQuery, JobOnBoard, Stop
from kiosk.actions.check_in import give_first_answers
from kiosk.actions.find_jobs import fitting_jobs, look_at_job
from kiosk.actions.ports import Records
from kiosk.actions.rank_jobs import minutes_from, rank_jobs
from kiosk.actions.recognise import Recognition, proofs_of, standing_of
from kiosk.actions.take_place import take_place
from kiosk.actions.verify_hardship import record_skill, verify_hardship
from kiosk.domain.clock import hall_day
from kiosk.domain.eligibility import judge
from kiosk.domain.families import Family
from kiosk.domain.fitting import Scale, Seeker, Weights
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import JobId, StationCode
from kiosk.domain.parameters import Parameters
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.traits import traits_of
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.messages.feed import FeedRow, JobBody, ParameterBody
from kiosk.storage.feed_values import pay_rank
from tests import answers
from tests.halls import CLERK, SampleKiosk, open_sample_kiosk
from tests.unit.actions.visits import register, version_of

JOBS = 240
ALL = 10_000
TRADES = ("pick_fruit", "masonry", "welder", "loading", "dishes")
PEOPLE = ("miao", "tian", "qiu", "su")


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> SampleKiosk:
    """The sample morning with many more jobs, of every kind and with many ties."""
    sample = open_sample_kiosk(tmp_path_factory.mktemp("ranked"))
    draw = random.Random(11)
    bodies = [
        _body(draw, sample.sample.jobs[number % len(sample.sample.jobs)], number) for number in range(JOBS)
    ]
    rows = [
        FeedRow(topic="job", id=body.id, pos=1000 + at, body=body.model_dump_json())
        for at, body in enumerate(bodies)
    ]
    between = ParameterBody(
        key="station.minutes.NZ.DZ",
        value="25",
        unit="min",
        source="示例",
        effective_from=sample.sample.day - timedelta(days=90),
    )
    rows.append(FeedRow(topic="parameter", id="minutes", pos=9000, body=between.model_dump_json()))
    answers.tell(sample.opened, rows, 9000, feed_gen="g")
    return sample


def _body(draw: random.Random, like: JobBody, number: int) -> JobBody:
    starts_in, days = draw.randrange(4), draw.choice((1, 1, 1, 30))
    first = like.shift.first_day + timedelta(days=starts_in)
    return like.model_copy(
        update={
            "id": f"x{number:03}",
            "trade": draw.choice(TRADES),
            "trip": None,
            "station": draw.choice(("NZ", "NZ", "DZ", "XZ")),
            "pay": like.pay.model_copy(
                update={
                    "fen": draw.choice((15_000, 18_000)),
                    "unit": "day",
                    "rule": draw.choice(("same_day", "weekly")),
                }
            ),
            "place": like.place.model_copy(
                update={"travel_min": draw.choice((10, 30, 200)), "town": draw.choice("甲乙丙")}
            ),
            "shift": like.shift.model_copy(
                update={"first_day": first, "last_day": first + timedelta(days=days - 1)}
            ),
            "certificates": draw.choice(([], [], ["welder"])),
            "is_dangerous": draw.random() < 0.3,
            "needs_classes": draw.choice(([], [], ["construction"], ["construction", "heat"])),
            "age_min": draw.choice((16, 18, 30)),
            "grade": draw.choice(("", "junior", "senior")),
            "welcomes": draw.choice(([], [], ["disabled"], ["older", "long_wait"])),
            "valid_until": like.valid_until + timedelta(days=starts_in),
        }
    )


def dress(kiosk: SampleKiosk, draw: random.Random) -> Recognition:
    """Let somebody come, with wishes, proofs and hardship as chance has it."""
    met = register(kiosk, draw.choice(PEOPLE))
    wishes = tuple(draw.sample(TRADES, draw.randrange(3)))
    span = draw.choice((None, WorkSpan.DAY, WorkSpan.LONG))
    give_first_answers(kiosk.hall, met.worker, FirstAnswers(None, wishes, span))
    if draw.random() < 0.5:
        skill = HeldSkill(draw.choice(TRADES), draw.choice(list(Grade)))
        record_skill(kiosk.hall, met.worker, skill, CLERK)
    if draw.random() < 0.5:
        until = kiosk.hall.today() + timedelta(days=draw.choice((-1, 30)))
        verify_hardship(kiosk.hall, met.worker, HeldHardship(draw.choice(list(Hardship)), until), CLERK)
    return met


def plainly(kiosk: SampleKiosk, records: Records, met: Recognition, query: BoardQuery) -> list[str]:
    """Return the order by looking at each job alone: lawful first, then score, pay, start, id."""
    hall, now = kiosk.hall, kiosk.hall.now()
    parameters = records.settings.parameters(hall.today())
    known = records.workers.by_id(met.worker)
    visit = records.check_ins.of(met.worker, hall.today())
    assert known is not None
    assert visit is not None
    standing = standing_of(records, met.worker, met, hall)
    proofs = proofs_of(records, met)
    scale = Scale(
        Seeker(
            station=StationCode("NZ"),
            today=hall.today(),
            answers=known.answers,
            skills=proofs.skills,
            papers=frozenset(item.kind for item in standing.certificates if item.is_valid_on(hall.today())),
            hardships=frozenset(item.kind for item in proofs.hardships if item.is_valid_on(hall.today())),
            waited_min=int((now - visit.key.arrived_at).total_seconds() // 60),
            idle_days=(hall.today() - hall_day(known.first_seen)).days,
            minutes_to={StationCode("DZ"): 25, StationCode("XZ"): 25, StationCode("YK"): 15},
        ),
        Weights(),
    )

    def place(line: JobOnBoard) -> tuple[object, ...]:
        job = line.job
        lawful = judge(job, line.trip, standing, hall_day(job.shift.starts), parameters).is_allowed
        score = scale.fit(traits_of(job), job.place.travel_min, job.shift.first_day).score
        return (not lawful, -score, pay_rank(job), job.shift.starts, job.id)

    return [line.job.id for line in sorted(records.board.page(query, now, 0, ALL), key=place)]


@pytest.mark.parametrize("seed", range(12))
def test_the_order_is_that_of_weighing_and_judging_each_job_alone(kiosk: SampleKiosk, seed: int) -> None:
    """One-line break: in `Ranking`, leave what is closed where its score puts it."""
    draw = random.Random(seed)
    met = dress(kiosk, draw)
    kiosk.clock.pass_time(draw.randrange(200))
    query = draw.choice(
        (
            BoardQuery(),
            BoardQuery(),
            BoardQuery(family=Family.FARM),
            BoardQuery(trades=("masonry", "loading")),
            BoardQuery(stop=Stop(StationCode("NZ"), "甲")),
            BoardQuery(same_day_pay_only=True, starting_on=kiosk.sample.day),
            BoardQuery(text="z"),
        )
    )
    ranking = rank_jobs(kiosk.hall, met, query)
    with kiosk.hall.store.reading() as records:
        expected = plainly(kiosk, records, met, query)
        assert ranking.count == len(expected) > 0
        for size in (3, 7, 64):
            pages = [
                ranking.page(records, kiosk.hall.now(), at, size) for at in range(0, ranking.count, size)
            ]
            assert [[item.line.job.id for item in page] for page in pages] == [
                expected[at : at + size] for at in range(0, len(expected), size)
            ]


def test_what_one_may_not_take_stays_on_the_board_behind_the_rest(kiosk: SampleKiosk) -> None:
    met = register(kiosk, "tian")
    ranking = rank_jobs(kiosk.hall, met, BoardQuery())
    with kiosk.hall.store.reading() as records:
        lines = ranking.page(records, kiosk.hall.now(), 0, ALL)
        assert len(lines) == records.board.count(BoardQuery(), kiosk.hall.now())
    allowed = [item.judgement.is_allowed for item in lines]
    assert set(allowed) == {True, False}
    assert allowed == sorted(allowed, reverse=True)


def test_a_place_that_is_held_closes_its_hours_and_moves_nothing(tmp_path: Path) -> None:
    kiosk = open_sample_kiosk(tmp_path)
    met = register(kiosk, "miao")
    before = _ids(kiosk, met)
    best = fitting_jobs(kiosk.hall, met, 1)[0].line.job
    take_place(kiosk.hall, met, best.id, version_of(kiosk, best.id))
    after = rank_jobs(kiosk.hall, met, BoardQuery())
    with kiosk.hall.store.reading() as records:
        lines = after.page(records, kiosk.hall.now(), 0, ALL)
    assert [item.line.job.id for item in lines] == before
    assert not next(item for item in lines if item.line.job.id == best.id).judgement.is_allowed
    offered = fitting_jobs(kiosk.hall, met, 3)
    assert best.id not in {item.line.job.id for item in offered}
    assert all(item.judgement.is_allowed and item.line.open_here > 0 for item in offered)
    kiosk.opened.close()


def test_the_first_pages_judge_no_more_than_they_need(kiosk: SampleKiosk) -> None:
    ranking = rank_jobs(kiosk.hall, register(kiosk, "miao"), BoardQuery())
    with kiosk.hall.store.reading() as records:
        ranking.page(records, kiosk.hall.now(), 0, 4)
    assert len(ranking._open) == 4


def test_what_is_verified_is_told_sealed_and_the_audit_names_no_hardship(tmp_path: Path) -> None:
    kiosk = open_sample_kiosk(tmp_path)
    met = register(kiosk, "miao")
    verify_hardship(kiosk.hall, met.worker, HeldHardship(Hardship.DISABLED, None), CLERK)
    record_skill(kiosk.hall, met.worker, HeldSkill("masonry", Grade.SENIOR), CLERK)
    record_skill(kiosk.hall, met.worker, HeldSkill("masonry", Grade.JUNIOR), CLERK)
    with kiosk.hall.store.reading() as records:
        proven = proofs_of(records, met)
        audit = records.desk.audit_lines(5)
    assert proven.hardships == (HeldHardship(Hardship.DISABLED, None),)
    assert proven.skills == (HeldSkill("masonry", Grade.JUNIOR),)
    assert "disabled" not in repr(audit)
    with kiosk.opened.database.reading() as connection:
        told = connection.exec_driver_sql(
            "SELECT type, body FROM journal WHERE type IN ('hardship_verified', 'skill_recorded')"
        ).all()
    assert [row.type for row in told] == ["hardship_verified", "skill_recorded", "skill_recorded"]
    assert not any("disabled" in row.body or "masonry" in row.body for row in told)
    kiosk.opened.close()


def test_minutes_between_stations_are_read_where_the_bureau_told_them(kiosk: SampleKiosk) -> None:
    with kiosk.hall.store.reading() as records:
        parameters = records.settings.parameters(kiosk.hall.today())
    assert minutes_from(StationCode("NZ"), parameters)[StationCode("DZ")] == 25
    assert minutes_from(StationCode("DZ"), Parameters({})) == {}


def test_a_job_that_left_the_board_leaves_a_gap_and_no_error(tmp_path: Path) -> None:
    kiosk = open_sample_kiosk(tmp_path)
    met = register(kiosk, "miao")
    ids = _ids(kiosk, met)
    ranking = rank_jobs(kiosk.hall, met, BoardQuery())
    with kiosk.hall.store.writing() as records:
        assert records.board.withdraw(JobId(ids[1]))
    with kiosk.hall.store.reading() as records:
        page = ranking.page(records, kiosk.hall.now(), 0, 4)
    assert [item.line.job.id for item in page if item.line.job.id in ids[:4]] == [ids[0], ids[2], ids[3]]
    assert look_at_job(kiosk.hall, JobId(ids[1]), None) is None
    kiosk.opened.close()


def _ids(kiosk: SampleKiosk, met: Recognition) -> list[str]:
    ranking = rank_jobs(kiosk.hall, met, BoardQuery())
    with kiosk.hall.store.reading() as records:
        return [item.line.job.id for item in ranking.page(records, kiosk.hall.now(), 0, ALL)]
