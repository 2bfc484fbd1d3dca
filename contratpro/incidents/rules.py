"""What is on record of a contract's life: told in time, broken, a day that the company needs (R-PRO-14)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from common.rules import ALLOWED, Refusal, Verdict, refused
from contratpro.states import AbsenceState, StudentState
from contratpro.vocabulary import IncidentKind, PeriodKind

AT_SCHOOL = frozenset({PeriodKind.SCHOOL, PeriodKind.EXAMINATIONS, PeriodKind.TESTS})
EXAMINED = frozenset({PeriodKind.EXAMINATIONS, PeriodKind.TESTS})
OF_HEALTH = frozenset(
    {IncidentKind.SICK_LEAVE, IncidentKind.ACCIDENT}
)  # within the hours of the year


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSpan:
    """From when to when the contract runs, once it is signed."""

    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceAsk:
    """A day at the school that the company needs: what the calendar says of it, and of the day that makes it up."""

    day: date
    made_up_on: date
    today: date
    contract: ContractSpan | None
    day_kind: PeriodKind | None
    made_up_kind: PeriodKind | None
    has_classes_then: bool  # the timetable calls the student on the day that makes it up
    calendar_is_complete: bool
    others: frozenset[date]  # asked or granted already


def may_report_incident(
    kind: IncidentKind,
    starts_on: date,
    ends_on: date | None,
    today: date,
    bounds: ContractSpan | None,
) -> Verdict:
    """Of what has begun, within the contract; a leave may end after it, as its document says."""
    refusals = []
    if kind is IncidentKind.BREACH:
        refusals.append(Refusal("incident_is_a_breach"))
    if starts_on > today:
        refusals.append(Refusal("incident_later_than_today"))
    elif bounds and not bounds.holds(starts_on):
        within = {"first": bounds.starts_on, "last": bounds.ends_on}
        refusals.append(Refusal("incident_outside_contract", within))
    if ends_on is not None and ends_on < starts_on:
        refusals.append(Refusal("incident_ends_before_it_starts"))
    return Verdict(tuple(refusals))


def may_report_again(kind: IncidentKind, words: str, known: Collection[str]) -> Verdict:
    """`known`: the words of those of the same kind and days. Of other incidents, several happen on one day."""
    is_same = words in known if kind is IncidentKind.OTHER else bool(known)
    return refused("incident_is_known") if is_same else ALLOWED


def last_hour_to_tell(starts_on: date, hours: int, zone: ZoneInfo) -> datetime:
    """Counted from the beginning of the leave: its first day, in the zone of the school."""
    beginning = datetime.combine(starts_on, time(), zone).astimezone(UTC)
    return beginning + timedelta(hours=hours)


def is_told_late(
    kind: IncidentKind, starts_on: date, told_at: datetime, hours: int, zone: ZoneInfo
) -> bool:
    """Shown, never refused: an incident that is told late is still told."""
    return kind in OF_HEALTH and told_at > last_hour_to_tell(starts_on, hours, zone)


def may_break(
    state: StudentState, contract: ContractSpan | None, broken_on: date, today: date
) -> Verdict:
    """Of a contract that is signed, on a day that has come, before its own end."""
    if state is StudentState.BROKEN:
        return refused("student_broken")
    if state is not StudentState.FEASIBLE or contract is None:
        return refused("breach_of_no_contract")
    if broken_on > today:
        return refused("breach_later_than_today")
    if broken_on >= contract.ends_on:
        return refused("breach_after_the_end")
    return ALLOWED


def may_take_breach_back(state: StudentState) -> Verdict:
    return ALLOWED if state is StudentState.BROKEN else refused("contract_not_broken")


def may_be_absent(
    state: StudentState, ask: AbsenceAsk, is_working: Callable[[date], bool]
) -> Verdict:
    """One day at the school, outside examinations and tests, made up on a named day that is not at the school."""
    if state is not StudentState.FEASIBLE or ask.contract is None:
        return refused("absence_without_contract")
    return Verdict((*_against_day(ask, is_working), *_against_making_up(ask, is_working)))


def _against_day(ask: AbsenceAsk, is_working: Callable[[date], bool]) -> list[Refusal]:
    refusals = []
    if ask.day < ask.today:
        refusals.append(Refusal("absence_is_past"))
    if ask.contract and not ask.contract.holds(ask.day):
        refusals.append(Refusal("absence_outside_contract"))
    if ask.day_kind in EXAMINED:
        refusals.append(Refusal("absence_in_examinations"))
    elif not is_working(ask.day) or not _is_at_school(ask):
        refusals.append(Refusal("absence_not_at_school"))
    if ask.others & _neighbours(ask.day, is_working):
        refusals.append(Refusal("absence_of_two_days"))
    return refusals


def _against_making_up(ask: AbsenceAsk, is_working: Callable[[date], bool]) -> list[Refusal]:
    refusals = []
    if ask.made_up_on == ask.day:
        refusals.append(Refusal("absence_made_up_the_same_day"))
    if ask.made_up_on < ask.today:
        refusals.append(Refusal("absence_made_up_in_the_past"))
    if ask.contract and not ask.contract.holds(ask.made_up_on):
        refusals.append(Refusal("absence_made_up_outside_contract"))
    if ask.made_up_kind in AT_SCHOOL or not is_working(ask.made_up_on):
        refusals.append(Refusal("absence_made_up_at_school"))
    elif ask.has_classes_then:
        refusals.append(Refusal("absence_made_up_in_classes"))
    return refusals


def _is_at_school(ask: AbsenceAsk) -> bool:
    """A calendar with days that are still to be given leaves it to the head."""
    if ask.day_kind is None:
        return not ask.calendar_is_complete
    return ask.day_kind in AT_SCHOOL


def _neighbours(day: date, is_working: Callable[[date], bool]) -> frozenset[date]:
    """The day itself, the working day before it and the one after it."""
    return frozenset({day, _next_working(day, -1, is_working), _next_working(day, 1, is_working)})


def _next_working(day: date, step: int, is_working: Callable[[date], bool]) -> date:
    day += timedelta(days=step)
    while not is_working(day):
        day += timedelta(days=step)
    return day


def may_decide(state: AbsenceState, day: date, today: date) -> Verdict:
    if state is not AbsenceState.ASKED:
        return refused(f"absence_is_{state}")
    return refused("absence_is_past") if day < today else ALLOWED


def may_cancel(state: AbsenceState, day: date, today: date) -> Verdict:
    """What was asked or granted, as long as the day has not gone by."""
    if state not in {AbsenceState.ASKED, AbsenceState.GRANTED}:
        return refused(f"absence_is_{state}")
    return refused("absence_is_past") if day < today else ALLOWED
