"""The first lines of every command on a contract, and the link by which a company opens it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.links.rules import LASTS
from accounts.links.services import replace_link, verdict_on
from accounts.models import SignedLink, User
from common.journal import Actor, Stamp
from common.moves import begin
from common.refusals import NotAllowedError, require
from common.rules import ALLOWED, refused
from companies.employment.rules.form import FormPart
from contratpro.contracts.permissions import parts_of
from contratpro.contracts.selectors import from_sheet
from contratpro.models import EmploymentContract, StudentFile
from contratpro.states import EmploymentState
from contratpro.students.permissions import can_handle
from contratpro.students.services.locking import lock_student

PURPOSE = "employment_contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractWriter:
    """Who fills in a contract: somebody signed in, in the file of that reference, or whoever has a company's link."""

    ref: str = ""
    user: User | None = None
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenContract:
    """A contract under its lock, who writes it (a person, or a link), and which parts of it."""

    contract: EmploymentContract
    by: User | Actor
    parts: tuple[FormPart, ...]

    def stamp(self, now: datetime, **data: object) -> Stamp:
        return Stamp.of(self.by, now, "", **data)


def open_contract(writer: ContractWriter, now: datetime) -> OpenContract:
    """What a writer has a right to, locked. Raises NotAllowedError for a stranger, or a link that works no more."""
    if writer.link_id is not None:
        return _opened_by_link(writer.link_id, now)
    assert writer.user, "a contract is written by a person or by a link"
    student = lock_student(writer.ref)
    parts = parts_of(writer.user, student)
    require(ALLOWED if parts else refused("not_this_student"))
    contract = contract_begun(student, Stamp.of(writer.user, now))
    return OpenContract(contract, writer.user, parts)


def contract_begun(student: StudentFile, stamp: Stamp) -> EmploymentContract:
    """The contract of a student whose file is locked; begun if this is the first time that it is asked for."""
    contract = _rows().filter(student=student).first()
    if contract is None:
        contract = EmploymentContract(
            student=student, draft=from_sheet(student), draft_at=stamp.at, created_at=stamp.at
        )
        begin(contract, EmploymentState.DRAFT, stamp, verb="begin")
    contract.student = student
    return contract


def lock_contract(ref: str) -> EmploymentContract:
    """Locked in the order of every command: the file of the student, then the contract."""
    contract = EmploymentContract.objects.select_related("student").get(ref=ref)
    student = lock_student(contract.student.ref)
    locked = _rows().get(pk=contract.pk)
    locked.student = student
    return locked


def lock_handled_contract(ref: str, actor: User) -> EmploymentContract:
    contract = lock_contract(ref)
    require(can_handle(actor, contract.student.year))
    return contract


def new_link(contract: EmploymentContract, actor: Actor, now: datetime) -> tuple[SignedLink, str]:
    """A fresh link, and its token; those before it lead nowhere any more."""
    issued = replace_link(
        purpose=PURPOSE,
        subject_ref=contract.ref,
        email=contract.company_email,
        expires_at=now + LASTS,
        actor=actor,
        now=now,
    )
    return issued.link, issued.token


def _opened_by_link(link_id: int, now: datetime) -> OpenContract:
    """The link is looked at under the lock of the contract: it may be replaced at this moment."""
    purpose, ref = SignedLink.objects.values_list("purpose", "subject_ref").get(pk=link_id)
    if purpose != PURPOSE:
        raise NotAllowedError.of("contract_of_another_link")
    contract = lock_contract(ref)
    link = SignedLink.objects.get(pk=link_id)
    require(verdict_on(link, now=now))
    return OpenContract(contract, Actor.link(link), (FormPart.EMPLOYER,))


def _rows() -> QuerySet[EmploymentContract]:
    return EmploymentContract.objects.select_for_update(of=("self",))
