"""A student's own files, and what is told in them besides the steps."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Person, User
from companies.models import JobOffer
from companies.offers.selectors import open_offers, today_of
from companies.states import OfferAudience
from contratpro.models import ConditionFact, InformationMeeting, StudentFile
from contratpro.student.permissions import proved_addresses

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
