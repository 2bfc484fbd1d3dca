"""How the central service narrows its list."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from admissions.enums import APPLICATION_STATES, DocumentState
from admissions.models import Application, Candidacy, Document
from campaigns.models import Campaign, Programme
from common.rules.text import fold
from common.templatetags.rentree import localized

AWAITED, LATE = "awaited", "late"
PIECES = ((AWAITED, _("Some are awaited")), (LATE, _("Some are late")))


class WorkFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Name or INE"), method="having_words")
    campaign = django_filters.ChoiceFilter(label=_("Campaign"), empty_label=None, method="kept")
    programme = django_filters.ChoiceFilter(label=_("Programme"), empty_label=_("All"), method="applying_to")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        method="kept",
        choices=[(state.value, word) for state, word in APPLICATION_STATES.items()],
    )
    pieces = django_filters.ChoiceFilter(
        label=pgettext_lazy("pieces of a dossier", "Documents"),
        empty_label=_("All"),
        choices=PIECES,
        method="lacking",
    )

    class Meta:
        model = Application
        fields = ()

    def __init__(self, *args: Any, campaigns: list[Campaign], campaign: Campaign, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.today = campaign, today
        programmes = Programme.objects.filter(campaign=campaign)
        self.filters["campaign"].extra["choices"] = [(row.slug, localized(row.title)) for row in campaigns]
        self.filters["programme"].extra["choices"] = [(row.code, localized(row.title)) for row in programmes]

    def kept(self, rows: QuerySet[Application], _name: str, _value: str) -> QuerySet[Application]:
        """The list is that of one campaign and state already."""
        return rows

    def having_words(self, rows: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        for word in fold(value).split():
            rows = rows.filter(person__search_text__contains=word)
        return rows

    def applying_to(self, rows: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        candidacies = Candidacy.objects.filter(programme__campaign=self.campaign, programme__code=value)
        return rows.filter(Exists(candidacies.filter(application=OuterRef("pk"))))

    def lacking(self, rows: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        documents = Document.objects.filter(application=OuterRef("pk"), state=DocumentState.AWAITED)
        return rows.filter(Exists(documents.filter(due_on__lt=self.today) if value == LATE else documents))
