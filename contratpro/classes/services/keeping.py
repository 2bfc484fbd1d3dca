"""The teacher opens a session, calls who is there, and countersigns: from then on its hours count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.links.services import use_link
from accounts.models import User
from common.files.rules import Controls, Format
from common.files.services import keep
from common.journal import Actor, Stamp
from common.moves import begin_all, move, move_all
from common.refusals import DomainError, refuse_unless
from contratpro.classes.rules.signing import (
    Found,
    RollLine,
    may_call,
    may_countersign,
    may_find,
    may_open,
    may_type_paper,
    roll_seen,
)
from contratpro.classes.selectors import RollEntry, facts_of, roll_of
from contratpro.classes.services.locking import (
    ClassKeeper,
    KeptClass,
    is_pin,
    kept_class,
    link_to_class,
    lock_handled_class,
    try_pin,
)
from contratpro.models import ClassPresence, ClassSession
from contratpro.states import ClassAction, ClassState, PresenceAction, PresenceState
from contratpro.vocabulary import SignedHow

SCAN = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=10_000_000)
FINDING = {
    PresenceState.PRESENT: PresenceAction.FIND_PRESENT,
    PresenceState.LATE: PresenceAction.FIND_LATE,
    PresenceState.ABSENT: PresenceAction.FIND_ABSENT,
    PresenceState.EXCUSED: PresenceAction.EXCUSE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RollDone:
    """How many were called otherwise than before, and how many had been said otherwise meanwhile and were let be."""

    changed: int
    let_be: int


def enter_pin(*, link_id: int, pin: str, now: datetime) -> None:
    """Look at the code that goes with a link. A wrong one is noted, and the last that may be wrong closes the link."""
    with transaction.atomic():
        session, link = link_to_class(link_id, now)
        error = None if is_pin(session, link, pin) else try_pin(session, link, now)
    if error:
        raise error


@transaction.atomic
def open_class(*, keeper: ClassKeeper, now: datetime) -> ClassSession:
    """Students sign from now on. Again, nothing more happens."""
    kept = kept_class(keeper, now)
    session = kept.session
    if session.state is ClassState.OPEN:
        return session
    refuse_unless(may_open(facts_of(session), now))
    move(session, ClassAction.OPEN, kept.stamp(now), opened_at=now)
    if isinstance(kept.by, Actor):
        use_link(link_id=int(kept.by.ref), now=now)
    return session


@transaction.atomic
def call_roll(*, keeper: ClassKeeper, lines: Sequence[RollLine], now: datetime) -> RollDone:
    """What the teacher says of each; where somebody signed since the page was shown, what they signed stays."""
    kept = kept_class(keeper, now)
    refuse_unless(may_call(facts_of(kept.session), now))
    return _call(kept.session, lines, SignedHow.CALLED, kept.stamp(now))


@transaction.atomic
def countersign(*, keeper: ClassKeeper, minutes: int, seen: str, now: datetime) -> ClassSession:
    """The teacher signs the roll that they read: of whom nothing is said, they were absent. Again, nothing happens."""
    kept = kept_class(keeper, now)
    session = kept.session
    if session.state is ClassState.COUNTERSIGNED:
        return session
    refuse_unless(may_countersign(facts_of(session), minutes, now))
    roll = roll_of(session)
    if seen_of_roll(roll) != seen:
        raise DomainError.of("class_roll_changed")
    _close(kept, roll, minutes, SignedHow.CALLED, kept.stamp(now, minutes=minutes))
    return session


@transaction.atomic
def type_paper(
    *,
    ref: str,
    lines: Sequence[RollLine],
    minutes: int,
    signatory: str,
    scan: "UploadedFile[Any]",
    actor: User,
    now: datetime,
) -> ClassSession:
    """The office types a sheet that was signed on paper, once, and keeps its scan."""
    session = lock_handled_class(ref, actor)
    if session.state is ClassState.OPEN:
        _refuse_if_signed(session)
    refuse_unless(may_type_paper(facts_of(session), minutes, now))
    stamp = Stamp.of(actor, now, "", minutes=minutes, how="paper")
    _call(session, lines, SignedHow.PAPER, stamp)
    kept = keep(upload=scan, controls=SCAN, purpose="class_sheet", now=now)
    _close(KeptClass(session, actor), roll_of(session), minutes, SignedHow.PAPER, stamp,
           signatory=signatory.strip(), scan=kept)  # fmt: skip
    return session


def seen_of_roll(roll: Sequence[RollEntry]) -> str:
    return roll_seen({entry.student.ref: entry.word for entry in roll})


def find_all(rows: Sequence[ClassPresence], found: Found, how: SignedHow, stamp: Stamp) -> None:
    """Say of rows that are there how each was found."""
    late = {"late_minutes": found.late} if found.state is PresenceState.LATE else {}
    said = {"how": how, "by": _by(stamp), "signed_at": stamp.at}
    move_all(rows, FINDING[found.state], stamp, **late, **said)


def begin_presences(
    rows: Sequence[ClassPresence], state: PresenceState, stamp: Stamp, verb: str
) -> None:
    for row in rows:
        row.by, row.signed_at = _by(stamp), stamp.at
    begin_all(rows, state, stamp, verb=verb)


def _call(
    session: ClassSession, lines: Sequence[RollLine], how: SignedHow, stamp: Stamp
) -> RollDone:
    entries = {entry.student.ref: entry for entry in roll_of(session)}
    changed = let_be = 0
    for line in lines:
        entry = entries.get(line.ref)
        if entry is None or line.found is None or line.found.word == line.was:
            continue
        if entry.word != line.was:
            let_be += entry.word != line.found.word
            continue
        refuse_unless(may_find(line.found, facts_of(session)))
        _find(session, entry, line.found, how, stamp)
        changed += 1
    return RollDone(changed=changed, let_be=let_be)


def _find(
    session: ClassSession, entry: RollEntry, found: Found, how: SignedHow, stamp: Stamp
) -> None:
    if entry.presence:
        find_all([entry.presence], found, how, stamp)
        return
    row = ClassPresence(session=session, student=entry.student, how=how, late_minutes=found.late)
    begin_presences([row], found.state, stamp, "call")


def _close(
    kept: KeptClass,
    roll: Sequence[RollEntry],
    minutes: int,
    how: SignedHow,
    stamp: Stamp,
    **signed: Any,
) -> None:
    """Whoever is neither signed nor called was absent; then the state that makes the hours count."""
    session = kept.session
    missing = [
        ClassPresence(session=session, student=entry.student, how=how)
        for entry in roll
        if entry.presence is None
    ]
    begin_presences(missing, PresenceState.ABSENT, stamp, "miss")
    said = {"signatory": kept.signatory, "minutes": minutes, **signed}
    who = {"countersigned_at": stamp.at, "countersigned_by": _by(stamp)}
    move(session, ClassAction.COUNTERSIGN, stamp, **said, **who)


def _refuse_if_signed(session: ClassSession) -> None:
    """What students signed themselves is countersigned by their teacher, not typed over from a sheet."""
    if session.presences.filter(how=SignedHow.CODE).exists():
        raise DomainError.of("class_signed_by_code")


def _by(stamp: Stamp) -> str:
    return f"{stamp.actor.kind}:{stamp.actor.ref}"
