"""What a rehearsal tells: plain values, to be drawn or written as JSON."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action of one day. `dated` is true of what a milestone of the notice does."""

    at: datetime
    action: str
    title: str
    people: int
    messages: int
    dated: bool = False


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
class PoolCount:
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
    timeline: tuple[Step, ...]
    funnel: tuple[Funnel, ...]
    seats: tuple[PoolCount, ...]
    invariants: tuple[Invariant, ...]

    @property
    def holds(self) -> bool:
        return all(invariant.holds for invariant in self.invariants)

    def as_json(self) -> dict[str, Any]:
        return {
            "campaign": self.campaign,
            "candidates": self.candidates,
            "seed": self.seed,
            "timeline": [{**asdict(step), "at": step.at.isoformat()} for step in self.timeline],
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
            timeline=tuple(Step(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in data["timeline"]),
            funnel=tuple(
                Funnel(each["selection"], each["title"], tuple(FunnelRow(**row) for row in each["rows"]))
                for each in data["funnel"]
            ),
            seats=tuple(PoolCount(row["pool"], row["capacity"], row["held"], row["queued"]) for row in data["seats"]),
            invariants=tuple(Invariant(**row) for row in data["invariants"]),
        )
