"""The steps of a contrat pro: who has to act by when, and the mark of the conduct (P25 §5.2, §5.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from common.rules import ALLOWED, Verdict, refused
from contratpro.states import StepState, StudentState
from contratpro.students.rules import may_intend
from contratpro.vocabulary import PFE_REPORT, REPORT, Half, Party

INTENTION = "intention"  # the step by which a student asks the contracts office for its answer
CONTACT_SHEET = "contact-sheet"  # declared when the sheet is sent
HEAD_APPROVAL = "head-approval"  # when it is validated
HOME_APPROVAL = "home-school-approval"  # when the home school of a double degree signs it
CONTRACT_SIGNED = "employment-contract"  # on the day of the signature, once its copy is here
CONTRACT_COPY = "contract-copy"
AGREEMENT_SIGNED = "agreement"  # by student and company, when it is handed in
AGREEMENT_COPY = "agreement-copy"  # when the office has received it
DIRECTION_SIGNS = "direction-signature"
AGREEMENT_SENT = "agreement-to-company"
SOCIAL_SERVICE = "social-service"
COMPANY_MARK = "company-mark"  # when the company tutor sends the evaluation
SHEET_UPDATE = (
    "sheet-update"  # when the school tutor approves the sheet of the final project once more
)
UNCONFIRMED = frozenset({StudentState.LISTED, StudentState.INVITED})
TOLD = frozenset({StudentState.INTENDS, StudentState.FEASIBLE})


class StepPaper(StrEnum):
    """A paper that declares steps as it goes on. The office may say them by hand all the same, from paper."""

    SHEET = "sheet"
    CONTRACT = "contract"
    AGREEMENT = "agreement"
    PROJECT = "project"
    PFE = "pfe"


STEP_PAPERS = {
    CONTACT_SHEET: StepPaper.SHEET,
    HEAD_APPROVAL: StepPaper.SHEET,
    HOME_APPROVAL: StepPaper.SHEET,
    CONTRACT_SIGNED: StepPaper.CONTRACT,
    CONTRACT_COPY: StepPaper.CONTRACT,
    AGREEMENT_SIGNED: StepPaper.AGREEMENT,
    AGREEMENT_COPY: StepPaper.AGREEMENT,
    DIRECTION_SIGNS: StepPaper.AGREEMENT,
    AGREEMENT_SENT: StepPaper.AGREEMENT,
    SOCIAL_SERVICE: StepPaper.AGREEMENT,
    REPORT: StepPaper.PROJECT,
    COMPANY_MARK: StepPaper.PROJECT,
    SHEET_UPDATE: StepPaper.PFE,
    PFE_REPORT: StepPaper.PFE,
}
OF_TUTOR = frozenset({StepPaper.PROJECT, StepPaper.PFE})  # the school tutor may have it on paper


def may_say(paper: StepPaper, *, as_student: bool) -> bool:
    """Whether somebody who is not of the office may say by hand what that paper declares."""
    return paper in OF_TUTOR and not as_student


class StepPhase(StrEnum):
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
    phase: StepPhase
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
    today: date | None,
) -> tuple[StepStanding, ...]:
    """Each step as it stands today. A step without a record of an incident never happened.

    Without a day nothing is overdue: the days of the year bind nobody who has told no intention, or was refused.
    """
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
    rule: StepRule,
    done: StepDone | None,
    behind: set[str],
    *,
    double_degree: bool,
    today: date | None,
) -> StepStanding:
    phase = _phase(rule, done, behind, double_degree=double_degree, today=today)
    waits = phase in {StepPhase.OPEN, StepPhase.OVERDUE}
    return StepStanding(rule=rule, done=done, phase=phase, who=rule.who if waits else ())


def _phase(
    rule: StepRule,
    done: StepDone | None,
    behind: set[str],
    *,
    double_degree: bool,
    today: date | None,
) -> StepPhase:
    if not concerns(rule, double_degree=double_degree):
        return StepPhase.NOT_CONCERNED
    if done and done.state is not StepState.TO_DO:
        return StepPhase.MARKED if done.state is StepState.MARKED else StepPhase.DONE
    if rule.if_happened and not done:
        return StepPhase.NEVER_HAPPENED
    if today and rule.due and rule.due < today:
        return StepPhase.OVERDUE
    return StepPhase.OPEN if behind.issuperset(rule.after) else StepPhase.LATER


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


def intends(state: StudentState, key: str) -> bool:
    """Whether that step would tell the contracts office something new."""
    return key == INTENTION and state not in TOLD


def may_declare(step: StepStanding, state: StudentState, done_on: date, today: date) -> Verdict:
    """Whether it can be said to have been done on that day. What is done already is none of it."""
    if intends(state, step.rule.key):
        return may_intend(state, identity_confirmed=state not in UNCONFIRMED)
    if state is StudentState.BROKEN:
        return refused("student_broken")
    if step.phase in {StepPhase.DONE, StepPhase.MARKED}:
        return refused("step_done_already")
    if step.phase is StepPhase.NEVER_HAPPENED:
        return refused("step_is_an_incident")
    return _may_be_done(step, state, done_on, today)


def may_report(step: StepStanding, state: StudentState, done_on: date, today: date) -> Verdict:
    """Whether it is what is reported when it happens: one that happened may happen again."""
    if not step.rule.if_happened:
        return refused("step_is_no_incident")
    return _may_be_done(step, state, done_on, today)


def may_mark(
    step: StepStanding, state: StudentState, points: int, done_on: date, today: date
) -> Verdict:
    """Whether it earns that many points: they are on its scale, and it concerns the student."""
    if step.rule.top is None:
        return refused("step_without_scale")
    if not 0 <= points <= step.rule.top:
        return refused("points_off_scale", top=step.rule.top)
    return _may_be_done(step, state, done_on, today)


def _may_be_done(step: StepStanding, state: StudentState, done_on: date, today: date) -> Verdict:
    if state is StudentState.WITHDRAWN:
        return refused("student_withdrawn")
    if step.phase is StepPhase.NOT_CONCERNED:
        return refused("step_not_of_this_student")
    return refused("step_done_later_than_today") if done_on > today else ALLOWED


def may_return(step: StepStanding) -> Verdict:
    return ALLOWED if step.phase is StepPhase.DONE else refused("step_not_to_return")


def may_reopen(step: StepStanding) -> Verdict:
    return ALLOWED if step.phase is StepPhase.MARKED else refused("step_not_marked")


def may_override(hundredths: int, scale: ConductScale) -> Verdict:
    """Whether a mark can be given in place of what the steps earn: it is between none and the most."""
    if 0 <= hundredths <= scale.out_of * 100:
        return ALLOWED
    return refused("mark_off_scale", out_of=scale.out_of)


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
        may_still_earn=not is_closed and _may_be_in_time(step),
    )


def _may_be_in_time(step: StepStanding) -> bool:
    """What is still to do before its last day, or was done by then and waits for its points."""
    if step.phase is StepPhase.DONE:
        on = step.done.done_on if step.done else None
        return on is not None and not is_late(step.rule, on)
    return step.phase in {StepPhase.LATER, StepPhase.OPEN}


def _earned(done: StepDone | None, closes: date | None) -> int:
    """The points of what was done by the day on which the mark closes."""
    if done is None or done.points is None or done.done_on is None:
        return 0
    return 0 if closes and done.done_on > closes else done.points


def counting_of(step: StepStanding, closes: date | None) -> Counting:
    """Steps due by the day on which the mark closes count, and those without a day as they stand then."""
    if step.phase is StepPhase.NOT_CONCERNED:
        return Counting.NOT_CONCERNED
    if step.phase is StepPhase.NEVER_HAPPENED:
        return Counting.NEVER_HAPPENED
    if step.rule.top is None:
        return Counting.NO_SCALE
    day = step.done.done_on if step.rule.if_happened and step.done else step.rule.due
    if closes and day and day > closes:
        return Counting.AFTER_CLOSING
    return Counting.COUNTS


def conduct_mark(lines: Iterable[MarkLine], scale: ConductScale) -> Decimal | None:
    """The points earned so far, brought to a mark out of `out_of`; none where nothing counts."""
    lines = tuple(lines)
    return _out_of(earned_points(lines), top_points(lines), scale)


def heading_mark(lines: Iterable[MarkLine], scale: ConductScale) -> Decimal | None:
    """The mark that comes if all that may still be done in time earns its most."""
    lines = tuple(lines)
    ahead = sum(line.top if line.may_still_earn else line.earned for line in lines)
    return _out_of(ahead, top_points(lines), scale)


def earned_points(lines: Iterable[MarkLine]) -> int:
    return sum(line.earned for line in lines)


def top_points(lines: Iterable[MarkLine]) -> int:
    """The most that the steps which count can earn."""
    return sum(line.top for line in lines)


def _out_of(earned: int, top: int, scale: ConductScale) -> Decimal | None:
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
