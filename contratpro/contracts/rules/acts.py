"""What may be done with an employment contract, and when (R-PRO-10)."""

from collections.abc import Mapping
from datetime import date

from accounts.links.rules import MOST_LINKS
from common.rules import ALLOWED, Refusal, Verdict, refused
from companies.employment.rules.form import FormPart
from contratpro.contracts.rules.review import ContractReview
from contratpro.states import EmploymentState, StudentState

STEP = "employment-contract"
COPY = "contract-copy"
# The boxes that the contact sheet fills in, by the field of it that says the same.
FROM_SHEET: Mapping[str, str] = {
    "employer_name": "company_name",
    "employer_street": "street",
    "employer_postcode": "postcode",
    "employer_city": "city",
    "employer_phone": "signatory_phone",
    "employer_email": "signatory_email",
    "siret": "siret",
    "employee_address": "student_address",
    "employee_phone": "student_phone",
    "employee_email": "student_email",
    "tutor_name": "tutor_name",
    "tutor_job": "tutor_function",
    "signatory_name": "signatory_name",
}


def may_begin(student: StudentState, *, is_approved: bool) -> Verdict:
    """Once the project is feasible and the head of the department has validated activities and projects."""
    refusals = []
    if student is not StudentState.FEASIBLE:
        refusals.append(Refusal("contract_needs_feasible"))
    if not is_approved:
        refusals.append(Refusal("contract_needs_sheet"))
    return Verdict(tuple(refusals))


def may_write(contract: EmploymentState, student: StudentState, *, is_approved: bool) -> Verdict:
    """Student, company and contract service write until it is found complete."""
    if contract is not EmploymentState.DRAFT:
        return refused(f"employment_is_{contract}")
    return may_begin(student, is_approved=is_approved)


def may_type_apart(
    contract: EmploymentState, student: StudentState, *, is_approved: bool
) -> Verdict:
    """What is kept apart is in no version: it may still be typed until the contract is signed."""
    if contract is EmploymentState.SIGNED:
        return refused("employment_is_signed")
    return may_begin(student, is_approved=is_approved)


def may_invite(
    contract: EmploymentState, student: StudentState, *, is_approved: bool, sent_today: int
) -> Verdict:
    """Whether a company may be sent a link, to write or to read."""
    refusals = [*may_begin(student, is_approved=is_approved).refusals]
    if contract is EmploymentState.SIGNED:
        refusals.append(Refusal("employment_is_signed"))
    if sent_today >= MOST_LINKS:
        refusals.append(Refusal("sheet_too_many_links", {"most": MOST_LINKS}))
    return Verdict(tuple(refusals))


def may_complete(
    contract: EmploymentState, student: StudentState, review: ContractReview, *, is_approved: bool
) -> Verdict:
    """Whether every box is there and reads well, and nothing stands against the contract. Notes refuse nothing."""
    first = may_write(contract, student, is_approved=is_approved)
    if not first:
        return first
    lacking = [
        Refusal(f"contract_lacks_of_{part}", {"count": count})
        for part in FormPart
        if (count := sum(one.part is part for one in review.missing))
    ]
    unread = [Refusal("contract_has_slips", {"count": len(review.slips)})] if review.slips else []
    against = [beside.said for beside in review.refusals]
    return Verdict((*lacking, *unread, *against))


def may_reopen(contract: EmploymentState, student: StudentState) -> Verdict:
    if contract is not EmploymentState.READY:
        return refused(f"employment_is_{contract}")
    return may_begin(student, is_approved=True)


def may_record_copy(
    contract: EmploymentState,
    student: StudentState,
    *,
    signed_on: date,
    received_on: date,
    today: date,
) -> Verdict:
    """A copy is of what was found complete; it was signed before it came, and both are past."""
    first = may_reopen(contract, student)
    if not first:
        return first
    if received_on > today or signed_on > today:
        return refused("contract_copy_later_than_today")
    if signed_on > received_on:
        return refused("contract_received_before_signed")
    return ALLOWED


def may_correct_copy(contract: EmploymentState, *, signed_on: date, today: date) -> Verdict:
    """What was recorded of a copy may be wrong, whatever has become of the project meanwhile."""
    if contract is not EmploymentState.SIGNED:
        return refused(f"employment_is_{contract}")
    if signed_on > today:
        return refused("contract_copy_later_than_today")
    return ALLOWED


def may_have_deposit(contract: EmploymentState) -> Verdict:
    """What the employer sends to its OPCO was found complete."""
    return refused("employment_is_draft") if contract is EmploymentState.DRAFT else ALLOWED


def may_record_deposit(contract: EmploymentState, *, deposited_on: date, today: date) -> Verdict:
    first = may_have_deposit(contract)
    if not first:
        return first
    if deposited_on > today:
        return refused("contract_deposited_later_than_today")
    return ALLOWED
