"""How a juror narrows the list, decides and marks."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from admissions.dossier.forms import LineField
from admissions.enums import FrenchAbility
from admissions.jury.rules import POINT, JuryTest
from admissions.jury.selectors.candidacies import (
    AVERAGE,
    NAME,
    RECEIVED,
    WAITING,
    Bench,
    lacking_marks_of,
)
from admissions.models import Candidacy
from admissions.models.sealed import NATURE_LENGTH
from campaigns.calendar.presentation import phrases
from campaigns.models import Assessment, Outcome, Stage
from campaigns.vocabulary import Medium, VerdictKind, Who
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
BLANK_ROWS, MOST_ROWS = 3, 12
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


class JuryTestForm(forms.Form):
    """One of several tests that the jury sets. Without a nature it is none."""

    use_required_attribute = False
    nature = LineField(label=_("What it is about"), required=False, max_length=NATURE_LENGTH)
    medium = forms.ChoiceField(label=_("How it is sat"))

    def __init__(self, data: Any = None, *, test: Assessment, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.test = test
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control form-control-sm"
        if test.also:
            media = [(one.value, phrases.medium_words(one)) for one in test.media]
            self.fields["medium"].choices = media  # type: ignore[attr-defined]
            self.fields["medium"].widget.attrs["class"] = "form-select form-select-sm"
        else:
            del self.fields["medium"]

    @property
    def described(self) -> JuryTest:
        return JuryTest(
            key=self.test.key,
            nature=self.cleaned_data["nature"],
            medium=Medium(self.cleaned_data.get("medium") or self.test.medium),
        )


class DecisionForm(forms.Form):
    """An outcome, and the tests chosen with it: `<outcome>/<test>`, so that two outcomes may offer the same test.

    Those that the jury sets have a row each, `<outcome>/<test>/<number>-…`, and some rows are left blank for more.
    """

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
            if test.who == Who.JURY and not test.several
        ]
        self.jury_tests = {
            (row.key, test.key): self._rows(row.key, test)
            for row in stage.outcomes.all()
            for test in told_with(stage, row)
            if test.several
        }

    def _rows(self, outcome: str, test: Assessment) -> list[JuryTestForm]:
        known = [row for row in self.initial.get("jury_tests", ()) if row.key == test.key]
        known = known if self.initial.get("outcome") == outcome else []
        rows = f"{outcome}/{test.key}/"
        sent = sum(name.startswith(rows) and name.endswith("-nature") for name in self.data)
        count = min(max(BLANK_ROWS, len(known) + 2, sent), MOST_ROWS)
        return [
            JuryTestForm(
                self.data if self.is_bound else None,
                test=test,
                prefix=f"{rows}{number}",
                initial=asdict(known[number]) if number < len(known) else {},
            )
            for number in range(count)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for row in self._described():
            for message in (message for errors in row.errors.values() for message in errors):
                self.add_error(None, message)
        return said

    def _described(self) -> list[JuryTestForm]:
        """The rows of the outcome chosen that have a nature."""
        chosen = self.cleaned_data.get("outcome")
        rows = (row for key, rows in self.jury_tests.items() if key[0] == chosen for row in rows)
        return [row for row in rows if row.data.get(row.add_prefix("nature"), "").strip()]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the commands take."""
        outcome = self.cleaned_data["outcome"]
        ticked = (value.split("/") for value in self.cleaned_data["assessments"])
        return {
            "outcome_key": outcome,
            "assessments": [
                *(test for key, test in ticked if key == outcome),
                *(row.described for row in self._described()),
            ],
            "note": self.cleaned_data["note"],
            "seen": self.cleaned_data["seen"],
        }

    def options(self) -> list[dict[str, Any]]:
        """Each outcome with the tests that all of its candidates sit, and those that the jury chooses or sets."""
        ticked = set(self["assessments"].value() or ())
        options = []
        for row, radio in zip(self.stage.outcomes.all(), self["outcome"], strict=True):
            tests = told_with(self.stage, row)
            choices = [
                (f"{row.key}/{test.key}", test)
                for test in tests
                if test.who == Who.JURY and not test.several
            ]
            options.append(
                {
                    "outcome": row,
                    "radio": radio,
                    "for_all": [test for test in tests if test.who == Who.ALL],
                    "choices": [(value, test, value in ticked) for value, test in choices],
                    "set_by_jury": [
                        (test, self.jury_tests[row.key, test.key]) for test in tests if test.several
                    ],
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

    french = forms.ChoiceField(
        label=_("Ability to follow courses in French"),
        choices=[("", "–"), *FrenchAbility.choices],
        error_messages={"required": _("Rate it: French is not the candidate’s mother tongue.")},
    )

    def __init__(self, *args: Any, scale: int, rates_french: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale = scale
        if not rates_french:
            del self.fields["french"]
        self.fields["mark"].label = _("My mark out of %(scale)s") % {"scale": scale}

    def clean_mark(self) -> Decimal:
        mark: Decimal = self.cleaned_data["mark"]
        if not 0 <= mark <= self.scale:
            raise forms.ValidationError(
                _("A mark goes from 0 to %(scale)s."), params={"scale": self.scale}
            )
        return mark

    @property
    def given(self) -> dict[str, Any]:
        """What the command takes."""
        return {
            "hundredths": int(self.cleaned_data["mark"] * POINT),
            "french": self.cleaned_data.get("french", ""),
        }
