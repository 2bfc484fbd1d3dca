"""The company project of semester 9: when its papers and marks are taken, and the mark that they make (R-PRO-7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from common.drafts.rules import Content
from common.rules import ALLOWED, Refusal, Verdict, refused
from contratpro.states import (
    BOUND_STUDENTS,
    OPEN_EVALUATIONS,
    CompanyProjectState,
    EvaluationState,
    StudentState,
)
from contratpro.steps.rules import rounded
from contratpro.vocabulary import Half

WHOLE = 100  # hundredths, of a mark as of its coefficients
MOST_LINKS = 10  # by evaluation and day
MARK, WORDS = "mark", "words"
CRITERION = "criterion_"  # before the key of a criterion, in the names of fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectShares:
    """How much each mark weighs, in hundredths that add up to one; how the sum is rounded."""

    conduct: int
    company_tutor: int
    school_tutor: int
    decimals: int
    half: Half


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMarks:
    """The three marks in whole hundredths, out of as many points; None where it is not there."""

    conduct: int | None
    company_tutor: int | None
    school_tutor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStanding:
    """What the acts on a company project are judged by."""

    student: StudentState
    project: CompanyProjectState
    reports: int
    evaluation: EvaluationState | None
    is_passed_on: bool = False


def project_mark(marks: ProjectMarks, shares: ProjectShares) -> int | None:
    """Exact until it is rounded, once; none while one of the three is not there."""
    weighed = (
        (marks.conduct, shares.conduct),
        (marks.company_tutor, shares.company_tutor),
        (marks.school_tutor, shares.school_tutor),
    )
    exact = Fraction(0)
    for mark, share in weighed:
        if mark is None:
            return None
        exact += Fraction(mark * share, WHOLE * WHOLE)
    return int(rounded(exact, shares.decimals, shares.half) * WHOLE)


def missing_marks(marks: ProjectMarks) -> tuple[Refusal, ...]:
    lacking = {
        "project_lacks_conduct": marks.conduct,
        "project_lacks_company_mark": marks.company_tutor,
        "project_lacks_tutor_mark": marks.school_tutor,
    }
    return tuple(Refusal(code) for code, mark in lacking.items() if mark is None)


def is_closed(closes: date | None, today: date) -> bool:
    """Whether the mark of the conduct is final: its last day, confirmed by the school, is over."""
    return closes is not None and today > closes


def may_deposit(standing: ProjectStanding) -> Verdict:
    """Until the school tutor has passed the papers on. That a report was marked, its student is not told."""
    if standing.student not in BOUND_STUDENTS:
        return refused("project_of_no_student")
    if standing.is_passed_on or standing.project is CompanyProjectState.PUBLISHED:
        return refused("project_report_is_passed_on")
    return ALLOWED


def may_ask(standing: ProjectStanding, sent_today: int) -> Verdict:
    """Whether the company tutor may be sent a link to the evaluation."""
    refusals = [*_is_open(standing).refusals]
    if standing.evaluation is EvaluationState.SENT:
        refusals.append(Refusal("evaluation_is_sent"))
    if sent_today >= MOST_LINKS:
        refusals.append(Refusal("evaluation_too_many_links", {"most": MOST_LINKS}))
    return Verdict(tuple(refusals))


def may_evaluate(*, is_student: bool, is_of_school: bool) -> Verdict:
    """The company tutor works for the company: nobody evaluates for them."""
    if is_student:
        return refused("evaluation_by_student")
    return refused("evaluation_by_school") if is_of_school else ALLOWED


def may_write(standing: ProjectStanding) -> Verdict:
    if standing.evaluation not in OPEN_EVALUATIONS:
        return refused("evaluation_is_sent")
    return _is_open(standing)


def may_reopen(standing: ProjectStanding) -> Verdict:
    """Another version is asked for, unless the mark that it makes is published."""
    if standing.evaluation is not EvaluationState.SENT:
        return refused("evaluation_is_not_sent")
    return _is_open(standing)


def may_mark(standing: ProjectStanding, hundredths: int | None, out_of: int) -> Verdict:
    """The school tutor marks a report that is there; without a mark, whether one may be given."""
    refusals = [*_is_open(standing).refusals]
    if not standing.reports:
        refusals.append(Refusal("project_without_report"))
    if hundredths is not None and not 0 <= hundredths <= out_of * WHOLE:
        refusals.append(Refusal("mark_off_scale", {"out_of": out_of}))
    return Verdict(tuple(refusals))


def may_pass_on(standing: ProjectStanding, day: date | None, today: date) -> Verdict:
    """Both papers go to the registrar together, once."""
    if standing.is_passed_on:
        return refused("project_report_is_passed_on")
    refusals = []
    if not standing.reports:
        refusals.append(Refusal("project_without_report"))
    if standing.evaluation is not EvaluationState.SENT:
        refusals.append(Refusal("evaluation_is_not_sent"))
    if day and day > today:
        refusals.append(Refusal("passed_on_later_than_today"))
    return Verdict(tuple(refusals))


def may_publish(standing: ProjectStanding, marks: ProjectMarks) -> Verdict:
    """Nothing before the three marks are there."""
    refusals = [*_is_open(standing).refusals, *missing_marks(marks)]
    if standing.evaluation is EvaluationState.REOPENED:
        refusals.append(Refusal("evaluation_is_not_sent"))
    return Verdict(tuple(refusals))


def may_take_back(project: CompanyProjectState) -> Verdict:
    if project is CompanyProjectState.PUBLISHED:
        return ALLOWED
    return refused("project_mark_not_published")


def evaluation_fields(criteria: Iterable[str]) -> tuple[str, ...]:
    """What the company tutor is asked: each criterion, then a mark and a text."""
    return (*(f"{CRITERION}{key}" for key in criteria), MARK, WORDS)


def evaluation_lacks(content: Content, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in fields if not content.get(name, "").strip())


def check_evaluation(
    content: Content, fields: Iterable[str], levels: Mapping[str, object], hundredths: int, top: int
) -> Verdict:
    """Whether it may be sent: nothing lacks, each level is one of those there are, the mark on its scale."""
    fields = tuple(fields)
    lacking = len(evaluation_lacks(content, fields))
    answered = [content.get(name) for name in fields if name.startswith(CRITERION)]
    if lacking or any(level not in levels for level in answered):
        return refused("evaluation_lacks", count=max(lacking, 1))
    if not 0 <= hundredths <= top * WHOLE:
        return refused("mark_off_scale", out_of=top)
    return ALLOWED


def _is_open(standing: ProjectStanding) -> Verdict:
    if standing.student not in BOUND_STUDENTS:
        return refused("project_of_no_student")
    if standing.project is CompanyProjectState.PUBLISHED:
        return refused("project_mark_published")
    return ALLOWED
