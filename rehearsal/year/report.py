"""What the rehearsal of a year tells: plain values, as text or written as JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rehearsal.report import (
    Invariant,
    PlayedStep,
    invariant_lines,
    steps_as_json,
    steps_from,
    timeline,
    titled,
)

MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksRow:
    """Marks in hundredths of a point; none where there is none."""

    student: str
    department: str
    state: str
    conduct: int | None
    project: int | None
    pfe: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRow:
    """In minutes."""

    student: str
    held: int
    attended: int
    missed: int
    excused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    number: str
    student: str
    line: str
    kind: str
    state: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    year: str
    students: int
    seed: str
    timeline: tuple[PlayedStep, ...]
    marks: tuple[MarksRow, ...]
    hours: tuple[HoursRow, ...]
    invoices: tuple[InvoiceLine, ...]
    invariants: tuple[Invariant, ...]

    @property
    def holds(self) -> bool:
        return all(invariant.holds for invariant in self.invariants)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "timeline": steps_as_json(self.timeline)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "YearReport":
        return cls(
            year=data["year"],
            students=data["students"],
            seed=data["seed"],
            timeline=steps_from(data["timeline"]),
            marks=tuple(MarksRow(**row) for row in data["marks"]),
            hours=tuple(HoursRow(**row) for row in data["hours"]),
            invoices=tuple(InvoiceLine(**row) for row in data["invoices"]),
            invariants=tuple(Invariant(**row) for row in data["invariants"]),
        )


def drawn_year(report: YearReport) -> str:
    parts = [
        f"{report.year} rehearsed with {report.students:,} invented students, seed {report.seed}",
        titled("Timeline", timeline(report.timeline)),
        titled("Marks", mark_lines(report.marks)),
        titled("Hours", hour_lines(report.hours)),
        titled("Invoices", invoice_lines(report.invoices)),
        titled("Invariants", invariant_lines(report.invariants)),
    ]
    return "\n\n".join(parts) + "\n"


def mark_lines(rows: Iterable[MarksRow]) -> Iterator[str]:
    return _table(
        [("student", "department", "file", "conduct", "project", "final project")],
        (
            (
                row.student,
                row.department,
                row.state,
                *map(_points, (row.conduct, row.project, row.pfe)),
            )
            for row in rows
        ),
        words=3,
    )


def hour_lines(rows: Iterable[HoursRow]) -> Iterator[str]:
    return _table(
        [("student", "held", "attended", "missed", "of which excused")],
        (
            (row.student, *map(_hours, (row.held, row.attended, row.missed, row.excused)))
            for row in rows
        ),
        words=1,
    )


def invoice_lines(rows: Iterable[InvoiceLine]) -> Iterator[str]:
    return _table(
        [("number", "student", "line", "kind", "state", "euros")],
        (
            (row.number, row.student, row.line, row.kind, row.state, f"{row.cents / 100:,.2f}")
            for row in rows
        ),
        words=5,
    )


def _table(
    head: list[tuple[str, ...]], rows: Iterable[tuple[str, ...]], *, words: int
) -> Iterator[str]:
    """The first columns are words, those after them figures."""
    lines = [*head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            f"{cell:{width}}" if place < words else f"{cell:>{width}}"
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _points(hundredths: int | None) -> str:
    return "–" if hundredths is None else f"{hundredths / 100:.2f}"


def _hours(minutes: int) -> str:
    return f"{minutes // MINUTES} h {minutes % MINUTES:02}"
