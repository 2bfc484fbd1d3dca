"""What a student does with their own file: claim it, say who they are, take a risk. Steps are declared in `steps`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp, note
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import ConditionFact, StudentFile
from contratpro.states import FactAction, FactState, StudentAction
from contratpro.steps.rules import UNCONFIRMED
from contratpro.student.permissions import can_claim
from contratpro.student.rules import may_change_identity
from contratpro.students.permissions import can_act_as_student
from contratpro.students.rules import may_take_risk
from contratpro.students.selectors import conditions_of
from contratpro.students.services.cohort import INDEXES, write_index
from contratpro.students.services.locking import refuse_if_withdrawn
from contratpro.vocabulary import Party
from contratpro.year.selectors import year_now


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentIdentity:
    """Who a student is, as the contract will have it."""

    first_names: str
    birth_name: str
    usual_name: str
    born_on: date
    nationality: str
    phone: str


@transaction.atomic
def claim_file(*, student: StudentFile, actor: User, now: datetime) -> StudentFile:
    """Link a file with the account that proved its address; claiming one's own again changes nothing."""
    student = _locked(student)
    if not can_act_as_student(actor, student):
        _claim(student, actor, now)
    return student


@transaction.atomic
def confirm_identity(
    *, student: StudentFile, identity: StudentIdentity, actor: User, now: datetime
) -> StudentFile:
    """Keep who the student says that they are; the first time, the file is theirs and confirmed."""
    student = _locked(student)
    if not can_act_as_student(actor, student):
        _claim(student, actor, now)
    refuse_unless(may_change_identity(student.state))
    changed = _written(student, asdict(identity))
    if student.state in UNCONFIRMED:
        move(student, StudentAction.CONFIRM, Stamp.of(actor, now, changed=changed))
    elif changed:
        note(student, "change_identity", Stamp.of(actor, now, changed=changed))
    return student


@transaction.atomic
def tell_circumstances(
    *,
    student: StudentFile,
    grant_holder: bool,
    long_internship: bool,
    actor: User,
    now: datetime,
) -> StudentFile:
    """Keep what makes conditions and warnings concern the student."""
    student = _locked(student)
    require(can_act_as_student(actor, student))
    refuse_unless(may_change_identity(student.state))
    if student.state in UNCONFIRMED:
        raise DomainError.of("identity_not_confirmed")
    told = {"grant_holder": grant_holder, "long_internship": long_internship}
    changed = _differing(student, told)
    student.grant_holder, student.long_internship = grant_holder, long_internship
    student.save(update_fields=[*told])
    if changed:
        note(student, "tell_circumstances", Stamp.of(actor, now, changed=changed))
    return student


@transaction.atomic
def take_risk(
    *, student: StudentFile, key: str, statement: str, actor: User, now: datetime
) -> ConditionFact:
    """Keep, word for word, that the student knows what follows where a condition does not hold.

    Raises LookupError for a condition that does not concern them.
    """
    student = _locked(student)
    require(can_act_as_student(actor, student))
    refuse_if_withdrawn(student)
    lines = {line.rule.key: line for line in conditions_of(student, year_now(student.year))}
    refuse_unless(may_take_risk(lines[key]))
    said = {"said_by": Party.STUDENT, "by": actor, "said_at": now, "note": statement}
    fact = ConditionFact.objects.filter(student=student, key=key).first()
    if fact is None:
        fact = ConditionFact(student=student, key=key, **said)
        begin(fact, FactState.OWN_RISK, Stamp.of(actor, now), verb=FactAction.TAKE_RISK)
    else:
        move(fact, FactAction.TAKE_RISK, Stamp.of(actor, now), **said)
    return fact


def _locked(student: StudentFile) -> StudentFile:
    rows = StudentFile.objects.select_for_update(of=("self",))
    return rows.select_related("year__school").get(pk=student.pk)


def _claim(student: StudentFile, actor: User, now: datetime) -> None:
    require(can_claim(actor, student))
    if StudentFile.objects.filter(year=student.year_id, user=actor).exists():
        raise DomainError.of("another_file_of_this_year")
    student.user = actor
    student.save(update_fields=["user"])
    note(student, "claim", Stamp.of(actor, now))


def _written(student: StudentFile, identity: Mapping[str, object]) -> list[str]:
    """Write what differs, and how the file is sorted and found. Returns the names of what changed."""
    changed = _differing(student, identity)
    for name in changed:
        setattr(student, name, identity[name])
    write_index(student)
    student.save(update_fields=[*changed, *INDEXES])
    return changed


def _differing(student: StudentFile, said: Mapping[str, object]) -> list[str]:
    """The names of what is said otherwise than the file has it."""
    return [name for name, value in said.items() if getattr(student, name) != value]
