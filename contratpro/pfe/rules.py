"""The final project: what its sheet says, when it is defended, by when its report is due (R-PRO-8, R-PRO-13)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from common.drafts.rules import Content
from common.rules import ALLOWED, Refusal, Verdict, fold, refused
from contratpro.states import (
    BOUND_STUDENTS,
    OPEN_PFE_SHEETS,
    DefenceState,
    PfeSheetState,
    StudentState,
)

FIELDS = ("title", "context", "purpose", "aims", "plan")
WHOLE = 100  # hundredths of a point
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefenceGround:
    """What a defence is judged by: `last_day` is the last working day of the training in the agreement."""

    student: StudentState
    last_day: date | None
    report_days: int  # between the report and the defence, at least


def title_words(title: str) -> int:
    """Split on spaces: apostrophes and hyphens do not split, lone punctuation is no word."""
    return sum(any(mark.isalnum() for mark in word) for word in title.split())


def missing_fields(content: Content) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if not content.get(name, "").strip())


def may_send(content: Content, most_words: int) -> Verdict:
    refusals = []
    if missing := missing_fields(content):
        refusals.append(Refusal("pfe_sheet_lacks", {"count": len(missing)}))
    if (words := title_words(content.get("title", ""))) > most_words:
        refusals.append(Refusal("pfe_title_too_long", {"words": words, "most": most_words}))
    return Verdict(tuple(refusals))


def may_write(sheet: PfeSheetState, student: StudentState) -> Verdict:
    """Until it is sent; once it is approved, to bring it up to date."""
    if sheet not in OPEN_PFE_SHEETS:
        return refused("pfe_sheet_is_sent")
    return ALLOWED if student in BOUND_STUDENTS else refused("project_of_no_student")


def may_answer(sheet: PfeSheetState) -> Verdict:
    return ALLOWED if sheet is PfeSheetState.SENT else refused("pfe_sheet_is_not_sent")


def last_working_day(ends_on: date, is_working: Callable[[date], bool]) -> date:
    """The last day of the training, or else the working day before."""
    while not is_working(ends_on):
        ends_on -= A_DAY
    return ends_on


def latest_report(defended_on: date, report_days: int) -> date:
    """The last day on which the report may be due: calendar days count."""
    return defended_on - timedelta(days=report_days)


def last_day_of_report(said: date | None, defended_on: date, report_days: int) -> date:
    """As the co-tutor says; until then, the last day that they may say."""
    return said or latest_report(defended_on, report_days)


def may_deposit(
    student: StudentState, defence: DefenceState, starts_at: datetime, now: datetime
) -> Verdict:
    """The report, in time or late, until the defence begins."""
    if student not in BOUND_STUDENTS:
        return refused("project_of_no_student")
    if defence is DefenceState.MARKED or now >= starts_at:
        return refused("pfe_report_after_defence")
    return ALLOWED


def may_plan(
    ground: DefenceGround,
    state: DefenceState | None,
    day: date | None,
    report_due: date | None,
    today: date | None = None,
) -> Verdict:
    """By the last working day of the training, and late enough for the report; without a day, whether it may be.

    `today`, for a day that is new: one that is over is no day to plan, whatever else stands against it.
    """
    refusals = []
    if ground.student not in BOUND_STUDENTS:
        refusals.append(Refusal("project_of_no_student"))
    if state is DefenceState.MARKED:
        refusals.append(Refusal("defence_is_marked"))
    if ground.last_day is None:
        refusals.append(Refusal("defence_without_agreement"))
    if day and today and day < today:
        return Verdict((*refusals, Refusal("pfe_day_is_past")))
    if ground.last_day and day and day > ground.last_day:
        refusals.append(Refusal("defence_after_training", {"day": ground.last_day}))
    if day and report_due and report_due > latest_report(day, ground.report_days):
        refusals.append(
            Refusal("defence_before_report", {"due": report_due, "days": ground.report_days})
        )
    return Verdict(tuple(refusals))


def may_set_report_due(
    state: DefenceState, due: date | None, defended_on: date, report_days: int, today: date
) -> Verdict:
    """As the co-tutor says, on a day that has not gone by, and early enough before the defence."""
    if state is DefenceState.MARKED:
        return refused("defence_is_marked")
    if due and due < today:
        return refused("pfe_day_is_past")
    latest = latest_report(defended_on, report_days)
    if due and due > latest:
        return refused("pfe_report_due_too_late", day=latest, days=report_days)
    return ALLOWED


def may_mark(
    *,
    title: str,
    hundredths: int | None,
    out_of: int,
    defended_on: date,
    today: date,
) -> Verdict:
    """Once it is defended, with a title that was approved; without a mark, whether one may be given."""
    refusals = []
    if not title:
        refusals.append(Refusal("defence_without_title"))
    if defended_on > today:
        refusals.append(Refusal("defence_not_held"))
    if hundredths is not None and not 0 <= hundredths <= out_of * WHOLE:
        refusals.append(Refusal("mark_off_scale", {"out_of": out_of}))
    return Verdict(tuple(refusals))


def may_reopen(state: DefenceState) -> Verdict:
    return ALLOWED if state is DefenceState.MARKED else refused("defence_is_not_marked")


def shared_by(
    place: str, jury: Iterable[str], other_place: str, other_jury: Iterable[str]
) -> tuple[str, ...]:
    """The room and the jurors that two defences at one hour both take, as the first one writes them."""
    taken = {fold(name) for name in (other_place, *other_jury)}
    return tuple(name for name in (place, *jury) if fold(name) in taken)
