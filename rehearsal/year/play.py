"""Inside the scratch process: a year of contrat pro played from its list to its last defence, and its report."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TextIO

from common import jobs
from common.journal import SYSTEM
from common.models import Job
from common.states import JobState
from contratpro.classes.services.booklets import order_booklets
from contratpro.classes.services.linking import order_links
from contratpro.models import ContractYear
from contratpro.offers.services import order_digests
from contratpro.student.services.reminding import order_reminders
from contratpro.students.services.following import name_tutor
from contratpro.year.document.schema import LAST_DAY, YearDocument
from contratpro.year.services import load_contract_year
from rehearsal.accounts import make_accounts
from rehearsal.scratch import on_scratch, send_due
from rehearsal.stage import Bar, RecordingBackend
from rehearsal.year import beginning
from rehearsal.year.attending import plan_sessions
from rehearsal.year.cast import A_DAY, PlayedYear, YearCast, engage_for
from rehearsal.year.gathering import look, report_of_year
from rehearsal.year.inventing import invent_cohort
from rehearsal.year.leaves import plan_leaves
from rehearsal.year.money import plan_money
from rehearsal.year.projects import plan_projects
from rehearsal.year.report import YearReport
from rehearsal.year.stage import ContractStage, Countdown, confirmed, first_day
from rehearsal.year.steps import mark_papers, office_acts, student_acts
from rehearsal.year.students import CohortStudent, Reach
from rehearsal.year.trials import plan_trials

SWEEPS = (order_reminders, order_links, order_booklets, order_digests)
AFTERWARDS = timedelta(days=14)  # after the last day of the training
# How many days before the first one.
LOADED, ENGAGED, LISTED, CONFIRMING, MEETING, SAYING, TUTORS = 118, 117, 112, 109, 98, 64, 15
MARKED = timedelta(days=3)  # after the first day
TICK, ROUND = 18 * 60 + 10, 23 * 60 + 55  # minutes of the day


def stage(order: dict[str, Any], out: TextIO) -> YearReport:
    return on_scratch(partial(rehearsed_year, order, out))


def rehearsed_year(order: dict[str, Any], out: TextIO) -> YearReport:
    """Load the year that `order` holds, play it whole and judge it, in the caller's transaction."""
    RecordingBackend.letters.clear()
    said = confirmed(YearDocument.from_stored(order["document"]))
    cohort = invent_cohort(said, order["students"], order["seed"])
    end = datetime.combine(_last_day(said) + AFTERWARDS, datetime.min.time(), said.zone)
    days = Countdown(said, end)
    load_contract_year(document=said, actor=SYSTEM, now=days.at(LOADED, "year"))
    contract_year = ContractYear.objects.select_related("school").get(slug=said.year.slug)
    cast = engage_for(said, contract_year.school, days.at(ENGAGED, "staff"))
    year = _begun(said, contract_year, cast, cohort, days, order["seed"])
    _plan(year, end)
    with Bar(out, days.hour(LISTED, 0), end) as bar:
        year.play(end, bar.reach)
    return report_of_year(year, order["students"], end)


def _last_day(said: YearDocument) -> date:
    return max(day for key in said.departments if (day := said.day(LAST_DAY, key)))


def _begun(
    said: YearDocument,
    contract_year: ContractYear,
    cast: YearCast,
    cohort: Sequence[CohortStudent],
    days: Countdown,
    seed: str,
) -> PlayedYear:
    """Heads are named and the list is imported: from then on there are students."""
    beginning.name_heads(contract_year, cast.office, cast.heads, days)
    beginning.add_papers(contract_year, cast.office, days)
    beginning.list_students(contract_year, cohort, cast.office, days)
    stage = ContractStage(
        year=contract_year,
        said=said,
        days=days,
        office=cast.office,
        heads=cast.heads,
        cohort=cohort,
        students={row.email: row for row in contract_year.students.all()},
        accounts=make_accounts([one for one in cohort if one.reach >= Reach.CONFIRMED]),
    )
    year = PlayedYear(stage=stage, cast=cast, seed=seed)
    year.record(days.hour(LISTED, 0), "list", "Students listed and invited", len(cohort))
    return year


def _plan(year: PlayedYear, end: datetime) -> None:
    stage = year.stage
    came = [one for one in stage.cohort if one.reach >= Reach.CONFIRMED]
    for before, title, act in (
        (CONFIRMING, "Identities confirmed", partial(beginning.confirm_identities, stage, came)),
        (MEETING, "Information meetings held", partial(beginning.hold_meetings, stage)),
        (SAYING, "Conditions put on record", partial(beginning.say_conditions, stage, came)),
    ):
        year.plan(stage.days.hour(before, 0), title, partial(_all_of, act, len(came)))
    each = [played for one in came for played in student_acts(stage, one)]
    for played in (*each, *office_acts(stage)):
        year.add(played)
    year.plan(stage.days.hour(TUTORS, 0), "School tutors named", partial(_name_tutors, year))
    at = year.hour(first_day(stage.said) + MARKED, TICK)
    year.plan(at, "Steps before the first day marked", partial(_mark_papers, year))
    plan_sessions(year)
    plan_leaves(year)
    plan_projects(year)
    plan_money(year)
    plan_trials(year)
    _plan_days(year, end)


def _all_of(act: Any, people: int, _at: datetime) -> int:
    act()
    return people


def _mark_papers(year: PlayedYear, at: datetime) -> int:
    mark_papers(year.stage, now=at)
    return len(year.under_contract)


def _name_tutors(year: PlayedYear, at: datetime) -> int:
    for one in year.under_contract:
        name_tutor(
            ref=year.stage.row(one).ref,
            email=year.cast.tutors[one.department].email,
            actor=year.cast.heads[one.department],
            now=at,
        )
    return len(year.under_contract)


def _plan_days(year: PlayedYear, end: datetime) -> None:
    """Each evening what ticks and workers do; messages leave; at the end of a month all is looked at."""
    day = year.stage.days.day(LISTED)
    while day < end.date():
        midnight = datetime.combine(day, datetime.min.time(), year.zone)
        year.plan(midnight.replace(hour=TICK // 60, minute=TICK % 60), "Reminders and links", _tick)
        year.plan(midnight.replace(hour=ROUND // 60, minute=ROUND % 60), "", send_due)
        if (day + A_DAY).month != day.month:
            at = midnight.replace(hour=ROUND // 60, minute=ROUND % 60)
            year.plan(at, "", partial(look, year))
        day += A_DAY


def _tick(at: datetime) -> int:
    """What a tick orders, and what workers make of it."""
    for order in SWEEPS:
        order(at)
    due = Job.objects.filter(state=JobState.READY, run_at__lte=at)
    for key in list(due.order_by("pk").values_list("key", flat=True)):
        jobs.run(key=key, now=at)
    return 0
