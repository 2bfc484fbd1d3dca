"""May a student have a contrat pro? Each condition with what is known, and every reason against it (P25 §4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from common.drafts.rules import fingerprint
from common.rules import ALLOWED, Refusal, Verdict, fold, refused
from contratpro.states import LIVE_STUDENTS, FactState, StudentState
from contratpro.vocabulary import Circumstance, Party, Severity

Circumstances = Mapping[Circumstance, bool | None]  # None: not known yet


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRule:
    """What the year says of a condition."""

    key: str
    article: str
    severity: Severity
    by: Party
    only: tuple[Circumstance, ...] = ()


class Consequence(StrEnum):
    """What follows from what is known of a condition."""

    HOLDS = "holds"
    REFUSES = "refuses"
    TO_KNOW = "to_know"  # it refuses until somebody says that it holds
    RISK_TO_TAKE = "risk_to_take"  # possible once the student has said in writing that they know
    RISK_TAKEN = "risk_taken"
    WAITS = "waits"  # nothing is refused, a later step waits for it


AGAINST = {
    Consequence.REFUSES: "condition_not_held",
    Consequence.TO_KNOW: "condition_unknown",
    Consequence.RISK_TO_TAKE: "condition_risk_to_take",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    rule: ConditionRule
    state: FactState
    consequence: Consequence


def condition_lines(
    rules: Iterable[ConditionRule], circumstances: Circumstances, facts: Mapping[str, FactState]
) -> tuple[ConditionLine, ...]:
    """Those that concern a student, and those that may: where a circumstance is not known, it is asked."""
    return tuple(
        ConditionLine(
            rule=rule,
            state=facts.get(rule.key, FactState.UNKNOWN),
            consequence=consequence(rule.severity, facts.get(rule.key, FactState.UNKNOWN)),
        )
        for rule in rules
        if concerns_student(rule.only, circumstances)
    )


def concerns_student(only: Iterable[Circumstance], circumstances: Circumstances) -> bool:
    """Whether all these circumstances are those of the student, or may be."""
    return all(circumstances.get(one) is not False for one in only)


def consequence(severity: Severity, state: FactState) -> Consequence:
    if state is FactState.HELD:
        return Consequence.HOLDS
    match severity:
        case Severity.WAITS:
            return Consequence.WAITS
        case Severity.OWN_RISK:
            taken = state is FactState.OWN_RISK
            return Consequence.RISK_TAKEN if taken else Consequence.RISK_TO_TAKE
        case Severity.REFUSAL:
            return Consequence.TO_KNOW if state is FactState.UNKNOWN else Consequence.REFUSES


def is_feasible(lines: Iterable[ConditionLine]) -> Verdict:
    """Every reason for which the contracts office may not call a project feasible, with its article."""
    return Verdict(
        tuple(
            Refusal(
                AGAINST[line.consequence],
                {"condition": line.rule.key, "article": line.rule.article},
            )
            for line in lines
            if line.consequence in AGAINST
        )
    )


def may_take_risk(line: ConditionLine) -> Verdict:
    """A student takes a risk on what the year says is at their own risk, and nothing else."""
    if line.consequence is Consequence.RISK_TO_TAKE:
        return ALLOWED
    return refused("no_risk_to_take", condition=line.rule.key)


def may_go_on(state: StudentState) -> Verdict:
    """Whether the file is open: neither given up nor of a contract that was broken."""
    if state is StudentState.BROKEN:
        return refused("student_broken")
    return ALLOWED if state in LIVE_STUDENTS else refused("student_withdrawn")


def may_intend(state: StudentState, *, identity_confirmed: bool) -> Verdict:
    """Step 1: the student tells the contracts office and the head of what they intend."""
    if not may_go_on(state):
        return may_go_on(state)
    if not identity_confirmed:
        return refused("identity_not_confirmed")
    if state in {StudentState.INTENDS, StudentState.FEASIBLE}:
        return refused("intention_already_told")
    return ALLOWED


MEETING = "meeting"  # the condition that a tick on the sheet of a meeting holds
OFFICE_SAYS = ("department", "option", "double_degree", "home_school")
STUDENT_SAYS = (
    "birth_name",
    "usual_name",
    "first_names",
    "born_on",
    "nationality",
    "phone",
    "grant_holder",
    "long_internship",
)
Said = Mapping[str, object]  # by field of a student's file


class LineFate(StrEnum):
    """What a line of a spreadsheet would change."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentLine:
    """A line of a spreadsheet: who it is about, and what it says; an empty cell says nothing."""

    line: int
    email: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStudent:
    """A student who is there already. Once they have confirmed who they are, no spreadsheet changes it."""

    ref: str
    email: str
    has_confirmed: bool
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortWords:
    """Departments and options as they may be called, folded, with the key of each; and what day it is."""

    departments: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """What becomes of a line: `writes` are the fields that it changes, `was` what they are until then."""

    line: int
    fate: LineFate
    email: str
    name: str
    writes: Said
    was: Said
    ref: str = ""
    refusals: tuple[Refusal, ...] = ()


def plan_cohort(
    lines: Iterable[StudentLine], known: Iterable[KnownStudent], words: CohortWords
) -> tuple[PlannedLine, ...]:
    """What each line would change. One that says again whom another line is about is wrong."""
    known = tuple(known)
    by_email = {one.email: one for one in known}
    by_person = {who: one.email for one in known if (who := _person(one.said))}
    at_line: dict[str, int] = {}
    planned = []
    for line in lines:
        said, refusals = _meant(line.said, by_email.get(line.email), words)
        again = [
            Refusal("student_on_another_line", {"line": at_line[name]})
            for name in {line.email, _person(said)} & at_line.keys()
        ]
        elsewhere = by_person.get(_person(said), line.email)
        if elsewhere != line.email and line.email not in by_email:
            again.append(Refusal("student_has_another_address", {"email": elsewhere}))
        refusals = (*refusals, *again[:1])
        if not refusals:
            at_line |= {name: line.line for name in (line.email, _person(said)) if name}
        planned.append(_planned(line, said, by_email.get(line.email), refusals))
    return tuple(planned)


def _planned(
    line: StudentLine, said: Said, known: KnownStudent | None, refusals: tuple[Refusal, ...]
) -> PlannedLine:
    was = known.said if known else {}
    writes = {name: value for name, value in said.items() if value != was.get(name, "")}
    if refusals:
        fate = LineFate.WRONG
    elif known is None:
        fate = LineFate.NEW
    else:
        fate = LineFate.CHANGED if writes else LineFate.UNCHANGED
    whole = {**was, **said}
    return PlannedLine(
        line=line.line,
        fate=fate,
        email=line.email,
        name=f"{whole.get('first_names', '')} {whole.get('birth_name', '')}".strip(),
        writes=writes,
        was={name: was[name] for name in writes if name in was},
        ref=known.ref if known else "",
        refusals=refusals,
    )


def _meant(
    said: Said, known: KnownStudent | None, words: CohortWords
) -> tuple[dict[str, object], tuple[Refusal, ...]]:
    """What the line says in our terms: keys of departments, and no identity once it was confirmed."""
    ours = OFFICE_SAYS if known and known.has_confirmed else (*OFFICE_SAYS, *STUDENT_SAYS)
    meant = {name: said[name] for name in ours if name in said}
    was = known.said if known else {}
    if "home_school" in meant:
        meant.setdefault("double_degree", True)
    if known and "department" in meant and "option" not in meant:
        moves = words.departments.get(fold(str(meant["department"]))) != was.get("department")
        meant |= {"option": ""} if moves and was.get("option") else {}
    refusals = [*_placed(meant, was, words), *_believable({**was, **meant}, words.today)]
    return meant, tuple(refusals)


def _placed(meant: dict[str, object], was: Said, words: CohortWords) -> Iterable[Refusal]:
    """Put the keys of a department and of its option in place of their names."""
    if meant.get("department"):
        called = str(meant["department"])
        key = words.departments.get(fold(called))
        if key is None:
            yield Refusal("no_such_department", {"department": called})
            return
        meant["department"] = key
    department = str(meant.get("department") or was.get("department", ""))
    if meant.get("option"):
        called = str(meant["option"])
        option = words.options.get(department, {}).get(fold(called))
        if option is None:
            yield Refusal("no_such_option", {"option": called, "department": department})
            return
        meant["option"] = option


def _believable(whole: Said, today: date) -> Iterable[Refusal]:
    for name in ("birth_name", "first_names", "department"):
        if not whole.get(name):
            yield Refusal(f"student_lacks_{name}")
    if whole.get("home_school") and not whole.get("double_degree"):
        yield Refusal("home_school_of_double_degree")
    born_on = whole.get("born_on")
    if isinstance(born_on, date) and born_on >= today:
        yield Refusal("born_in_the_future", {"born_on": born_on})


def _person(said: Said) -> str:
    """By what one person is known whatever their address; nothing where the day of birth is not known."""
    if not said.get("born_on"):
        return ""
    return fold(f"{said.get('birth_name')} {said.get('first_names')}") + f" {said['born_on']}"


def plan_seen(plan: Iterable[PlannedLine]) -> str:
    """Changes as soon as the same lines would change anything else: the page that shows a plan carries it."""
    return fingerprint(
        {
            str(one.line): (one.ref, one.fate, sorted(one.writes.items()), sorted(one.was.items()))
            for one in plan
        }
    )


def file_seen(said: Said) -> str:
    """Changes as soon as the file says anything else: the form that changes it carries it."""
    return fingerprint(said)


def seen_of_fact(state: FactState, said_at: datetime | None = None) -> str:
    """What a page says that it has seen of a condition."""
    return f"{state}.{said_at.timestamp():.6f}" if said_at else str(state)


def match_seen(matched: Iterable["MatchedLine"]) -> str:
    return fingerprint({str(one.line): one.ref for one in matched})


def may_answer(state: StudentState) -> Verdict:
    """Step 1 is answered once the student has told; a project that was feasible may turn out not to be."""
    if state in {StudentState.INTENDS, StudentState.FEASIBLE}:
        return ALLOWED
    return refused("no_intention_to_answer")


def may_refuse(state: StudentState, *, has_signed_contract: bool) -> Verdict:
    """Until the employment contract is signed: from then on a breach alone ends the file."""
    if has_signed_contract:
        return refused("project_has_signed_contract")
    return may_answer(state)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledStudent:
    """A student whom a meeting calls, as the sheet of those present may name them."""

    ref: str
    email: str
    names: tuple[str, ...]  # folded: birth or usual name and first names, in both orders


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentLine:
    """A line of the sheet of those present: an address, or a name."""

    line: int
    email: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLine:
    line: int
    shown: str
    ref: str = ""
    refusals: tuple[Refusal, ...] = ()


def match_present(
    lines: Iterable[PresentLine], students: Iterable[CalledStudent]
) -> tuple[MatchedLine, ...]:
    """Whom each line is about: by the address, else by the name where one student alone bears it."""
    students = tuple(students)
    by_email = {one.email: one.ref for one in students}
    by_name: dict[str, list[str]] = {}
    for one in students:
        for name in one.names:
            by_name.setdefault(name, []).append(one.ref)
    return tuple(_matched(line, by_email, by_name) for line in lines)


def _matched(
    line: PresentLine, by_email: Mapping[str, str], by_name: Mapping[str, list[str]]
) -> MatchedLine:
    found = [by_email[line.email]] if line.email in by_email else by_name.get(fold(line.name), [])
    shown = line.name or line.email
    refs = set(found)
    if len(refs) == 1:
        return MatchedLine(line=line.line, shown=shown, ref=refs.pop())
    code = "present_is_several" if refs else "present_is_nobody"
    return MatchedLine(line=line.line, shown=shown, refusals=(Refusal(code, {"name": shown}),))
