"""Draw docs/workflows.md from the tables of moves.

workflows.py          write it
workflows.py check    say whether it is what the tables say
"""

import importlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "workflows.md"
HEAD = """# Workflows

Every state that a row may have and every move between two of them. Drawn by `tools/workflows.py` from the tables of
moves in the code: whatever is not here raises an error. One module writes all states, `common/moves.py`.
"""
Moves = Mapping[tuple[StrEnum, StrEnum], StrEnum]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`begins` are the actions that make the row, with the state in which it begins."""

    title: str
    module: str
    table: str
    begins: tuple[tuple[str, str], ...]

    @property
    def moves(self) -> Moves:
        moves: Moves = getattr(importlib.import_module(self.module), self.table)
        return moves


AGGREGATES = (
    Aggregate(
        "Dossier (`Application`)", "admissions.states", "APPLICATION_MOVES", (("start", "draft"),)
    ),
    Aggregate("Candidacy", "admissions.states", "CANDIDACY_MOVES", (("choose", "draft"),)),
    Aggregate(
        "Decision",
        "admissions.states",
        "DECISION_MOVES",
        (("propose", "proposed"), ("record", "recorded")),
    ),
    Aggregate(
        "Rectification of a decision",
        "admissions.states",
        "RECTIFICATION_MOVES",
        (("propose", "proposed"),),
    ),
    Aggregate("Sitting", "admissions.states", "SITTING_MOVES", (("plan", "planned"),)),
    Aggregate("Seat", "admissions.states", "SEAT_MOVES", (("take", "held"), ("queue", "queued"))),
    Aggregate(
        "Employer’s agreement",
        "admissions.states",
        "EMPLOYER_AGREEMENT_MOVES",
        (("record", "in_force"),),
    ),
    Aggregate("Job project", "apprenticeship.states", "PROJECT_MOVES", (("invite", "draft"),)),
    Aggregate("Commitment", "apprenticeship.states", "COMMITMENT_MOVES", (("open", "open"),)),
    Aggregate("Contract", "apprenticeship.states", "CONTRACT_MOVES", (("draft", "draft"),)),
    Aggregate(
        "Student’s file (`StudentFile`)",
        "contratpro.states",
        "STUDENT_MOVES",
        (("list_student", "listed"),),
    ),
    Aggregate(
        "What is known of a condition (`ConditionFact`)",
        "contratpro.states",
        "FACT_MOVES",
        (("hold", "held"), ("deny", "not_held"), ("take_risk", "own_risk")),
    ),
    Aggregate(
        "Step of a student (`StepRecord`)",
        "contratpro.states",
        "STEP_MOVES",
        (("declare", "done"), ("mark", "marked")),
    ),
    Aggregate("Contact sheet", "contratpro.states", "SHEET_MOVES", (("begin", "draft"),)),
    Aggregate(
        "Employment contract of a student (`EmploymentContract`)",
        "contratpro.states",
        "EMPLOYMENT_MOVES",
        (("begin", "draft"),),
    ),
    Aggregate(
        "Training agreement of a student (`TrainingAgreement`)",
        "contratpro.states",
        "AGREEMENT_MOVES",
        (("prepare", "prepared"),),
    ),
    Aggregate(
        "Invoice (`IssuedInvoice`)", "contratpro.states", "INVOICE_MOVES", (("issue", "issued"),)
    ),
    Aggregate(
        "Absence for the company’s need (`CompanyNeed`)",
        "contratpro.states",
        "ABSENCE_MOVES",
        (("ask", "asked"),),
    ),
    Aggregate(
        "Company project of a student (`CompanyProject`)",
        "contratpro.states",
        "COMPANY_PROJECT_MOVES",
        (("begin", "gathering"),),
    ),
    Aggregate(
        "Evaluation by the company tutor (`CompanyEvaluation`)",
        "contratpro.states",
        "EVALUATION_MOVES",
        (("begin", "asked"),),
    ),
    Aggregate(
        "Sheet of a final project (`PfeSheet`)",
        "contratpro.states",
        "PFE_SHEET_MOVES",
        (("begin", "draft"),),
    ),
    Aggregate(
        "Defence of a final project (`Defence`)",
        "contratpro.states",
        "DEFENCE_MOVES",
        (("plan", "planned"),),
    ),
    Aggregate(
        "Company offer (`JobOffer`)",
        "companies.states",
        "OFFER_MOVES",
        (("ask", "draft"), ("post", "published")),
    ),
    Aggregate(
        "Session of the timetable (`ClassSession`)",
        "contratpro.states",
        "CLASS_MOVES",
        (("plan", "scheduled"),),
    ),
    Aggregate(
        "Student at a session (`ClassPresence`)",
        "contratpro.states",
        "PRESENCE_MOVES",
        (
            ("sign", "present"),
            ("sign", "late"),
            ("call", "present"),
            ("call", "late"),
            ("call", "absent"),
            ("miss", "absent"),
        ),
    ),
    Aggregate(
        "Certificate of completion",
        "contratpro.states",
        "CERTIFICATE_MOVES",
        (("issue", "issued"),),
    ),
    Aggregate(
        "Run of a milestone (`MilestoneRun`)",
        "campaigns.states",
        "RUN_MOVES",
        (("plan", "planned"), ("skip", "skipped")),
    ),
    Aggregate(
        "Message (`Notification`)",
        "notifications.states",
        "MESSAGE_MOVES",
        (("enqueue", "queued"),),
    ),
    Aggregate("Job", "common.states", "JOB_MOVES", (("schedule", "ready"),)),
)


def page(aggregates: Iterable[Aggregate] = AGGREGATES) -> str:
    return "\n".join([HEAD, *(line for aggregate in aggregates for line in _section(aggregate))])


def _section(aggregate: Aggregate) -> Iterator[str]:
    moves = [
        (str(state), str(action), str(target))
        for (state, action), target in aggregate.moves.items()
    ]
    yield f"## {aggregate.title}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from (f"    [*] --> {state}: {action}" for action, state in aggregate.begins)
    yield from (f"    {source} --> {target}: {action}" for source, action, target in moves)
    yield "```\n"
    yield "| from | action | to |\n| --- | --- | --- |"
    yield from (f"| – | {action} | {state} |" for action, state in aggregate.begins)
    yield from (f"| {source} | {action} | {target} |" for source, action, target in moves)
    yield ""


def main(words: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    if words == ["check"]:
        drawn = PAGE.read_text(encoding="utf-8") == page()
        print(
            "docs/workflows.md is what the tables say."
            if drawn
            else "Run tools/workflows.py: tables have changed."
        )
        return 0 if drawn else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
