"""A defence is planned or moved, its report given a last day, its mark given and corrected."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp, note
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import Defence
from contratpro.models.pfe import TITLE_LENGTH
from contratpro.pfe.mails import PfeNews, tell_student, tell_tutor
from contratpro.pfe.permissions import can_follow_pfe, can_organise
from contratpro.pfe.rules import may_mark, may_plan, may_reopen, may_set_report_due
from contratpro.pfe.selectors import approved_content, day_of, ground_of_defence
from contratpro.pfe.services.locking import defence_to_plan, lock_defence
from contratpro.states import DefenceAction, DefenceState
from contratpro.steps.selectors import scale_for, today_of
from contratpro.students.services.locking import lock_student
from contratpro.year.selectors import year_now


@transaction.atomic
def plan_defence(
    *,
    ref: str,
    starts_at: datetime,
    place: str,
    jury: Sequence[str],
    actor: User,
    now: datetime,
) -> Defence:
    """Plan the defence of a student, or move it. The same again changes nothing, and nobody is told twice."""
    student = lock_student(ref)
    require(can_organise(actor, student))
    defence = defence_to_plan(student)
    said = {"starts_at": starts_at, "place": place.strip(), "jury": list(jury)}
    if defence and all(getattr(defence, name) == value for name, value in said.items()):
        return defence
    is_moved = defence is None or defence.starts_at != starts_at
    refuse_unless(
        may_plan(
            ground_of_defence(student),
            defence.state if defence else None,
            day_of(student, starts_at),
            defence.report_due if defence else None,
            today_of(student.year, now) if is_moved else None,
        )
    )
    stamp = Stamp.of(actor, now)
    if defence is None:
        defence = Defence(student=student, planned_at=now, planned_by=actor, **said)
        begin(defence, DefenceState.PLANNED, stamp, verb=PfeNews.PLANNED)
    else:
        for name, value in said.items():
            setattr(defence, name, value)
        defence.planned_at, defence.planned_by = now, actor
        defence.save(update_fields=[*said, "planned_at", "planned_by"])
        note(defence, PfeNews.PLANNED, stamp, source=defence.state, target=defence.state)
    tell_student(defence, PfeNews.PLANNED, now)
    tell_tutor(defence, PfeNews.PLANNED, now)
    return defence


@transaction.atomic
def set_report_due(*, ref: str, due: date, actor: User, now: datetime) -> Defence:
    """The last day of the report, as the co-tutor says."""
    defence = lock_defence(ref)
    student = defence.student
    require(can_follow_pfe(actor, student))
    if defence.report_due == due:
        return defence
    defended_on = day_of(student, defence.starts_at)
    days = year_now(student.year).limits.report_days
    today = today_of(student.year, now)
    refuse_unless(may_set_report_due(defence.state, due, defended_on, days, today))
    defence.report_due = due
    defence.save(update_fields=["report_due"])
    stamp = Stamp.of(actor, now)
    note(defence, PfeNews.REPORT_DUE, stamp, source=defence.state, target=defence.state)
    tell_student(defence, PfeNews.REPORT_DUE, now)
    return defence


@transaction.atomic
def mark_defence(*, ref: str, hundredths: int, words: str, actor: User, now: datetime) -> Defence:
    """The mark of the jury, with the title that was approved last. The same again changes nothing."""
    defence = lock_defence(ref)
    student = defence.student
    require(can_organise(actor, student))
    if defence.state is DefenceState.MARKED:
        if (defence.mark, defence.words) == (hundredths, words.strip()):
            return defence
        raise DomainError.of("defence_is_marked")
    title = approved_content(student).get("title", "")
    refuse_unless(
        may_mark(
            title=title,
            hundredths=hundredths,
            out_of=scale_for(student).out_of,
            defended_on=day_of(student, defence.starts_at),
            today=today_of(student.year, now),
        )
    )
    move(
        defence,
        DefenceAction.MARK,
        Stamp.of(actor, now),
        title=title[:TITLE_LENGTH],
        mark=hundredths,
        words=words.strip(),
        marked_at=now,
        marked_by=actor,
    )
    tell_student(defence, PfeNews.MARKED, now)
    return defence


@transaction.atomic
def reopen_defence(*, ref: str, reason: str, actor: User, now: datetime) -> Defence:
    """Take the mark out, to be typed again; the journal keeps why."""
    defence = lock_defence(ref)
    require(can_organise(actor, defence.student))
    refuse_unless(may_reopen(defence.state))
    if not reason.strip():
        raise DomainError.of("defence_reopening_needs_reason")
    move(defence, DefenceAction.REOPEN, Stamp.of(actor, now, reason.strip()[:500]))
    return defence
