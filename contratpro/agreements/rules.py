"""The training agreement: when it is prepared, who signs it in which order, when it leaves the school (R-PRO-9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from common.rules import ALLOWED, Refusal, Verdict, refused
from contratpro.states import (
    BOUND_STUDENTS,
    OPEN_AGREEMENTS,
    AgreementState,
    SheetState,
    StudentState,
)
from contratpro.vocabulary import Signer

STEP = "agreement"  # signed by student and company
COPY = "agreement-copy"  # received by the office
DIRECTION = "direction-signature"
TO_COMPANY = "agreement-to-company"
TO_SOCIAL_SERVICE = "social-service"
PARTIES = frozenset({Signer.STUDENT, Signer.COMPANY})
# What is printed of one student, in the order of the paper. What an amendment changes is said in this order too.
FIELDS = (
    "student_name",
    "student_born_on",
    "student_address",
    "department",
    "option",
    "company_name",
    "siret",
    "company_address",
    "signatory_name",
    "signatory_function",
    "tutor_name",
    "tutor_function",
    "school_tutor",
    "starts_on",
    "ends_on",
)
# What the office may write otherwise than the contact sheet says: what an amendment is about.
WRITTEN = (
    "starts_on",
    "ends_on",
    "signatory_name",
    "signatory_function",
    "tutor_name",
    "tutor_function",
    "school_tutor",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementGround:
    """What an agreement stands on: the student's project, their contact sheet, what the year says of it."""

    student: StudentState
    sheet: SheetState | None
    has_words: bool
    number: int  # of the version to prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolSigns:
    """What a signature for the school is judged by: the agreement, what the others signed, and on which day."""

    state: AgreementState
    signed: Mapping[Signer, date]
    waited_for: tuple[str, ...]  # conditions that have to hold first
    signed_on: date
    today: date
    exception: str = ""


def may_prepare(ground: AgreementGround, *, reason: str = "") -> Verdict:
    """Once the head has validated the contact sheet; another version says why it takes the place of the last."""
    refusals = []
    if ground.student not in BOUND_STUDENTS:
        refusals.append(Refusal("agreement_of_no_project"))
    if ground.sheet is not SheetState.VALIDATED:
        refusals.append(Refusal("agreement_before_sheet"))
    if not ground.has_words:
        refusals.append(Refusal("agreement_without_words"))
    if ground.number > 1 and not reason:
        refusals.append(Refusal("agreement_needs_reason"))
    return Verdict(tuple(refusals))


def may_have_another(ground: AgreementGround) -> Verdict:
    """The same, before the reason is typed."""
    return may_prepare(ground, reason="…")


def check_days(starts_on: date, ends_on: date) -> Verdict:
    return ALLOWED if starts_on < ends_on else refused("agreement_ends_before_it_starts")


def may_hand_in(state: AgreementState, signed_on: tuple[date, ...], today: date) -> Verdict:
    """Student and company have signed what was prepared, until the office has received it."""
    if state is not AgreementState.PREPARED:
        return refused(f"agreement_is_{state}")
    if any(day > today for day in signed_on):
        return refused("agreement_signed_later_than_today")
    return ALLOWED


def may_receive(state: AgreementState, signed: Mapping[Signer, date]) -> Verdict:
    if state is not AgreementState.PREPARED:
        return refused(f"agreement_is_{state}")
    return ALLOWED if signed.keys() >= PARTIES else refused("agreement_lacks_signatures")


def may_return(state: AgreementState, signed: Mapping[Signer, date]) -> Verdict:
    """What was handed in is sent back: received or not yet, but nothing that the school has signed."""
    if state not in OPEN_AGREEMENTS:
        return refused(f"agreement_is_{state}")
    if Signer.SCHOOL in signed:
        return refused("agreement_signed_by_school")
    return ALLOWED if PARTIES & signed.keys() else refused("agreement_lacks_signatures")


def may_sign_for_school(signing: SchoolSigns) -> Verdict:
    """The school signs last, since what it has sent binds it; before the others only by exception, with its reason."""
    if signing.state not in OPEN_AGREEMENTS:
        return refused(f"agreement_is_{signing.state}")
    if Signer.SCHOOL in signing.signed:
        return refused("agreement_signed_by_school")
    refusals = []
    if signing.signed_on > signing.today:
        refusals.append(Refusal("agreement_signed_later_than_today"))
    if signs_out_of_order(signing) and not signing.exception:
        refusals.append(Refusal("school_signs_last"))
    refusals += [
        Refusal("agreement_waits_for_condition", {"condition": key}) for key in signing.waited_for
    ]
    return Verdict(tuple(refusals))


def signs_out_of_order(signing: SchoolSigns) -> bool:
    """Whether the office has not received it, or someone signed it on a later day."""
    if signing.state is not AgreementState.RECEIVED:
        return True
    return any(day > signing.signed_on for day in signing.signed.values())


def may_send_to_company(state: AgreementState) -> Verdict:
    return _signed_by_all(state)


def may_send_to_social_service(state: AgreementState, *, has_contract: bool) -> Verdict:
    """Contract and agreement go together, both signed: before its own signature the school sends nothing."""
    refusals = [*_signed_by_all(state).refusals]
    if not has_contract:
        refusals.append(Refusal("contract_copy_not_received"))
    return Verdict(tuple(refusals))


def _signed_by_all(state: AgreementState) -> Verdict:
    if state is AgreementState.SIGNED:
        return ALLOWED
    return refused("agreement_not_signed_by_all")
