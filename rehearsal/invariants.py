"""What must be true at the end of any campaign, judged on plain facts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rehearsal.report import Invariant

SHOWN = 3  # exceptions told by name; the others are counted


@dataclass(frozen=True, slots=True)
class PoolFact:
    pool: str
    capacity: int
    most_held: int  # at any moment


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message of the outbox."""

    key: str
    message_id: str
    state: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """What a mail server was given."""

    message_id: str
    at: datetime
    to: str = ""
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """An announced decision: the key of its message, its hour, and when it was announced."""

    key: str
    hour: datetime
    announced_at: datetime


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Whether a candidate's pages read the same before and after something sealed was recorded."""

    who: str
    same: bool


@dataclass(frozen=True, slots=True)
class Admission:
    who: str
    has_seat: bool
    has_ground: bool
    has_proof: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedFacts:
    pools: Sequence[PoolFact] = ()
    seats: Sequence[str] = ()  # the dossier of each seat held or queued
    outbox: Sequence[OutboxRow] = ()
    letters: Sequence[ReceivedMail] = ()
    told: Sequence[ToldDecision] = ()
    glimpses: Sequence[Glimpse] = ()
    admissions: Sequence[Admission] = ()
    waiting: Sequence[str] = ()  # still in selection at the end
    trainees: Sequence[
        str
    ] = ()  # on a supplementary list after its last day, without a contract signed
    strange: Sequence[str] = ()  # days and amounts of letters that come from nowhere
    skips: Sequence[str] = field(default=())  # what the notice dates and nobody did


def check(facts: PlayedFacts) -> tuple[Invariant, ...]:
    return (
        invariant("no_seat_oversold", "No pool ever held more seats than it has", _oversold(facts)),
        invariant("one_seat_each", "Nobody holds or waits for two seats", twice(facts.seats)),
        invariant("no_message_lost", "Every message went out", lost(facts.outbox, facts.letters)),
        invariant(
            "no_message_doubled", "No message went out twice", doubled(facts.outbox, facts.letters)
        ),
        invariant(
            "figures_are_given",
            "Every day and amount of a letter is of the notice or of the dossier",
            facts.strange,
        ),
        invariant("told_once", "No letter says what another said", _told_again(facts)),
        invariant(
            "each_decision_told_once", "Every announced decision has its message", _untold(facts)
        ),
        invariant(
            "nothing_before_its_date", "Nothing was announced before its hour", _early(facts)
        ),
        invariant(
            "sealed_until_announced",
            "Recording a decision changed no candidate’s page",
            _leaks(facts),
        ),
        invariant(
            "admitted_have_all",
            "Whoever is admitted has a seat, a contract and the title",
            _short(facts),
        ),
        invariant(
            "nobody_without_an_answer", "Nobody waits for an answer at the end", facts.waiting
        ),
        invariant(
            "no_trainee_left_over",
            "Nobody stays on a supplementary list past its last day",
            facts.trainees,
        ),
        invariant("every_date_acted", "Every dated action was done", facts.skips),
    )


def invariant(key: str, title: str, exceptions: Iterable[str]) -> Invariant:
    found = list(exceptions)
    named = ", ".join(found[:SHOWN])
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return Invariant(key, title, not found, named + more)


def _oversold(facts: PlayedFacts) -> Iterator[str]:
    return (
        f"{row.pool}: {row.most_held} of {row.capacity}"
        for row in facts.pools
        if row.most_held > row.capacity
    )


def twice(names: Iterable[str]) -> Iterator[str]:
    return (f"{name}: {count}" for name, count in Counter(names).items() if count > 1)


def lost(outbox: Iterable[OutboxRow], letters: Iterable[ReceivedMail]) -> Iterator[str]:
    """Messages that did not go out."""
    given = {letter.message_id for letter in letters}
    for row in outbox:
        if row.state != "cancelled" and (row.state != "sent" or row.message_id not in given):
            yield f"{row.key} ({row.state})"


def doubled(outbox: Sequence[OutboxRow], letters: Sequence[ReceivedMail]) -> Iterator[str]:
    """Messages that went out twice, or that the outbox does not know."""
    yield from twice(row.message_id for row in outbox)
    yield from twice(letter.message_id for letter in letters)
    known = {row.message_id for row in outbox}
    yield from (
        f"{letter.message_id}: of no message"
        for letter in letters
        if letter.message_id not in known
    )


def _told_again(facts: PlayedFacts) -> Iterator[str]:
    """Read by person: neither the same words, nor one fact with other figures, but where the figures are the fact."""
    rows = {row.message_id: row for row in facts.outbox}
    letters = [letter for letter in facts.letters if letter.text and letter.message_id in rows]
    for said in (_words, _fact):
        told = Counter((letter.to, said(letter, rows[letter.message_id])) for letter in letters)
        for (to, words), count in told.items():
            if count > 1:
                yield f"{to}: {words.splitlines()[0]} ({count} times)"


# What happens to one sheet of one project, and may happen to the next one of the same company.
OF_SHEETS = frozenset(
    {
        "apprenticeship.employer_link",
        "apprenticeship.employer_news",
        "apprenticeship.project_news",
        "apprenticeship.project_work",
    }
)
# Letters that tell a figure or an hour, which may be told again once it is another one.
OF_FIGURES = frozenset(
    {"admissions.draft_reminder", "admissions.sitting_time", "apprenticeship.places_left"}
)
FIGURES = re.compile(
    r"\d+|\b(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)


def _words(letter: ReceivedMail, row: OutboxRow) -> str:
    words = f"{letter.subject}\n{letter.text}"
    return f"{words}\n{row.key}" if row.kind in OF_SHEETS else words


def _fact(letter: ReceivedMail, row: OutboxRow) -> str:
    """What it says, whatever the figures and days of it."""
    words = _words(letter, row)
    return words if row.kind in OF_FIGURES | OF_SHEETS else FIGURES.sub("…", words)


def _untold(facts: PlayedFacts) -> Iterator[str]:
    known = {row.key for row in facts.outbox}
    yield from (told.key for told in facts.told if told.key not in known)
    yield from twice(told.key for told in facts.told)


def _early(facts: PlayedFacts) -> Iterator[str]:
    hours = {told.key: told.hour for told in facts.told}
    keys = {row.message_id: row.key for row in facts.outbox}
    yield from (
        f"{told.key} at {told.announced_at}" for told in facts.told if told.announced_at < told.hour
    )
    for letter in facts.letters:
        hour = hours.get(keys.get(letter.message_id, ""))
        if hour and letter.at < hour:
            yield f"{keys[letter.message_id]} sent at {letter.at}"


def _leaks(facts: PlayedFacts) -> Iterator[str]:
    return (glimpse.who for glimpse in facts.glimpses if not glimpse.same)


def _short(facts: PlayedFacts) -> Iterator[str]:
    return (
        row.who
        for row in facts.admissions
        if not (row.has_seat and row.has_ground and row.has_proof)
    )
