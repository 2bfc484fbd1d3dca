"""What the contract service types and gives: students, spreadsheets, meetings, papers, what is said of a condition."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries import countries
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import to_python as to_phone

from common.formats import localized
from common.forms import (
    BirthField,
    DateField,
    YesNoField,
    born_before,
    country_field,
    reason_field,
)
from common.rules import Refusal, fold
from contratpro.models import StudentFile
from contratpro.service.presentation import STUDENT_SIGNS
from contratpro.service.selectors import having_words
from contratpro.students.rules import OFFICE_SAYS, STUDENT_SAYS, PresentLine, StudentLine
from contratpro.year.document.schema import YearDocument
from screens.imports import Column, Reads, Spreadsheet, TableMistake, TableRow

ALL = pgettext_lazy("departments, states", "All")
NAME_LENGTH, SCHOOL_LENGTH, NOTE_LENGTH = 80, 120, 1000
STUDENT_COLUMNS = (
    Column(
        key="email",
        names=("E-mail", "Email", "Mail", "Courriel", "Adresse e-mail", "Adresse email", "Adresse mail",
               "Adresse électronique", "Adresse courriel", "E-mail école", "Mail école"),
        reads=Reads.EMAIL,
        required=True,
    ),
    Column(
        key="birth_name",
        names=("Nom", "Nom de naissance", "Nom de famille", "Last name", "Birth name", "Surname"),
        reads=Reads.NAME,
    ),
    Column(key="usual_name", names=("Nom d’usage", "Nom usuel", "Usual name"), reads=Reads.NAME),
    Column(
        key="first_names",
        names=("Prénom", "Prénoms", "Prénom(s)", "First name", "First names", "Given names"),
        reads=Reads.NAME,
    ),
    Column(
        key="born_on",
        names=("Date de naissance", "Né(e) le", "Né le", "Naissance", "Date of birth", "Born on"),
        reads=Reads.DATE,
    ),
    Column(key="nationality", names=("Nationalité", "Nationality")),
    Column(
        key="phone",
        names=("Téléphone", "Tél.", "Portable", "Mobile", "Téléphone portable", "Phone"),
    ),
    Column(key="department", names=("Département", "Dépt", "Dép.", "Filière", "Department")),
    Column(key="option", names=("Option", "Parcours")),
    Column(
        key="double_degree",
        names=("Double diplôme", "DD", "Bi-diplôme", "Double degree"),
        reads=Reads.FLAG,
    ),
    Column(
        key="home_school",
        names=("Établissement d’origine", "École d’origine", "Université d’origine", "Home school"),
    ),
    Column(
        key="grant_holder",
        names=("Boursier", "Boursière", "Boursier(ère)", "Bourse", "Grant holder"),
        reads=Reads.FLAG,
    ),
)  # fmt: skip
PRESENT_COLUMNS = (
    *(column for column in STUDENT_COLUMNS if column.key in {"birth_name", "first_names"}),
    Column(key="email", names=STUDENT_COLUMNS[0].names, reads=Reads.EMAIL),
    Column(
        key="full_name",
        names=("Nom et prénom", "Nom Prénom", "Prénom Nom", "Élève", "Étudiant", "Name", "Student"),
        reads=Reads.NAME,
    ),
    Column(
        key="present",
        names=("Présent", "Présence", "Présent(e)", "Present"),
        reads=Reads.FLAG,
    ),
)
DEMONYMS = {
    "francaise": "FR",
    "francais": "FR",
    "marocaine": "MA",
    "tunisienne": "TN",
    "algerienne": "DZ",
}


def student_lines(
    rows: Iterable[TableRow],
) -> tuple[tuple[StudentLine, ...], tuple[TableMistake, ...]]:
    """The lines of a list of students, and those of which an address, a phone or a country cannot be read."""
    lines, mistakes = [], []
    for row in rows:
        said: dict[str, object] = {k: v for k, v in row.values.items() if k != "email"}
        refusals = [*_mend(said), *_address(str(row.values["email"]))]
        mistakes += [TableMistake(row.line, refusal) for refusal in refusals]
        if not refusals:
            lines.append(StudentLine(line=row.line, email=str(row.values["email"]), said=said))
    return tuple(lines), tuple(mistakes)


def _address(email: str) -> list[Refusal]:
    try:
        validate_email(email)
    except ValidationError:
        return [Refusal("not_an_address", {"email": email})]
    return []


def _mend(said: dict[str, object]) -> list[Refusal]:
    """Put the code of a country and the number of a phone in place of how they are written; all that cannot be."""
    refusals = []
    if "phone" in said:
        phone = to_phone(str(said["phone"]), region="FR")
        if phone is None or not phone.is_valid():
            refusals.append(Refusal("not_a_phone", {"phone": said["phone"]}))
        said["phone"] = str(phone)
    if "nationality" in said:
        code = country_codes().get(fold(str(said["nationality"])))
        if code is None:
            refusals.append(Refusal("no_such_country", {"country": said["nationality"]}))
        said["nationality"] = code
    for name in ("birth_name", "usual_name", "first_names", "home_school"):
        most = SCHOOL_LENGTH if name == "home_school" else NAME_LENGTH
        if len(str(said.get(name, ""))) > most:
            refusals.append(Refusal("name_too_long", {"name": said[name], "most": most}))
    return refusals


@cache
def country_codes() -> Mapping[str, str]:
    """Countries by their code and their name in both languages, folded."""
    codes = dict(DEMONYMS)
    for language in ("fr", "en"):
        with translation.override(language):
            codes |= {fold(str(country.name)): country.code for country in countries}
    return codes | {fold(code): code for code, _name in countries}


def present_lines(table: Spreadsheet) -> tuple[TableRow, ...]:
    """Who is on the sheet; where it says who was present, those alone."""
    if "present" not in table.columns:
        return table.rows
    return tuple(row for row in table.rows if row.values.get("present") is True)


def present_rows(rows: Iterable[TableRow]) -> tuple[PresentLine, ...]:
    return tuple(_present_line(row) for row in rows)


def _present_line(row: TableRow) -> PresentLine:
    apart = f"{row.values.get('birth_name', '')} {row.values.get('first_names', '')}".strip()
    name = str(row.values.get("full_name", "")) or apart
    return PresentLine(line=row.line, email=str(row.values.get("email", "")), name=name)


class SpreadsheetForm(forms.Form):
    """A spreadsheet to be looked at before anything is written."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("Spreadsheet (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": _("Choose the spreadsheet."),
            "empty": _("This file is empty: choose another."),
        },
    )


class ShownLinesForm(forms.Form):
    """The lines that a page showed, and what it said of them."""

    rows = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)


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

    class Meta:
        model = StudentFile
        fields = ()

    def __init__(self, *args: Any, said: YearDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["department"].extra["choices"] = departments(said)
        self.filters["option"].extra["choices"] = options(said)

    def with_words(
        self, rows: QuerySet[StudentFile], _name: str, value: str
    ) -> QuerySet[StudentFile]:
        return having_words(rows, value, fold(value))


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
    long_internship = YesNoField(
        label=_("The internship of year 2 lasted over three months"), required=False
    )

    def __init__(self, *args: Any, said: YearDocument, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", _("Choose"))]
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
    email = forms.EmailField(
        label=_("E-mail address of their account"),
        help_text=_("Left empty: the student has no school tutor any more."),
        required=False,
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


class MeetingForm(forms.Form):
    """When and where, and whom it calls."""

    use_required_attribute = False
    day = DateField(label=_("Day (dd/mm/yyyy)"))
    starts = forms.TimeField(
        label=pgettext_lazy("hours", "From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Type the hour, for example 14:00.")
        ),
    )
    ends = forms.TimeField(
        label=pgettext_lazy("hours", "To"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Type the hour, for example 15:30.")
        ),
    )
    place = forms.CharField(label=pgettext_lazy("a room", "Place"), max_length=200)

    def __init__(self, *args: Any, said: YearDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = said.zone
        self.fields["departments"] = forms.MultipleChoiceField(
            label=_("Departments called"),
            help_text=_("None ticked: all are."),
            choices=departments(said),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> None:
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It ends before it begins: check both hours."))

    @property
    def planned(self) -> dict[str, Any]:
        """What the command takes, in the zone of the school."""
        said = self.cleaned_data
        hours = {
            f"{name}_at": datetime.combine(said["day"], said[name], tzinfo=self.zone)
            for name in ("starts", "ends")
        }
        return {**hours, "place": said["place"], "departments": said["departments"]}


class TicksForm(forms.Form):
    """Who is ticked, and who was when the page was shown."""

    seen = forms.CharField(required=False)

    def __init__(self, typed: Any, refs: Sequence[str]) -> None:
        super().__init__(typed)
        self.fields["present"] = forms.MultipleChoiceField(
            choices=[(ref, ref) for ref in refs], required=False
        )


class PaperForm(forms.Form):
    use_required_attribute = False
    title = forms.CharField(
        label=_("Paper"),
        help_text=_("The same name as before replaces the former version."),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "paper-titles", "autocomplete": "off"}),
    )
    dated = DateField(label=_("Dated (dd/mm/yyyy)"))
    upload = forms.FileField(
        label=_("File (PDF)"),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={"required": _("Choose the file.")},
    )
