"""A dossier in plain Python: what was said in it, what was last received, and what may be done next.

It knows nothing of the product but the notice of Alès 2022, typed here again: the test compares the two.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from admissions.dossier.services.drafts import TitleInput
from tests.factories import admissions as dossiers

UNDER_CHECK = ("submitted", "incomplete")
UNDER_STUDY = (*UNDER_CHECK, "complete")
UNSENT = ("draft", "withdrawn", "lapsed")
OF_ALL = ("photo", "identity", "cv", "baccalaureate-marks", "previous-marks")
PRICES = {False: (7700, 2200), True: (2200, 1100)}
# Two that open every programme of year 1 and one that opens none.
TITLES = {
    "expected": dossiers.TITLE,
    "held": replace(dossiers.TITLE, status="obtained", on=date(2020, 7, 1), institution="IUT"),
    "poor": TitleInput(
        kind="OTHER",
        name="Année préparatoire",
        institution="Centre",
        status="obtained",
        on=date(2019, 7, 1),
        ects=60,
    ),
}
ASKED_OF = {"expected": (), "held": ("diploma",), "poor": ("diploma",)}
Piece = tuple[str, str]  # what is asked, and of which programme or title


@dataclass(frozen=True)
class Received:
    """One submission, as its candidate was told."""

    kind: str
    at: datetime
    notice: int
    first_names: str
    birth_name: str
    city: str
    grant: bool
    titles: tuple[str, ...]  # the institutions, each title having its own
    programmes: tuple[str, ...]
    owed: int


@dataclass
class Model:
    first_names: str
    birth_name: str
    city: str
    state: str = "draft"
    grant: bool = False
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)  # ref: what it is, and where
    candidacies: dict[str, str] = field(default_factory=dict)  # code: state
    once: set[str] = field(default_factory=set)  # the programmes ever submitted
    pieces: dict[Piece, str] = field(default_factory=dict)
    notice: int = 1
    extended: date | None = None
    received: list[Received] = field(default_factory=list)
    received_at: datetime | None = None

    @property
    def last(self) -> Received:
        return self.received[-1]

    # What there is

    def of(self, *states: str) -> list[str]:
        return sorted(code for code, state in self.candidacies.items() if state in states)

    @property
    def applied(self) -> list[str]:
        return self.of("submitted", "in_selection")

    def chosen(self, now: datetime) -> list[str]:
        """What was added to a dossier under study and not submitted in time counts for nothing."""
        if self.state in UNDER_STUDY and not self.open(now):
            return self.applied
        return self.of("draft", "submitted", "in_selection")

    def listed(self) -> list[str]:
        """As the central service's list shows them."""
        drafts = self.of("draft")
        return self.of("submitted", "in_selection", "refused") or drafts

    def asked(self, codes: list[str]) -> list[Piece]:
        """What a submission of those programmes cannot do without."""
        found = [(key, "") for key in OF_ALL] + [("grant-notice", "")] * self.grant
        found += [("motivation", code) for code in codes]
        return found + [
            (key, ref) for ref, (kind, _) in self.titles.items() for key in ASKED_OF[kind]
        ]

    def lacking(self, codes: list[str]) -> list[Piece]:
        supplied = ("given", "accepted")
        return [piece for piece in self.asked(codes) if self.pieces.get(piece) not in supplied]

    # What may be done

    def open(self, now: datetime) -> bool:
        if now <= dossiers.LAST_SECOND:
            return True
        if self.extended is None or self.state not in UNSENT:
            return False
        return now <= last_second(self.extended)

    def may_edit(self, now: datetime) -> bool:
        return self.state in ("draft", *UNDER_CHECK) and self.open(now)

    def may_choose(self, added: Collection[str], now: datetime) -> bool:
        """As long as no diploma is said, nothing is known to be closed."""
        return self.may_edit(now) and not (added and self.titles and not self.is_let_in())

    def is_let_in(self) -> bool:
        return any(kind != "poor" for kind, _ in self.titles.values())

    def whole(self) -> bool:
        """But for its pieces."""
        return bool(self.city) and self.is_let_in()

    def may_be_corrected(self, now: datetime) -> bool:
        """What is under study is judged anew, by the notice it accepted, with whatever was added since."""
        added = self.open(now) and self.of("draft")
        return self.whole() and not (added and self.last.notice != self.notice)

    def may_submit(self, now: datetime) -> bool:
        codes = self.chosen(now)
        return self.may_edit(now) and self.whole() and bool(codes) and not self.lacking(codes)

    def may_give(self, piece: Piece, now: datetime) -> bool:
        if self.pieces.get(piece) == "refused" and self.state in UNDER_STUDY:
            return True
        return self.may_edit(now) or (self.state == "incomplete" and piece not in self.pieces)

    def may_be_complete(self, now: datetime) -> bool:
        accepted = all(self.pieces.get(piece) == "accepted" for piece in self.asked(self.applied))
        return self.state == "submitted" and not self.open(now) and accepted

    def may_be_extended(self, until: date, now: datetime) -> bool:
        """Said again, it changes nothing."""
        return until == self.extended or (self.state in UNSENT and last_second(until) > now)

    # What follows from it

    def say(self, **said: Any) -> None:
        for name, value in said.items():
            setattr(self, name, value)

    def remove_title(self, ref: str) -> None:
        del self.titles[ref]
        self.pieces.pop(("diploma", ref), None)

    def choose(self, codes: Collection[str], added: Collection[str]) -> None:
        self.remove_drafts(set(self.of("draft")) - set(codes))
        self.candidacies |= dict.fromkeys(added, "draft")

    def receive(self, kind: str, now: datetime) -> None:
        if kind != "corrected":
            for code in self.of("draft"):
                self.candidacies[code] = "submitted"
            self.once |= set(self.applied)
        if kind == "submitted":
            self.state, self.received_at = "submitted", now
        corrected = kind == "corrected"
        first, further = PRICES[self.grant]
        owed = first + further * (len(self.once) - 1)
        self.received.append(
            Received(
                kind=kind,
                at=now,
                notice=self.last.notice if corrected else self.notice,
                first_names=self.first_names,
                birth_name=self.birth_name,
                city=self.city,
                grant=self.grant,
                titles=tuple(sorted(place for _, place in self.titles.values())),
                programmes=tuple(self.applied),
                owed=max(owed, self.received[-1].owed if self.received else 0),
            )
        )
        if self.state in UNDER_CHECK:
            self.drop_unasked()
            self.answer()

    def drop_unasked(self) -> None:
        """Pieces of a programme withdrawn wait for it."""
        asked = self.asked(list(self.candidacies))
        self.pieces = {piece: state for piece, state in self.pieces.items() if piece in asked}

    def answer(self) -> None:
        if self.state == "incomplete" and not self.lacking(self.applied):
            self.state = "submitted"

    def leave_one(self, code: str) -> None:
        if self.applied == [code]:
            self.leave_all()
            return
        self.candidacies[code] = "withdrawn"
        self.answer()

    def leave_all(self) -> None:
        """Those never submitted too: they may be chosen again."""
        live = self.of("draft", "submitted", "in_selection")
        self.candidacies |= dict.fromkeys(live, "withdrawn")
        self.state = "withdrawn"

    def refuse(self) -> None:
        self.remove_drafts(self.of("draft"))
        self.candidacies |= dict.fromkeys(self.of("submitted"), "refused")
        self.state = "refused"

    def remove_drafts(self, codes: Iterable[str]) -> None:
        """They go without a trace, unless they were submitted once."""
        for code in codes:
            if code in self.once:
                self.candidacies[code] = "withdrawn"
            else:
                del self.candidacies[code]
                self.pieces.pop(("motivation", code), None)

    def enter(self) -> None:
        self.candidacies |= dict.fromkeys(self.of("submitted"), "in_selection")
        self.state = "complete"

    def lapse(self, now: datetime) -> None:
        if self.state == "draft" and not self.open(now - timedelta(minutes=10)):
            self.state = "lapsed"


def last_second(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=dossiers.PARIS)
