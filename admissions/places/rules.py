"""Who gets which place of a pool, what an admission needs (R-JOB-5), and the supplementary list (R-JOB-6).

The lock is the service's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from admissions.states import SEARCHING_STATES, CandidacyState, EmployerAgreementState, SeatState
from campaigns.vocabulary import AdmissionWay
from common.rules import Refusal, Verdict, months_later

Asking = TypeVar("Asking")


def allocate(
    capacity: int, taken: Collection[int], queued: Sequence[Asking]
) -> tuple[tuple[Asking, int], ...]:
    """Those of the queue who get a place, in order, each with the lowest number that is free.

    `taken` are the numbers held now. They may be more, or higher, than a capacity lowered since: nobody gets any then.
    """
    left = max(0, capacity - len(taken))
    free = [number for number in range(1, capacity + 1) if number not in taken]
    return tuple(zip(queued, free[:left], strict=False))


def may_open_places(places: int, *, pool: str, floor: int, most: int | None, held: int) -> Verdict:
    """Never fewer places than are announced or held, nor more than the notice's `most` (R-PLA-2, R-PLA-4)."""
    refusals = []
    if places < floor:
        refusals.append(Refusal("capacity_below_announced", {"floor": floor}))
    if most is not None and places > most:
        refusals.append(Refusal("capacity_above_most", {"most": most}))
    if places < held:
        refusals.append(Refusal("capacity_below_held", {"pool": pool, "held": held}))
    return Verdict(tuple(refusals))


class WhoseTurn(StrEnum):
    """Whose turn it is."""

    CANDIDATE = "candidate"
    COMPANY = "company"
    HEAD = "head"  # the pedagogical head
    OFFICE = "office"  # the company office, or the training centre
    CENTRAL_SERVICE = "central_service"
    NOBODY = "nobody"  # it comes by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A condition of an admission: what it still lacks, whose turn it is then, and by which day."""

    condition: str
    lacks: tuple[Refusal, ...] = ()
    who: WhoseTurn = WhoseTurn.NOBODY
    by: date | None = None

    @property
    def met(self) -> bool:
        return not self.lacks


# The conditions of each way, by name, in the order in which they come. Who knows one registers it.
CONDITIONS: Mapping[AdmissionWay, tuple[str, ...]] = {
    AdmissionWay.CONTRACT: ("project", "seat", "contract", "proofs"),
    AdmissionWay.AGREEMENT: ("agreement", "seat", "proofs"),
    AdmissionWay.RESULTS: ("seat", "proofs"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What leads a candidacy to its admission: the same for the candidate and for the school."""

    candidacy: CandidacyState
    way: AdmissionWay
    items: tuple[Item, ...]

    @property
    def missing(self) -> tuple[Refusal, ...]:
        return tuple(refusal for item in self.items for refusal in item.lacks)

    @property
    def admitted(self) -> bool:
        return self.candidacy is CandidacyState.ADMITTED

    @property
    def ready(self) -> bool:
        return not self.missing


def may_admit(checklist: Checklist) -> Verdict:
    return Verdict((*_selected(checklist.candidacy), *checklist.missing))


def _selected(state: CandidacyState) -> tuple[Refusal, ...]:
    return () if state in SEARCHING_STATES else (Refusal("candidacy_is_not_selected"),)


def in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """The same, where nobody can act yet on what rests on a place that is not held."""
    seated = all(item.met for item in items if item.condition == "seat")
    return tuple(
        replace(item, who=WhoseTurn.NOBODY) if item.condition == "contract" and not seated else item
        for item in items
    )


def seat_item(state: SeatState | None) -> Item:
    """A place comes with what is approved, agreed or announced; whoever waits has nothing to do."""
    if state is SeatState.HELD:
        return Item(condition="seat")
    waits = state is SeatState.QUEUED
    lacks = Refusal("seat_is_queued") if waits else Refusal("seat_is_not_held")
    return Item(condition="seat", lacks=(lacks,))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFacts:
    """What the office finds of a place. `seated`: the dossier holds or waits for one, for any candidacy."""

    candidacy: CandidacyState
    way: AdmissionWay
    seated: bool


def may_give_place(facts: SeatFacts) -> Verdict:
    """Where the results alone admit: elsewhere a project or an agreement takes it."""
    if facts.way is not AdmissionWay.RESULTS:
        return Verdict((Refusal("place_rests_on_more_than_results"),))
    reasons = [*_selected(facts.candidacy)]
    if facts.seated:
        reasons.append(Refusal("dossier_has_a_place"))
    return Verdict(tuple(reasons))


def may_give_back(facts: SeatFacts) -> Verdict:
    """The same: elsewhere the place goes with what it rests on."""
    if facts.way is not AdmissionWay.RESULTS:
        return Verdict((Refusal("place_rests_on_more_than_results"),))
    admitted = facts.candidacy is CandidacyState.ADMITTED
    return Verdict((Refusal("admission_to_revert_first"),) if admitted else ())


def agreement_item(state: EmployerAgreementState | None, by: date | None) -> Item:
    """The company agrees, by the last day of the search where the notice prints one."""
    agreed = state is EmployerAgreementState.IN_FORCE
    lacks = () if agreed else (Refusal("no_agreement_in_force"),)
    return Item(condition="agreement", lacks=lacks, who=WhoseTurn.COMPANY, by=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """What an employer's agreement finds. `seated`: the dossier holds or waits for a place."""

    candidacy: CandidacyState
    way: AdmissionWay
    in_force: bool
    seated: bool


def may_record_agreement(facts: AgreementFacts, on: date, today: date) -> Verdict:
    if facts.way is not AdmissionWay.AGREEMENT:
        return Verdict((Refusal("admission_rests_on_no_agreement"),))
    reasons = [*_selected(facts.candidacy)]
    if facts.in_force:
        reasons.append(Refusal("agreement_is_in_force"))
    elif facts.seated:
        reasons.append(Refusal("dossier_has_a_place"))
    if on > today:
        reasons.append(Refusal("day_is_to_come", {"on": on}))
    return Verdict(tuple(reasons))


def may_withdraw_agreement(facts: AgreementFacts) -> Verdict:
    if facts.candidacy is CandidacyState.ADMITTED:
        return Verdict((Refusal("admission_to_revert_first"),))
    return Verdict(() if facts.in_force else (Refusal("no_agreement_in_force"),))


class Leaving(StrEnum):
    """Why a trainee leaves the course."""

    TIME = "time"  # the months are over, without a contract signed
    FULL = "full"  # no place is left in the group
    BROKEN = "broken"  # the months are over, and what was signed no longer holds a place


RECORDING = timedelta(days=7)  # for the office to record what was signed on the last day


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the notice says, and what the programme counts today."""

    term: date
    confirmed: bool  # the notice's own date, or one that the school has confirmed
    days_before: int
    months_after: int
    only_if_short: bool
    vacant: int
    seekers: int
    sharing: int  # who search in any programme of the same places, these included
    listed: int  # names on the programme’s list, whoever left it since
    trainees: int  # who share its places, and hold none yet

    @property
    def first_day(self) -> date:
        return self.term - timedelta(days=self.days_before)

    @property
    def last_day(self) -> date:
        return last_day(self.term, self.months_after)

    @property
    def room(self) -> int:
        """How many more the group can host: those listed hold no place, and fill one."""
        return max(0, self.vacant - self.trainees)


def last_day(term: date, months: int) -> date:
    """On which a contract is still signed: the same day of the month, or the month's last."""
    return months_later(term, months)


def may_draw(terms: Terms, today: date) -> Verdict:
    return Verdict((*_when(terms, today), *_whether(terms)))


def may_list(terms: Terms, ranks: Sequence[int]) -> Verdict:
    """Ranks follow one another, from the last one given; nobody beyond what the group can host."""
    refusals = []
    first = terms.listed + 1
    if not ranks:
        refusals.append(Refusal("nobody_is_ranked"))
    elif sorted(ranks) != list(range(first, first + len(ranks))):
        refusals.append(Refusal("ranks_do_not_follow", {"first": first}))
    if len(ranks) > terms.room:
        refusals.append(
            Refusal("more_than_can_be_hosted", {"room": terms.room, "ranked": len(ranks)})
        )
    return Verdict(tuple(refusals))


def leaving(*, today: date, until: date, signed: bool, held: bool, vacant: int) -> Leaving | None:
    """Whether a trainee leaves, and why. `signed`: a contract stood signed at the end of the last day.

    Who holds a place is of the group, and may have signed in time what the office records a few days later. If what
    was signed in time is broken after the last day, the office says what becomes of the place, and they follow it.
    """
    if held:
        return Leaving.TIME if not signed and today > until + RECORDING else None
    if today > until:
        return Leaving.BROKEN if signed else Leaving.TIME
    return Leaving.FULL if vacant <= 0 else None


def _when(terms: Terms, today: date) -> tuple[Refusal, ...]:
    if not terms.confirmed:
        return (Refusal("term_is_not_confirmed", {"on": terms.term}),)
    if today < terms.first_day:
        return (Refusal("list_is_early", {"on": terms.first_day}),)
    if today > terms.last_day:
        return (Refusal("list_is_late", {"on": terms.last_day}),)
    return ()


def _whether(terms: Terms) -> tuple[Refusal, ...]:
    if terms.room == 0:
        return (Refusal("no_place_is_vacant"),)
    if terms.seekers == 0:
        return (Refusal("nobody_searches"),)
    if terms.only_if_short and terms.sharing <= terms.room:
        return (Refusal("places_for_all", {"seekers": terms.sharing, "room": terms.room}),)
    return ()
