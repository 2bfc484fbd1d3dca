"""What a contact sheet must say, which part of it is whose, and what may be done with it (R-PRO-8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.links.rules import MOST_LINKS
from common.drafts.rules import Content
from common.rules import ALLOWED, Refusal, Verdict, refused
from contratpro.states import BOUND_STUDENTS, OPEN_SHEETS, SheetState, StudentState
from contratpro.vocabulary import Party

FRANCE = "FR"
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "company": ("siret", "company_name", "street", "postcode", "city", "country"),
    "tutor": ("tutor_name", "tutor_function", "tutor_email", "tutor_phone"),
    "signatory": ("signatory_name", "signatory_function", "signatory_email", "signatory_phone"),
    "contact": ("contact_name", "contact_function", "contact_email", "contact_phone"),
    "student": ("student_address", "student_email", "student_phone"),
    "project": ("project_activities", "project_projects"),
    "pfe": ("pfe_activities", "pfe_title", "pfe_project"),
}
FIELDS = tuple(name for names in SECTIONS.values() for name in names)
# Whom the page asks for each section. Either may type in all of it, since they fill it in together.
PARTS: Mapping[str, Party] = {
    "company": Party.COMPANY,
    "tutor": Party.COMPANY,
    "signatory": Party.COMPANY,
    "contact": Party.COMPANY,
    "student": Party.STUDENT,
    "project": Party.STUDENT,
    "pfe": Party.STUDENT,
}
PERSON = SECTIONS["contact"]  # of one more person, whole or not at all
MAY_WAIT = frozenset(SECTIONS["pfe"])  # until after the first company period (P25 §5.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingField:
    """What the school needs and the sheet does not say, and whose part it is."""

    field: str
    part: Party


def missing_fields(content: Content) -> tuple[MissingField, ...]:
    """All that is missing, in the order of the sheet. A SIRET and a postcode are asked of French companies alone."""
    optional = set(MAY_WAIT)
    if content.get("country", "") not in {"", FRANCE}:
        optional |= {"siret", "postcode"}
    if not any(content.get(name, "").strip() for name in PERSON):
        optional |= set(PERSON)
    return tuple(
        MissingField(field=name, part=PARTS[section])
        for section, names in SECTIONS.items()
        for name in names
        if name not in optional and not content.get(name, "").strip()
    )


def may_send(content: Content) -> Verdict:
    """Whether both parts are complete: each that is not is a reason against, with how much it lacks."""
    missing = missing_fields(content)
    lacking = [
        Refusal(f"sheet_lacks_of_{part}", {"count": count})
        for part in (Party.COMPANY, Party.STUDENT)
        if (count := sum(one.part is part for one in missing))
    ]
    return Verdict(tuple(lacking))


def may_write(sheet: SheetState, student: StudentState) -> Verdict:
    """Student and company write until it is sent, and again once it is sent back."""
    if sheet not in OPEN_SHEETS:
        return refused(f"sheet_is_{sheet}")
    return _is_bound(student)


def may_invite(sheet: SheetState, student: StudentState, sent_today: int) -> Verdict:
    """Whether a company may be sent a link, to write or to read."""
    refusals = [*_is_bound(student).refusals]
    if sheet is SheetState.VALIDATED:
        refusals.append(Refusal("sheet_is_validated"))
    if sent_today >= MOST_LINKS:
        refusals.append(Refusal("sheet_too_many_links", {"most": MOST_LINKS}))
    return Verdict(tuple(refusals))


def may_return(sheet: SheetState, student: StudentState) -> Verdict:
    if sheet is not SheetState.SENT:
        return refused(f"sheet_is_{sheet}")
    return _is_bound(student)


def may_sign(
    sheet: SheetState, student: StudentState, *, double_degree: bool, signed_on: date, today: date
) -> Verdict:
    """The home school signs what was sent, before the head answers."""
    if not double_degree:
        return refused("sheet_without_home_school")
    if signed_on > today:
        return refused("sheet_signed_later_than_today")
    return may_return(sheet, student)


def may_ask_home_school(
    sheet: SheetState,
    student: StudentState,
    *,
    double_degree: bool,
    is_signed: bool,
    sent_today: int,
) -> Verdict:
    """Whether the home school may be sent a link: there is a version for it to sign."""
    if not double_degree:
        return refused("sheet_without_home_school")
    if is_signed:
        return refused("sheet_signed_by_home_school")
    refusals = [*may_return(sheet, student).refusals]
    if sent_today >= MOST_LINKS:
        refusals.append(Refusal("sheet_too_many_links", {"most": MOST_LINKS}))
    return Verdict(tuple(refusals))


def may_validate(
    sheet: SheetState, student: StudentState, *, double_degree: bool, is_signed: bool
) -> Verdict:
    """The head validates what was sent: for a double degree, once the home school has signed it."""
    if double_degree and not is_signed and sheet is SheetState.SENT:
        return refused("sheet_not_signed_by_home_school")
    return may_return(sheet, student)


def _is_bound(student: StudentState) -> Verdict:
    """Whoever was refused or gave up has no sheet to fill in."""
    return ALLOWED if student in BOUND_STUDENTS else refused("sheet_of_no_project")
