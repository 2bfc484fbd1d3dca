"""Years that are over, and the documents whose term is."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.models import StoredFile
from contratpro.models import ClassPresence, ContractYear, Incident, IssuedInvoice
from contratpro.year.document.schema import LAST_DAY
from contratpro.year.selectors import year_now


def has_ended(year: ContractYear, day: date) -> bool:
    """Whether the training ended by that day, in each of its departments."""
    said = year_now(year)
    last = [said.day(LAST_DAY, key) for key in said.departments]
    return all(one is not None and one <= day for one in last)


def excuses_of(year: ContractYear, paid_by: date) -> QuerySet[StoredFile]:
    """What excused absences and came with incidents, of the students for whom nothing was paid after that day."""
    paid = IssuedInvoice.objects.filter(student=OuterRef("student"), paid_on__gt=paid_by)
    given = [
        rows.filter(~Exists(paid), student__year=year, document__isnull=False).values("document")
        for rows in (ClassPresence.objects.all(), Incident.objects.all())
    ]
    return StoredFile.objects.filter(Q(pk__in=given[0]) | Q(pk__in=given[1]))
