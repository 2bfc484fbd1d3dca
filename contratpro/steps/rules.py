"""The steps of a contrat pro: who has to act by when, and the mark of the conduct (P25 §5.2, §5.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from contratpro.states import StepState
from contratpro.vocabulary import Half, Party


class Phase(StrEnum):
    """How far a step is, and whether somebody has to act."""

    LATER = "later"  # another one comes before
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"  # it is to be marked
    MARKED = "marked"
    NOT_CONCERNED = "not_concerned"
    NEVER_HAPPENED = "never_happened"


class Counting(StrEnum):
    """Whether a step counts in the mark, or why not."""

    COUNTS = "counts"
    NO_SCALE = "no_scale"
    NOT_CONCERNED = "not_concerned"
    NEVER_HAPPENED = "never_happened"
    AFTER_CLOSING = "after_closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """What the year says of a step; `due` is its last day for this student, `top` the most that it earns."""

    key: str
    who: tuple[Party, ...]
    after: tuple[str, ...] = ()
    due: date | None = None
    top: int | None = None
    double_degree: bool = False
    if_happened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """What is on record of a step."""

    state: StepState = StepState.TO_DO
    done_on: date | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStanding:
    """A step of a student as it stands: `who` has to act now, nobody where nothing waits."""

    rule: StepRule
    done: StepDone | None
    phase: Phase
    who: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """What a step brings to the mark: `earned` of `top` points, where it counts."""

    key: str
    counting: Counting
    earned: int = 0
    top: int = 0
    may_still_earn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductScale:
    out_of: int
    decimals: int
    half: Half
    closes: date | None


def concerns(rule: StepRule, *, double_degree: bool) -> bool:
    return double_degree or not rule.double_degree


def standings(
    rules: Iterable[StepRule],
    done: Mapping[str, StepDone],
    *,
    double_degree: bool,
    today: date,
) -> tuple[StepStanding, ...]:
    """Each step as it stands today. A step without a record of an incident never happened."""
    rules = tuple(rules)
    behind = {
        rule.key
        for rule in rules
        if not concerns(rule, double_degree=double_degree) or _is_done(done.get(rule.key))
    }
    return tuple(
        _standing(rule, done.get(rule.key), behind, double_degree=double_degree, today=today)
        for rule in rules
    )


def _standing(
    rule: StepRule, done: StepDone | None, behind: set[str], *, double_degree: bool, today: date
) -> StepStanding:
    phase = _phase(rule, done, behind, double_degree=double_degree, today=today)
    waits = phase in {Phase.OPEN, Phase.OVERDUE}
    return StepStanding(rule=rule, done=done, phase=phase, who=rule.who if waits else ())


def _phase(
    rule: StepRule, done: StepDone | None, behind: set[str], *, double_degree: bool, today: date
) -> Phase:
    if not concerns(rule, double_degree=double_degree):
        return Phase.NOT_CONCERNED
    if done and done.state is not StepState.TO_DO:
        return Phase.MARKED if done.state is StepState.MARKED else Phase.DONE
    if rule.if_happened and not done:
        return Phase.NEVER_HAPPENED
    if rule.due and rule.due < today:
        return Phase.OVERDUE
    return Phase.OPEN if behind.issuperset(rule.after) else Phase.LATER


def _is_done(done: StepDone | None) -> bool:
    return done is not None and done.state is not StepState.TO_DO


def is_late(rule: StepRule, done_on: date) -> bool:
    """Whether it was done after its last day; one without a day is never late."""
    return rule.due is not None and done_on > rule.due


def is_out_of_order(
    rule: StepRule, done: Mapping[str, StepDone], rules: Iterable[StepRule], *, double_degree: bool
) -> bool:
    """Whether one that it follows, and that concerns the student, is still to do."""
    return any(
        before.key in rule.after
        and concerns(before, double_degree=double_degree)
        and not _is_done(done.get(before.key))
        for before in rules
    )


def mark_lines(
    steps: Iterable[StepStanding], scale: ConductScale, *, today: date
) -> tuple[MarkLine, ...]:
    """What each step brings to the mark, whatever the order in which they were marked."""
    return tuple(_mark_line(step, scale, today) for step in steps)


def _mark_line(step: StepStanding, scale: ConductScale, today: date) -> MarkLine:
    counting = counting_of(step, scale.closes)
    if counting is not Counting.COUNTS:
        return MarkLine(key=step.rule.key, counting=counting)
    assert step.rule.top is not None, "what counts has a scale"
    done = step.done
    is_closed = scale.closes is not None and today > scale.closes
    return MarkLine(
        key=step.rule.key,
        counting=counting,
        earned=_earned(done, scale.closes),
        top=step.rule.top,
        may_still_earn=not is_closed and step.phase in {Phase.LATER, Phase.OPEN, Phase.DONE},
    )


def _earned(done: StepDone | None, closes: date | None) -> int:
    """The points of what was done by the day on which the mark closes."""
    if done is None or done.points is None or done.done_on is None:
        return 0
    return 0 if closes and done.done_on > closes else done.points


def counting_of(step: StepStanding, closes: date | None) -> Counting:
    """Steps due by the day on which the mark closes count, and those without a day as they stand then."""
    if step.phase is Phase.NOT_CONCERNED:
        return Counting.NOT_CONCERNED
    if step.phase is Phase.NEVER_HAPPENED:
        return Counting.NEVER_HAPPENED
    if step.rule.top is None:
        return Counting.NO_SCALE
    day = step.done.done_on if step.rule.if_happened and step.done else step.rule.due
    if closes and day and day > closes:
        return Counting.AFTER_CLOSING
    return Counting.COUNTS


def conduct_mark(lines: Iterable[MarkLine], scale: ConductScale) -> Decimal | None:
    """The points earned so far, brought to a mark out of `out_of`; none where nothing counts."""
    return _out_of([(line.earned, line.top) for line in lines], scale)


def heading_mark(lines: Iterable[MarkLine], scale: ConductScale) -> Decimal | None:
    """The mark that comes if all that may still be done in time earns its most."""
    return _out_of(
        [(line.top if line.may_still_earn else line.earned, line.top) for line in lines], scale
    )


def _out_of(points: list[tuple[int, int]], scale: ConductScale) -> Decimal | None:
    earned, top = sum(got for got, _ in points), sum(most for _, most in points)
    if not top:
        return None
    exact = Fraction(earned * scale.out_of, top)
    return rounded(exact, scale.decimals, scale.half)


def rounded(exact: Fraction, decimals: int, half: Half) -> Decimal:
    """To that many decimals, exactly: a half is decided on the fraction, never on a float."""
    scaled = exact * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    up = twice > scaled.denominator or (
        twice == scaled.denominator and (half is Half.UP or whole % 2 == 1)
    )
    return Decimal(whole + up).scaleb(-decimals)
