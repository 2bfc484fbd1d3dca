"""What must be true of a year of contrat pro, at the end of each month and at its own, judged on plain facts."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rehearsal.invariants import OutboxRow, ReceivedMail, doubled, invariant, lost, twice
from rehearsal.report import Invariant


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursFact:
    """The minutes of a student as the product has them, beside what the play counted itself."""

    who: str
    held: int
    attended: int
    missed: int
    counted_held: int
    counted_attended: int


@dataclass(frozen=True, slots=True)
class SignatureFact:
    """The day of a signature, and when it was put on record."""

    on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTold:
    """An agreement: the signatures that count, the reason of a school that signed first, when it was sent."""

    who: str
    others: Sequence[SignatureFact]
    school: SignatureFact | None
    exception: str
    sent: Sequence[SignatureFact]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFact:
    """A published mark, and since when each of its three parts was there; none, where one was not."""

    who: str
    published_at: datetime
    parts: Sequence[datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledFact:
    """What a student was invoiced less what credit notes took back, in cents, beside the price of the year."""

    who: str
    cents: int
    price_cents: int
    is_whole: bool  # all is to be invoiced: the contract ran to its end, and so did the schedule


@dataclass(frozen=True, slots=True)
class ConductFact:
    """In hundredths of a point."""

    who: str
    mark: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    hours: Sequence[HoursFact] = ()
    agreements: Sequence[AgreementTold] = ()
    published: Sequence[PublishedFact] = ()
    billed: Sequence[BilledFact] = ()
    numbers: Mapping[int, Sequence[int]]  # of invoices and credit notes, by year of issue
    conduct: Sequence[ConductFact] = ()
    mail_keys: Sequence[str] = ()
    undone: Sequence[str] = ()  # work that was due, and that no worker has done


PARTIES = 2  # who sign before the school


def hours_add_up(facts: YearFacts) -> Iterator[str]:
    for one in facts.hours:
        if one.attended + one.missed != one.held:
            yield f"{one.who}: {one.attended} + {one.missed}, of {one.held} minutes"


def hours_as_counted(facts: YearFacts) -> Iterator[str]:
    for one in facts.hours:
        if (one.held, one.attended) != (one.counted_held, one.counted_attended):
            counted = f"{one.counted_attended} of {one.counted_held}"
            yield f"{one.who}: {one.attended} of {one.held} minutes, {counted} were counted"


def school_signs_last(facts: YearFacts) -> Iterator[str]:
    for one in facts.agreements:
        if one.school and not one.exception and not _all_before(one.others, one.school):
            yield one.who


def sent_once_signed(facts: YearFacts) -> Iterator[str]:
    for one in facts.agreements:
        for sent in one.sent:
            if one.school is None or not _all_before([*one.others, one.school], sent, count=3):
                yield one.who


def published_with_three_parts(facts: YearFacts) -> Iterator[str]:
    for one in facts.published:
        if not all(part and part <= one.published_at for part in one.parts):
            yield one.who


def billed_the_price(facts: YearFacts) -> Iterator[str]:
    for one in facts.billed:
        if one.cents > one.price_cents or (one.is_whole and one.cents != one.price_cents):
            yield f"{one.who}: {one.cents} of {one.price_cents} cents"


def numbers_without_gap(facts: YearFacts) -> Iterator[str]:
    for year, serials in facts.numbers.items():
        if sorted(serials) != list(range(1, len(serials) + 1)):
            yield f"{year}: {len(serials)} numbers up to {max(serials)}"


def conduct_within_scale(facts: YearFacts) -> Iterator[str]:
    for one in facts.conduct:
        if not 0 <= one.mark <= one.most:
            yield f"{one.who}: {one.mark / 100:.2f}"


def each_fact_told_once(facts: YearFacts) -> Iterator[str]:
    return twice(facts.mail_keys)


def all_work_done(facts: YearFacts) -> Iterator[str]:
    yield from facts.undone


CHECKS: dict[str, tuple[str, Callable[[YearFacts], Iterator[str]]]] = {
    "hours_add_up": ("Hours attended and hours missed are hours held", hours_add_up),
    "hours_as_counted": ("Hours are those that the play itself counted", hours_as_counted),
    "school_signs_last": ("The school signs after the others, or says why", school_signs_last),
    "sent_once_signed": ("Nothing is sent before all have signed", sent_once_signed),
    "published_whole": ("No mark is published before its three parts", published_with_three_parts),
    "billed_the_price": ("What is invoiced is the price, or less where broken", billed_the_price),
    "numbers_without_gap": ("Numbers of invoices have no gap", numbers_without_gap),
    "conduct_within_scale": ("Every mark of the conduct is on its scale", conduct_within_scale),
    "work_done": ("All that was ordered is done", all_work_done),
    "told_once": ("Each fact is told once", each_fact_told_once),
}


def exceptions(facts: YearFacts) -> dict[str, list[str]]:
    """By the key of each invariant; those that hold are not in it."""
    found = {key: list(check(facts)) for key, (_title, check) in CHECKS.items()}
    return {key: names for key, names in found.items() if names}


def judged(
    found: Mapping[str, Sequence[str]],
    outbox: Sequence[OutboxRow],
    letters: Sequence[ReceivedMail],
) -> tuple[Invariant, ...]:
    """`found` is what was found at the end of the months and of the year; messages are looked at once, at the end."""
    return (
        *(invariant(key, title, found.get(key, ())) for key, (title, _check) in CHECKS.items()),
        invariant("no_message_lost", "Every message went out", lost(outbox, letters)),
        invariant("no_message_doubled", "No message went out twice", doubled(outbox, letters)),
    )


def merged(months: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Each exception once, however many months it lasted."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for month in months:
        for key, names in month.items():
            found[key] |= dict.fromkeys(names)
    return {key: list(names) for key, names in found.items()}


def _all_before(
    signatures: Sequence[SignatureFact], last: SignatureFact, count: int = PARTIES
) -> bool:
    """Whether so many are there, each signed and put on record by then."""
    return len(signatures) == count and all(
        one.on <= last.on and one.recorded_at <= last.recorded_at for one in signatures
    )
