"""What the self-check asks: a date of birth where the notice has an age, and one or several titles."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.conditions.forms import Choices, ExperienceQuestions, TitleQuestions
from campaigns.conditions.rules import terms
from campaigns.vocabulary import DiplomaKind, TitleStatus
from common.forms import BirthField, born_before
from common.refusals import say
from common.rules import Refusal

TITLES_AT_MOST = 5
Typed = Mapping[str, str]


class BirthForm(forms.Form):
    use_required_attribute = False
    born_on = BirthField(
        label=_("Date of birth (optional)"),
        help_text=_("dd/mm/yyyy. It only matters where the contract has an age limit."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        born_before(self, today)


class TypedTitleForm(TitleQuestions):
    """One title. Those after the first may be left empty."""

    use_required_attribute = False

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].label = _("Date obtained or expected (optional)")
        self.fields["country"].initial = "FR"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        on = cleaned.get("on")
        if cleaned.get("status") == TitleStatus.OBTAINED and on and on > self.today:
            self.add_error("on", say(Refusal("title_not_obtained_yet")))
        return cleaned

    @property
    def title(self) -> terms.StudiedTitle:
        return terms.StudiedTitle(
            diploma=self.diploma_code or None,
            kind=DiplomaKind(self.kind) if self.kind else None,
            country=self.cleaned_data["country"] or None,
            ects=self.cleaned_data["ects"],
            year=self.cleaned_data.get("year"),
            status=TitleStatus(self.cleaned_data["status"]),
            date=self.cleaned_data["on"],
        )


class CheckForms:
    """The forms of the page, empty, shown again as they were typed, or to be read."""

    def __init__(
        self, *, diplomas: Choices, today: date, years: int, asks_birth: bool, asks_experience: bool
    ) -> None:
        """`years`: the last year of study that may be said; 0 where it is not asked."""
        self._diplomas, self._today, self._years = diplomas, today, years
        self._asks_birth, self._asks_experience = asks_birth, asks_experience
        self.birth: BirthForm | None = None
        self.experience: ExperienceQuestions | None = None
        self.titles: list[TypedTitleForm] = []

    def show(
        self, typed: Typed = MappingProxyType({}), titles: Sequence[Typed] = ()
    ) -> "CheckForms":
        """What was typed, without a word on it; one empty title if there is none."""
        initial = {
            name: typed.get(name, "") for name in ("born_on", "technician_years", "employer_agrees")
        }
        self.birth = BirthForm(initial=initial, today=self._today) if self._asks_birth else None
        self.experience = ExperienceQuestions(initial=initial) if self._asks_experience else None
        self.titles = [
            self._title(place, initial=typed) for place, typed in enumerate(titles or [{}])
        ]
        return self

    def read(self, data: Mapping[str, str]) -> "CheckForms":
        self.birth = BirthForm(data, today=self._today) if self._asks_birth else None
        self.experience = ExperienceQuestions(data) if self._asks_experience else None
        self.titles = [
            self._title(place, data=data, empty_permitted=place > 0)
            for place in range(max(1, count_titles(data)))
        ]
        return self

    @property
    def all(self) -> list[forms.Form]:
        return [*self.titles, *(form for form in (self.birth, self.experience) if form)]

    @property
    def have_errors(self) -> bool:
        return any(form.errors for form in self.all)

    @property
    def facts(self) -> terms.CandidateFacts:
        return terms.CandidateFacts(
            titles=tuple(form.title for form in self.titles if form.cleaned_data.get("diploma")),
            date_of_birth=self.birth.cleaned_data["born_on"] if self.birth else None,
            **(self.experience.cleaned_data if self.experience else {}),
        )

    def _title(self, place: int, **kwargs: Any) -> TypedTitleForm:
        return TypedTitleForm(
            prefix=f"title-{place}",
            diplomas=self._diplomas,
            today=self._today,
            years=self._years,
            **kwargs,
        )


def count_titles(data: Mapping[str, str]) -> int:
    """How many titles the page had, of which the later ones may be empty."""
    typed = data.get("titles", "")
    return (
        min(int(typed), TITLES_AT_MOST)
        if typed.isascii() and typed.isdigit() and len(typed) == 1
        else 0
    )


def typed_titles(data: Mapping[str, str]) -> list[Typed]:
    return [
        {
            name: data[f"title-{place}-{name}"]
            for name in TypedTitleForm.base_fields
            if f"title-{place}-{name}" in data
        }
        for place in range(count_titles(data))
    ]
