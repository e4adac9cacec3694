"""The page of a roll: who goes with a coach, or who did not come to one, and what belongs to each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kiosk.actions.day_ports import CoachOfDay, PersonOfDay
from kiosk.domain.clock import clock_text
from kiosk.domain.duties import Act
from kiosk.domain.ids import JobId, SlipNumber, TripId
from kiosk.domain.jobs import Job
from kiosk.domain.trips import TripState
from kiosk.paper.phrases import unit_text
from kiosk.ui.desk.coaches import has_gone, own_coaches
from kiosk.ui.desk.page_watch import PAPER_LAMPS
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import figure, hours, job_title, pay_figure

NOT_COME = "not_come"
_BACK = "back"
_Jobs = Mapping[JobId, Job]


class RollPage:
    """Reached from the first page: the people of one coach, or those who are not in the one they took."""

    def __init__(self, scene: DeskScene) -> None:
        """Show nobody yet."""
        self._scene = scene
        self._trip: TripId | None = None
        self._chosen: SlipNumber | None = None

    def face(self) -> Page:
        """Read the people of the roll with their jobs, and what belongs to the one chosen."""
        say, hall = self._scene.say(), self._scene.hall
        with hall.store.reading() as records:
            coaches = [coach for coach in own_coaches(self._scene, records) if self._is_on_roll(coach)]
            people = records.days.people([coach.trip.id for coach in coaches])
            jobs = records.board.jobs([*{person.job for person in people}])
        if self._trip is None:
            people = [person for person in people if not person.is_aboard]
        rows = tuple(self._row(person, jobs) for person in people)
        listed = Panel(
            self._title(coaches), say("desk.roll.count", count=len(rows)), rows, say("desk.roll.nobody")
        )
        chosen = next((person for person in people if person.slip == self._chosen), None)
        around = self._neighbours(chosen, coaches, jobs) if chosen else self._of_coach(people, coaches)
        title = say("outing.coach") if around and chosen is None else say("desk.roll.this")
        beside = Panel(title, "", around, say("desk.roll.choose"))
        return Page((listed, beside), plates=tuple(self._plates(coaches)))

    def press(self, key: str) -> None:
        """Open another roll, choose somebody, or go where something of his stands."""
        kind, _, subject = key.partition(":")
        if kind == _BACK:
            self._scene.turn_to("today", "")
        elif kind == "person":
            self._chosen = SlipNumber(subject)
        elif kind == "coach":
            self._trip, self._chosen = TripId(subject), None
        elif kind == NOT_COME:
            self.forget()
        else:
            self._scene.turn_to(kind, subject)

    def forget(self) -> None:
        """Forget whoever was looked at here."""
        self._trip = self._chosen = None

    def _plates(self, coaches: Sequence[CoachOfDay]) -> Iterator[Plate]:
        """Lead back, and to the door of the coach: here, or said where it is."""
        say = self._scene.say()
        yield Plate(_BACK, say("desk.roll.back"))
        if self._trip is None or not coaches:
            return
        trip = coaches[0].trip
        if coaches[0].is_door_here:
            is_ready = trip.state is TripState.PLANNED
            yield Plate(
                f"door:trip:{trip.id}", say("door.here"), is_main=True, is_ready=is_ready, duty=Act.OPEN_DOOR
            )
        elif trip.door_at:
            yield Plate("", say("door.kept_at", kiosk=trip.door_at), is_ready=False)

    def _is_on_roll(self, coach: CoachOfDay) -> bool:
        return coach.trip.id == self._trip if self._trip else has_gone(self._scene, coach)

    def _title(self, coaches: Sequence[CoachOfDay]) -> str:
        if self._trip is None or not coaches:
            return self._scene.say()("desk.roll.not_come")
        return _coach_words(coaches[0])

    def _row(self, person: PersonOfDay, jobs: _Jobs) -> Row:
        say = self._scene.say()
        return Row(
            key=f"person:{person.slip}",
            lamp=PAPER_LAMPS[person.slip_state] if person.slip_state else "",
            head=f"{person.queue_number}  {self._name(person)}".strip() or person.slip[-4:],
            note=" · ".join(
                part for part in (self._job_words(person, jobs), self._paper_words(person)) if part
            ),
            aside=say("desk.roll.aboard") if person.is_aboard else "",
            is_chosen=person.slip == self._chosen,
        )

    def _neighbours(self, person: PersonOfDay, coaches: Sequence[CoachOfDay], jobs: _Jobs) -> tuple[Row, ...]:
        """Return the slip, the job, the papers and the coach of somebody, each with what leads there."""
        say = self._scene.say()
        look = say("desk.to_do.look")
        rows = [self._slip_row(person)]
        if person.title or person.job in jobs:
            rows.append(self._job_row(person, jobs))
        if person.number_tail:
            note = say("desk.roll.papers")
            rows.append(Row(f"people:{person.worker}", head=self._name(person), note=note, act=look))
        rows += [
            Row(f"coach:{coach.trip.id}", head=_coach_words(coach), note=say("desk.roll.coach"), act=look)
            for coach in coaches
            if self._trip is None and coach.trip.id == person.trip
        ]
        return tuple(rows)

    def _of_coach(self, people: Sequence[PersonOfDay], coaches: Sequence[CoachOfDay]) -> tuple[Row, ...]:
        """Return what belongs to a coach that somebody is aboard of: who answers, and who is back.

        Who went out with a coach is known at its door alone, so elsewhere it is said where that is.
        """
        say = self._scene.say()
        for coach in coaches if self._trip is not None else ():
            trip = coach.trip
            if trip.state is TripState.DEPARTED and trip.door_at and not coach.is_door_here:
                return (Row(head=say("return.title"), note=say("return.kept_at", kiosk=trip.door_at)),)
        if self._trip is None or not any(person.is_aboard for person in people):
            return ()
        look = say("desk.to_do.look")
        way, back = f"outing:trip:{self._trip}", f"returns:trip:{self._trip}"
        return (
            Row(way, head=say("outing.title"), note=say("outing.leads"), act=look),
            Row(back, head=say("return.title"), note=say("return.leads"), act=look),
        )

    def _slip_row(self, person: PersonOfDay) -> Row:
        """Return the slip; of one that another kiosk printed there is nothing more to be seen here."""
        if person.slip_state is None:
            return Row(head=self._paper_words(person), note=person.slip)
        lamp, act = PAPER_LAMPS[person.slip_state], self._scene.say()("desk.to_do.look")
        return Row(f"slips:{person.slip}", lamp, self._paper_words(person), person.slip, act=act)

    def _paper_words(self, person: PersonOfDay) -> str:
        say = self._scene.say()
        if person.slip_state is None:
            return say("desk.roll.sold_elsewhere")
        return say(f"desk.slip_state.{person.slip_state.value}")

    def _job_row(self, person: PersonOfDay, jobs: _Jobs) -> Row:
        job = jobs.get(person.job)
        if job is None:
            return Row(head=person.title)
        say, trade = self._scene.say(), self._scene.trades.by_key.get(job.trade)
        facts = (f"{pay_figure(job.pay)} {unit_text(job.pay, say)}", hours(job.shift), job.place.town)
        return Row(
            head=job_title(say, job),
            note="\N{NO-BREAK SPACE}· ".join(facts),  # a line never begins with the dot
            picture=figure(trade.pictogram) if trade else "",
            family=job.family.value,
        )

    def _job_words(self, person: PersonOfDay, jobs: _Jobs) -> str:
        job = jobs.get(person.job)
        return job_title(self._scene.say(), job) if job else person.title

    def _name(self, person: PersonOfDay) -> str:
        if person.slip_state is None and not person.number_tail:
            return ""  # nobody was forgotten: his name never came here
        return self._scene.named(person.name, person.number_tail)


def _coach_words(coach: CoachOfDay) -> str:
    return f"{clock_text(coach.trip.departs_at)} {coach.trip.destination}"
