"""What a rehearsal tells: plain values, as text or written as JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedStep:
    """One action of one day. `dated` is true of what a milestone of the notice does."""

    at: datetime
    action: str
    title: str
    people: int
    messages: int
    dated: bool = False


def steps_as_json(steps: Iterable[PlayedStep]) -> list[dict[str, Any]]:
    return [{**asdict(step), "at": step.at.isoformat()} for step in steps]


def steps_from(rows: Iterable[dict[str, Any]]) -> tuple[PlayedStep, ...]:
    return tuple(PlayedStep(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows)


@dataclass(frozen=True, slots=True)
class FunnelRow:
    title: str
    count: int
    share: float  # of the funnel's first row
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Funnel:
    selection: str
    title: str
    rows: tuple[FunnelRow, ...]


@dataclass(frozen=True, slots=True)
class PlayedPool:
    pool: str
    capacity: int
    held: int
    queued: int

    @property
    def left(self) -> int:
        return self.capacity - self.held


@dataclass(frozen=True, slots=True)
class Invariant:
    key: str
    title: str
    holds: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    campaign: str
    candidates: int
    seed: str
    timeline: tuple[PlayedStep, ...]
    funnel: tuple[Funnel, ...]
    seats: tuple[PlayedPool, ...]
    invariants: tuple[Invariant, ...]

    @property
    def holds(self) -> bool:
        return all(invariant.holds for invariant in self.invariants)

    def as_json(self) -> dict[str, Any]:
        return {
            "campaign": self.campaign,
            "candidates": self.candidates,
            "seed": self.seed,
            "timeline": steps_as_json(self.timeline),
            "funnel": [asdict(funnel) for funnel in self.funnel],
            "seats": [{**asdict(pool), "left": pool.left} for pool in self.seats],
            "invariants": [asdict(invariant) for invariant in self.invariants],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Report":
        return cls(
            campaign=data["campaign"],
            candidates=data["candidates"],
            seed=data["seed"],
            timeline=steps_from(data["timeline"]),
            funnel=tuple(
                Funnel(
                    each["selection"],
                    each["title"],
                    tuple(FunnelRow(**row) for row in each["rows"]),
                )
                for each in data["funnel"]
            ),
            seats=tuple(
                PlayedPool(row["pool"], row["capacity"], row["held"], row["queued"])
                for row in data["seats"]
            ),
            invariants=tuple(Invariant(**row) for row in data["invariants"]),
        )


BAR = 36
PARTS = " ▏▎▍▌▋▊▉█"


def drawn(report: Report) -> str:
    parts = [
        f"{report.campaign} rehearsed with {report.candidates:,} invented candidates, seed {report.seed}",
        titled("Timeline", timeline(report.timeline)),
        *(titled(f"Funnel: {funnel.title}", funnel_rows(funnel)) for funnel in report.funnel),
        titled("Seats", seats(report.seats)),
        titled("Invariants", invariant_lines(report.invariants)),
    ]
    return "\n\n".join(parts) + "\n"


def timeline(steps: Iterable[PlayedStep]) -> Iterator[str]:
    rows = [
        (
            _days(first, last),
            step.title,
            f"{step.people:,}",
            f"{step.messages:,}" if step.messages else "–",
        )
        for first, last, step in gathered(steps)
    ]
    head = ("date", "action", "people", "messages")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(4)]
    for row in (head, *rows):
        date, title, people, messages = row
        yield f"{date:{widths[0]}}  {title:{widths[1]}}  {people:>{widths[2]}}  {messages:>{widths[3]}}"


def gathered(steps: Iterable[PlayedStep]) -> list[tuple[datetime, datetime, PlayedStep]]:
    """What is done day after day as one line, at its first day; what has a date of its own as it is."""
    lines: dict[object, tuple[datetime, datetime, PlayedStep]] = {}
    for number, step in enumerate(steps):
        key = number if step.dated else (step.action, step.title)
        if key not in lines:
            lines[key] = (step.at, step.at, step)
            continue
        first, _, so_far = lines[key]
        whole = PlayedStep(
            at=first,
            action=step.action,
            title=step.title,
            people=so_far.people + step.people,
            messages=so_far.messages + step.messages,
        )
        lines[key] = (first, step.at, whole)
    return list(lines.values())


def funnel_rows(funnel: Funnel) -> Iterator[str]:
    titles = ["  " * row.depth + row.title for row in funnel.rows]
    width = max(map(len, titles), default=0)
    for title, row in zip(titles, funnel.rows, strict=True):
        yield f"{title:{width}}  {row.count:>6,}  {row.share:>6.1%}  {bar(row.share)}".rstrip()


def bar(share: float) -> str:
    eighths = round(min(share, 1) * BAR * 8)
    return "█" * (eighths // 8) + PARTS[eighths % 8].strip()


def seats(pools: Iterable[PlayedPool]) -> Iterator[str]:
    rows = list(pools)
    width = max([len("pool"), *(len(row.pool) for row in rows)])
    yield f"{'pool':{width}}  capacity  held  queued  left"
    for row in rows:
        yield f"{row.pool:{width}}  {row.capacity:>8}  {row.held:>4}  {row.queued:>6}  {row.left:>4}"


def invariant_lines(invariants: Iterable[Invariant]) -> Iterator[str]:
    for row in invariants:
        yield f"{'✓' if row.holds else '✗'} {row.title}{f': {row.detail}' if row.detail else ''}"


def titled(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)])


def _days(first: datetime, last: datetime) -> str:
    if first.date() == last.date():
        return f"{first:%d %b %Y %H:%M}"
    return f"{first:%d %b} – {last:%d %b %Y}"
