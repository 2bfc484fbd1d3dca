"""Students, their conditions and the acts of the contract service, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from common.datafile.values import Text
from common.formats import localized, short_day
from common.refusals import say
from common.rules import Refusal, Verdict
from common.signs import Sign
from contratpro.agreements.presentation import AGREEMENT_SIGNS
from contratpro.agreements.selectors import last_agreement
from contratpro.contracts.presentation.boxes import EMPLOYMENT_SIGNS
from contratpro.contracts.selectors import contract_of
from contratpro.models import ConditionFact, StudentFile
from contratpro.sheets.presentation import SHEET_SIGNS
from contratpro.sheets.selectors import sheet_for
from contratpro.states import FactState, StudentState
from contratpro.students.rules import (
    AGAINST,
    ConditionLine,
    Consequence,
    LineFate,
    MatchedLine,
    PlannedLine,
    is_feasible,
    seen_of_fact,
)
from contratpro.students.selectors import lines_of
from contratpro.vocabulary import Party
from contratpro.year.document.schema import YearCondition, YearDocument
from contratpro.year.selectors import year_now
from screens.imports import TableMistake

Words = str | Promise


def paper_signs(student: StudentFile) -> dict[str, object]:
    """How far each paper of a student is, for whoever answers the telephone; nothing of one that is not begun."""
    sheet, contract = sheet_for(student), contract_of(student)
    agreement = last_agreement(student)
    return {
        "sheet": SHEET_SIGNS[sheet.state] if sheet.pk else None,
        "contract": EMPLOYMENT_SIGNS[contract.state] if contract else None,
        "agreement": AGREEMENT_SIGNS[agreement.state] if agreement else None,
    }


STUDENT_SIGNS: Mapping[StudentState, Sign] = {
    StudentState.LISTED: Sign(gettext_lazy("not invited yet"), "circle", "quiet"),
    StudentState.INVITED: Sign(gettext_lazy("invited"), "envelope", "quiet"),
    StudentState.CONFIRMED: Sign(gettext_lazy("identity confirmed"), "check2", "action"),
    StudentState.INTENDS: Sign(gettext_lazy("to be answered"), "exclamation-circle", "due"),
    StudentState.FEASIBLE: Sign(gettext_lazy("feasible"), "check-circle-fill", "done"),
    StudentState.REFUSED: Sign(
        pgettext_lazy("a student’s project", "not feasible"), "x-circle", "refused"
    ),
    StudentState.WITHDRAWN: Sign(
        pgettext_lazy("a student’s file", "withdrawn"), "arrow-return-left", "quiet"
    ),
    StudentState.BROKEN: Sign(gettext_lazy("contract broken"), "x-circle", "refused"),
}
CONDITION_SIGNS: Mapping[Consequence, Sign] = {
    Consequence.HOLDS: Sign(gettext_lazy("held"), "check-circle-fill", "done"),
    Consequence.REFUSES: Sign(gettext_lazy("not held: refused"), "x-circle", "refused"),
    Consequence.TO_KNOW: Sign(gettext_lazy("unknown"), "exclamation-circle", "due"),
    Consequence.RISK_TO_TAKE: Sign(
        gettext_lazy("missing: the student may take the risk"), "exclamation-circle", "due"
    ),
    Consequence.RISK_TAKEN: Sign(
        gettext_lazy("missing, at the student’s own risk"), "exclamation-triangle-fill", "action"
    ),
    Consequence.WAITS: Sign(gettext_lazy("awaited"), "hourglass-split", "quiet"),
}
FIELDS: Mapping[str, Words] = {
    "department": gettext_lazy("Department"),
    "option": gettext_lazy("Option"),
    "double_degree": gettext_lazy("Double degree"),
    "home_school": gettext_lazy("Home school"),
    "birth_name": gettext_lazy("Birth name"),
    "usual_name": gettext_lazy("Usual name"),
    "first_names": gettext_lazy("First names"),
    "born_on": gettext_lazy("Date of birth"),
    "nationality": gettext_lazy("Nationality"),
    "phone": gettext_lazy("Phone"),
    "grant_holder": gettext_lazy("Grant holder"),
    "long_internship": gettext_lazy("Long internship in year 2"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """A condition of a student, with all that is known of it and what may be said."""

    key: str
    said: YearCondition
    by: Text
    sign: Sign
    stands_against: bool
    fact: ConditionFact | None
    due: date | None
    is_assumed: bool  # the school has not confirmed that day
    may_say: bool

    @property
    def is_known(self) -> bool:
        return self.fact is not None and self.fact.state is not FactState.UNKNOWN

    @property
    def is_held(self) -> bool:
        return self.fact is not None and self.fact.state is FactState.HELD

    @property
    def may_hold(self) -> bool:
        return self.may_say and not (self.fact and self.fact.state is FactState.HELD)

    @property
    def may_deny(self) -> bool:
        closed = {FactState.NOT_HELD, FactState.OWN_RISK}
        return self.may_say and not (self.fact and self.fact.state in closed)

    @property
    def may_forget(self) -> bool:
        closed = {FactState.UNKNOWN, FactState.OWN_RISK}
        return self.may_say and self.fact is not None and self.fact.state not in closed

    @property
    def seen(self) -> str:
        """What whoever acts on it has seen."""
        fact = self.fact
        return seen_of_fact(fact.state, fact.said_at) if fact else seen_of_fact(FactState.UNKNOWN)


def _by(fact: ConditionFact | None, evidence: Party) -> Party:
    """Who said what is known; until somebody has, whose word is awaited."""
    return fact.said_by if fact and fact.state is not FactState.UNKNOWN else evidence


def condition_rows(student: StudentFile, *, handles: bool, heads: bool) -> tuple[ConditionRow, ...]:
    """Each condition that concerns the student, or may, in the order of the year."""
    said = year_now(student.year)
    facts = {fact.key: fact for fact in student.facts.select_related("by", "evidence")}
    lines = lines_of(student, said, {key: fact.state for key, fact in facts.items()})
    return tuple(
        ConditionRow(
            key=line.rule.key,
            said=said.conditions[line.rule.key],
            by=said.parties[_by(facts.get(line.rule.key), line.rule.by)].title,
            sign=CONDITION_SIGNS[line.consequence],
            stands_against=line.consequence in AGAINST,
            fact=facts.get(line.rule.key),
            due=_due(said, line.rule.key, student.department),
            is_assumed=_is_assumed(said, line.rule.key, student.department),
            may_say=handles or (heads and line.rule.by is Party.DEPARTMENT_HEAD),
        )
        for line in lines
    )


def _due(said: YearDocument, key: str, department: str) -> date | None:
    due = said.conditions[key].due
    return said.day(due, department) if due else None


def _is_assumed(said: YearDocument, key: str, department: str) -> bool:
    due = said.conditions[key].due
    return bool(due) and said.is_assumed(str(due), department)


def against(student: StudentFile) -> Verdict:
    """All that stands against a project, each condition in the words of the year."""
    said = year_now(student.year)
    found = is_feasible(_read_lines(student, said))
    return Verdict(tuple(_in_words(refusal, said) for refusal in found.refusals))


def _in_words(refusal: Refusal, said: YearDocument) -> Refusal:
    words = said.conditions[str(refusal.params["condition"])].words
    return Refusal(refusal.code, {**refusal.params, "condition": words})


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRow:
    """A student in the list; `against` is how many conditions stand against their project."""

    student: StudentFile
    sign: Sign
    against: int


def student_rows(students: Iterable[StudentFile], said: YearDocument) -> list[StudentRow]:
    return [
        StudentRow(
            student=student,
            sign=STUDENT_SIGNS[student.state],
            against=len(is_feasible(_read_lines(student, said)).refusals),
        )
        for student in students
    ]


def _read_lines(student: StudentFile, said: YearDocument) -> tuple[ConditionLine, ...]:
    """Of `student.facts`: prefetch them for many."""
    return lines_of(student, said, {fact.key: fact.state for fact in student.facts.all()})


def state_counts(counts: Mapping[StudentState, int]) -> list[tuple[StudentState, Sign, int]]:
    return [(state, STUDENT_SIGNS[state], count) for state, count in counts.items()]


@dataclass(frozen=True, slots=True)
class WrongLine:
    line: int
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedLine:
    line: int
    name: str
    changes: tuple[tuple[Words, str, str], ...]  # what, from, to


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortPreview:
    """What importing a spreadsheet will do, line by line."""

    new: tuple[PlannedLine, ...]
    changed: tuple[ChangedLine, ...]
    unchanged: int
    wrong: tuple[WrongLine, ...]

    @property
    def writes(self) -> bool:
        return bool(self.new or self.changed)


def cohort_preview(plan: Sequence[PlannedLine], mistakes: Iterable[TableMistake]) -> CohortPreview:
    fates = {fate: [one for one in plan if one.fate is fate] for fate in LineFate}
    planned_wrong = [
        WrongLine(one.line, one.name or one.email, tuple(map(say, one.refusals)))
        for one in fates[LineFate.WRONG]
    ]
    return CohortPreview(
        new=tuple(fates[LineFate.NEW]),
        changed=tuple(
            ChangedLine(one.line, one.name, tuple(_changes(one))) for one in fates[LineFate.CHANGED]
        ),
        unchanged=len(fates[LineFate.UNCHANGED]),
        wrong=in_order([*planned_wrong, *wrong_lines(mistakes)]),
    )


def wrong_lines(mistakes: Iterable[TableMistake]) -> list[WrongLine]:
    """The reasons of each line that could not be read."""
    reasons: dict[int, list[str]] = {}
    for mistake in mistakes:
        reasons.setdefault(mistake.line, []).append(say(mistake.refusal))
    return [WrongLine(line, "", tuple(said)) for line, said in reasons.items()]


def in_order(lines: Iterable[WrongLine]) -> tuple[WrongLine, ...]:
    return tuple(sorted(lines, key=lambda wrong: wrong.line))


def unmatched_lines(matched: Iterable[MatchedLine]) -> list[WrongLine]:
    return [
        WrongLine(one.line, one.shown, tuple(map(say, one.refusals)))
        for one in matched
        if one.refusals
    ]


def _changes(line: PlannedLine) -> Iterable[tuple[Words, str, str]]:
    for name, value in line.writes.items():
        yield FIELDS[name], in_words(line.was.get(name)), in_words(value)


def in_words(value: object) -> str:
    """A value of a student's file as people read it."""
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return short_day(value) if isinstance(value, date) else str(value)


def imported(new: int, changed: int, left_out: int) -> str:
    """What was done of an import."""
    parts = [
        ngettext("%(count)d student added", "%(count)d students added", new) % {"count": new},
        ngettext("%(count)d changed", "%(count)d changed", changed) % {"count": changed},
    ]
    if left_out:
        left = ngettext("%(count)d line left out", "%(count)d lines left out", left_out)
        parts.append(left % {"count": left_out})
    return ", ".join(parts) + "."


def before_inviting(_thing: object) -> Sequence[str]:
    return [
        _("Each student who was not invited yet is written to, once."),
        _("They make an account with that address, or sign in, and confirm who they are."),
    ]


def before_withdrawing(student: StudentFile) -> Sequence[str]:
    return [
        _("%(name)s takes no further part: nothing more is recorded in the file.")
        % {"name": student.full_name},
        _("What is recorded stays. The file may be taken up again."),
    ]


def before_reopening(_student: StudentFile) -> Sequence[str]:
    return [_("The file goes on where the student had confirmed who they are.")]


def before_accepting(student: StudentFile) -> Sequence[str]:
    said = year_now(student.year)
    risks = student.facts.filter(state=FactState.OWN_RISK).values_list("key", flat=True)
    at_risk = [
        _("At the student’s own risk: %(condition)s.")
        % {"condition": localized(said.conditions[key].words)}
        for key in risks
    ]
    return [
        _("The project is feasible: the student is told by e-mail, with the latest papers."),
        *at_risk,
    ]


def before_refusing(student: StudentFile) -> Sequence[str]:
    reasons = [say(refusal) for refusal in against(student).refusals]
    return [
        _("The student is told at once by e-mail, with these reasons and the words below:"),
        *(reasons or [_("No condition of the year stands against it: say why below.")]),
        _("They may tell their intention again."),
    ]


def before_naming_tutor(student: StudentFile) -> Sequence[str]:
    if student.tutor:
        return [
            _("Until now: %(email)s.") % {"email": student.tutor.email},
            _("Both tutors and the student are told by e-mail."),
        ]
    return [
        _("They read this file, from the account of that address."),
        _("They and the student are told by e-mail."),
    ]


def before_forgetting(_row: ConditionRow) -> Sequence[str]:
    return [
        _("Nothing is known of this condition any more, and its evidence is removed."),
        _("The journal keeps who had said what."),
    ]
