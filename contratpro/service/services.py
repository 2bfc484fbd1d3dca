"""The contract service answers step 1: the project of a student is feasible, or not, with the reasons."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp
from common.moves import move
from common.refusals import DomainError, refuse_unless
from contratpro.agreements.selectors import has_signed_contract
from contratpro.models import StudentFile
from contratpro.service.mails import tell_answer
from contratpro.states import StudentAction, StudentState
from contratpro.steps.rules import INTENTION
from contratpro.steps.services import declare_step
from contratpro.students.rules import is_feasible, may_answer, may_refuse
from contratpro.students.selectors import conditions_of
from contratpro.students.services.locking import lock_handled_student
from contratpro.year.selectors import year_now


def accept_project(*, ref: str, actor: User, now: datetime) -> StudentFile:
    """Call a student's project feasible. Raises DomainError with every condition against it."""
    with transaction.atomic():
        student = lock_handled_student(ref, actor)
        if student.state is StudentState.FEASIBLE:
            return student
        refuse_unless(may_answer(student.state))
        refuse_unless(is_feasible(conditions_of(student, year_now(student.year))))
        _record_intention(student, actor, now)
        move(student, StudentAction.ACCEPT, Stamp.of(actor, now), reason="")
        tell_answer(student, (), now)
        return student


def refuse_project(*, ref: str, reason: str, actor: User, now: datetime) -> StudentFile:
    """Answer that it is not feasible: the student reads each condition against it, and the words of the office."""
    with transaction.atomic():
        student = lock_handled_student(ref, actor)
        if student.state is StudentState.REFUSED and student.reason == reason.strip():
            return student
        has_signed = has_signed_contract(student)
        refuse_unless(may_refuse(student.state, has_signed_contract=has_signed))
        if not reason.strip():
            raise DomainError.of("project_refusal_needs_reason")
        against = is_feasible(conditions_of(student, year_now(student.year)))
        _record_intention(student, actor, now)
        move(student, StudentAction.REFUSE, Stamp.of(actor, now), reason=reason.strip())
        tell_answer(student, against.refusals, now)
        return student


def _record_intention(student: StudentFile, actor: User, now: datetime) -> None:
    """Step 1 is done once it is answered, where the student had not put it on record."""
    if INTENTION in year_now(student.year).steps:
        declare_step(student=student, key=INTENTION, actor=actor, now=now)
