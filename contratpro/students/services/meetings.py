"""Information meetings: made, and who was there, which is the condition that a contract asks first."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from common.journal import Stamp, note
from common.moves import begin_all, move_all
from common.refusals import DomainError, require
from contratpro.models import ConditionFact, InformationMeeting, MeetingAttendance, StudentFile
from contratpro.states import FactAction, FactState
from contratpro.students.permissions import can_handle
from contratpro.students.rules import MEETING, MatchedLine, PresentLine, match_present, match_seen
from contratpro.students.selectors import as_called, called_students
from contratpro.students.services.locking import lock_handled_year
from contratpro.vocabulary import Party
from contratpro.year.selectors import year_now


def plan_meeting(
    *,
    slug: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    departments: Sequence[str] = (),
    actor: User,
    now: datetime,
) -> InformationMeeting:
    """A meeting of these departments, or of all. The same meeting twice is one."""
    with transaction.atomic():
        year = lock_handled_year(slug, actor)
        said = {"ends_at": ends_at, "departments": sorted(departments)}
        meeting, created = InformationMeeting.objects.get_or_create(
            year=year, starts_at=starts_at, place=place, defaults=said
        )
        if created:
            note(meeting, "plan_meeting", Stamp.of(actor, now))
        return meeting


def tick_attendance(
    *, ref: str, present: Collection[str], seen: Collection[str], actor: User, now: datetime
) -> int:
    """Record who is ticked that was not when the page was shown, and who no longer is; the others stay as they are.

    Two people who tick at the same door thus write over nothing of each other's. Returns how many changed.
    """
    with transaction.atomic():
        meeting = lock_handled_meeting(ref, actor)
        students = {one.ref: one for one in called_students(meeting)}
        come = [students[one] for one in sorted({*present} - {*seen}) if one in students]
        gone = [students[one] for one in sorted({*seen} - {*present}) if one in students]
        stamp = Stamp.of(actor, now)
        return _record_present(meeting, come, actor, stamp) + _take_out(meeting, gone, stamp)


def preview_attendance(
    meeting: InformationMeeting, lines: Iterable[PresentLine]
) -> tuple[MatchedLine, ...]:
    return match_present(lines, as_called(called_students(meeting)))


def import_attendance(
    *, ref: str, lines: Sequence[PresentLine], seen: str, actor: User, now: datetime
) -> int:
    """Record those whom a preview named. Returns how many were not recorded before."""
    with transaction.atomic():
        meeting = lock_handled_meeting(ref, actor)
        matched = preview_attendance(meeting, lines)
        if match_seen(matched) != seen:
            raise DomainError.of("cohort_changed_meanwhile")
        students = meeting.year.students.filter(ref__in=[one.ref for one in matched if one.ref])
        return _record_present(meeting, list(students), actor, Stamp.of(actor, now))


def lock_handled_meeting(ref: str, actor: User) -> InformationMeeting:
    rows = InformationMeeting.objects.select_for_update(of=("self",))
    meeting = rows.select_related("year__school").get(ref=ref)
    require(can_handle(actor, meeting.year))
    return meeting


def _record_present(
    meeting: InformationMeeting, students: Sequence[StudentFile], actor: User, stamp: Stamp
) -> int:
    known = set(meeting.attendances.values_list("student_id", flat=True))
    new = [one for one in students if one.pk not in known]
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=meeting, student=one) for one in new
    )
    if new:
        refs = [one.ref for one in new]
        note(meeting, "record_present", Stamp.of(actor, stamp.at, students=refs))
    if MEETING in year_now(meeting.year).conditions:
        _hold(students, actor, stamp)
    return len(new)


def _hold(students: Sequence[StudentFile], actor: User, stamp: Stamp) -> None:
    facts = {
        fact.student_id: fact
        for fact in ConditionFact.objects.filter(student__in=students, key=MEETING)
    }
    said = {"said_by": Party.CONTRACT_SERVICE, "by": actor, "said_at": stamp.at}
    first = [
        ConditionFact(student=one, key=MEETING, **said) for one in students if one.pk not in facts
    ]
    begin_all(first, FactState.HELD, stamp, verb=FactAction.HOLD)
    others = [fact for fact in facts.values() if fact.state is not FactState.HELD]
    move_all(others, FactAction.HOLD, stamp, **said)


def _take_out(meeting: InformationMeeting, students: Sequence[StudentFile], stamp: Stamp) -> int:
    """Those who were ticked by mistake; the condition too is not known any more, unless another meeting holds it."""
    attendances = meeting.attendances.filter(student__in=students)
    count = attendances.count()
    attendances.delete()
    if count:
        refs = [one.ref for one in students]
        note(meeting, "take_out", Stamp.of(stamp.actor, stamp.at, students=refs))
    elsewhere = MeetingAttendance.objects.filter(student=OuterRef("student"))
    ticked = ConditionFact.objects.filter(
        ~Exists(elsewhere),
        student__in=students,
        key=MEETING,
        state=FactState.HELD,
        evidence=None,
        note="",
    )
    move_all(list(ticked), FactAction.FORGET, stamp, said_at=stamp.at)
    return count
