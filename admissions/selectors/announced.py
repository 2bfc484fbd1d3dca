"""What has been announced: the one door from a candidate's pages and messages to the rows that a jury writes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from admissions.models import Application
from admissions.models.sealed import Decision, Sitting
from admissions.rules.moves import DecisionState, SittingState
from admissions.rules.sittings import Booker, may_choose_slot
from admissions.selectors.rows import Announcement, Call, Offered
from admissions.selectors.slots import slots_to_come
from campaigns.document.values import Window
from campaigns.models import Milestone
from campaigns.vocabulary import BY_CANDIDATES, Booking, Medium, OutcomeKind, Precision


def calls(candidacies: Collection[int]) -> Mapping[int, list[Call]]:
    """The sittings of each candidacy, planned ones left out: they are sealed."""
    if not candidacies:
        return {}
    rows = Sitting.objects.filter(candidacy__in=candidacies).exclude(state=SittingState.PLANNED.value)
    found: dict[int, list[Call]] = defaultdict(list)
    for row in rows.select_related("assessment__window__campaign", "slot__assessment").order_by(
        "called_at", "assessment__position"
    ):
        found[row.candidacy_id].append(_call(row))
    return found


def offer_of(application: Application, sitting_ref: str, now: datetime) -> Offered | None:
    """A test that a dossier is called to and whose candidates book; None for any other."""
    called = Sitting.objects.filter(candidacy__application=application).exclude(state=SittingState.PLANNED.value)
    related = ("assessment__window__campaign", "slot__assessment")
    row = called.filter(ref=sitting_ref, assessment__booking__in=BY_CANDIDATES).select_related(*related).first()
    if row is None:
        return None
    slots = tuple(slots_to_come(row.assessment, now))
    return Offered(call=_call(row), slots=slots, held=row.slot, may_choose=may_choose_slot(booker_of(row), now))


def booker_of(row: Sitting) -> Booker:
    return Booker(
        state=SittingState(row.state),
        booking=Booking(row.assessment.booking),
        rebook=row.assessment.rebook,
        has_hour=row.starts_at is not None,
        held_from=row.slot.starts_at if row.slot else None,
    )


def announcements(candidacies: Collection[int]) -> Mapping[int, list[Announcement]]:
    """What each candidacy was told, oldest first; an outcome that was rectified since is no longer true."""
    if not candidacies:
        return {}
    rows = Decision.objects.filter(candidacy__in=candidacies, state=DecisionState.ANNOUNCED.value)
    found: dict[int, list[Announcement]] = defaultdict(list)
    for row in rows.select_related("stage", "outcome").order_by("announced_at", "pk"):
        assert row.announced_at, "an announced decision has its date"
        found[row.candidacy_id].append(
            Announcement(
                stage=row.stage.label,
                outcome=row.outcome.label,
                kind=OutcomeKind(row.outcome.kind),
                at=row.announced_at,
            )
        )
    return found


def _call(row: Sitting) -> Call:
    assessment = row.assessment
    assert row.called_at, "a sitting that is told has been called"
    return Call(
        ref=row.ref,
        stage_id=assessment.stage_id,
        label=assessment.label,
        minutes=assessment.minutes,
        precision=Precision(assessment.precision),
        medium=Medium(assessment.medium),
        booking=Booking(assessment.booking),
        takes=assessment.takes,
        window=_window(assessment.window),
        state=SittingState(row.state),
        called_at=row.called_at,
        starts_at=row.starts_at,
        place=row.place,
        booked_day=row.slot.starts_at if row.slot and row.slot.assessment.booking == Booking.DAY.value else None,
        rebook=assessment.rebook,
    )


def _window(milestone: Milestone) -> Window:
    """Its ends where the campaign is."""
    zone = ZoneInfo(milestone.campaign.zone)
    first, last = milestone.starts_at, milestone.ends_at
    return Window(first and first.astimezone(zone), last and last.astimezone(zone), milestone.all_day)
