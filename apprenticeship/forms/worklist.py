"""How the pedagogical head and the company office narrow the list of projects."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apprenticeship.enums import PROJECT_STATES
from apprenticeship.models import JobProject
from campaigns.models import Campaign, Programme
from common.rules.values import fold
from common.templatetags.rentree import localized

OLDEST, NEWEST = "oldest", "newest"
ORDERS = ((OLDEST, _("Sent first")), (NEWEST, _("Newest first")))


class ProjectFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Candidate, company or e-mail"), method="having_words")
    campaign = django_filters.ChoiceFilter(label=_("Campaign"), empty_label=None, method="kept")
    programme = django_filters.ChoiceFilter(label=_("Programme"), empty_label=_("All"), method="for_programme")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        method="kept",
        choices=[(state.value, word) for state, word in PROJECT_STATES.items()],
    )
    order = django_filters.ChoiceFilter(label=_("Order"), empty_label=None, choices=ORDERS, method="ordered")

    class Meta:
        model = JobProject
        fields = ()

    def __init__(self, *args: Any, campaigns: list[Campaign], campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.filter(campaign=campaign)
        self.filters["campaign"].extra["choices"] = [(row.slug, localized(row.title)) for row in campaigns]
        self.filters["programme"].extra["choices"] = [(row.code, localized(row.title)) for row in programmes]

    def kept(self, rows: QuerySet[JobProject], _name: str, _value: str) -> QuerySet[JobProject]:
        """The list is that of one campaign and state already."""
        return rows

    def having_words(self, rows: QuerySet[JobProject], _name: str, value: str) -> QuerySet[JobProject]:
        for word in value.split():
            rows = rows.filter(
                Q(candidacy__application__person__search_text__contains=fold(word))
                | Q(company__name__icontains=word)
                | Q(employer_email__icontains=word)
            )
        return rows

    def for_programme(self, rows: QuerySet[JobProject], _name: str, value: str) -> QuerySet[JobProject]:
        return rows.filter(candidacy__programme__code=value)

    def ordered(self, rows: QuerySet[JobProject], _name: str, value: str) -> QuerySet[JobProject]:
        return rows.order_by("submitted_at", "pk") if value == OLDEST else rows.order_by("-created_at", "-pk")
