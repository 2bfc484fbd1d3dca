"""What importing a timetable would do: new sessions, those moved or cancelled; what was signed is kept."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from common.drafts.rules import fingerprint
from contratpro.states import ClassState

Group = tuple[str, str]  # a department, and one of its options or none
TIMED = ("starts_at", "ends_at")
SAID = ("course", "kind", *TIMED, "place", "teacher_name", "teacher_email")
Said = Mapping[str, object]


class ClassFate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    RESTORED = "restored"
    CANCELLED = "cancelled"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # signed already: the timetable says otherwise, and nothing changes


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """A session as the timetable has it; `said` has the columns of SAID."""

    line: int
    uid: str
    said: Said
    groups: tuple[Group, ...]
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClass:
    """A session that is there already."""

    ref: str
    uid: str
    state: ClassState
    said: Said
    groups: tuple[Group, ...]

    @property
    def starts_at(self) -> datetime:
        return _start(self.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPlan:
    """What becomes of a session. One of line 0 is no longer in the timetable."""

    line: int
    fate: ClassFate
    uid: str
    said: Said
    groups: tuple[Group, ...]
    ref: str = ""
    was: Mapping[str, object] = field(default_factory=dict)  # what changes, as it was

    @property
    def starts_at(self) -> datetime:
        return _start(self.said)


def plan_timetable(
    lines: Iterable[ClassLine], known: Iterable[KnownClass], whole: Collection[Group] = ()
) -> tuple[ClassPlan, ...]:
    """Line by line. `whole`: the groups of which this is the whole timetable, from its first session to its last.

    What is no longer in it is cancelled, if nobody signed it.
    """
    lines = tuple(lines)
    by_uid = {one.uid: one for one in known if one.uid}
    planned = [_line(line, by_uid.get(line.uid)) for line in lines]
    gone = _gone(lines, by_uid, frozenset(whole)) if whole else ()
    return (*(one for one in planned if one), *gone)


def timetable_seen(plan: Iterable[ClassPlan]) -> str:
    """Changes as soon as the same lines would do anything else: the page that shows a plan carries it."""
    return fingerprint(
        {
            str(number): (one.ref, one.uid, str(one.fate), one.groups, _told(one.was))
            for number, one in enumerate(plan)
        }
    )


def _told(was: Mapping[str, object]) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in was.items())


def changes_of(said: Said, groups: Sequence[Group], known: KnownClass) -> dict[str, object]:
    """What is said otherwise than it was, as it was."""
    was: dict[str, object] = {
        name: known.said[name] for name in SAID if said[name] != known.said[name]
    }
    if set(groups) != set(known.groups):
        was["groups"] = known.groups
    return was


def _line(line: ClassLine, known: KnownClass | None) -> ClassPlan | None:
    """Nothing, for a session that is cancelled before anybody knew it."""
    if known is None:
        return None if line.cancelled else _plan(line, ClassFate.NEW)
    was = changes_of(line.said, line.groups, known)
    return _plan(line, _fate(line, known, is_changed=bool(was)), known.ref, was)


def _fate(line: ClassLine, known: KnownClass, *, is_changed: bool) -> ClassFate:
    if known.state is ClassState.COUNTERSIGNED:
        return ClassFate.KEPT if is_changed or line.cancelled else ClassFate.UNCHANGED
    if line.cancelled:
        if known.state is ClassState.OPEN:
            return ClassFate.KEPT
        is_planned = known.state is ClassState.SCHEDULED
        return ClassFate.CANCELLED if is_planned else ClassFate.UNCHANGED
    if known.state is ClassState.CANCELLED:
        return ClassFate.RESTORED
    return ClassFate.CHANGED if is_changed else ClassFate.UNCHANGED


def _plan(
    line: ClassLine, fate: ClassFate, ref: str = "", was: Mapping[str, object] | None = None
) -> ClassPlan:
    return ClassPlan(
        line=line.line,
        fate=fate,
        uid=line.uid,
        said=line.said,
        groups=line.groups,
        ref=ref,
        was=was or {},
    )


def _gone(
    lines: Sequence[ClassLine], known: Mapping[str, KnownClass], whole: frozenset[Group]
) -> Iterator[ClassPlan]:
    """Those of these groups alone, in the days of the timetable, that no line names."""
    if not lines:
        return
    starts = [_start(line.said) for line in lines]
    named = {line.uid for line in lines}
    for uid, one in known.items():
        is_inside = min(starts) <= one.starts_at <= max(starts)
        is_theirs = all(is_within(group, whole) for group in one.groups)
        if uid in named or not is_inside or not is_theirs or one.state is ClassState.CANCELLED:
            continue
        is_planned = one.state is ClassState.SCHEDULED
        yield ClassPlan(
            line=0,
            fate=ClassFate.CANCELLED if is_planned else ClassFate.KEPT,
            uid=uid,
            said=one.said,
            groups=one.groups,
            ref=one.ref,
        )


def is_within(group: Group, groups: Collection[Group]) -> bool:
    """Whether it is one of these, or an option of a department that is."""
    department, _option = group
    return group in groups or (department, "") in groups


def _start(said: Said) -> datetime:
    start = said["starts_at"]
    assert isinstance(start, datetime)
    return start
