"""How well work fits: skills, wishes, the way, waiting and hardship, which may lift and never lower."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.fitting import MOST_REASONS, Fit, Scale, Seeker, Weights, weights_in
from kiosk.domain.hardships import Hardship
from kiosk.domain.ids import StationCode
from kiosk.domain.jobs import Certificate, Hazard, Job, PayRule, Workplace
from kiosk.domain.skills import Grade, HeldSkill, is_covered
from kiosk.domain.traits import read_traits, traits_of, written
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.ui.fit_faces import REASON_ICONS
from tests.unit.domain.example_jobs import DAY, JOB, TRIP, numbers, on

NZ, DZ = StationCode("NZ"), StationCode("DZ")
NOBODY = Seeker(NZ, DAY, FirstAnswers())
LINE = 6
"""The most signs of a reason on a card; the digits of its minutes are read as one."""

trades = st.sampled_from(("pick_fruit", "masonry", "loading"))
hardships = st.frozensets(st.sampled_from(tuple(Hardship)), max_size=3)
skills = st.lists(st.builds(HeldSkill, trades, st.sampled_from(tuple(Grade))), max_size=2).map(tuple)
papers = st.frozensets(st.sampled_from((Certificate.WELDER, Certificate.HEALTH)), max_size=2)
jobs = st.builds(
    lambda trade, grade, asked, rule, days, minutes, starts_in, station, welcomes, trip: replace(
        on(JOB, DAY + timedelta(days=starts_in), DAY + timedelta(days=starts_in + days)),
        trade=trade,
        grade=grade,
        certificates=asked,
        pay=replace(JOB.pay, rule=rule),
        place=Workplace("柳沟镇", "", 1000, minutes),
        station=station,
        welcomes=welcomes,
        trip=trip,
    ),
    trades,
    st.none() | st.sampled_from(tuple(Grade)),
    papers,
    st.sampled_from(tuple(PayRule)),
    st.integers(0, 40),
    st.integers(0, 240),
    st.integers(0, 5),
    st.sampled_from((NZ, DZ)),
    hardships,
    st.none() | st.just(TRIP.id),
)
seekers = st.builds(
    Seeker,
    station=st.just(NZ),
    today=st.just(DAY),
    answers=st.builds(
        FirstAnswers,
        st.none(),
        st.lists(trades, max_size=3, unique=True).map(tuple),
        st.none() | st.sampled_from(tuple(WorkSpan)),
    ),
    skills=skills,
    papers=papers,
    hardships=hardships,
    waited_min=st.integers(0, 600),
    idle_days=st.integers(0, 30),
    minutes_to=st.just({DZ: 25}),
)
few = settings(max_examples=80)


def fit(job: Job, seeker: Seeker = NOBODY, weights: Weights | None = None) -> Fit:
    return Scale(seeker, weights or Weights()).fit(traits_of(job), job.place.travel_min, job.shift.first_day)


def keys(found: Fit) -> list[str]:
    return [reason.key.removeprefix("finding.fit.") for reason in found.reasons]


@pytest.mark.parametrize("wanted", list(Grade))
@pytest.mark.parametrize("held", list(Grade))
def test_a_higher_grade_covers_every_lower_one(held: Grade, wanted: Grade) -> None:
    order = ["junior", "middle", "senior", "technician", "senior_technician"]
    assert held.covers(wanted) is (order.index(held) >= order.index(wanted))
    skill = [HeldSkill("masonry", held)]
    assert is_covered(skill, "masonry", wanted) is held.covers(wanted)
    assert is_covered(skill, "masonry", None)
    assert not is_covered(skill, "welder", wanted)


def test_a_skill_counts_in_its_trade_and_from_the_grade_that_is_hoped_for() -> None:
    job = replace(JOB, trade="masonry", grade=Grade.SENIOR)
    skilled = replace(NOBODY, skills=(HeldSkill("masonry", Grade.TECHNICIAN),))
    learner = replace(NOBODY, skills=(HeldSkill("masonry", Grade.MIDDLE),))
    assert fit(job, skilled).score == fit(job).score + Weights().skilled_points
    assert "skilled" in keys(fit(job, skilled))
    assert fit(job, learner).score == fit(job).score


def test_papers_count_where_every_one_that_is_asked_for_is_held() -> None:
    job = replace(JOB, certificates=frozenset({Certificate.WELDER, Certificate.HEIGHT}))
    one = replace(NOBODY, papers=frozenset({Certificate.WELDER}))
    both = replace(NOBODY, papers=frozenset({Certificate.WELDER, Certificate.HEIGHT}))
    assert fit(job, one).score == fit(job).score
    assert fit(job, both).score > fit(job).score
    assert fit(JOB, both).score == fit(JOB).score, "work that asks for no paper is not fitted by one"


def test_wishes_count_for_the_trade_and_for_the_span() -> None:
    wishes = FirstAnswers(trades=("pick_fruit",), span=WorkSpan.DAY)
    day, long = JOB, on(JOB, DAY, DAY + timedelta(days=29))
    seeker = replace(NOBODY, answers=wishes)
    assert fit(day, seeker).score == fit(day).score + Weights().wished_points + Weights().span_points
    assert fit(long, seeker).score == fit(long).score + Weights().wished_points
    assert keys(fit(day, seeker))[0] == "wished"


def test_each_minute_from_this_station_costs_a_point_and_no_way_costs_more_than_all() -> None:
    def at(minutes: int, station: StationCode = NZ) -> int:
        return fit(replace(JOB, place=replace(JOB.place, travel_min=minutes), station=station)).score

    assert at(10) - at(35) == 25
    assert at(149) - at(150) == 1
    assert at(150) == at(500)
    assert at(10, DZ) == at(10 + Weights().other_station_min), "whoever knows no minutes takes the usual ones"
    near = replace(NOBODY, minutes_to={DZ: 12})
    assert fit(replace(JOB, station=DZ), near).score == at(JOB.place.travel_min + 12)


def test_no_card_tells_minutes_that_nobody_told() -> None:
    """Red where `_way` no longer asks whether the distance of the other station is known."""
    for trip in (None, TRIP.id):
        job = replace(JOB, station=DZ, trip=trip)
        assert "elsewhere" in keys(fit(job))
        assert not any("minutes" in reason.args for reason in fit(job).reasons)
        told = fit(job, replace(NOBODY, minutes_to={DZ: 12}))
        assert {"minutes": job.place.travel_min + 12} in [reason.args for reason in told.reasons]
        assert told.score - fit(job).score == Weights().other_station_min - 12


def test_waiting_lifts_what_begins_soon_and_nothing_else() -> None:
    later = on(JOB, DAY + timedelta(days=2))
    half = replace(NOBODY, waited_min=60)
    for seeker, points in ((half, 50), (replace(NOBODY, waited_min=600), 100), (NOBODY, 0)):
        assert fit(JOB, seeker).score - fit(JOB).score == points
        assert fit(later, seeker).score == fit(later).score
    idle = replace(NOBODY, idle_days=7)
    assert fit(JOB, idle).score - fit(JOB).score == 100
    assert "soon" in keys(fit(JOB, idle))


def test_whoever_found_no_place_for_long_is_taken_first_without_a_paper() -> None:
    job = replace(JOB, welcomes=frozenset({Hardship.LONG_WAIT}))
    assert "welcome" in keys(fit(job, replace(NOBODY, idle_days=7)))
    assert "welcome" not in keys(fit(job, replace(NOBODY, idle_days=6)))


def test_weights_are_the_published_ones_and_nonsense_counts_as_never_published() -> None:
    told = numbers(fit__wished_points="400", fit__way_points="-3", fit__paid_points="many")
    weights = weights_in(told)
    assert (weights.wished_points, weights.way_points, weights.paid_points) == (400, 150, 100)


@few
@given(jobs, seekers, st.sampled_from(tuple(Hardship)))
def test_no_hardship_ever_lowers_a_job(job: Job, seeker: Seeker, more: Hardship) -> None:
    """One-line break: in `_soon`, return nothing for whoever is in hardship."""
    lifted = replace(seeker, hardships=seeker.hardships | {more})
    assert fit(job, lifted).score >= fit(job, seeker).score


@few
@given(jobs, seekers, st.integers(1, 300), st.integers(1, 20))
def test_waiting_longer_never_lowers_a_job(job: Job, seeker: Seeker, minutes: int, days: int) -> None:
    longer = replace(seeker, waited_min=seeker.waited_min + minutes, idle_days=seeker.idle_days + days)
    assert fit(job, longer).score >= fit(job, seeker).score


@few
@given(jobs, seekers)
def test_the_score_of_a_whole_board_is_that_of_each_job_and_has_two_or_three_reasons(
    job: Job, seeker: Seeker
) -> None:
    scale = Scale(seeker, Weights())
    found = fit(job, seeker)
    for _ in range(2):  # the second time from what is known
        text = written(traits_of(job))
        assert scale.score(text, job.place.travel_min, job.shift.first_day) == found.score
    assert 2 <= len(found.reasons) <= MOST_REASONS
    assert len(set(keys(found))) == len(found.reasons)


@few
@given(jobs)
def test_traits_read_as_they_were_written(job: Job) -> None:
    changed = replace(job, hazards=frozenset({Hazard.HEIGHT, Hazard.DUST}), needs_classes=frozenset({"site"}))
    for item in (job, changed):
        traits = traits_of(item)
        assert read_traits(written(traits)) == traits
        assert traits.last_day(item.shift.first_day) == item.shift.last_day


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_and_a_drawing_and_is_short(language: str) -> None:
    say = load(language)
    for key in REASON_ICONS:
        words = say(key, minutes=90)
        assert words
        if language == "zh_CN":
            assert len(words.replace("90", "0")) <= LINE, words


def test_age_sex_and_nation_are_nothing_that_fitting_could_look_at() -> None:
    assert not {"birth_date", "age", "sex", "nation", "health"} & set(Seeker.__dataclass_fields__)
