"""Spreadsheets that the contract service gives: the columns that are looked for, and what is said on each line."""

from collections.abc import Iterable, Mapping
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumber_field.phonenumber import to_python as to_phone

from common.rules import Refusal, fold
from contratpro.students.rules import PresentLine, StudentLine
from screens.imports import Column, Reads, Spreadsheet, TableMistake, TableRow

NAME_LENGTH, SCHOOL_LENGTH = 80, 120
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
