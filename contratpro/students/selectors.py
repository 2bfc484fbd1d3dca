"""What is known of a student, read by the rules of the year."""

from contratpro.models import StudentFile
from contratpro.states import FactState
from contratpro.students.rules import Circumstances, ConditionLine, ConditionRule, condition_lines
from contratpro.vocabulary import Circumstance
from contratpro.year.document.schema import YearDocument

EEA_AND_SWITZERLAND = {
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip


def circumstances_of(student: StudentFile) -> Circumstances:
    """What makes a condition concern them. Foreign: outside the European Economic Area and Switzerland."""
    nationality = student.nationality.code
    return {
        Circumstance.DOUBLE_DEGREE: student.double_degree,
        Circumstance.FOREIGN: nationality not in EEA_AND_SWITZERLAND if nationality else None,
        Circumstance.LONG_INTERNSHIP: student.long_internship,
        Circumstance.GRANT_HOLDER: student.grant_holder,
    }


def condition_rules(said: YearDocument) -> tuple[ConditionRule, ...]:
    return tuple(
        ConditionRule(
            key=key,
            article=one.article,
            severity=one.severity,
            by=one.evidence.by,
            only=one.only,
        )
        for key, one in said.conditions.items()
    )


def conditions_of(student: StudentFile, said: YearDocument) -> tuple[ConditionLine, ...]:
    """Each condition that concerns the student, with what is known of it."""
    facts: dict[str, FactState] = dict(student.facts.values_list("key", "state"))
    return condition_lines(condition_rules(said), circumstances_of(student), facts)
