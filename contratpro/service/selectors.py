"""The students of a year as the contract service lists them."""

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from contratpro.models import ContractYear, StudentFile
from contratpro.states import LIVE_STUDENTS, StudentState
from contratpro.students.permissions import readable_students


def listed(user: User, year: ContractYear) -> QuerySet[StudentFile]:
    """Those whom the person works with, in the order of their names, with what is known of their conditions."""
    students = readable_students(user, year).select_related("tutor", "year")
    return students.prefetch_related("facts")


def counts_by_state(user: User, year: ContractYear) -> Mapping[StudentState, int]:
    rows = readable_students(user, year).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    return {state: counts[state] for state in StudentState if state in counts}


def untutored(rows: QuerySet[StudentFile]) -> QuerySet[StudentFile]:
    """Those for whom a head has still to name a tutor of the school."""
    return rows.filter(tutor=None, state__in=LIVE_STUDENTS)


def having_words(rows: QuerySet[StudentFile], words: str, folded: str) -> QuerySet[StudentFile]:
    """By a whole address, the number of a file, or parts of a name."""
    said = words.strip().lower()
    if "@" in said:
        return rows.filter(Q(email__iexact=said) | Q(user__email__iexact=said))
    if rows.filter(ref=said).exists():
        return rows.filter(ref=said)
    for word in folded.split():
        rows = rows.filter(search_text__contains=word)
    return rows
