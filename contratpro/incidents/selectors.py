"""Incidents and absences of a student, and what stands behind a day that is asked for."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Prefetch

from contratpro.agreements.selectors import days_of_agreement
from contratpro.classes.selectors import classes_on
from contratpro.contracts.selectors import contract_of, dates_of
from contratpro.incidents.rules import AbsenceAsk, ContractSpan
from contratpro.models import (
    CompanyNeed,
    Incident,
    IncidentNotice,
    StudentFile,
)
from contratpro.sheets.selectors import sheet_for
from contratpro.states import OPEN_ABSENCES, EmploymentState
from contratpro.steps.selectors import rules_for, today_of
from contratpro.vocabulary import IncidentKind
from contratpro.year.document.schema import FIRST_DAY, LAST_DAY
from contratpro.year.selectors import year_now

RELATED = ("student__year__school", "student__user")


def incidents_of(student: StudentFile) -> list[Incident]:
    """The latest first, each with who was told."""
    rows = student.incidents.select_related("document", "reported_by")
    return list(rows.prefetch_related(Prefetch("notices", IncidentNotice.objects.all())))


def incident_by_ref(ref: str) -> Incident | None:
    return Incident.objects.select_related(*RELATED, "document").filter(ref=ref).first()


def breach_of(student: StudentFile) -> Incident | None:
    """The breach that stands."""
    return student.incidents.filter(kind=IncidentKind.BREACH, void_at__isnull=True).first()


def absences_of(student: StudentFile) -> list[CompanyNeed]:
    return list(student.absences.select_related("decided_by"))


def absence_by_ref(ref: str) -> CompanyNeed | None:
    return CompanyNeed.objects.select_related(*RELATED).filter(ref=ref).first()


def span_of(student: StudentFile) -> ContractSpan | None:
    """That of the signed contract; where the form was kept on paper alone, that of the year."""
    contract = contract_of(student)
    if contract is None or contract.state is not EmploymentState.SIGNED:
        return None
    dates = dates_of(contract)
    if dates:
        return ContractSpan(starts_on=dates.starts_on, ends_on=dates.ends_on)
    return _span_of_year(student)


def bounds_of(student: StudentFile) -> ContractSpan | None:
    """Within which an incident begins: the signed contract, else the last agreement, else the year.

    A student whom the office follows before that day may report one already.
    """
    span, days = span_of(student), days_of_agreement(student)
    if span is None and days:
        span = ContractSpan(starts_on=days[0], ends_on=days[1])
    span = span or _span_of_year(student)
    since = today_of(student.year, student.created_at)
    return replace(span, starts_on=min(span.starts_on, since)) if span else None


def _span_of_year(student: StudentFile) -> ContractSpan | None:
    said = year_now(student.year)
    first, last = (said.day(key, student.department) for key in (FIRST_DAY, LAST_DAY))
    return ContractSpan(starts_on=first, ends_on=last) if first and last else None


def ask_of(
    student: StudentFile,
    day: date,
    made_up_on: date,
    now: datetime,
    *,
    but: CompanyNeed | None = None,
) -> AbsenceAsk:
    """What a day is judged by; `but` is the absence that is judged again."""
    calendar = year_now(student.year).calendar_of(student.department)
    others = student.absences.filter(state__in=OPEN_ABSENCES)
    if but:
        others = others.exclude(pk=but.pk)
    return AbsenceAsk(
        day=day,
        made_up_on=made_up_on,
        today=today_of(student.year, now),
        contract=span_of(student),
        day_kind=calendar.kind_on(day),
        made_up_kind=calendar.kind_on(made_up_on),
        has_classes_then=classes_on(student, made_up_on).exists(),
        calendar_is_complete=calendar.is_complete,
        others=frozenset(others.values_list("day", flat=True)),
    )


def incident_step(student: StudentFile) -> str | None:
    """The step of the year that an incident declares, where it has one."""
    return next((rule.key for rule in rules_for(student) if rule.if_happened), None)


def company_email(student: StudentFile) -> str:
    """That of who signs for the company, as the contact sheet gives it."""
    sheet = sheet_for(student)
    version = sheet.versions.last() if sheet.pk else None
    return str(version.content.get("signatory_email", "")) if version else ""
