"""Employment contracts of students, as their commands make them."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import SignedLink, User
from common.drafts.rules import fingerprint
from companies.employment.rules.form import FormPart
from companies.employment.selectors import form_in_force
from contratpro.contracts.services.deciding import complete_contract, record_copy
from contratpro.contracts.services.inviting import invite_to_contract
from contratpro.contracts.services.locking import PURPOSE, ContractWriter
from contratpro.contracts.services.writing import save_contract
from contratpro.models import ContractYear, EmploymentContract, StudentFile
from contratpro.sheets.services.deciding import validate_sheet
from contratpro.states import StudentState
from contratpro.vocabulary import CopyChannel
from notifications.models import Notification
from tests.factories import contratpro as contracts
from tests.factories import files, sheets

COMPANY = "paie@batisseurs.exemple.fr"
INVITED = datetime(2025, 6, 10, 9, 0, tzinfo=UTC)
SAVED = datetime(2025, 6, 11, 9, 0, tzinfo=UTC)
READY = datetime(2025, 6, 12, 9, 0, tzinfo=UTC)
RECEIVED = datetime(2025, 6, 20, 9, 0, tzinfo=UTC)
BORN = date(2003, 5, 10)
NIR = "203057503412360"  # a woman, born in May 2003
EMPLOYER = {
    "employer_name": "Bâtisseurs du Gard",
    "employer_street": "1 rue de l’Exemple",
    "employer_postcode": "30100",
    "employer_city": "Alès",
    "employer_phone": "04 66 00 00 02",
    "employer_email": "paul@batisseurs.exemple.fr",
    "pension_fund": "Caisse d’exemple",
    "private_employer": "no",
    "siret": "732 829 320 00074",
    "naf": "6201Z",
    "headcount": "120",
    "branch_name": "Bureaux d’études techniques",
    "idcc": "1486",
    "french_law": "yes",
    "public_body": "no",
    "tutor_name": "Inès Martin",
    "tutor_job": "Ingénieure",
    "tutor_born_on": "4/3/1985",
    "tutor_years": "8",
    "tutor_follows": "1",
    "tutor_is_employer": "no",
    "nature": "fixed_term",
    "job": "Ingénieur logiciel en formation",
    "classification": "Position 1.1",
    "category": "executive",
    "starts_on": "01/09/2025",
    "ends_on": "31/08/2026",
    "trial_days": "30",
    "weekly_time": "35 h",
    "gross_pay": "1 480,50",
    "concluded_on": "20/06/2025",
    "concluded_at": "Alès",
    "signatory_name": "Paul Duval",
    "opco_name": "Atlas",
}
EMPLOYEE = {
    "employee_address": "2 rue de l’Exemple\n30100 Alès",
    "employee_phone": "06 12 34 56 78",
    "employee_email": "eleve@exemple.fr",
    "sex": "f",
    "job_seeker": "no",
    "diploma_held": "bac_pro",
}
WHOLE = dict.fromkeys(form_in_force().typed_by(*FormPart), "") | EMPLOYER | EMPLOYEE


def approved(year: ContractYear, **changes: Any) -> StudentFile:
    """A student whose project is feasible and whose contact sheet the head has validated."""
    student = contracts.student(
        year, StudentState.FEASIBLE, **{"born_on": BORN, "nationality": "FR"} | changes
    )
    head = contracts.head(year)
    sheet = sheets.sent(sheets.own(student))
    validate_sheet(ref=sheet.ref, version=1, actor=head, now=sheets.ANSWERED)
    return student


def signed_in_as(student: StudentFile, user: User | None = None) -> ContractWriter:
    """The student, or somebody of the office, signed in."""
    return ContractWriter(ref=student.ref, user=user or student.user)


def by_link(contract: EmploymentContract) -> ContractWriter:
    """Whoever has the last link."""
    return ContractWriter(link_id=link_of(contract).pk)


def link_of(contract: EmploymentContract) -> SignedLink:
    return SignedLink.objects.filter(purpose=PURPOSE, subject_ref=contract.ref).latest("pk")


def invited(
    student: StudentFile, *, email: str = COMPANY, at: datetime = INVITED
) -> EmploymentContract:
    user: User | None = student.user
    assert user
    return invite_to_contract(ref=student.ref, email=email, actor=user, now=at)


def saved(
    writer: ContractWriter, at: datetime = SAVED, seen: str = "", **typed: str
) -> EmploymentContract:
    return save_contract(writer=writer, content=WHOLE | typed, seen=seen, now=at)


def whole(student: StudentFile, office: User, **typed: str) -> EmploymentContract:
    """Typed by the office, both parts."""
    return saved(signed_in_as(student, office), **typed)


def completed(
    contract: EmploymentContract, office: User, at: datetime = READY
) -> EmploymentContract:
    draft = EmploymentContract.objects.get(pk=contract.pk).draft
    return complete_contract(ref=contract.ref, seen=fingerprint(draft), actor=office, now=at)


def signed(
    contract: EmploymentContract, office: User, at: datetime = RECEIVED, **said: Any
) -> EmploymentContract:
    copy = {
        "signed_on": date(2025, 6, 18),
        "received_on": date(2025, 6, 19),
        "channel": CopyChannel.SCAN,
        "scan": scan(),
    }
    return record_copy(ref=contract.ref, actor=office, now=at, **copy | said)


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("contrat.pdf", files.pdf(), "application/pdf")


def address_of(contract: EmploymentContract) -> str:
    """Where the last mail with a link leads."""
    rows = Notification.objects.filter(kind="contratpro.contract_link", refs__contract=contract.ref)
    return f"/l/{rows.latest('pk').refs['token']}/"
