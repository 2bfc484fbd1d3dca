"""Training agreements of students, as their commands make them."""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from common.files.services import keep_made
from common.journal import SYSTEM, Stamp
from common.moves import begin, move
from contratpro.agreements.rules import WRITTEN
from contratpro.agreements.selectors import facts_for
from contratpro.agreements.services.preparing import prepare_agreement
from contratpro.agreements.services.signing import (
    PartiesSigned,
    hand_in_agreement,
    sign_for_school,
)
from contratpro.models import EmploymentContract, StudentFile, TrainingAgreement
from contratpro.sheets.services.deciding import validate_sheet
from contratpro.states import EmploymentAction, EmploymentState, FactState
from contratpro.students.rules import seen_of_fact
from contratpro.students.services.conditions import hold_condition
from contratpro.vocabulary import CopyChannel
from tests.factories import files, sheets

PREPARED = datetime(2025, 6, 10, 9, 0, tzinfo=UTC)
HANDED_IN = datetime(2025, 6, 20, 9, 0, tzinfo=UTC)
SCHOOL_SIGNED = datetime(2025, 6, 25, 9, 0, tzinfo=UTC)
SENT = datetime(2025, 6, 26, 9, 0, tzinfo=UTC)
BOTH = PartiesSigned(
    student_on=date(2025, 6, 12), company_by="Paul Duval", company_on=date(2025, 6, 18)
)


def scan(name: str = "convention.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.pdf(), "application/pdf")


def validated_sheet(student: StudentFile, head: User) -> None:
    """The contact sheet, sent by the student and validated by that head."""
    sheet = sheets.sent(sheets.own(student))
    validate_sheet(ref=sheet.ref, version=1, actor=head, now=sheets.ANSWERED)


def prepared(
    student: StudentFile, office: User, *, at: datetime = PREPARED, reason: str = "", **said: str
) -> TrainingAgreement:
    facts = {**facts_for(student), **said}
    return prepare_agreement(
        ref=student.ref,
        number=student.agreements.count() + 1,
        written={name: facts[name] for name in WRITTEN},
        reason=reason,
        actor=office,
        now=at,
    )


def handed_in(
    agreement: TrainingAgreement,
    actor: User,
    *,
    signed: PartiesSigned = BOTH,
    at: datetime = HANDED_IN,
) -> TrainingAgreement:
    return hand_in_agreement(ref=agreement.ref, signed=signed, scan=scan(), actor=actor, now=at)


def signed(
    agreement: TrainingAgreement,
    office: User,
    *,
    on: date = date(2025, 6, 25),
    exception: str = "",
    at: datetime = SCHOOL_SIGNED,
) -> TrainingAgreement:
    return sign_for_school(
        ref=agreement.ref,
        signed_by="Direction",
        signed_on=on,
        scan=scan("convention-signee.pdf"),
        exception=exception,
        actor=office,
        now=at,
    )


def admitted_to_year_3(student: StudentFile, office: User) -> None:
    """The condition that has to hold before the school signs."""
    hold_condition(
        ref=student.ref,
        key="year-3",
        seen=seen_of_fact(FactState.UNKNOWN),
        actor=office,
        now=PREPARED,
    )


def contract_signed(student: StudentFile, office: User) -> EmploymentContract:
    """The signed copy of the employment contract, as the office receives it."""
    stamp = Stamp.of(SYSTEM, PREPARED)
    contract = EmploymentContract(student=student, created_at=PREPARED)
    begin(contract, EmploymentState.DRAFT, stamp, verb="begin")
    ready = {"ready_at": PREPARED, "ready_by": office}
    move(contract, EmploymentAction.COMPLETE, stamp, **ready)
    received = {"received_at": HANDED_IN, "received_by": office, "signed_on": date(2025, 6, 18)}
    kept = keep_made(
        content=files.pdf("Contrat"),
        name="contrat.pdf",
        media_type="application/pdf",
        purpose="contract_copy",
        now=HANDED_IN,
    )
    copy = {"scan": kept, "channel": CopyChannel.SCAN}
    move(contract, EmploymentAction.SIGN, stamp, **received, **copy)
    return contract
