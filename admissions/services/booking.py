"""Candidates book an hour or a day of a test, first come first served (R-SEL-7)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions import permissions
from admissions.models import Candidacy, Slot
from admissions.models.sealed import Sitting
from admissions.rules.moves import SittingAction, SittingState
from admissions.rules.sittings import Offer, may_book
from admissions.selectors.announced import booker_of
from admissions.selectors.slots import with_taken
from admissions.services.access import refuse_unless
from admissions.services.announcing import telling
from admissions.services.announcing.timing import locked_sitting
from admissions.services.jury.moves import move_sitting
from campaigns.vocabulary import Booking
from common.journal import Actor, Stamp
from common.refusals import DomainError, require


def book_slot(*, sitting_ref: str, slot_ref: str, actor: User, now: datetime) -> Sitting:
    """Take a place in a slot, instead of the one held; tests sat the same day follow. Again, nothing more happens.

    Raises DomainError if the slot is full, past or gone, or if the notice lets nobody change.
    """
    with transaction.atomic():
        sitting = locked_sitting(sitting_ref)
        require(permissions.can_act(actor, sitting.candidacy.application))
        if sitting.candidacy.stage_id != sitting.assessment.stage_id:
            raise DomainError.of("sitting_is_over")
        slot = _locked_slot(sitting, slot_ref)
        if sitting.slot_id == slot.pk:
            return sitting
        refuse_unless(may_book(booker_of(sitting), _offer(slot), now))
        stamp = Stamp(actor=Actor.user(actor), at=now, data={"slot": slot.ref})
        for row in (sitting, *_sat_with(sitting)):
            _book(row, slot, stamp)
        telling.tell_time(sitting, now=now)
        return sitting


def free_slots(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Give back what locked candidacies that leave have booked."""
    booked = Sitting.objects.filter(candidacy__in=candidacies, state=SittingState.BOOKED.value)
    for sitting in booked.select_related("candidacy__application__campaign"):
        move_sitting(sitting, SittingAction.FREE, stamp, slot=None, starts_at=None, place="")


def _locked_slot(sitting: Sitting, ref: str) -> Slot:
    slot = Slot.objects.select_for_update(of=("self",)).filter(ref=ref, assessment=sitting.assessment_id).first()
    if slot is None:
        raise DomainError.of("slot_is_gone")
    return slot


def _offer(slot: Slot) -> Offer:
    taken = with_taken(Slot.objects.filter(pk=slot.pk)).values_list("taken", flat=True).get()
    return Offer(starts_at=slot.starts_at, capacity=slot.capacity, taken=taken)


def _sat_with(sitting: Sitting) -> list[Sitting]:
    """The same candidate's tests that follow this one."""
    awaited = (SittingState.CALLED.value, SittingState.BOOKED.value)
    rows = Sitting.objects.filter(
        candidacy=sitting.candidacy, assessment__sat_with=sitting.assessment, state__in=awaited
    )
    found = list(rows.select_for_update(of=("self",)))
    for row in found:
        row.candidacy = sitting.candidacy
    return found


def _book(sitting: Sitting, slot: Slot, stamp: Stamp) -> None:
    """A slot gives its hour and place; a day leaves the hour to the school."""
    if sitting.state == SittingState.BOOKED.value:
        move_sitting(sitting, SittingAction.FREE, stamp, slot=None, starts_at=None, place="")
    hour = slot.starts_at if slot.assessment.booking == Booking.SLOT.value else None
    move_sitting(sitting, SittingAction.BOOK, stamp, slot=slot, starts_at=hour, place=slot.place)
