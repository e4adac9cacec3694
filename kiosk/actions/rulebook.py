"""Which rules this kiosk judges by itself, and which the bureau alone: what the desk's page of rules shows.

A rule names the modules that carry it out (`homes`), the numbers it uses, which the bureau delivers, and the
sentences it refuses with. Tests compare every entry with the code: a refusal, a number or a rule of
eligibility that has none, and an entry that has no rule, fail.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.eligibility import ASKED, Asked


@dataclass(frozen=True, slots=True)
class KnownRule:
    """One rule. Its sentence is `rulebook.kiosk.<name>` or `rulebook.bureau.<name>`, with `….why` below.

    `label` is what the law pages call it, where they do.
    """

    name: str
    homes: tuple[str, ...]
    refusals: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    label: str = ""


def _of_eligibility(asked: Asked) -> KnownRule:
    return KnownRule(
        asked.rule.name.lower(),
        (asked.ask.__module__,),
        numbers=asked.numbers,
        label=asked.rule.value,
    )


KIOSK_RULES: tuple[KnownRule, ...] = (
    *(_of_eligibility(asked) for asked in ASKED),
    KnownRule(
        "numbers",
        ("kiosk.actions.take_place", "kiosk.storage.rights"),
        refusals=("actions.take.full", "actions.take.coach_full"),
    ),
    KnownRule(
        "offer",
        ("kiosk.actions.offered_job", "kiosk.actions.take_place"),
        refusals=("actions.take.gone", "actions.take.changed", "actions.take.coach_gone"),
    ),
    KnownRule(
        "line",
        (
            "kiosk.domain.fair_order",
            "kiosk.actions.call_next",
            "kiosk.actions.sign_up",
            "kiosk.actions.talk_over",
        ),
        refusals=(
            "hiring.no_table",
            "hiring.nobody_waits",
            "hiring.not_checked_in",
            "hiring.not_possible",
            "hiring.number_asked",
        ),
        numbers=("line.calls", "line.answer_min"),
    ),
    KnownRule("kept", ("kiosk.actions.take_place",), refusals=("hiring.kept_for_others",)),
    KnownRule("talk", ("kiosk.actions.take_place",), refusals=("hiring.talk_first",)),
    KnownRule(
        "team",
        ("kiosk.domain.teams", "kiosk.actions.take_together", "kiosk.actions.sign_up_together"),
        refusals=("team.in_line_already", "team.said.again"),
    ),
    KnownRule(
        "give_back",
        ("kiosk.actions.give_back", "kiosk.actions.take_slip_in"),
        refusals=("hiring.give_back.too_late", "hiring.give_back.printing"),
    ),
    KnownRule("visit", ("kiosk.actions.check_in",)),
    KnownRule("notice", ("kiosk.actions.recognise", "kiosk.actions.check_in"), numbers=("notice.version",)),
    KnownRule("papers", ("kiosk.actions.ask_paper",), refusals=("actions.paper.not_here",)),
    KnownRule("own_data", ("kiosk.actions.own_data",), refusals=("actions.own_data.phone",)),
    KnownRule(
        "merge",
        ("kiosk.domain.merges", "kiosk.actions.merge_people"),
        refusals=(
            "actions.merge.clash",
            "actions.merge.erased",
            "actions.merge.same",
            "actions.merge.undone",
        ),
    ),
    KnownRule(
        "correct",
        ("kiosk.actions.correct_person",),
        refusals=(
            "actions.correct.birth",
            "actions.correct.fixed",
            "actions.correct.gone",
            "actions.correct.name",
            "actions.correct.phone_kept",
        ),
    ),
    KnownRule("act_for", ("kiosk.actions.act_for",), refusals=("actions.act_for.unmet",)),
    KnownRule(
        "ledger",
        ("kiosk.actions.read_ledger",),
        refusals=("ledger.nothing_in_period", "ledger.only_at_desk"),
    ),
    KnownRule("card_number", ("kiosk.actions.check_in_by_hand",), refusals=("desk.by_hand.bad_number",)),
    KnownRule("class", ("kiosk.actions.record_papers",), numbers=("education.valid_days",)),
    KnownRule("referral", ("kiosk.actions.compose_slip",), numbers=("referral.valid_days",)),
    KnownRule(
        "slip",
        ("kiosk.actions.print_slip", "kiosk.actions.settle_slip"),
        refusals=("actions.slip.not_possible",),
    ),
    KnownRule("pay", ("kiosk.domain.paydays", "kiosk.actions.answer_pay")),
    KnownRule(
        "outcome",
        ("kiosk.domain.outcomes", "kiosk.actions.follow_place"),
        refusals=("outcomes.read_before", "outcomes.no_such_day", "outcomes.not_awaited"),
    ),
    KnownRule(
        "found",
        ("kiosk.actions.keep_found_card",),
        refusals=("found.lies_here", "found.not_here", "found.another_number"),
    ),
    KnownRule("scan", ("kiosk.actions.read_scan",)),
    KnownRule(
        "crew",
        (
            "kiosk.domain.vehicles",
            "kiosk.domain.drivers",
            "kiosk.domain.road_papers",
            "kiosk.actions.keep_fleet",
            "kiosk.actions.crew_trip",
        ),
        refusals=(
            "actions.crew.too_small",
            "actions.crew.unknown",
            "actions.driver.number",
            "actions.driver.reach",
            "actions.driver.unknown",
            "actions.vehicle.plate",
            "actions.vehicle.seats",
        ),
        numbers=("trip.driver_most_years", "trip.paper_warn_days"),
    ),
    KnownRule(
        "formed",
        ("kiosk.actions.form_trip",),
        refusals=(
            "actions.form.aboard",
            "actions.form.changed",
            "actions.form.full",
            "actions.form.sold",
            "actions.form.too_late",
            "actions.form.too_many",
            "actions.form.twice",
            "trips.driver.is_passenger",
        ),
    ),
    KnownRule(
        "departure",
        ("kiosk.domain.departures", "kiosk.actions.departure_case", "kiosk.actions.depart_coach"),
        refusals=(
            "actions.check.computed",
            "actions.check.no_crew",
            "actions.depart.nobody",
            "actions.trip.over",
            "actions.trip.unknown",
        ),
    ),
    KnownRule(
        "door",
        ("kiosk.actions.board_coach", "kiosk.actions.call_riders", "kiosk.protocol.doors"),
        refusals=("actions.call_riders.nobody",),
    ),
    KnownRule(
        "posting",
        ("kiosk.domain.posting.reviewing", "kiosk.actions.post_job"),
        refusals=("actions.post.unknown_employer",),
        numbers=(
            "age.minimum_years",
            "age.adult_years",
            "wage.minimum_hour_fen",
            "wage.minimum_month_fen",
            "wage.part_time_cycle_days",
            "wage.longest_cycle_days",
            "hours.normal_day_min",
            "hours.longest_day_min",
        ),
    ),
    KnownRule("device", ("kiosk.domain.devices", "kiosk.actions.mend_device")),
    KnownRule(
        "pin",
        ("kiosk.actions.sign_in",),
        refusals=(
            "actions.sign_in.wait",
            "actions.sign_in.wrong",
            "actions.sign_in.pin_only",
            "actions.scan.badge_replaced",
        ),
    ),
    KnownRule(
        "shift",
        ("kiosk.actions.keep_shift",),
        refusals=("actions.shift.lasts", "actions.shift.none"),
    ),
    KnownRule(
        "duty_handed",
        ("kiosk.domain.segments", "kiosk.actions.hand_duty"),
        refusals=(
            "actions.duty_handed.say_why",
            "actions.duty_handed.time",
            "actions.duty_handed.twice",
            "actions.duty_handed.unsigned",
        ),
    ),
    KnownRule("incident", ("kiosk.actions.note_incident",), refusals=("actions.incident.closed",)),
    KnownRule(
        "return",
        ("kiosk.domain.returns", "kiosk.actions.count_return"),
        refusals=(
            "actions.return.nobody_out",
            "actions.return.not_aboard",
            "actions.return.past_day",
        ),
        numbers=("trip.return_grace_min",),
    ),
    KnownRule(
        "second",
        (
            "kiosk.actions.record_act",
            "kiosk.actions.two_persons",
            "kiosk.actions.merge_people",
            "kiosk.actions.override_review",
            "kiosk.actions.unmask_number",
            "kiosk.actions.export_ledger",
        ),
        refusals=(
            "actions.second.missing",
            "actions.second.same",
            "actions.second.not_theirs",
            "actions.second.pin",
            "actions.review.not_possible",
            "actions.unmask.gone",
        ),
    ),
    KnownRule(
        "duty",
        ("kiosk.domain.duties", "kiosk.actions.record_act"),
        refusals=("actions.duty.ended", "actions.duty.not_yours"),
    ),
    KnownRule(
        "reason",
        (
            "kiosk.actions.post_job",
            "kiosk.actions.settle_slip",
            "kiosk.actions.mend_device",
            "kiosk.actions.move_in_line",
            "kiosk.actions.override_review",
            "kiosk.actions.unmask_number",
            "kiosk.actions.export_ledger",
        ),
        refusals=("actions.reason_missing",),
    ),
)

BUREAU_RULES: tuple[KnownRule, ...] = (
    KnownRule(
        "overlap",
        ("kiosk.bureau.projections.places",),
        refusals=("bureau.refused.time_overlap", "bureau.notice.placed_twice"),
    ),
    KnownRule("paper", ("kiosk.bureau.projections.papers", "kiosk.bureau.doors")),
    KnownRule(
        "departure",
        ("kiosk.bureau.projections.trips",),
        refusals=("bureau.refused.not_the_door", "bureau.refused.unknown_trip"),
    ),
    KnownRule("allotment", ("kiosk.bureau.allotting",)),
    KnownRule(
        "numbers",
        ("kiosk.bureau.projections.places", "kiosk.bureau.returns"),
        refusals=(
            "bureau.refused.numbers_missing",
            "bureau.refused.number_not_granted",
            "bureau.refused.number_taken",
            "bureau.refused.number_spent",
        ),
    ),
    KnownRule(
        "publishing",
        ("kiosk.bureau.advertisements", "kiosk.bureau.rulings", "kiosk.bureau.projections.postings"),
        refusals=(
            "bureau.refused.job_returned",
            "bureau.refused.not_waiting",
            "bureau.refused.not_this_hall",
        ),
    ),
    KnownRule(
        "unknown",
        (
            "kiosk.bureau.projections.ground",
            "kiosk.bureau.projections.places",
            "kiosk.bureau.projections.pay",
            "kiosk.bureau.projections.desk",
            "kiosk.bureau.projections.postings",
            "kiosk.bureau.projections.hiring",
        ),
        refusals=(
            "bureau.refused.unknown_sign_up",
            "bureau.refused.unknown_worker",
            "bureau.refused.unknown_placement",
            "bureau.refused.unknown_call",
            "bureau.refused.unknown_job",
            "bureau.refused.unknown_employer",
        ),
    ),
    KnownRule(
        "dead_letter",
        ("kiosk.bureau.applying", "kiosk.bureau.projections.places", "kiosk.bureau.projections.people"),
        refusals=(
            "bureau.refused.unknown_type",
            "bureau.refused.malformed",
            "bureau.refused.contradiction",
        ),
    ),
    KnownRule("erasure", ("kiosk.bureau.erasing", "kiosk.bureau.projections.wishes")),
    KnownRule(
        "merge",
        ("kiosk.bureau.same_person", "kiosk.bureau.projections.merges"),
        refusals=("bureau.notice.merged_clash", "bureau.refused.merged_erased"),
    ),
    KnownRule("closed", ("kiosk.bureau.readings",), refusals=("bureau.notice.closed",)),
    KnownRule("fork", ("kiosk.bureau.books", "kiosk.protocol.ingest"), refusals=("bureau.refused.fork",)),
    KnownRule("machine", ("kiosk.protocol.bureau_side",)),
    KnownRule(
        "profile",
        ("kiosk.bureau.books", "kiosk.protocol.profiles"),
        refusals=("bureau.refused.not_this_profile",),
    ),
    KnownRule("restore", ("kiosk.bureau.restoring",)),
    KnownRule("write_off", ("kiosk.bureau.write_offs",)),
    KnownRule("backup", ("kiosk.bureau.backups",)),
    KnownRule("parameters", ("kiosk.bureau.publishing",)),
)
