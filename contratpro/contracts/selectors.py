"""Employment contracts: what they say, with which dates, and what is to be said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from common.drafts.rules import Content
from common.refusals import DomainError
from companies.employment.rules.checks import OF_DEPOSIT, note_deposit
from companies.employment.rules.form import EmploymentForm, FormPart
from companies.employment.selectors import form_in_force, form_version
from companies.pay.rules import MonthlyMinimum, pay_by_month
from companies.pay.selectors import pay_tables
from companies.services import valid_siret
from contratpro.contracts.rules.acts import FROM_SHEET
from contratpro.contracts.rules.review import (
    ContractReview,
    SaidBeside,
    as_noted,
    review_contract,
    said_beside,
)
from contratpro.models import EmploymentContract, EmploymentContractVersion, StudentFile
from contratpro.sheets.selectors import sheet_for
from contratpro.states import EmploymentState, SheetState, StepState
from contratpro.steps.rules import HEAD_APPROVAL, HOME_APPROVAL
from contratpro.steps.selectors import has_step
from contratpro.year.document.schema import FIRST_DAY, LAST_DAY
from contratpro.year.selectors import year_now

RELATED = ("student__year__school", "student__user", "scan", "ready_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDates:
    """From when to when the contract runs, or the action with which a permanent one begins."""

    starts_on: date
    ends_on: date


def contract_of(student: StudentFile) -> EmploymentContract | None:
    """That of the student; none before somebody has begun it."""
    return EmploymentContract.objects.select_related(*RELATED).filter(student=student).first()


def contract_by_ref(ref: str) -> EmploymentContract | None:
    return EmploymentContract.objects.select_related(*RELATED).filter(ref=ref).first()


def contract_for(student: StudentFile) -> EmploymentContract:
    """That of the student; before anybody has begun it one that no row keeps, with what the contact sheet says."""
    return contract_of(student) or EmploymentContract(student=student, draft=from_sheet(student))


def dates_of(contract: EmploymentContract) -> ContractDates | None:
    """Those of the last version; none before the contract was ready once."""
    last = contract.versions.last()
    if last is None:
        return None
    return ContractDates(
        starts_on=date.fromisoformat(last.content["starts_on"]),
        ends_on=date.fromisoformat(last.content["ends_on"]),
    )


def is_approved(student: StudentFile) -> bool:
    """Whether the head has validated activities and projects: on the contact sheet, or on paper.

    Of a paper the student's own word is not enough; for a double degree the home school's permission goes with it.
    """
    if sheet_for(student).state is SheetState.VALIDATED:
        return True
    needed = {HEAD_APPROVAL}
    if student.double_degree and has_step(student, HOME_APPROVAL):
        needed.add(HOME_APPROVAL)
    done = student.steps.filter(key__in=needed).exclude(state=StepState.TO_DO)
    own = student.user_id
    said = done.values_list("key", "done_by_id")
    return needed == {key for key, by in said if own is None or by != own}


def from_sheet(student: StudentFile) -> dict[str, str]:
    """What the last version of the contact sheet says of the boxes of the form."""
    sheet = sheet_for(student)
    last = sheet.versions.last() if sheet.pk else None
    content: Content = last.content if last else {}
    typed = form_in_force().typed_by(*FormPart)
    return {key: content.get(FROM_SHEET.get(key, ""), "") for key in typed}


def version_in_force(contract: EmploymentContract) -> EmploymentContractVersion | None:
    """The version that was found complete; none while it is a draft."""
    if contract.state is EmploymentState.DRAFT:
        return None
    return contract.versions.last()


def form_of(version: EmploymentContractVersion | None) -> EmploymentForm:
    """The form with which that version was made; a draft is filled in on the latest."""
    return form_version(version.form_version) if version else form_in_force()


def draft_content(contract: EmploymentContract) -> dict[str, str]:
    """What is typed so far, with what is not typed by anybody."""
    return {**contract.draft, **_given(contract.student)}


def _given(student: StudentFile) -> Mapping[str, str]:
    """What the student's file and the school's year say."""
    said = year_now(student.year)
    born_on, first = student.born_on, said.day(FIRST_DAY, student.department)
    last = said.day(LAST_DAY, student.department)
    return {
        "last_name": student.birth_name,
        "first_names": student.first_names,
        "born_on": born_on.isoformat() if born_on else "",
        "training_body": said.year.school.name,
        "training_title": said.year.degree.title["fr"],  # the form is in French
        "rncp": f"RNCP{said.year.degree.rncp}",
        "total_hours": str(said.curriculum.hours),
        "training_starts_on": first.isoformat() if first else "",
        "last_exam_on": last.isoformat() if last else "",
    }


def review_of(
    contract: EmploymentContract, content: Content, version: EmploymentContractVersion | None = None
) -> ContractReview:
    """What is to be said of that text of the contract, on the form of its version, the latest for a draft."""
    months = year_now(contract.student.year).year.months
    return review_contract(form_of(version), content, months, pay_tables(), is_siret)


def notes_of(
    contract: EmploymentContract, version: EmploymentContractVersion
) -> tuple[SaidBeside, ...]:
    """Those of the day on which it was found complete; that of its deposit as it stands now."""
    kept = [as_noted(note) for note in version.notes]
    starts_on = date.fromisoformat(version.content["starts_on"])
    notes = [
        *(note for note in kept if note.code not in OF_DEPOSIT),
        *note_deposit(starts_on, contract.deposited_on),
    ]
    return tuple(said_beside(note) for note in notes)


def is_siret(text: str) -> bool:
    try:
        valid_siret(text)
    except DomainError:
        return False
    return True


def minimum_by_month(review: ContractReview) -> tuple[tuple[date, MonthlyMinimum | None], ...]:
    """The minimum of pay of each month of the contract; nothing before what it depends on is typed."""
    paid = review.facts.paid
    return pay_by_month(pay_tables(), paid) if paid else ()
