"""A student's own page in words: where they stand, what is expected and by whom, what holds, what they risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import filterfalse
from operator import attrgetter
from typing import assert_never

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.datafile.values import Text
from common.formats import localized
from common.signs import Sign
from contratpro.certificates.selectors import certificates_of
from contratpro.models import (
    CompletionCertificate,
    ConditionFact,
    InformationMeeting,
    PaperTemplate,
    PfeSheet,
    StudentFile,
)
from contratpro.pfe.selectors import pfe_sheet_for
from contratpro.projects.selectors import due_of_report
from contratpro.states import LIVE_STUDENTS, PfeSheetState, StudentState
from contratpro.steps.presentation.lines import (
    MarkSheet,
    StepLine,
    mark_sheet,
    step_lines,
    step_title,
)
from contratpro.steps.rules import INTENTION, StepPaper, StepPhase
from contratpro.steps.selectors import has_step, papers_of, today_of
from contratpro.student.rules import ExpectedFirst, expected
from contratpro.student.selectors import (
    DefenceAhead,
    WithOther,
    defence_ahead,
    facts_of,
    meetings_to_come,
    offers_for,
    steps_elsewhere,
)
from contratpro.students.rules import (
    ConditionLine,
    Consequence,
    concerns_student,
)
from contratpro.students.selectors import circumstances_of, latest_papers, lines_of
from contratpro.vocabulary import PFE_REPORT
from contratpro.year.document.schema import YearCondition, YearDocument, YearWarning
from contratpro.year.selectors import year_now

CONSEQUENCES: Mapping[Consequence, Sign] = {
    Consequence.HOLDS: Sign(gettext_lazy("holds"), "check-circle-fill", "done"),
    Consequence.REFUSES: Sign(gettext_lazy("does not hold"), "x-circle", "refused"),
    Consequence.TO_KNOW: Sign(gettext_lazy("not known yet"), "hourglass-split", "due"),
    Consequence.RISK_TO_TAKE: Sign(
        gettext_lazy("missing: at your own risk"),
        "exclamation-circle",
        "due",
    ),
    Consequence.RISK_TAKEN: Sign(
        gettext_lazy("at your own risk"),
        "exclamation-triangle-fill",
        "due",
    ),
    Consequence.WAITS: Sign(gettext_lazy("known later"), "hourglass-split", "quiet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCondition:
    """A condition of the student, with what is known of it, from whom, and what to do."""

    key: str
    said: YearCondition
    line: ConditionLine
    sign: Sign
    by: Text
    fact: ConditionFact | None
    due: date | None
    assumed: bool
    to_do: str

    @property
    def is_risky(self) -> bool:
        return self.line.consequence is Consequence.RISK_TAKEN

    @property
    def may_take_risk(self) -> bool:
        return self.line.consequence is Consequence.RISK_TO_TAKE


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Where a student goes on with a paper."""

    page: str
    words: Promise


PAPER_PAGES: Mapping[StepPaper, PaperPage] = {
    StepPaper.SHEET: PaperPage("contract_sheet", gettext_lazy("Open the contact sheet")),
    StepPaper.CONTRACT: PaperPage(
        "contract_employment", gettext_lazy("Open the employment contract")
    ),
    StepPaper.AGREEMENT: PaperPage(
        "contract_agreement", gettext_lazy("Open the training agreement")
    ),
    StepPaper.PROJECT: PaperPage("contract_project", gettext_lazy("Open the company project")),
    StepPaper.PFE: PaperPage("contract_pfe", gettext_lazy("Open the final project")),
}


SHEET_ACTS: Mapping[PfeSheetState, Promise] = {
    PfeSheetState.DRAFT: gettext_lazy("Fill in the sheet of the final project"),
    PfeSheetState.RETURNED: gettext_lazy(
        "Correct the sheet of the final project, which your school tutor sent back"
    ),
}


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step that waits for the student: said on its own page, or by going on with its paper."""

    line: StepLine
    paper: PaperPage | None


@dataclass(frozen=True, slots=True)
class OtherStep:
    """A step that waits for others, and with whom its paper is, once the student has sent it."""

    line: StepLine
    who: Text | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ProjectAct:
    """What a project waits for from the student, besides the steps."""

    words: Promise
    due: date | None
    page: str
    button: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Cockpit:
    """All that a student's page shows."""

    student: StudentFile
    said: YearDocument
    expected: ExpectedFirst
    lines: tuple[StepLine, ...]
    sheet: MarkSheet
    conditions: tuple[KnownCondition, ...]
    warnings: tuple[YearWarning, ...]
    risks: tuple[KnownCondition, ...]
    meetings: Sequence[InformationMeeting]
    papers: Sequence[PaperTemplate]
    offers: int
    step_papers: Mapping[str, StepPaper]
    certificates: Sequence[CompletionCertificate]
    elsewhere: Mapping[str, WithOther]
    project_acts: Sequence[ProjectAct]
    defence: DefenceAhead | None

    def in_phase(self, *phases: StepPhase) -> list[StepLine]:
        return [line for line in self.lines if line.phase in phases]

    @property
    def waiting(self) -> list[StepLine]:
        """What somebody has to do now, most urgent first."""
        return self.in_phase(StepPhase.OVERDUE) + self.in_phase(StepPhase.OPEN)

    @property
    def mine(self) -> list[OwnStep]:
        """What waits and that the student declares, or the paper that declares it."""
        return [OwnStep(line, self._page_of(line)) for line in self.waiting if self._is_mine(line)]

    def _is_mine(self, line: StepLine) -> bool:
        return line.by_student and line.key not in self.elsewhere

    def _page_of(self, line: StepLine) -> PaperPage | None:
        paper = self.step_papers.get(line.key)
        return PAPER_PAGES[paper] if paper else None

    @property
    def of_others(self) -> list[OtherStep]:
        return [self._other(line) for line in filterfalse(self._is_mine, self.waiting)]

    def _other(self, line: StepLine) -> OtherStep:
        at = self.elsewhere.get(line.key)
        if at is None:
            return OtherStep(line, None, None)
        who = self.said.parties[at.party].title
        return OtherStep(replace(line, parties=(who,)), who, at.since)

    @property
    def overdue(self) -> int:
        return len(self.in_phase(StepPhase.OVERDUE))

    @property
    def later(self) -> list[StepLine]:
        return self.in_phase(StepPhase.LATER)

    @property
    def behind(self) -> list[StepLine]:
        return self.in_phase(StepPhase.DONE, StepPhase.MARKED)

    @property
    def is_live(self) -> bool:
        """Neither given up nor of a contract that was broken."""
        return self.student.state in LIVE_STUDENTS

    @property
    def incident(self) -> StepLine | None:
        return next((line for line in self.lines if line.said.if_happened), None)

    @property
    def against(self) -> tuple[KnownCondition, ...]:
        """What stands against a contract today."""
        stands = {Consequence.REFUSES, Consequence.TO_KNOW, Consequence.RISK_TO_TAKE}
        return tuple(one for one in self.conditions if one.line.consequence in stands)


def cockpit(student: StudentFile, now: datetime) -> Cockpit:
    said = year_now(student.year)
    lines = step_lines(student, now)
    conditions = condition_words(student, said)
    steps = map(attrgetter("standing"), lines)
    pfe, defence = pfe_sheet_for(student), defence_ahead(student, now)
    elsewhere, acts = steps_elsewhere(student, pfe), project_acts(student, pfe, defence)
    return Cockpit(
        student=student,
        said=said,
        expected=expected(
            student.state,
            circumstances_of(student),
            steps,
            elsewhere=elsewhere,
            project_waits=bool(acts),
        ),
        lines=lines,
        sheet=mark_sheet(student, lines, today_of(student.year, now)),
        conditions=conditions,
        warnings=tuple(warnings_of(student, said, _done(lines))),
        risks=risks_shown(conditions, today_of(student.year, now)),
        meetings=meetings_to_come(student, now),
        papers=list(latest_papers(student.year)),
        offers=offers_for(student, now).count(),
        step_papers=papers_of(student),
        certificates=list(certificates_of(student)),
        elsewhere=elsewhere,
        project_acts=acts,
        defence=defence,
    )


def project_acts(
    student: StudentFile, pfe: PfeSheet, defence: DefenceAhead | None
) -> list[ProjectAct]:
    """What the projects wait for that is no step of the year, most urgent first."""
    acts = []
    if defence and defence.may_deposit and not defence.report and not has_step(student, PFE_REPORT):
        acts.append(
            ProjectAct(
                gettext_lazy("Deposit the report of the final project"),
                defence.report_due,
                "contract_pfe_deposit",
                gettext_lazy("Deposit your report"),
            )
        )
    words = SHEET_ACTS.get(pfe.state)
    if words and student.state is StudentState.FEASIBLE:
        acts.append(
            ProjectAct(
                words,
                due_of_report(student),
                "contract_pfe",
                gettext_lazy("Open the final project"),
            )
        )
    return acts


def condition_words(student: StudentFile, said: YearDocument) -> tuple[KnownCondition, ...]:
    """Each condition that concerns the student, or may."""
    facts = facts_of(student)
    states = {key: fact.state for key, fact in facts.items()}
    lines = lines_of(student, said, states)
    return tuple(_condition(line, facts.get(line.rule.key), student, said) for line in lines)


def _condition(
    line: ConditionLine, fact: ConditionFact | None, student: StudentFile, said: YearDocument
) -> KnownCondition:
    one = said.conditions[line.rule.key]
    return KnownCondition(
        key=line.rule.key,
        said=one,
        line=line,
        sign=CONSEQUENCES[line.consequence],
        by=said.parties[one.evidence.by].title,
        fact=fact,
        due=said.day(one.due, student.department) if one.due else None,
        assumed=bool(one.due) and said.is_assumed(str(one.due), student.department),
        to_do=_to_do(line, one, said),
    )


def _to_do(line: ConditionLine, one: YearCondition, said: YearDocument) -> str:
    """What to do about it, in one sentence; nothing where it holds."""
    words = {
        "by": localized(said.parties[one.evidence.by].title),
        "proof": localized(one.evidence.words),
    }
    match line.consequence:
        case Consequence.HOLDS:
            return ""
        case Consequence.TO_KNOW:
            return _("Who says so: %(by)s. From: %(proof)s.") % words
        case Consequence.REFUSES:
            return (
                _("While it does not hold, no contract is possible. Whom to ask: %(by)s.") % words
            )
        case Consequence.RISK_TO_TAKE:
            return _(
                "A contract is possible all the same, at your own risk, once you have said so in writing."
            )
        case Consequence.RISK_TAKEN:
            return _("Still to be had. From: %(proof)s.") % words
        case Consequence.WAITS:
            return _waits(one, said)
    assert_never(line.consequence)


def _waits(one: YearCondition, said: YearDocument) -> str:
    if one.before is None:
        return _("Nothing is refused meanwhile.")
    step = step_title(said, one.before)
    return _("Nothing is refused meanwhile; a step waits for it: %(step)s.") % {"step": step}


def risks_shown(conditions: Sequence[KnownCondition], today: date) -> tuple[KnownCondition, ...]:
    """The risks that were taken, until the day by which the conditions are due."""
    return tuple(
        one for one in conditions if one.is_risky and (one.due is None or today <= one.due)
    )


def warnings_of(
    student: StudentFile, said: YearDocument, done: frozenset[str], before: str = ""
) -> list[YearWarning]:
    """What a student is told before a step is done: of every step that is to do, or of that one."""
    circumstances = circumstances_of(student)
    return [
        warning
        for warning in said.warnings.values()
        if warning.before not in done
        and before in {"", warning.before}
        and concerns_student(warning.only, circumstances)
    ]


def in_words(warnings: Sequence[YearWarning]) -> list[str]:
    return [localized(warning.words) for warning in warnings]


def _done(lines: Sequence[StepLine]) -> frozenset[str]:
    done = {StepPhase.DONE, StepPhase.MARKED}
    return frozenset(line.key for line in lines if line.phase in done)


def risk_statement(student: StudentFile, one: YearCondition) -> str:
    """What the student says in writing, kept word for word with its day."""
    return _(
        "I, %(name)s, ask for a professionalisation contract although this condition does not hold yet: "
        "%(condition)s (article %(article)s). I know that no diploma can be awarded to me without it, that I have to "
        "have it before the final project begins, and that I take this risk myself."
    ) % {
        "name": student.full_name,
        "condition": localized(one.words),
        "article": one.article,
    }


def before_intending(student: StudentFile) -> list[str]:
    """What happens when one tells one's intention, and what is to be known before."""
    said = year_now(student.year)
    warned = in_words(warnings_of(student, said, frozenset()))
    return [
        _("The contrat pro office and the head of your department read it."),
        _("The office checks each condition, and answers: feasible, or why not."),
        *warned,
    ]


def before_own_step(student: StudentFile, line: StepLine) -> list[str]:
    """What a student reads before they declare a step."""
    if line.key == INTENTION:
        return before_intending(student)
    warned = warnings_of(student, year_now(student.year), frozenset(), line.key)
    said = [
        _("The step is on record as done today, and the contrat pro office checks it."),
        _("Proof: %(proof)s.") % {"proof": localized(line.said.proof.words)},
    ]
    if line.phase is StepPhase.OVERDUE:
        said.append(_("Its last day is over: it is on record as late."))
    if line.phase is StepPhase.LATER:
        said.append(_("One that it follows is still to do: this is recorded with it."))
    return [*said, *in_words(warned)]
