"""How a juror narrows the list, decides and marks."""

from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from admissions.jury.rules import POINT
from admissions.jury.selectors.candidacies import (
    AVERAGE,
    NAME,
    RECEIVED,
    WAITING,
    Bench,
    lacking_marks_of,
)
from admissions.models import Candidacy
from campaigns.models import Outcome, Stage
from campaigns.vocabulary import VerdictKind, Who
from common.formats import localized
from common.rules import fold

TO_DECIDE, UNDECIDED, PROPOSED, RECORDED = "to_decide", "undecided", "proposed", "recorded"
DECISIONS = (
    (TO_DECIDE, _("To be decided")),
    (UNDECIDED, _("Nothing proposed yet")),
    (PROPOSED, _("Proposed")),
    (RECORDED, _("Recorded")),
)
VERDICTS = (
    (VerdictKind.ELIGIBLE, _("May apply")),
    (VerdictKind.JURY, _("For the jury to judge")),
)
ORDERS = ((NAME, _("Name")), (RECEIVED, _("Date received")))
NOTE_LENGTH = 2000
REASON_LENGTH = 500


class JuryFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Name"), method="having_words")
    decision = django_filters.ChoiceFilter(
        label=_("Decision"), empty_label=_("All"), choices=DECISIONS, method="decided"
    )
    order = django_filters.ChoiceFilter(label=_("Order"), empty_label=None, method="kept")
    programme = django_filters.ChoiceFilter(
        label=_("Programme"), empty_label=_("All"), field_name="programme__code"
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"), empty_label=_("All"), method="leading_to"
    )
    verdict = django_filters.ChoiceFilter(
        label=_("Eligibility"), empty_label=_("All"), choices=VERDICTS
    )
    marks = django_filters.ChoiceFilter(
        label=_("My marks"),
        empty_label=_("All"),
        choices=[("missing", _("Some are missing"))],
        method="lacking",
    )

    class Meta:
        model = Candidacy
        fields = ()

    def __init__(self, *args: Any, bench: Bench, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bench, self.stage = bench, stage
        marked = bool(stage.assessments.all())
        orders = (*ORDERS, (AVERAGE, _("Average of the marks"))) if marked else ORDERS
        self.filters["order"].extra["choices"] = orders
        self.filters["programme"].extra["choices"] = [
            (row.code, localized(row.title)) for row in bench.programmes
        ]
        self.filters["outcome"].extra["choices"] = [
            (row.key, localized(row.label)) for row in stage.outcomes.all()
        ]
        if not marked:
            del self.filters["marks"]

    def kept(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """The order, which comes last."""
        return rows

    def having_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        for word in fold(value).split():
            rows = rows.filter(application__search_text__contains=word)
        return rows

    def decided(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == UNDECIDED:
            return rows.filter(decided__isnull=True)
        if value == TO_DECIDE:
            return rows.filter(WAITING)
        return rows.filter(decided=value)

    def leading_to(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(
            outcome_decided__in=[row.pk for row in self.stage.outcomes.all() if row.key == value]
        )

    def lacking(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return lacking_marks_of(self.bench.user, self.stage, rows)


class DecisionForm(forms.Form):
    """An outcome, and the tests chosen with it: `<outcome>/<test>`, so that two outcomes may offer the same test."""

    outcome = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome: nothing is decided yet.")},
    )
    assessments = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label=_("Note of the deliberation"),
        help_text=_("For the jury alone: the candidate never reads it."),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stage = stage
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (row.key, localized(row.label)) for row in stage.outcomes.all()
        ]
        self.fields["assessments"].choices = [  # type: ignore[attr-defined]
            (f"{row.key}/{test.key}", localized(test.label))
            for row in stage.outcomes.all()
            for test in told_with(stage, row)
            if test.who == Who.JURY
        ]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the commands take."""
        outcome = self.cleaned_data["outcome"]
        ticked = (value.split("/") for value in self.cleaned_data["assessments"])
        return {
            "outcome_key": outcome,
            "assessments": [test for key, test in ticked if key == outcome],
            "note": self.cleaned_data["note"],
            "seen": self.cleaned_data["seen"],
        }

    def options(self) -> list[dict[str, Any]]:
        """Each outcome with the tests that all of its candidates sit, and those that the jury chooses."""
        ticked = set(self["assessments"].value() or ())
        options = []
        for row, radio in zip(self.stage.outcomes.all(), self["outcome"], strict=True):
            tests = told_with(self.stage, row)
            choices = [(f"{row.key}/{test.key}", test) for test in tests if test.who == Who.JURY]
            options.append(
                {
                    "outcome": row,
                    "radio": radio,
                    "for_all": [test for test in tests if test.who == Who.ALL],
                    "choices": [(value, test, value in ticked) for value, test in choices],
                }
            )
        return options


def told_with(stage: Stage, outcome: Outcome) -> list[Any]:
    """The tests that candidates are called to when the outcome is announced."""
    if outcome.next_stage is None:
        return []
    return [
        test
        for test in outcome.next_stage.assessments.all()
        if test.called_with_id == stage.announce_id
    ]


class MarkForm(forms.Form):
    mark = forms.DecimalField(
        localize=True,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": _("Type a mark."),
            "invalid": _("Type a number, for example 12.5."),
            "max_decimal_places": _("Two decimals at most."),
        },
    )

    def __init__(self, *args: Any, scale: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale = scale
        self.fields["mark"].label = _("My mark out of %(scale)s") % {"scale": scale}

    def clean_mark(self) -> Decimal:
        mark: Decimal = self.cleaned_data["mark"]
        if not 0 <= mark <= self.scale:
            raise forms.ValidationError(
                _("A mark goes from 0 to %(scale)s."), params={"scale": self.scale}
            )
        return mark

    @property
    def hundredths(self) -> int:
        return int(self.cleaned_data["mark"] * POINT)
