"""Teaming: a leader lets people lay their cards down one after another, and all of them go, or nobody."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.call_next import call_waiting, can_be_waited_for
from kiosk.actions.check_in import check_in, count_anonymously
from kiosk.actions.find_jobs import look_at_job
from kiosk.actions.note_refusal import note_refusal
from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.actions.recognise import Acquaintance, Recognition, recognise, without_card
from kiosk.actions.sign_up import own_sign_up
from kiosk.actions.sign_up_together import sign_up_together
from kiosk.actions.take_together import MemberRefused, NotTogether, room_together, take_together
from kiosk.domain.cards import IdentityCard
from kiosk.domain.eligibility import Judgement
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import JobId
from kiosk.domain.placements import PlacementState
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp
from kiosk.domain.teams import LEAST_MEMBERS, MOST_MEMBERS
from kiosk.ui import reception
from kiosk.ui.courses import Course
from kiosk.ui.journeys import TEAM_STEPS, Step
from kiosk.ui.teams import Member, OpenTeam, Said

CANNOT = Sentence("team.said.cannot")


class Teaming:
    """The part of a visit in which cards of several people are laid down, and none of them ends it."""

    def __init__(self, course: Course) -> None:
        """Move this course."""
        self._course = course

    @property
    def may_lead(self) -> bool:
        """Return whether whoever looks at a job may take others along: he has come, and may have it himself.

        Nobody does so for practice, where a card that is laid down is welcomed as its owner's own visit.
        """
        session = self._course.session
        is_allowed = session.job is not None and session.job.judgement and session.job.judgement.is_allowed
        return bool(session.arrival and is_allowed and not self._course.is_practice)

    def open(self) -> None:
        """Begin a team for the job that is looked at, led by whoever is here.

        Who waits in the line of that job already is shown how he stands.
        """
        session = self._course.session
        if self._course.step is not Step.DETAIL or not self.may_lead:
            return
        assert session.job is not None, "whoever may lead looks at a job"
        assert session.arrival is not None, "and has come"
        met, job = reception.person_of(session), session.job.line.job.id
        waits = self._waits_alone(met, job)
        if waits is not None:
            session.sign_up = waits.id
            self._course.forward(Step.IN_LINE)
            return
        leader = Member(without_card(met), _masked(met), session.arrival.check_in.queue_number)
        session.team = OpenTeam(job, [leader])
        self._course.forward(Step.TEAM)

    def presented(self, card: IdentityCard) -> bool:
        """Take in a card that was laid down; return whether it was for the team."""
        team, step = self._course.session.team, self._course.step
        if team is None or step not in {Step.TEAM, Step.TEAM_SHORT, Step.TEAM_CONFIRM}:
            return False
        is_ours = True

        def hear() -> None:
            nonlocal is_ours
            is_ours = self._heard(team, recognise(self._course.hall, card))

        self._course.guard(hear)
        return is_ours

    def unreadable(self, sentence: Sentence) -> None:
        """A card could not be read; the team stays."""
        if self._course.session.team is not None and self._course.step is Step.TEAM:
            self._course.session.team.said = Said("warn", "", sentence)
            self._course.stay()

    def removed(self) -> None:
        """The card was lifted: why somebody may not is his, and nobody's who comes behind him."""
        team = self._course.session.team
        if team is not None and team.said is not None and team.said.is_reason:
            head = team.said.head if team.said.lamp == "ok" else CANNOT
            team.said = replace(team.said, head=head, notes=(), is_reason=False)
            self._course.on_change()

    def drop_last(self) -> None:
        """Let whoever was last go his own way; the leader stays."""
        team = self._course.session.team
        if team is not None and self._course.step is Step.TEAM and len(team.members) > 1:
            team.said = Said("warn", team.members.pop().name, Sentence("team.said.dropped"))
            self._course.stay()

    def go(self) -> None:
        """The yellow plate of a page of a team."""
        team = self._course.session.team
        if team is None:
            return
        if self._course.step is Step.TEAM and len(team.members) >= LEAST_MEMBERS:
            self._look_for_room(team)
        elif self._course.step is Step.TEAM_SHORT and team.room >= LEAST_MEMBERS:
            del team.members[team.room :]
            self._course.turn(Step.TEAM_CONFIRM)
        elif self._course.step is Step.TEAM_SHORT:
            self.part()
        elif self._course.step is Step.TEAM_CONFIRM:
            self._together(team)
        elif self._course.step is Step.TEAM_END:
            self._course.show(Step.GOODBYE)

    def look_again(self) -> None:
        """What is kept has changed: a team that found too few numbers is told what has come since.

        Where it is enough, the page before says so: a touch meant for fewer must not take places for all.
        """
        team = self._course.session.team
        if team is None or self._course.step is not Step.TEAM_SHORT:
            return
        before, team.room = team.room, self._room(team)
        if team.room >= len(team.members):
            team.said = Said("ok", "", Sentence("team.said.room"))
            self._course.trail.back(Step.TEAM)
        if team.room != before:
            self._course.on_change()

    def part(self) -> None:
        """Everybody for himself: back to the job, which each can take alone."""
        self.forget()
        while self._course.step in TEAM_STEPS:
            self._course.trail.back(Step.GREETING)
        self._course.on_change()

    def forget(self) -> None:
        """Forget who gathered."""
        self._course.session.team = None

    def hear_printer(self, news: PrintNews) -> None:
        """Follow the papers of this team; news of others is not theirs."""
        team = self._course.session.team
        if team is None or news.slip not in team.papers:
            return
        team.stages[news.slip] = news.stage
        if self._course.step is Step.TEAM_PRINTING and team.is_over:
            self._course.show(Step.TEAM_END)
        else:
            self._course.follow(news.stage)

    def _heard(self, team: OpenTeam, met: Recognition) -> bool:
        """Let somebody join; behind the page that asks for cards only who has joined is known to the team."""
        if self._course.step is Step.TEAM:
            self._join(team, met)
        elif not team.has(met.worker):
            return False
        self._course.stay()
        return True

    def _join(self, team: OpenTeam, met: Recognition) -> None:
        hall = self._course.hall
        if met.acquaintance is Acquaintance.TOO_YOUNG:
            count_anonymously(hall, "too_young")
            team.said = Said("stop", "", Sentence("lesson.group.too_young"))
        elif met.acquaintance is Acquaintance.BAD_NUMBER:
            team.said = Said("warn", "", Sentence("ui.unreadable.bad_number"))
        elif met.acquaintance is not Acquaintance.KNOWN:
            first = Sentence("team.said.first_visit_note")
            team.said = Said("warn", _masked(met), Sentence("team.said.first_visit"), (first,))
        elif team.has(met.worker):
            team.said = Said("ok", _masked(met), Sentence("team.said.again"))
        elif len(team.members) >= MOST_MEMBERS:
            team.said = Said("warn", _masked(met), Sentence("team.said.full"))
        else:
            self._judge(team, met)

    def _judge(self, team: OpenTeam, met: Recognition) -> None:
        """Check somebody in, and let him join where no rule forbids it."""
        hall, name = self._course.hall, _masked(met)
        arrival = check_in(hall, met)
        call_waiting(hall, present=(met.worker,))
        looked = look_at_job(hall, team.job, met)
        if looked is None or looked.judgement is None:
            team.said = Said("warn", name, Sentence("actions.take.gone"))
        elif not looked.judgement.is_allowed:
            note_refusal(hall, met, team.job, looked.judgement)
            team.said = _refusal(name, looked.judgement)
        elif self._waits_alone(met, team.job) is not None:
            team.said = Said(
                "stop", name, Sentence("team.in_line_already"), (Sentence("team.said.leave_first"),)
            )
        else:
            team.members.append(Member(without_card(met), name, arrival.check_in.queue_number))
            notes = tuple(found.sentence for found in looked.judgement.findings)
            team.said = Said("ok", name, Sentence("team.said.joined"), notes, is_reason=bool(notes))

    def _waits_alone(self, met: Recognition, job: JobId) -> SignUp | None:
        """Return how somebody waits in the line of a job, which no team can join with him then."""
        with self._course.hall.store.reading() as records:
            own = own_sign_up(self._course.hall, records, met, job)
        return None if own is None or own.may_take else own

    def _look_for_room(self, team: OpenTeam) -> None:
        """Go on to the last look, or say how many would find room next to one another."""
        session, hall = self._course.session, self._course.hall
        if not reception.look_at(hall, session, team.job) or session.job is None:
            self._course.show(Step.BLOCKED)
            return
        line = session.job.line
        is_talk = line.job.is_talked_over
        team.is_for_line = not self._are_agreed(team) if is_talk else line.open_here <= 0
        team.room = len(team.members) if team.is_for_line else self._room(team)
        if team.is_for_line and not is_talk and not can_be_waited_for(hall):
            session.sentence = Sentence("actions.take.full")
            self._course.show(Step.BLOCKED)
        else:
            has_room = team.room >= len(team.members)
            self._course.forward(Step.TEAM_CONFIRM if has_room else Step.TEAM_SHORT)

    def _room(self, team: OpenTeam) -> int:
        return room_together(self._course.hall, team.recognitions, team.job)

    def _are_agreed(self, team: OpenTeam) -> bool:
        """Return whether the employer said yes to every one of them."""
        with self._course.hall.store.reading() as records:
            own = [own_sign_up(self._course.hall, records, met, team.job) for met in team.recognitions]
        return all(item is not None and item.state is PlacementState.AGREED for item in own)

    def _together(self, team: OpenTeam) -> None:
        try:
            self._sign_up(team) if team.is_for_line else self._take(team)
        except NotTogether as refused:
            team.room = refused.most
            self._course.turn(Step.TEAM_SHORT)
        except MemberRefused as refused:
            self._without(team, refused)

    def _sign_up(self, team: OpenTeam) -> None:
        job = reception.job_of(self._course.session)
        team.signed = sign_up_together(self._course.hall, team.recognitions, job.id, job.version)
        self._course.show(Step.TEAM_IN_LINE)

    def _take(self, team: OpenTeam) -> None:
        course, job = self._course, reception.job_of(self._course.session)
        team.taken = take_together(
            course.hall, team.recognitions, job.id, job.version, course.second_language
        )
        reception.hold_first(course.session, team.taken.placements[0])
        for placement in team.taken.placements:
            self._course.printing.submit(placement.slip)
        self._course.printing.print_paper(team.taken.paper)
        team.stages = dict.fromkeys(team.papers[:1], PrintStage.SENDING)
        course.show(Step.TEAM_PRINTING)

    def _without(self, team: OpenTeam, refused: MemberRefused) -> None:
        """Go on gathering without somebody who may no longer; the leader hears his own reason."""
        gone = next(member for member in team.members if member.met.worker == refused.member.worker)
        if gone is team.members[0]:
            raise refused.cause
        team.members.remove(gone)
        team.said = Said("stop", gone.name, CANNOT)
        while self._course.step is not Step.TEAM:
            self._course.trail.back(Step.TEAM)
        self._course.on_change()


def _masked(met: Recognition) -> str:
    return mask_name(met.card.display_name)


def _refusal(name: str, judgement: Judgement) -> Said:
    """Say what stands in somebody's way, and what would change it."""
    finding = judgement.findings[0]
    learn = Sentence("team.said.class_first") if judgement.only_lacks_classes else None
    note = learn or finding.remedy or finding.detail
    return Said("stop", name, finding.sentence, (note,) if note else (), is_reason=True)
