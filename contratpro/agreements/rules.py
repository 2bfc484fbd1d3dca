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
class AgreementStanding:
    """A version as it stands: whose it is, how far it is, who has signed it, and on which day."""

    student: StudentState
    state: AgreementState
    signed: Mapping[Signer, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolSigns:
    """What is said of a signature for the school, and what it is judged by besides the agreement."""

    waited_for: tuple[Mapping[str, object], ...]  # conditions that have to hold first, in words
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


def may_hand_in(standing: AgreementStanding, days: tuple[date, ...], today: date) -> Verdict:
    """Student and company have signed what was prepared, until the office has received it."""
    if refusals := _not_in(standing, AgreementState.PREPARED):
        return Verdict(refusals)
    if any(day > today for day in days):
        return refused("agreement_day_to_come")
    return ALLOWED


def may_receive(standing: AgreementStanding) -> Verdict:
    if refusals := _not_in(standing, AgreementState.PREPARED):
        return Verdict(refusals)
    if standing.signed.keys() >= PARTIES:
        return ALLOWED
    return refused("agreement_lacks_signatures")


def may_return(standing: AgreementStanding) -> Verdict:
    """What student and company handed in is sent back, received or not yet; not once all have signed."""
    if refusals := _not_in(standing, *OPEN_AGREEMENTS):
        return Verdict(refusals)
    if PARTIES & standing.signed.keys():
        return ALLOWED
    return refused("agreement_lacks_signatures")


def may_sign_for_school(standing: AgreementStanding, signing: SchoolSigns) -> Verdict:
    """The school signs last, since what it has sent binds it; before the others only by exception, with its reason."""
    if refusals := _not_in(standing, *OPEN_AGREEMENTS):
        return Verdict(refusals)
    if Signer.SCHOOL in standing.signed:
        return refused("agreement_signed_by_school")
    against = []
    if signing.signed_on > signing.today:
        against.append(Refusal("agreement_day_to_come"))
    if signs_out_of_order(standing, signing.signed_on) and not signing.exception:
        against.append(Refusal("school_signs_last"))
    against += [
        Refusal("agreement_waits_for_condition", {"condition": words})
        for words in signing.waited_for
    ]
    return Verdict(tuple(against))


def signs_out_of_order(standing: AgreementStanding, signed_on: date) -> bool:
    """Whether the office has not received it, or someone signed it on a later day."""
    if standing.state is not AgreementState.RECEIVED:
        return True
    return any(day > signed_on for day in standing.signed.values())


def may_send_to_company(standing: AgreementStanding) -> Verdict:
    """Before its own signature, the school sends nothing."""
    if standing.state is not AgreementState.SIGNED:
        return refused("agreement_not_signed_by_all")
    return _under_way(standing)


def may_send_to_social_service(standing: AgreementStanding, *, has_contract: bool) -> Verdict:
    """Contract and agreement go together, both signed."""
    refusals = [*may_send_to_company(standing).refusals]
    if not has_contract:
        refusals.append(Refusal("contract_copy_not_received"))
    return Verdict(tuple(refusals))


def may_be_posted(sent_on: date, prepared_on: date, today: date) -> Verdict:
    """On which day it was posted: one gone by, since there is something to post."""
    if sent_on > today:
        return refused("agreement_day_to_come")
    return ALLOWED if sent_on >= prepared_on else refused("agreement_posted_before_prepared")


def _not_in(standing: AgreementStanding, *states: AgreementState) -> tuple[Refusal, ...]:
    """Why nothing can be signed of it now; nothing where its state is one of these and the project is under way."""
    if standing.state not in states:
        return (Refusal(f"agreement_is_{standing.state}"),)
    return _under_way(standing).refusals


def _under_way(standing: AgreementStanding) -> Verdict:
    if standing.student in BOUND_STUDENTS:
        return ALLOWED
    return refused("agreement_of_no_project")
