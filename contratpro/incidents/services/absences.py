"""A day at the school that the company needs: asked, granted or refused by the head, cancelled."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require
from contratpro.incidents.mails import AbsenceNews, tell_absence
from contratpro.incidents.permissions import can_report
from contratpro.incidents.rules import may_be_absent, may_cancel, may_decide
from contratpro.incidents.selectors import ask_of
from contratpro.models import CompanyNeed
from contratpro.models.incidents import WORDS_LENGTH
from contratpro.states import AbsenceAction, AbsenceState
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_agree
from contratpro.students.services.locking import lock_student
from contratpro.year.selectors import is_working_day


@transaction.atomic
def ask_absence(
    *, ref: str, day: date, made_up_on: date, reason: str, actor: User, now: datetime
) -> CompanyNeed:
    """Ask the head for a day, by the student or the office. The same asked twice is asked once."""
    student = lock_student(ref)
    require(can_report(actor, student))
    reason = reason.strip()[:WORDS_LENGTH]
    said = {"day": day, "made_up_on": made_up_on, "reason": reason}
    same = student.absences.filter(state=AbsenceState.ASKED, **said).first()
    if same:
        return same
    if not reason:
        raise DomainError.of("absence_without_need")
    ask = ask_of(student, day, made_up_on, now)
    refuse_unless(may_be_absent(student.state, ask, is_working_day))
    absence = CompanyNeed(student=student, asked_by=actor, asked_at=now, **said)
    begin(absence, AbsenceState.ASKED, Stamp.of(actor, now), verb=AbsenceNews.ASKED)
    tell_absence(absence, AbsenceNews.ASKED, now)
    return absence


@transaction.atomic
def grant_absence(*, ref: str, actor: User, now: datetime) -> CompanyNeed:
    """The head grants the day, unless the calendar has changed against it."""
    absence = _lock(ref)
    require(can_agree(actor, absence.student))
    if absence.state is AbsenceState.GRANTED:
        return absence
    student = absence.student
    refuse_unless(may_decide(absence.state, absence.day, today_of(student.year, now)))
    ask = ask_of(student, absence.day, absence.made_up_on, now, but=absence)
    refuse_unless(may_be_absent(student.state, ask, is_working_day))
    return _decide(absence, AbsenceAction.GRANT, "", actor, now)


@transaction.atomic
def refuse_absence(*, ref: str, reason: str, actor: User, now: datetime) -> CompanyNeed:
    """The head refuses the day, and the student reads why."""
    absence = _lock(ref)
    require(can_agree(actor, absence.student))
    remarks = reason.strip()[:WORDS_LENGTH]
    if absence.state is AbsenceState.REFUSED and absence.remarks == remarks:
        return absence
    if not remarks:
        raise DomainError.of("absence_refusal_needs_reason")
    refuse_unless(may_decide(absence.state, absence.day, today_of(absence.student.year, now)))
    return _decide(absence, AbsenceAction.REFUSE, remarks, actor, now)


@transaction.atomic
def cancel_absence(*, ref: str, actor: User, now: datetime) -> CompanyNeed:
    """The day is needed no more: the student is at the school."""
    absence = _lock(ref)
    require(can_report(actor, absence.student))
    if absence.state is AbsenceState.CANCELLED:
        return absence
    refuse_unless(may_cancel(absence.state, absence.day, today_of(absence.student.year, now)))
    return _decide(absence, AbsenceAction.CANCEL, "", actor, now)


def _lock(ref: str) -> CompanyNeed:
    rows = CompanyNeed.objects.select_for_update(of=("self",))
    return rows.select_related("student__year__school", "student__user").get(ref=ref)


def _decide(
    absence: CompanyNeed, action: AbsenceAction, remarks: str, actor: User, now: datetime
) -> CompanyNeed:
    said = {"decided_by": actor, "decided_at": now, "remarks": remarks}
    move(absence, action, Stamp.of(actor, now), **said)
    tell_absence(absence, AbsenceNews(action), now)
    return absence
