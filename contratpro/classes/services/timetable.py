"""The timetable of a year: imported as a preview showed it, or typed; moved, cancelled, planned again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.links.services import revoke_links
from accounts.models import SignedLink, User
from common.journal import Stamp, note_all
from common.moves import begin_all, move, move_all
from common.refusals import DomainError
from contratpro.classes.rules.timetable import (
    SAID,
    ClassFate,
    ClassLine,
    ClassPlan,
    Group,
    Said,
    changes_of,
    plan_timetable,
    timetable_seen,
)
from contratpro.classes.selectors import known_class, known_classes
from contratpro.classes.services.locking import PURPOSE, lock_handled_class
from contratpro.models import CalledGroup, ClassSession, ContractYear
from contratpro.states import PLANNED_CLASSES, ClassAction, ClassState
from contratpro.students.services.locking import lock_handled_year

BATCH = 200
WRITTEN = (*SAID, "minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTimetable:
    """How many sessions each fate befell."""

    new: int
    changed: int
    restored: int
    cancelled: int
    unchanged: int
    kept: int


def preview_timetable(
    year: ContractYear, lines: Iterable[ClassLine], whole: Collection[Group]
) -> tuple[ClassPlan, ...]:
    """What importing these lines would do. Writes nothing."""
    return plan_timetable(lines, known_classes(year), whole)


@transaction.atomic
def import_timetable(
    *,
    slug: str,
    lines: Sequence[ClassLine],
    whole: Collection[Group],
    seen: str,
    actor: User,
    now: datetime,
) -> ImportedTimetable:
    """Write what a preview showed; the same lines once more change nothing.

    Raises DomainError if they would now do anything else than what the preview said.
    """
    year = lock_handled_year(slug, actor)
    plan = preview_timetable(year, lines, whole)
    if timetable_seen(plan) != seen:
        raise DomainError.of("timetable_changed_meanwhile")
    by_fate = {fate: [one for one in plan if one.fate is fate] for fate in ClassFate}
    stamp = Stamp.of(actor, now)
    _add(year, by_fate[ClassFate.NEW], stamp)
    rows = _rows(year, plan)
    _cancel([rows[one.ref] for one in by_fate[ClassFate.CANCELLED]], stamp, "")
    move_all([rows[one.ref] for one in by_fate[ClassFate.RESTORED]], ClassAction.RESTORE, stamp)
    changed = [*by_fate[ClassFate.CHANGED], *by_fate[ClassFate.RESTORED]]
    _change([(rows[one.ref], one) for one in changed if one.was], stamp)
    return ImportedTimetable(**{fate.value: len(found) for fate, found in by_fate.items()})


@transaction.atomic
def add_class(
    *, slug: str, said: Said, groups: Sequence[Group], actor: User, now: datetime
) -> ClassSession:
    """One session more, typed."""
    year = lock_handled_year(slug, actor)
    planned = ClassPlan(line=0, fate=ClassFate.NEW, uid="", said=said, groups=tuple(groups))
    [session] = _add(year, [planned], Stamp.of(actor, now))
    return session


@transaction.atomic
def change_class(
    *, ref: str, said: Said, groups: Sequence[Group], actor: User, now: datetime
) -> ClassSession:
    """Move it, or say otherwise who teaches whom where. What was signed there stays; what is countersigned, whole."""
    session = lock_handled_class(ref, actor)
    was = changes_of(said, groups, known_class(session))
    if not was:
        return session
    if session.state not in PLANNED_CLASSES:
        raise DomainError.of(f"class_is_{session.state}")
    planned = ClassPlan(
        line=0,
        fate=ClassFate.CHANGED,
        uid=session.uid,
        said=said,
        groups=tuple(groups),
        was=was,
    )
    _change([(session, planned)], Stamp.of(actor, now))
    return session


@transaction.atomic
def cancel_class(*, ref: str, reason: str, actor: User, now: datetime) -> ClassSession:
    """It is not held: nobody missed it, and what was signed there is kept. Again, nothing happens."""
    session = lock_handled_class(ref, actor)
    if session.state is ClassState.CANCELLED:
        return session
    if session.state not in PLANNED_CLASSES:
        raise DomainError.of(f"class_is_{session.state}")
    _cancel([session], Stamp.of(actor, now, reason), reason)
    return session


@transaction.atomic
def restore_class(*, ref: str, actor: User, now: datetime) -> ClassSession:
    """It is held after all. Again, nothing happens."""
    session = lock_handled_class(ref, actor)
    if session.state is ClassState.CANCELLED:
        move(session, ClassAction.RESTORE, Stamp.of(actor, now))
    return session


def _add(year: ContractYear, plan: Iterable[ClassPlan], stamp: Stamp) -> list[ClassSession]:
    plan = list(plan)
    sessions = [
        ClassSession(year=year, uid=one.uid, minutes=_minutes(one.said), **one.said) for one in plan
    ]
    begin_all(sessions, ClassState.SCHEDULED, stamp, verb="plan")
    _call_groups(zip(sessions, plan, strict=True))
    return sessions


def _rows(year: ContractYear, plan: Iterable[ClassPlan]) -> dict[str, ClassSession]:
    refs = [one.ref for one in plan if one.ref]
    rows = year.classes.select_for_update(of=("self",)).filter(ref__in=refs)
    return {row.ref: row for row in rows.select_related("year").order_by("pk")}


def _change(changed: Sequence[tuple[ClassSession, ClassPlan]], stamp: Stamp) -> None:
    for session, planned in changed:
        for name, value in planned.said.items():
            setattr(session, name, value)
        session.minutes = _minutes(planned.said)
    if changed:
        sessions = [session for session, _planned in changed]
        ClassSession.objects.bulk_update(sessions, WRITTEN, batch_size=BATCH)
    _close_links([one for one, planned in changed if "teacher_email" in planned.was], stamp)
    regrouped = [both for both in changed if "groups" in both[1].was]
    CalledGroup.objects.filter(session__in=[session for session, _plan in regrouped]).delete()
    _call_groups(regrouped)
    fields = {session.ref: sorted(planned.was) for session, planned in changed}
    note_all(
        [session for session, _planned in changed],
        "change_class",
        stamp,
        data=lambda session: {"fields": fields[session.ref]},
    )


def _call_groups(called: Iterable[tuple[ClassSession, ClassPlan]]) -> None:
    CalledGroup.objects.bulk_create(
        [
            CalledGroup(session=session, department=department, option=option)
            for session, planned in called
            for department, option in planned.groups
        ]
    )


def _cancel(sessions: Sequence[ClassSession], stamp: Stamp, reason: str) -> None:
    move_all(sessions, ClassAction.CANCEL, stamp, reason=reason)
    _close_links(sessions, stamp)


def _close_links(sessions: Sequence[ClassSession], stamp: Stamp) -> None:
    """Of those of the sessions that have one: few do, since a link is sent the evening before."""
    refs = [session.ref for session in sessions]
    live = SignedLink.objects.filter(purpose=PURPOSE, subject_ref__in=refs, revoked_at=None)
    for ref in sorted(set(live.values_list("subject_ref", flat=True))):
        revoke_links(purpose=PURPOSE, subject_ref=ref, actor=stamp.actor, now=stamp.at)


def _minutes(said: Said) -> int:
    starts, ends = said["starts_at"], said["ends_at"]
    assert isinstance(starts, datetime)
    assert isinstance(ends, datetime)
    return (ends - starts) // timedelta(minutes=1)
