"""What the contract service types of students: the filter of their list, who they are, what is said of a condition."""

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from common.formats import localized
from common.forms import (
    BirthField,
    YesNoField,
    born_before,
    country_field,
    reason_field,
)
from common.rules import fold
from contratpro.models import StudentFile
from contratpro.overview.presentation import stage_choices
from contratpro.overview.rules import PaperStage
from contratpro.overview.selectors import at_stage
from contratpro.service.presentation import STUDENT_SIGNS
from contratpro.service.selectors import having_words, untutored
from contratpro.students.rules import OFFICE_SAYS, STUDENT_SAYS
from contratpro.year.document.schema import YearDocument

ALL = pgettext_lazy("departments, states", "All")
NOBODY = "none"
NAME_LENGTH, SCHOOL_LENGTH, NOTE_LENGTH = 80, 120, 1000


class StudentFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Name, number or e-mail"), method="with_words")
    department = django_filters.ChoiceFilter(label=_("Department"), empty_label=ALL)
    option = django_filters.ChoiceFilter(label=_("Option"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=ALL,
        choices=[(state, sign.word) for state, sign in STUDENT_SIGNS.items()],
    )
    double_degree = django_filters.ChoiceFilter(
        label=_("Double degree"),
        empty_label=ALL,
        choices=[
            ("True", pgettext_lazy("a double degree", "Yes")),
            ("False", pgettext_lazy("a double degree", "No")),
        ],
    )
    tutor = django_filters.ChoiceFilter(
        label=_("School tutor"),
        empty_label=ALL,
        choices=[(NOBODY, pgettext_lazy("a tutor", "none"))],
        method="without_tutor",
    )
    paper = django_filters.ChoiceFilter(label=_("Papers"), empty_label=ALL, method="with_paper")

    class Meta:
        model = StudentFile
        fields = ()

    def __init__(self, *args: Any, said: YearDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["department"].extra["choices"] = departments(said)
        self.filters["option"].extra["choices"] = options(said)
        self.filters["paper"].extra["choices"] = stage_choices()

    def with_words(
        self, rows: QuerySet[StudentFile], _name: str, value: str
    ) -> QuerySet[StudentFile]:
        return having_words(rows, value, fold(value))

    def without_tutor(
        self, rows: QuerySet[StudentFile], _name: str, _value: str
    ) -> QuerySet[StudentFile]:
        return untutored(rows)

    def with_paper(
        self, rows: QuerySet[StudentFile], _name: str, value: str
    ) -> QuerySet[StudentFile]:
        return at_stage(rows, PaperStage(value))


def departments(said: YearDocument) -> list[tuple[str, str]]:
    return [(key, f"{key} – {localized(one.title)}") for key, one in said.departments.items()]


def options(said: YearDocument) -> list[tuple[str, list[tuple[str, str]]]]:
    """The options under their department."""
    return [
        (
            key,
            [(name, f"{name} – {localized(one.title)}") for name, one in track.options.items()],
        )
        for key, track in said.curriculum.tracks.items()
        if track.options
    ]


class StudentForm(forms.Form):
    """Who a student is, and what they follow."""

    use_required_attribute = False
    birth_name = forms.CharField(label=_("Birth name"), max_length=NAME_LENGTH)
    usual_name = forms.CharField(label=_("Usual name"), max_length=NAME_LENGTH, required=False)
    first_names = forms.CharField(label=_("First names"), max_length=NAME_LENGTH)
    born_on = BirthField(label=_("Date of birth (dd/mm/yyyy)"), required=False)
    nationality = country_field(label=_("Nationality"))
    phone = PhoneNumberField(label=_("Phone"), required=False)
    double_degree = forms.BooleanField(label=_("Incoming double degree"), required=False)
    home_school = forms.CharField(
        label=_("Home school, for a double degree"), max_length=SCHOOL_LENGTH, required=False
    )
    grant_holder = YesNoField(label=_("Grant holder"), required=False)
    long_internship = YesNoField(required=False)

    def __init__(self, *args: Any, said: YearDocument, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", _("Choose"))]
        months = said.limits.internship_months
        self.fields["long_internship"].label = ngettext(
            "The internship of year 2 lasted over %(count)d month",
            "The internship of year 2 lasted over %(count)d months",
            months,
        ) % {"count": months}
        self.fields["department"] = forms.ChoiceField(
            label=_("Department"), choices=[*none, *departments(said)]
        )
        self.fields["option"] = forms.ChoiceField(
            label=_("Option"), choices=[*none, *options(said)], required=False
        )
        self.order_fields(["email", "birth_name", "usual_name", "first_names", "born_on", "nationality",
                           "phone", "department", "option", "double_degree", "home_school",
                           "grant_holder", "long_internship", "seen"])  # fmt: skip
        born_before(self, now.astimezone(said.zone).date())

    @property
    def typed(self) -> dict[str, object]:
        """As a file says it."""
        typed = {name: self.cleaned_data[name] for name in OFFICE_SAYS + STUDENT_SAYS}
        return {**typed, "phone": str(typed["phone"] or "")}


class NewStudentForm(StudentForm):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The student’s account will have this one.")
    )


class StudentChangeForm(StudentForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class StatementForm(forms.Form):
    """What is said of a condition, in front of what was known of it."""

    use_required_attribute = False
    note = forms.CharField(
        label=_("Note (optional)"),
        help_text=_("The student reads it. Say what it rests on, without personal remarks."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.FileField(
        label=_("Evidence (optional)"),
        help_text=_("PDF, JPG or PNG, 5 MB at most. Seen by those who read this file."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class ForgetForm(forms.Form):
    use_required_attribute = False
    reason = reason_field()
    seen = forms.CharField(widget=forms.HiddenInput)


class TutorForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(label=_("E-mail address of their account"))


class OtherTutorForm(TutorForm):
    """Another in the place of one who was named, or nobody, and why."""

    email = forms.EmailField(
        label=_("E-mail address of their account"),
        help_text=_("Left empty: the student has no school tutor any more."),
        required=False,
    )
    reason = reason_field(
        _("Why the tutor changes"),
        help_text=_("Kept in the journal; no mail says it."),
    )


class HeadForm(forms.Form):
    """Who heads a department, or one of its options."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address of their account"),
        help_text=_("They read the files of their students, and say whether they agree."),
    )

    def __init__(self, *args: Any, said: YearDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = forms.ChoiceField(
            label=_("Department"), choices=[("", _("Choose")), *departments(said)]
        )
        self.fields["option"] = forms.ChoiceField(
            label=_("Option, if they head one only"),
            choices=[("", _("All the department")), *options(said)],
            required=False,
        )
