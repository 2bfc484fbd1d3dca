"""A student's own files, and what is told in them besides the steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Person, User
from companies.models import JobOffer
from companies.offers.selectors import open_offers, today_of
from companies.states import OfferAudience
from contratpro.models import (
    ConditionFact,
    Defence,
    InformationMeeting,
    PfeReport,
    PfeSheet,
    StudentFile,
)
from contratpro.pfe.rules import may_deposit
from contratpro.pfe.selectors import (
    defence_of,
    due_of_pfe_report,
    pfe_reports_of,
)
from contratpro.sheets.selectors import sheet_for
from contratpro.states import DefenceState, PfeSheetState, SheetState
from contratpro.steps.rules import HEAD_APPROVAL, SHEET_UPDATE
from contratpro.student.permissions import proved_addresses
from contratpro.vocabulary import Party

FROM_PERSON = ("born_on", "nationality", "phone", "usual_name")


def own_files(user: User) -> QuerySet[StudentFile]:
    """Those linked with the account, and those sent to an address that it proved."""
    rows = StudentFile.objects.select_related("year__school").alias(address=Lower("email"))
    unclaimed = Q(user__isnull=True, address__in=proved_addresses(user))
    return rows.filter(Q(user=user) | unclaimed).order_by("-year__begins_in", "pk")


def file_by_ref(ref: str) -> StudentFile | None:
    rows = StudentFile.objects.select_related("year__school", "user")
    return rows.filter(ref=ref).prefetch_related("steps", "facts").first()


def identity_of(student: StudentFile, user: User) -> dict[str, object]:
    """Who they are as the file has it; what it lacks is first read from the account's person."""
    person = Person.objects.filter(user=user).first()
    known: dict[str, object] = {
        "first_names": student.first_names,
        "birth_name": student.birth_name,
    }
    for name in FROM_PERSON:
        known[name] = getattr(student, name) or getattr(person, name, "")
    return known


def facts_of(student: StudentFile) -> Mapping[str, ConditionFact]:
    return {fact.key: fact for fact in student.facts.all()}


def meetings_to_come(student: StudentFile, now: datetime) -> list[InformationMeeting]:
    """Those to which the student's department is called, and that are not over."""
    rows = InformationMeeting.objects.filter(year=student.year_id, ends_at__gte=now)
    return [row for row in rows if not row.departments or student.department in row.departments]


def offers_for(student: StudentFile, now: datetime) -> QuerySet[JobOffer]:
    """The offers of companies that the student may answer."""
    return open_offers(student.year.school, OfferAudience.CONTRAT_PRO, today_of(now))


@dataclass(frozen=True, slots=True)
class WithOther:
    """With whom a paper is that the student has sent, and since when."""

    party: Party
    since: datetime


def steps_elsewhere(student: StudentFile, pfe: PfeSheet) -> Mapping[str, WithOther]:
    """The steps of the student whose paper is sent: somebody else has to answer it."""
    found, sheet = {}, sheet_for(student)
    if sheet.state is SheetState.SENT and sheet.sent_at:
        found[HEAD_APPROVAL] = WithOther(Party.DEPARTMENT_HEAD, sheet.sent_at)
    if pfe.state is PfeSheetState.SENT and pfe.sent_at:
        found[SHEET_UPDATE] = WithOther(Party.SCHOOL_TUTOR, pfe.sent_at)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DefenceAhead:
    """A defence without a mark, with its report: the last one that was deposited, by when one is due."""

    defence: Defence
    report: PfeReport | None
    report_due: date
    is_over: bool
    may_deposit: bool


def defence_ahead(student: StudentFile, now: datetime) -> DefenceAhead | None:
    defence = defence_of(student)
    if defence is None or defence.state is DefenceState.MARKED:
        return None
    return DefenceAhead(
        defence=defence,
        report=next(iter(pfe_reports_of(defence)), None),
        report_due=due_of_pfe_report(defence),
        is_over=now >= defence.starts_at,
        may_deposit=bool(may_deposit(student.state, defence.state, defence.starts_at, now)),
    )
