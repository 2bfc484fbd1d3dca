"""When a session is opened, signed and countersigned, and by whom it can be (R-PRO-11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.drafts.rules import fingerprint
from common.rules import ALLOWED, Refusal, Verdict, refused
from contratpro.classes.rules.codes import CodeFate
from contratpro.states import BOUND_STUDENTS, ClassState, PresenceState, StudentState

EARLY = timedelta(minutes=30)  # before its hour, a teacher may open a session
AFTER = timedelta(minutes=15)  # after its end, students may still sign
KEPT_OPEN = timedelta(hours=24)  # after its end, the teacher may still call and countersign
NOT_LATE = timedelta(minutes=15)  # after its hour, or once it is open if that was later
MOST_TRIES = 10  # of a code, by student and session
MOST_PINS = 5  # by link: then it is closed
IN_ROOM = frozenset({PresenceState.PRESENT, PresenceState.LATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFacts:
    """What a session says of itself."""

    state: ClassState
    starts_at: datetime
    ends_at: datetime
    opened_at: datetime | None = None

    @property
    def planned_minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Found:
    """How a student was found: who is late came late by some minutes."""

    state: PresenceState
    late: int = 0

    @property
    def word(self) -> str:
        """As a form carries it."""
        return f"{self.state}:{self.late}" if self.late else str(self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollLine:
    """What the roll says of a student, and what the page said when it was shown."""

    ref: str
    found: Found | None
    was: str = ""


def may_open(session: ClassFacts, now: datetime) -> Verdict:
    if session.state is not ClassState.SCHEDULED:
        return refused(f"class_is_{session.state}")
    if now < session.starts_at - EARLY:
        return refused("class_too_early_to_open")
    return _is_kept_open(session, now)


def may_send_link(session: ClassFacts, now: datetime, *, has_address: bool) -> Verdict:
    """To the teacher, while there is something to do there."""
    if session.state not in {ClassState.SCHEDULED, ClassState.OPEN}:
        return refused(f"class_is_{session.state}")
    if not has_address:
        return refused("class_without_address")
    return _is_kept_open(session, now)


def may_call(session: ClassFacts, now: datetime) -> Verdict:
    """Name by name, while it is open."""
    if session.state is not ClassState.OPEN:
        return refused(f"class_is_{session.state}")
    return _is_kept_open(session, now)


def may_countersign(session: ClassFacts, minutes: int, now: datetime) -> Verdict:
    """Once it has begun, for no more minutes than were planned."""
    refusals = [*may_call(session, now).refusals]
    if now < session.starts_at:
        refusals.append(Refusal("class_not_begun"))
    return Verdict((*refusals, *_minutes(session, minutes).refusals))


def may_type_paper(session: ClassFacts, minutes: int, now: datetime) -> Verdict:
    """The hours of a sheet that was signed on paper, typed once: what is countersigned stays."""
    if session.state not in {ClassState.SCHEDULED, ClassState.OPEN}:
        return refused(f"class_is_{session.state}")
    refusals = [Refusal("class_not_begun")] if now < session.starts_at else []
    return Verdict((*refusals, *_minutes(session, minutes).refusals))


def may_sign(
    session: ClassFacts, student: StudentState, *, is_called: bool, tries: int, now: datetime
) -> Verdict:
    """A student for themself, in the room: what they typed is looked at once this allows it."""
    if not is_called or student not in BOUND_STUDENTS:
        return refused("class_of_others")
    if session.state is not ClassState.OPEN:
        return refused(f"class_is_{session.state}")
    if now > session.ends_at + AFTER:
        return refused("class_sign_over")
    return refused("class_too_many_tries", most=MOST_TRIES) if tries >= MOST_TRIES else ALLOWED


def refused_code(fate: CodeFate) -> Verdict:
    """Why a code is not taken."""
    if fate is CodeFate.GOOD:
        return ALLOWED
    return refused("class_code_over" if fate is CodeFate.OVER else "class_code_wrong")


def found_at(session: ClassFacts, signed_at: datetime) -> Found:
    """In time, or late by how many minutes after its hour; a session that was opened late makes nobody late."""
    since = max(session.starts_at, session.opened_at or session.starts_at)
    if signed_at <= since + NOT_LATE:
        return Found(PresenceState.PRESENT)
    late = (signed_at - session.starts_at) // timedelta(minutes=1)
    return Found(PresenceState.LATE, min(late, session.planned_minutes))


def may_find(found: Found, session: ClassFacts) -> Verdict:
    """Nobody is late by more than the whole session, or by nothing."""
    if found.state is PresenceState.LATE and not 0 < found.late < session.planned_minutes:
        return refused("class_late_by_all_of_it", most=session.planned_minutes)
    return ALLOWED


def may_excuse(state: PresenceState, *, has_document: bool) -> Verdict:
    if state is not PresenceState.ABSENT:
        return refused(f"presence_is_{state}")
    return ALLOWED if has_document else refused("excuse_without_document")


def may_give_document(session: ClassState, presence: PresenceState | None) -> Verdict:
    """A student, for an absence that the teacher has countersigned."""
    if session is ClassState.COUNTERSIGNED and presence is PresenceState.ABSENT:
        return ALLOWED
    return refused("excuse_of_no_absence")


def roll_seen(roll: Mapping[str, str]) -> str:
    """Changes as soon as somebody signs, or is called otherwise: whoever countersigns says what they read."""
    return fingerprint(roll)


def _is_kept_open(session: ClassFacts, now: datetime) -> Verdict:
    return ALLOWED if now <= session.ends_at + KEPT_OPEN else refused("class_long_over")


def _minutes(session: ClassFacts, minutes: int) -> Verdict:
    if 1 <= minutes <= session.planned_minutes:
        return ALLOWED
    return refused("class_minutes_unlike_planned", most=session.planned_minutes)
