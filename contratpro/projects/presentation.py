"""A company project in words: its evaluation to be read, its marks, what lacks and for whom, what each act will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.formats import localized
from common.signs import Sign
from contratpro.models import CompanyEvaluation, CompanyProject
from contratpro.projects.rules import CRITERION, MARK, WHOLE, WORDS, ProjectMarks, ProjectStanding
from contratpro.projects.selectors import (
    PublishedMarks,
    last_evaluation,
    shares_of,
    standing_of_project,
)
from contratpro.states import CompanyProjectState, EvaluationState
from contratpro.vocabulary import PassedOn
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now

EVALUATION_SIGNS: Mapping[EvaluationState, Sign] = {
    EvaluationState.ASKED: Sign(_("with the company tutor"), "hourglass-split", "action"),
    EvaluationState.SENT: Sign(_("received"), "check-circle-fill", "done"),
    EvaluationState.REOPENED: Sign(_("another version is asked for"), "exclamation-circle", "due"),
}
PASSED_WORDS: Mapping[PassedOn, Promise] = {
    PassedOn.HAND: _("handed over on paper"),
    PassedOn.MAIL: _("by e-mail"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRow:
    label: str
    value: str
    long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedMark:
    """A mark that the mark of the project is made of, and its weight; None where it is not there."""

    title: str
    mark: Decimal | None
    share: Decimal


def points(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)


def field_label(name: str, said: YearDocument) -> str:
    """Of what the company tutor is asked."""
    if name == MARK:
        out_of = said.marks.conduct.out_of
        return gettext("Mark out of %(out_of)s") % {"out_of": out_of}
    asked = said.marks.project.evaluation
    if name == WORDS or asked is None:
        return gettext("Appreciation")
    return localized(asked.criteria[name.removeprefix(CRITERION)].title)


def readable_answer(value: str, name: str, said: YearDocument) -> str:
    """A level by its title; what a draft says otherwise, as it is."""
    asked = said.marks.project.evaluation
    if name.startswith(CRITERION) and asked and value in asked.levels:
        return localized(asked.levels[value].title)
    return value


def evaluation_rows(evaluation: CompanyEvaluation | None) -> list[EvaluationRow]:
    """The last version that was sent, as one reads it."""
    version = last_evaluation(evaluation)
    if evaluation is None or version is None:
        return []
    said = year_now(evaluation.project.student.year)
    return [
        EvaluationRow(
            label=field_label(name, said) if _is_known(name, said) else name,
            value=_mark_in_figures(version.mark)
            if name == MARK
            else readable_answer(value, name, said),
            long=name == WORDS,
        )
        for name, value in version.content.items()
    ]


def _mark_in_figures(hundredths: int) -> str:
    """As it is written in the active language: 15,50."""
    return number_format(Decimal(hundredths) / WHOLE, decimal_pos=2)


def _is_known(name: str, said: YearDocument) -> bool:
    """Whether the year still asks it."""
    asked = said.marks.project.evaluation
    if not name.startswith(CRITERION):
        return True
    return asked is not None and name.removeprefix(CRITERION) in asked.criteria


def weighed(marks: ProjectMarks | PublishedMarks, said: YearDocument) -> list[WeighedMark]:
    shares = shares_of(said)
    rows = (
        (gettext("Conduct, from the steps"), marks.conduct, shares.conduct),
        (gettext("Company tutor"), marks.company_tutor, shares.company_tutor),
        (gettext("School tutor, of the report"), marks.school_tutor, shares.school_tutor),
    )
    return [
        WeighedMark(title=title, mark=points(mark), share=Decimal(share) / WHOLE)
        for title, mark, share in rows
    ]


def lacks_of_student(standing: ProjectStanding) -> list[str]:
    """What is still awaited of what the student hands in or sees to: never whether a mark is there."""
    lacks = []
    if not standing.reports:
        lacks.append(gettext("Your report is not deposited."))
    if standing.evaluation is not EvaluationState.SENT:
        lacks.append(
            gettext("The evaluation of your company tutor is not here: see that it comes.")
        )
    return lacks


def lacks_of_tutor(standing: ProjectStanding, marks: ProjectMarks) -> list[str]:
    """What stands against publishing the mark, for the school tutor: with what they have to do themselves."""
    lacks = []
    if not standing.reports:
        lacks.append(gettext("The student has not deposited the report."))
    if standing.evaluation is None:
        lacks.append(gettext("The company tutor has no link to the evaluation yet: send it."))
    elif standing.evaluation is not EvaluationState.SENT:
        lacks.append(gettext("The company tutor has not sent the evaluation."))
    if marks.school_tutor is None:
        lacks.append(gettext("The school tutor has not marked the report."))
    if marks.conduct is None:
        lacks.append(gettext("The mark of the conduct is not closed."))
    return lacks


def before_asking(project: CompanyProject) -> list[str]:
    return [
        gettext("The company tutor receives a link to the evaluation, which works for 30 days."),
        gettext(
            "Without an account, they read the name of %(name)s and nothing else of the student."
        )
        % {"name": project.student.full_name},
        gettext("A link that was sent before leads nowhere any more."),
    ]


def before_reopening(project: CompanyProject) -> list[str]:
    said = [
        gettext("The company tutor receives your reason with a fresh link."),
        gettext("What they sent is kept, and their next version stands in its place."),
    ]
    if standing_of_project(project).is_passed_on:
        said.append(gettext("Report and evaluation are to be passed on to the registrar again."))
    return said


def before_marking(_project: CompanyProject) -> list[str]:
    return [
        gettext("The mark is of the report that was deposited last."),
        gettext("The student reads nothing of it before the mark of the project is published."),
    ]


def before_publishing(project: CompanyProject) -> list[str]:
    return [
        gettext("%(name)s reads the mark and the three that it is made of, and is told by e-mail.")
        % {"name": project.student.full_name},
        gettext("What is marked afterwards changes nothing of it, unless it is taken back first."),
    ]


def before_taking_back(project: CompanyProject) -> list[str]:
    return [
        gettext("%(name)s reads the mark no more.") % {"name": project.student.full_name},
        gettext("It may be published again, once what was wrong is corrected."),
    ]


def is_published(project: CompanyProject) -> bool:
    return project.state is CompanyProjectState.PUBLISHED


def report_parts(said: YearDocument) -> Sequence[str]:
    return [localized(part) for part in said.marks.project.report]
