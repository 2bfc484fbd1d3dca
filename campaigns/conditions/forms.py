"""Questions about titles and experience, as every form that asks them words them."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.conditions.presentation import year_of_study
from campaigns.enums import choices
from campaigns.models import Diploma
from campaigns.vocabulary import DiplomaKind, TitleStatus, years_of
from common.formats import localized
from common.forms import DateField, YesNoField, country_field
from common.refusals import say
from common.rules import Refusal

OTHER_OF_KIND = "kind:"
Choices = list[tuple[str, list[tuple[str, str]]]]
FAMILIES = {
    DiplomaKind.BTS: "BTS",
    DiplomaKind.BTSA: "BTSA",
    DiplomaKind.DUT: "DUT",
    DiplomaKind.BUT: "BUT",
    DiplomaKind.CPGE: gettext_lazy("Preparatory class (CPGE)"),
    DiplomaKind.L2: gettext_lazy("Second year of a bachelor's degree (L2)"),
    DiplomaKind.L3: gettext_lazy("Bachelor's degree (L3)"),
    DiplomaKind.LP: gettext_lazy("Vocational bachelor's degree (licence professionnelle)"),
    DiplomaKind.M1: gettext_lazy("First year of a master's degree (M1)"),
    DiplomaKind.M2: gettext_lazy("Master's degree (M2)"),
    DiplomaKind.OTHER: gettext_lazy("Another title, in France or abroad"),
}


def diploma_choices(diplomas: Iterable[Diploma]) -> Choices:
    """Every family of the nomenclature, in its usual order, closed by what is not listed."""
    listed = {kind: list(rows) for kind, rows in groupby(diplomas, key=lambda row: row.kind)}
    return [
        (
            str(family),
            [(row.code, _name(row)) for row in listed.get(kind, [])]
            + [(f"{OTHER_OF_KIND}{kind}", _other(kind))],
        )
        for kind, family in FAMILIES.items()
    ]


# A closed list shows the line alone, without its family: whose titles do not say it.
UNSAID = (DiplomaKind.BTS, DiplomaKind.BTSA, DiplomaKind.DUT, DiplomaKind.BUT)


def _name(diploma: Diploma) -> str:
    words = [*([diploma.kind] if diploma.kind in UNSAID else []), localized(diploma.title)]
    if diploma.option:
        words.append(_("option %(option)s") % {"option": diploma.option})
    if diploma.speciality:
        words.append(f"({diploma.speciality})")
    return " ".join(words)


def _other(kind: DiplomaKind) -> str:
    if kind is DiplomaKind.OTHER:
        return _("Other title or course")
    return _("Other: %(family)s") % {"family": FAMILIES[kind]}


class TitleQuestions(forms.Form):
    """One question for the diploma: a line of the nomenclature, or "another one" of a kind."""

    diploma = forms.ChoiceField(
        label=gettext_lazy("Diploma or course"),
        help_text=gettext_lazy("Yours is not there? Choose “other” in its family."),
        error_messages={"required": gettext_lazy("Choose your diploma or course in the list.")},
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Where you stand"),
        choices=lambda: choices(TitleStatus),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether you hold it or are preparing it.")},
    )
    on = DateField(
        label=gettext_lazy("Date obtained or expected"),
        help_text=gettext_lazy(
            "dd/mm/yyyy. If you do not know the day, type the last one of the month."
        ),
        required=False,
    )
    country = country_field(label=gettext_lazy("Country of the diploma"))
    ects = forms.IntegerField(
        label=gettext_lazy("ECTS credits since the baccalauréat (optional)"),
        help_text=gettext_lazy(
            "All years added up, once this title is obtained. Two years of study make 120."
        ),
        min_value=0,
        max_value=600,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "3"}),
        error_messages={"invalid": gettext_lazy("Type a whole number, for instance 120.")},
    )

    year = forms.TypedChoiceField(
        label=gettext_lazy("Year of study validated or under way (optional)"),
        help_text=gettext_lazy(
            "For a BUT above all: the last year that you have validated, or the one that you are in this academic year."
        ),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, diplomas: Choices, years: int, **kwargs: Any) -> None:
        """`years`: the last one that may be said; 0 where it is not asked."""
        super().__init__(*args, **kwargs)
        field = self.fields["diploma"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *diplomas]
        self._kinds = {
            value: kind
            for kind, (_family, offered) in zip(FAMILIES, diplomas, strict=True)
            for value, _words in offered
        }
        self._offer_years(years)

    def _offer_years(self, years: int) -> None:
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        offered = [(str(year), year_of_study(year)) for year in range(1, years + 1)]
        field.choices = [("", _("Not said")), *offered]
        if not years:
            del self.fields["year"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        year, kind = cleaned.get("year"), self._kinds.get(self._chosen, DiplomaKind.OTHER)
        if year and year > years_of(kind):
            said = Refusal("title_has_no_such_year", {"kind": kind, "years": years_of(kind)})
            self.add_error("year", say(said))
        return cleaned

    @property
    def diploma_code(self) -> str:
        """The code in the nomenclature, or nothing for a title outside it."""
        chosen = self._chosen
        return "" if chosen.startswith(OTHER_OF_KIND) else chosen

    @property
    def kind(self) -> str:
        """The kind of a title outside the nomenclature."""
        chosen = self._chosen
        return chosen.removeprefix(OTHER_OF_KIND) if chosen.startswith(OTHER_OF_KIND) else ""

    @property
    def _chosen(self) -> str:
        return str(self.cleaned_data.get("diploma", ""))


MOST_YEARS = 60


class ExperienceQuestions(forms.Form):
    use_required_attribute = False
    technician_years = forms.IntegerField(
        label=gettext_lazy("Years worked as a senior technician"),
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Type a whole number of years, for instance 4."),
            "min_value": gettext_lazy("Type a whole number of years, for instance 4."),
            "max_value": gettext_lazy("Type a whole number of years, for instance 4."),
        },
    )
    employer_agrees = YesNoField(
        label=gettext_lazy("Does your employer agree to this training?"), required=False
    )

    def drop_experience(self) -> None:
        """Where no route of the notice looks at it."""
        del self.fields["technician_years"], self.fields["employer_agrees"]
