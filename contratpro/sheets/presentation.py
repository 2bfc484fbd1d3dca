"""A contact sheet in words: its sections, one text beside another, and what each act on it will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumber_field.phonenumber import to_python
from stdnum.fr import siret

from common.drafts.presentation import BothTexts, side_by_side
from common.drafts.rules import Content, changes
from common.formats import phone
from common.signs import Sign
from contratpro.models import ContactSheet, SheetVersion, StudentFile
from contratpro.sheets.rules import FIELDS, PARTS, SECTIONS
from contratpro.states import SheetState
from contratpro.vocabulary import Party

SECTION_TITLES: Mapping[str, Promise] = {
    "company": _("The company"),
    "tutor": _("The tutor in the company"),
    "signatory": _("Who signs for the company"),
    "contact": _("One more person to write to (optional)"),
    "student": _("The student during the contract"),
    "project": _("Until the end of semester 9: the company project"),
    "pfe": _("From then on: the final project (may wait)"),
}
FIELD_LABELS: Mapping[str, Promise] = {
    "siret": _("SIRET number of the establishment"),
    "company_name": _("Name of the company"),
    "street": _("Number and street"),
    "postcode": _("Postcode"),
    "city": _("Town"),
    "country": _("Country"),
    "tutor_name": _("First name and surname of the tutor"),
    "tutor_function": _("Position of the tutor"),
    "tutor_email": _("E-mail address of the tutor"),
    "tutor_phone": _("Phone of the tutor"),
    "signatory_name": _("First name and surname of who signs"),
    "signatory_function": _("Position of who signs"),
    "signatory_email": _("E-mail address of who signs"),
    "signatory_phone": _("Phone of who signs"),
    "contact_name": _("First name and surname of this person"),
    "contact_function": _("Position of this person"),
    "contact_email": _("E-mail address of this person"),
    "contact_phone": _("Phone of this person"),
    "student_address": _("Postal address of the student"),
    "student_email": _("E-mail address of the student"),
    "student_phone": _("Phone of the student"),
    "project_activities": _("Activities in the company"),
    "project_projects": _("Projects of the student"),
    "pfe_activities": _("Activities during the final project"),
    "pfe_title": _("Title of the final project"),
    "pfe_project": _("Context and aims of the final project"),
}
LONG_FIELDS = frozenset(
    {
        "student_address",
        "project_activities",
        "project_projects",
        "pfe_activities",
        "pfe_project",
    }
)


SHEET_SIGNS: Mapping[SheetState, Sign] = {
    SheetState.DRAFT: Sign(_("being filled in"), "pencil", "action"),
    SheetState.SENT: Sign(_("with the head"), "send", "action"),
    SheetState.RETURNED: Sign(_("sent back"), "exclamation-circle", "due"),
    SheetState.VALIDATED: Sign(_("validated"), "check-circle-fill", "done"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    label: str
    value: str
    long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """A section to be read; what nobody typed is left out."""

    key: str
    title: str
    rows: tuple[SheetRow, ...]

    @property
    def short(self) -> list[SheetRow]:
        """In two columns; a text that may go on to another page is in none."""
        return [row for row in self.rows if not row.long]

    @property
    def texts(self) -> list[SheetRow]:
        return [row for row in self.rows if row.long]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStep:
    """What a version changes from the one before it."""

    number: int
    before: int
    changed: Sequence[BothTexts]


def part_of(section: str) -> str:
    """Whom the page asks for a section, in words."""
    if PARTS[section] is Party.COMPANY:
        return gettext("Part of the company")
    return gettext("Part of the student")


def plain_label(name: str) -> str:
    return str(FIELD_LABELS[name])


def readable(value: str, name: str) -> str:
    """As one reads it: a SIRET in groups, a number as it is called; a draft's slips as they are."""
    if name == "siret":
        return str(siret.format(value)) if siret.is_valid(value) else value
    if name == "country":
        return str(dict(countries).get(value, value))
    return (phone(to_python(value)) or value) if name.endswith("_phone") and value else value


def sections_of(content: Content) -> list[SheetSection]:
    sections = [
        SheetSection(
            key=key,
            title=str(SECTION_TITLES[key]).partition(" (")[0],
            rows=tuple(
                SheetRow(
                    label=plain_label(name),
                    value=readable(content[name], name),
                    long=name in LONG_FIELDS,
                )
                for name in names
                if content.get(name)
            ),
        )
        for key, names in SECTIONS.items()
    ]
    return [section for section in sections if section.rows]


def steps_of(versions: Sequence[SheetVersion]) -> list[VersionStep]:
    """From each version to the next, the latest first."""
    pairs = zip(versions[1:], versions, strict=False)
    steps = [
        VersionStep(
            number=after.number,
            before=before.number,
            changed=side_by_side(
                changes(before.content, after.content, FIELDS), plain_label, readable
            ),
        )
        for after, before in pairs
    ]
    return steps[::-1]


def before_inviting(_student: StudentFile) -> list[str]:
    return [
        gettext("The company receives a link to the sheet, which works for 30 days."),
        gettext("It needs no account, and reads what you typed in the sheet."),
        gettext("A link that was sent before leads nowhere any more."),
    ]


def before_asking_home_school(_student: StudentFile) -> list[str]:
    return [
        gettext(
            "The home school receives a link to the sheet that was sent, which works for 30 days."
        ),
        gettext("Without an account, it reads the sheet and signs it, or says why it does not."),
        gettext("If another version is sent later, it is asked again by a fresh link."),
        gettext("A link that was sent before leads nowhere any more."),
    ]


def before_validating(sheet: ContactSheet) -> list[str]:
    return [
        gettext("The sheet of %(name)s stays as it is.") % {"name": sheet.student.full_name},
        gettext("The student and the company are told at once."),
        gettext("The step of your approval is on record as done today."),
    ]


def before_returning(_sheet: ContactSheet) -> list[str]:
    return [
        gettext("The student and the company read your remarks, and go on from what they sent."),
        gettext("The company receives a new link."),
    ]
