"""May a student have a contrat pro? Each condition with what is known, and every reason against it (P25 §4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from common.rules import ALLOWED, Refusal, Verdict, refused
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


def may_intend(state: StudentState, *, identity_confirmed: bool) -> Verdict:
    """Step 1: the student tells the contracts office and the head of what they intend."""
    if state not in LIVE_STUDENTS:
        return refused("student_withdrawn")
    if not identity_confirmed:
        return refused("identity_not_confirmed")
    if state in {StudentState.INTENDS, StudentState.FEASIBLE}:
        return refused("intention_already_told")
    return ALLOWED
