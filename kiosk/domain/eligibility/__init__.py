"""May this person take this job, and if not, why: every rule answers with a reason, its basis and its number.

| rule | level | question | parameters |
| --- | --- | --- | --- |
| AGE-01 | BLOCK | under the minimum age | `age.minimum_years` |
| AGE-02 | BLOCK | a minor meets danger | `age.adult_years`, `age.minor_forbidden_hazards` |
| AGE-03 | BLOCK | an old person meets danger | `age.dangerous_work_limit_years`, `age.older_…` |
| AGE-04 | WARN | of retirement age: a written agreement is due | `age.retirement_…` |
| AGE-05 | WARN | older than a locality wants on building sites | `age.site_limit_years`, off without one |
| SEX-01 | BLOCK | a woman before a load that the law keeps from women | `women.…` |
| SEX-02 | WARN | work the law keeps from women at times, told to everybody | `women.listed_…`, off without |
| HEAT-01 | BLOCK or WARN | work in the heat on a day forecast as too hot | `heat.…` |
| JOB-AGE | BLOCK | younger than the advertisement asks | none: the employer's own condition |
| CERT-01/02/03 | BLOCK | a certificate lacks or no longer holds | `certificate.<kind>.is_required` |
| EDU-01 | BLOCK | one of the safety classes lacks, or counts no more on the day | `education.is_required` |
| EDU-01 | WARN | one counts no more before the work is over: to be taken again | `education.is_required` |
| TIME-01 | BLOCK | overlaps a place already held, travel included | `time.between_jobs_min` |

A rule whose number nobody has delivered refuses and sends the person to the desk: it never guesses.
"""

from __future__ import annotations

from kiosk.domain.eligibility.findings import RULES_VERSION, Finding, Judgement, Lack, LackKind, Level, Rule
from kiosk.domain.eligibility.judging import ASKED, Asked, is_for_the_desk, judge
from kiosk.domain.eligibility.times import engagement_span

__all__ = [
    "ASKED",
    "RULES_VERSION",
    "Asked",
    "Finding",
    "Judgement",
    "Lack",
    "LackKind",
    "Level",
    "Rule",
    "engagement_span",
    "is_for_the_desk",
    "judge",
]
