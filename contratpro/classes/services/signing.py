"""A student signs for themself with the code that is shown in the room; every code that was none is in the journal."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp, note
from common.refusals import refuse_unless, require
from common.rules import ALLOWED, Verdict, refused
from contratpro.classes.rules.codes import judge_code
from contratpro.classes.rules.signing import IN_ROOM, found_at, may_sign, refused_code
from contratpro.classes.selectors import calls, facts_of, secret_of, tries_of
from contratpro.classes.services.keeping import begin_presences
from contratpro.classes.services.locking import lock_class
from contratpro.models import ClassPresence, ClassSession, StudentFile
from contratpro.students.permissions import can_act_as_student
from contratpro.students.selectors import student_by_ref
from contratpro.vocabulary import SignedHow


def sign_by_code(
    *, ref: str, student_ref: str, code: str, actor: User, now: datetime
) -> ClassPresence | None:
    """Sign once. Again, nothing more happens. Raises DomainError with why not, once what was tried is noted."""
    with transaction.atomic():
        session = lock_class(ref)
        student = student_by_ref(student_ref)
        assert student, "the view has found the file"
        require(can_act_as_student(actor, student))
        presence = session.presences.filter(student=student).first()
        verdict = _again(presence) if presence else _verdict(session, student, code, now)
        if verdict and presence is None:
            presence = _sign(session, student, Stamp.of(actor, now))
        elif not verdict:
            codes = [refusal.code for refusal in verdict.refusals]
            tried = Stamp.of(actor, now, "", student=student.ref, why=codes)
            note(session, _verb(codes), tried)
    refuse_unless(verdict)
    return presence


def _again(presence: ClassPresence) -> Verdict:
    """Whoever the teacher called absent does not sign over it."""
    return ALLOWED if presence.state in IN_ROOM else refused("class_called_absent")


def _verdict(session: ClassSession, student: StudentFile, code: str, now: datetime) -> Verdict:
    facts = facts_of(session)
    is_called = session.year_id == student.year_id and calls(session, student)
    verdict = may_sign(
        facts, student.state, is_called=is_called, tries=tries_of(session, student), now=now
    )
    return verdict and refused_code(judge_code(secret_of(session), code, now))


def _sign(session: ClassSession, student: StudentFile, stamp: Stamp) -> ClassPresence:
    found = found_at(facts_of(session), stamp.at)
    row = ClassPresence(
        session=session, student=student, how=SignedHow.CODE, late_minutes=found.late
    )
    begin_presences([row], found.state, stamp, "sign")
    return row


def _verb(codes: list[str]) -> str:
    """Codes that were none are counted; the others are noted beside them."""
    return "try_code" if codes[0] in {"class_code_wrong", "class_code_over"} else "try_to_sign"
