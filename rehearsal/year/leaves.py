"""What happens during the contracts of a played year: sick leaves, days that a company needs, breaches."""

from datetime import date, datetime, timedelta
from functools import partial

from contratpro.incidents.services.absences import ask_absence, grant_absence
from contratpro.incidents.services.reporting import IncidentSaid, break_contract, record_incident
from contratpro.models import CompanyNeed
from contratpro.vocabulary import IncidentKind
from rehearsal.year.cast import EVENING, PlayedYear
from rehearsal.year.papers import paper_of
from rehearsal.year.stage import YearAct, first_day
from rehearsal.year.students import CohortStudent, Turn

LEAVE, LASTS = timedelta(weeks=6), timedelta(days=4)  # from the first day
NEEDED, MADE_UP = timedelta(days=22), timedelta(days=45)
ASKED, GRANTED = timedelta(days=12), timedelta(days=10)  # before that day
MORNING = 9 * 60
WORDS = "Grippe."
NEED = "Mise en service d’une ligne chez un client."
WHY_BROKEN = "L’entreprise et l’élève ont rompu le contrat d’un commun accord."


def plan_leaves(year: PlayedYear) -> None:
    for one in year.under_contract:
        broken_on = year.broken_on(one)
        if leave := leave_of(year, one):
            told_at = year.hour(leave[0], MORNING)
            year.add(YearAct(told_at, "Sick leaves told", partial(_report, year, one, leave)))
        if Turn.COMPANY_NEED in one.turns:
            _plan_need(year, one)
        if broken_on:
            at = year.hour(broken_on, EVENING)
            year.add(YearAct(at, "Contracts broken", partial(_break, year, one, broken_on)))


def leave_of(year: PlayedYear, one: CohortStudent) -> tuple[date, date] | None:
    """The first and the last day of the leave of the student, of whom there is one."""
    if Turn.SICK_LEAVE not in one.turns:
        return None
    starts_on = year.hour(first_day(year.stage.said) + LEAVE, MORNING).date()
    return starts_on, starts_on + LASTS


def _report(
    year: PlayedYear, one: CohortStudent, leave: tuple[date, date], *, now: datetime
) -> None:
    """The employer and the school are told on its first day, with its document."""
    said = IncidentSaid(
        kind=IncidentKind.SICK_LEAVE,
        starts_on=leave[0],
        ends_on=leave[1],
        words=WORDS,
        employer_told_at=now,
    )
    record_incident(
        ref=year.stage.row(one).ref,
        said=said,
        document=paper_of("Avis d’arrêt de travail", one.full_name),
        actor=year.stage.accounts[one.email],
        now=now,
    )


def _plan_need(year: PlayedYear, one: CohortStudent) -> None:
    first = first_day(year.stage.said)
    day, made_up_on = (year.hour(first + after, MORNING).date() for after in (NEEDED, MADE_UP))
    ask = partial(
        ask_absence,
        ref=year.stage.row(one).ref,
        day=day,
        made_up_on=made_up_on,
        reason=NEED,
        actor=year.stage.accounts[one.email],
    )
    year.add(YearAct(year.hour(day - ASKED, MORNING), "Days asked by companies", ask))
    at = year.hour(day - GRANTED, MORNING) + timedelta(hours=1)
    year.add(YearAct(at, "Days granted by heads", partial(_grant, year, one)))


def _grant(year: PlayedYear, one: CohortStudent, *, now: datetime) -> None:
    absence = CompanyNeed.objects.get(student=year.stage.row(one))
    grant_absence(ref=absence.ref, actor=year.stage.heads[one.department], now=now)


def _break(year: PlayedYear, one: CohortStudent, broken_on: date, *, now: datetime) -> None:
    break_contract(
        ref=year.stage.row(one).ref,
        broken_on=broken_on,
        reason=WHY_BROKEN,
        actor=year.cast.office,
        now=now,
    )
