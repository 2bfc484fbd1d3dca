"""The beginning and the end of the search for a company, told to each candidate."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from admissions.models import Candidacy
from apprenticeship.places.mails import about_candidacy
from notifications.mails import Context, Kind, Refs

SEARCH_CLOSED = "apprenticeship.search_closed"


def build_search_closed(batch: Sequence[Refs]) -> Sequence[Context]:
    related = ("application__campaign", "application__person", "programme")
    rows = Candidacy.objects.select_related(*related).filter(
        ref__in={refs["candidacy"] for refs in batch}
    )
    candidacies = {row.ref: row for row in rows}
    return [about_candidacy(candidacies[refs["candidacy"]]) for refs in batch]


SEARCH_OPEN = "apprenticeship.search_open"


def build_search_open(batch: Sequence[Refs]) -> Sequence[Context]:
    related = ("application__campaign", "application__person", "programme")
    rows = Candidacy.objects.select_related(*related).filter(
        ref__in={refs["candidacy"] for refs in batch}
    )
    candidacies = {row.ref: row for row in rows}
    return [_search_open(candidacies[refs["candidacy"]], refs) for refs in batch]


def _search_open(candidacy: Candidacy, refs: Refs) -> Context:
    return {
        **about_candidacy(candidacy),
        "left": int(refs["left"]),
        "capacity": int(refs["capacity"]),
        "at": datetime.fromisoformat(refs["at"]),
    }


KINDS = (
    Kind(
        name=SEARCH_OPEN,
        template="apprenticeship/search/mail/search_open",
        build=build_search_open,
        readable=True,
        label=_("Start of the search"),
    ),
    Kind(
        name=SEARCH_CLOSED,
        template="apprenticeship/search/mail/search_closed",
        build=build_search_closed,
        readable=True,
        label=_("End of the search"),
    ),
)
