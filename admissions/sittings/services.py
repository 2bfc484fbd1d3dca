"""The office opens hours that candidates book (R-SEL-7), or sets when and where a test is held."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from admissions.dossier.permissions import can_act
from admissions.dossier.services.locking import stamp_for
from admissions.models import Candidacy, Slot
from admissions.models.sealed import Sitting
from admissions.sittings.mails import tell_time
from admissions.sittings.permissions import can_open_slots, can_schedule
from admissions.sittings.rules import Appointment, Offer, Span, may_book, may_open, may_set_time
from admissions.sittings.selectors import booker_of, with_taken
from admissions.states import AWAITED_SITTINGS, SittingAction, SittingState
from campaigns.models import Assessment
from campaigns.vocabulary import BY_CANDIDATES, Booking
from common.fields import Subject
from common.journal import Stamp, note
from common.moves import move
from common.refusals import DomainError, refuse_unless, require


def open_slots(
    *,
    assessment_id: int,
    spans: Sequence[Span],
    capacity: int,
    place: str,
    actor: User,
    now: datetime,
) -> list[Slot]:
    """Offer them to those called to the test.

    Raises DomainError if one is past, outside the days of the test, or open already at that place in part.
    """
    with transaction.atomic():
        related = ("stage__selection__campaign", "window")
        rows = Assessment.objects.select_for_update(of=("self",)).select_related(*related)
        test = rows.get(pk=assessment_id)
        require(can_open_slots(actor, test))
        if test.booking not in BY_CANDIDATES:
            raise DomainError.of("sitting_is_not_booked")
        refuse_unless(may_open(tuple(spans), test.held, now))
        place = place.strip()
        at_once = reduce(or_, (Q(starts_at__lt=end, ends_at__gt=start) for start, end in spans))
        if test.slots.filter(at_once, place=place).exists():
            raise DomainError.of("slot_is_open")
        slots = [
            Slot(assessment=test, starts_at=start, ends_at=end, capacity=capacity, place=place)
            for start, end in spans
        ]
        Slot.objects.bulk_create(slots)
        refs = [slot.ref for slot in slots]
        note(_slots_of(test), "open", Stamp.of(actor, now, slots=refs, capacity=capacity))
        return slots


def close_slot(*, slot_ref: str, actor: User, now: datetime) -> None:
    """Take back a slot. Raises DomainError if somebody booked it, NotAllowedError, Slot.DoesNotExist."""
    with transaction.atomic():
        related = ("assessment__stage__selection__campaign",)
        slot = (
            Slot.objects.select_for_update(of=("self",)).select_related(*related).get(ref=slot_ref)
        )
        require(can_open_slots(actor, slot.assessment))
        booked = slot.sittings.count()
        if booked:
            raise DomainError.of("slot_is_booked", booked=booked)
        note(_slots_of(slot.assessment), "close", Stamp.of(actor, now, slots=[slot.ref]))
        slot.delete()


def _slots_of(test: Assessment) -> Subject:
    return Subject("slot", test.key, test.stage.selection.campaign.slug)


def set_sitting_time(
    *, sitting_ref: str, starts_at: datetime, place: str, actor: User, now: datetime
) -> Sitting:
    """Give a called sitting its hour, or another one. The same again changes nothing and tells nobody."""
    with transaction.atomic():
        sitting = lock_sitting(sitting_ref)
        candidacy = sitting.candidacy
        require(can_schedule(actor, candidacy))
        place = place.strip()
        if (sitting.starts_at, sitting.place) == (starts_at, place):
            return sitting
        if candidacy.stage_id != sitting.assessment.stage_id:
            raise DomainError.of("sitting_is_not_called")
        refuse_unless(may_set_time(_appointment(sitting), starts_at, now))
        if sitting.slot and sitting.assessment.booking == Booking.SLOT:
            move(sitting, SittingAction.FREE, Stamp.of(actor, now), slot=None)
        sitting.starts_at, sitting.place = starts_at, place
        sitting.save(update_fields=["starts_at", "place"])
        note(sitting, "set_time", Stamp.of(actor, now, assessment=sitting.assessment.key))
        tell_time(sitting, now=now)
        return sitting


def lock_sitting(ref: str) -> Sitting:
    """With its candidacy, locked first: whoever withdraws holds that row. Raises Candidacy.DoesNotExist."""
    related = ("application__campaign", "application__person__user", "programme")
    rows = Candidacy.objects.select_for_update(of=("self",)).select_related(*related)
    candidacy = rows.get(sittings__ref=ref)
    sittings = Sitting.objects.select_for_update(of=("self",)).select_related(
        "assessment__window", "assessment__sat_with", "slot"
    )
    sitting = sittings.get(ref=ref)
    sitting.candidacy = candidacy
    return sitting


def _appointment(sitting: Sitting) -> Appointment:
    """Within the day that the candidate booked, or the window of the test."""
    kept = sitting.assessment.booking != Booking.SLOT and sitting.slot
    held = kept or sitting.assessment.window
    assert held.starts_at, "the window of a test has two ends"
    assert held.ends_at, "the window of a test has two ends"
    return Appointment(
        state=sitting.state,
        booking=(sitting.assessment.sat_with or sitting.assessment).booking,
        opens_at=held.starts_at,
        closes_at=held.ends_at,
    )


def book_slot(*, sitting_ref: str, slot_ref: str, actor: User, now: datetime) -> Sitting:
    """Take a place in a slot, instead of the one held; tests sat the same day follow. Again, nothing more happens.

    Raises DomainError if the slot is full, past or gone, or if the notice lets nobody change.
    """
    with transaction.atomic():
        sitting = lock_sitting(sitting_ref)
        require(can_act(actor, sitting.candidacy.application))
        if sitting.candidacy.stage_id != sitting.assessment.stage_id:
            raise DomainError.of("sitting_is_over")
        slot = _locked_slot(sitting, slot_ref)
        if sitting.slot_id == slot.pk:
            return sitting
        refuse_unless(may_book(booker_of(sitting), _offer(slot), now))
        stamp = stamp_for(sitting.candidacy.application, actor, now).saying(slot=slot.ref)
        for row in (sitting, *_sat_with(sitting)):
            _book(row, slot, stamp)
        tell_time(sitting, now=now)
        return sitting


def free_slots(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Give back what locked candidacies that leave have booked."""
    booked = Sitting.objects.filter(candidacy__in=candidacies, state=SittingState.BOOKED)
    for sitting in booked.select_related("candidacy__application__campaign"):
        move(sitting, SittingAction.FREE, stamp, slot=None, starts_at=None, place="")


def _locked_slot(sitting: Sitting, ref: str) -> Slot:
    slot = (
        Slot.objects.select_for_update(of=("self",))
        .filter(ref=ref, assessment=sitting.assessment_id)
        .first()
    )
    if slot is None:
        raise DomainError.of("slot_is_gone")
    return slot


def _offer(slot: Slot) -> Offer:
    taken = with_taken(Slot.objects.filter(pk=slot.pk)).values_list("taken", flat=True).get()
    return Offer(starts_at=slot.starts_at, capacity=slot.capacity, taken=taken)


def _sat_with(sitting: Sitting) -> list[Sitting]:
    """The same candidate's tests that follow this one."""
    rows = Sitting.objects.filter(
        candidacy=sitting.candidacy,
        assessment__sat_with=sitting.assessment,
        state__in=AWAITED_SITTINGS,
    )
    found = list(rows.select_for_update(of=("self",)))
    for row in found:
        row.candidacy = sitting.candidacy
    return found


def _book(sitting: Sitting, slot: Slot, stamp: Stamp) -> None:
    """A slot gives its hour and place; a day leaves the hour to the school."""
    if sitting.state == SittingState.BOOKED:
        move(sitting, SittingAction.FREE, stamp, slot=None, starts_at=None, place="")
    hour = slot.starts_at if slot.assessment.booking == Booking.SLOT else None
    move(sitting, SittingAction.BOOK, stamp, slot=slot, starts_at=hour, place=slot.place)
