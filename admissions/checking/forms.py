"""How the central service narrows its list, and what it types while it checks a dossier."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from admissions.enums import APPLICATION_STATES, DocumentState
from admissions.models import Application, Candidacy, Charge, Document, Payment
from campaigns.models import Campaign, Programme
from campaigns.vocabulary import Needed
from common.formats import localized
from common.forms import DateField
from common.refs import REF_LENGTH
from common.rules import fold

AWAITED, LATE, TO_CHECK, REFUSED, CHECKED = "awaited", "late", "to_check", "refused", "checked"
PIECES = (
    (TO_CHECK, _("Some are to be checked")),
    (CHECKED, _("All are checked")),
    (REFUSED, _("Some are refused")),
    (AWAITED, _("Some are awaited")),
    (LATE, _("Some are late")),
)
DUE, SETTLED = "due", "settled"
FEES = ((DUE, _("Left to pay")), (SETTLED, _("Paid or waived")))


class WorkFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Name, INE, number or e-mail"), method="having_words")
    campaign = django_filters.ChoiceFilter(label=_("Campaign"), empty_label=None, method="kept")
    programme = django_filters.ChoiceFilter(
        label=_("Programme"), empty_label=_("All"), method="applying_to"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        method="kept",
        choices=[(state, word) for state, word in APPLICATION_STATES.items()],
    )
    pieces = django_filters.ChoiceFilter(
        label=pgettext_lazy("pieces of a dossier", "Documents"),
        empty_label=_("All"),
        choices=PIECES,
        method="having_pieces",
    )
    fees = django_filters.ChoiceFilter(
        label=_("Fees"), empty_label=_("All"), choices=FEES, method="owing"
    )

    class Meta:
        model = Application
        fields = ()

    def __init__(
        self, *args: Any, campaigns: list[Campaign], campaign: Campaign, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.today = campaign, today
        programmes = Programme.objects.filter(campaign=campaign)
        self.filters["campaign"].extra["choices"] = [
            (row.slug, localized(row.title)) for row in campaigns
        ]
        self.filters["programme"].extra["choices"] = [
            (row.code, localized(row.title)) for row in programmes
        ]

    def kept(self, rows: QuerySet[Application], _name: str, _value: str) -> QuerySet[Application]:
        """The list is that of one campaign and state already."""
        return rows

    def having_words(
        self, rows: QuerySet[Application], _name: str, value: str
    ) -> QuerySet[Application]:
        """What is said on the phone: a whole number or address, else parts of a name or of an INE."""
        said = value.strip().lower()
        if "@" in said:
            return rows.filter(Q(email=said) | Q(person__user__email=said))
        if len(said) == REF_LENGTH and rows.filter(ref=said).exists():
            return rows.filter(ref=said)
        for word in fold(value).split():
            rows = rows.filter(search_text__contains=word)
        return rows

    def applying_to(
        self, rows: QuerySet[Application], _name: str, value: str
    ) -> QuerySet[Application]:
        candidacies = Candidacy.objects.filter(
            programme__campaign=self.campaign, programme__code=value
        )
        return rows.filter(Exists(candidacies.filter(application=OuterRef("pk"))))

    def having_pieces(
        self, rows: QuerySet[Application], _name: str, value: str
    ) -> QuerySet[Application]:
        documents = Document.objects.filter(application=OuterRef("pk"))
        if value == CHECKED:
            awaited = Q(state=DocumentState.AWAITED, requirement__needed=Needed.SUBMISSION)
            unchecked = documents.filter(
                Q(state__in=(DocumentState.GIVEN, DocumentState.REFUSED)) | awaited
            )
            return rows.filter(~Exists(unchecked), Exists(documents))
        states = {TO_CHECK: DocumentState.GIVEN, REFUSED: DocumentState.REFUSED}
        found = documents.filter(state=states.get(value, DocumentState.AWAITED))
        return rows.filter(Exists(found.filter(due_on__lt=self.today) if value == LATE else found))

    def owing(self, rows: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        rows = rows.filter(Exists(Charge.objects.filter(application=OuterRef("pk"))))
        left = _sum_of(Charge.objects.all()) - _sum_of(Payment.objects.all())
        return rows.annotate(left=left).filter(**{"left__gt" if value == DUE else "left__lte": 0})


def _sum_of(rows: QuerySet[Charge] | QuerySet[Payment]) -> Coalesce:
    """In cents, of one dossier."""
    of_dossier = rows.filter(application=OuterRef("pk")).order_by().values("application")
    return Coalesce(Subquery(of_dossier.annotate(sum=Sum("cents")).values("sum")), 0)


CENTS = 100
REASON_LENGTH = 500


class PieceRefusalForm(forms.Form):
    """Why a piece is refused: the candidate reads these very words."""

    reason = forms.CharField(
        label=_("Reason, as the candidate will read it"), max_length=300, required=False
    )


class SeenForm(forms.Form):
    """Which files were on the page when it was decided on."""

    seen = forms.CharField(required=False)

    @property
    def refs(self) -> list[str]:
        return str(self.cleaned_data["seen"]).split()


class PaymentForm(forms.Form):
    euros = forms.DecimalField(
        label=_("Amount received, in euros"),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            (
                "required",
                "invalid",
                "min_value",
                "max_digits",
                "max_decimal_places",
                "max_whole_digits",
            ),
            _("Type the amount received, for example 99 or 49,50."),
        ),
    )
    note = forms.CharField(label=_("Reference of the transfer"), max_length=200, required=False)

    @property
    def cents(self) -> int:
        return int(self.cleaned_data["euros"] * CENTS)


class ExtensionForm(forms.Form):
    use_required_attribute = False
    until = DateField(label=_("To be submitted at the latest on (dd/mm/yyyy), whole day included"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Kept with the application, not shown to the candidate."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why this application has more time.")},
    )


class AskingForm(forms.Form):
    use_required_attribute = False
    until = DateField(label=_("To be supplied at the latest on (dd/mm/yyyy)"))
