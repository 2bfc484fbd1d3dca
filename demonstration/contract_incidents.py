"""What happens during the contracts of the demonstration: a sick leave, and a day that a company needs."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from contratpro.incidents.services.absences import ask_absence, grant_absence
from contratpro.incidents.services.reporting import IncidentSaid, record_incident
from contratpro.models import CompanyNeed
from contratpro.vocabulary import IncidentKind
from contratpro.year.selectors import is_working_day
from demonstration.cohort import AUGUSTIN, ISAAC
from rehearsal.people.drawing import Sheet
from rehearsal.year.stage import ContractStage, YearAct, first_day

# How many days before the first one each act is done, and how many after it the day and the one that makes it up are.
LEAVE, ASKED, GRANTED = 15, 9, 8
DAY, MADE_UP = 15, 43
LASTS = timedelta(days=9)
TOLD = time(8, 30)
ASKED_FOR = "Mise en service d’une ligne chez un client, que je prépare depuis juin."


def incident_acts(stage: ContractStage) -> Iterator[YearAct]:
    yield YearAct(stage.days.at(LEAVE, "incident"), "Sick leave told", partial(_report, stage))
    yield YearAct(stage.days.at(ASKED, "absence"), "Absence asked", partial(_ask, stage))
    yield YearAct(stage.days.at(GRANTED, "absence"), "Absence granted", partial(_grant, stage))


def _report(stage: ContractStage, *, now: datetime) -> None:
    """The employer was told the same day, and the school two days later."""
    starts_on = now.astimezone(stage.said.zone).date() - timedelta(days=2)
    said = IncidentSaid(
        kind=IncidentKind.SICK_LEAVE,
        starts_on=starts_on,
        ends_on=starts_on + LASTS,
        words="Accident de vélo.",
        employer_told_at=datetime.combine(starts_on, TOLD, stage.said.zone),
    )
    actor = stage.accounts[ISAAC.email]
    record_incident(ref=stage.row(ISAAC).ref, said=said, document=_document(), actor=actor, now=now)


def _ask(stage: ContractStage, *, now: datetime) -> None:
    ask_absence(
        ref=stage.row(AUGUSTIN).ref,
        day=_working(first_day(stage.said) + timedelta(days=DAY)),
        made_up_on=_working(first_day(stage.said) + timedelta(days=MADE_UP)),
        reason=ASKED_FOR,
        actor=stage.accounts[AUGUSTIN.email],
        now=now,
    )


def _grant(stage: ContractStage, *, now: datetime) -> None:
    absence = CompanyNeed.objects.get(student=stage.row(AUGUSTIN))
    grant_absence(ref=absence.ref, actor=stage.heads[AUGUSTIN.department], now=now)


def _working(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _document() -> SimpleUploadedFile:
    sheet = Sheet()
    sheet.words("Avis d’arrêt de travail", size=18, font="bold")
    sheet.down(24)
    sheet.words(ISAAC.full_name)
    return SimpleUploadedFile("arret-de-travail.pdf", sheet.pdf(), "application/pdf")
