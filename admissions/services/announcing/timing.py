"""The office sets when and where a test is held, and the candidate is told at once."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions import permissions
from admissions.models import Candidacy
from admissions.models.sealed import Sitting
from admissions.rules.moves import SittingAction, SittingState
from admissions.rules.sittings import Appointment, may_set_time
from admissions.services.access import refuse_unless
from admissions.services.announcing import telling
from admissions.services.jury.moves import move_sitting
from campaigns.vocabulary import Booking
from common.journal import Actor, Entry, Stamp, note
from common.refusals import DomainError, require


def set_sitting_time(*, sitting_ref: str, starts_at: datetime, place: str, actor: User, now: datetime) -> Sitting:
    """Give a called sitting its hour, or another one. The same again changes nothing and tells nobody."""
    with transaction.atomic():
        sitting = locked_sitting(sitting_ref)
        candidacy = sitting.candidacy
        require(permissions.can_schedule(actor, candidacy))
        place = place.strip()
        if (sitting.starts_at, sitting.place) == (starts_at, place):
            return sitting
        if candidacy.stage_id != sitting.assessment.stage_id:
            raise DomainError.of("sitting_is_not_called")
        refuse_unless(may_set_time(_appointment(sitting), starts_at, now))
        if sitting.slot and sitting.assessment.booking == Booking.SLOT.value:
            move_sitting(sitting, SittingAction.FREE, Stamp(actor=Actor.user(actor), at=now), slot=None)
        sitting.starts_at, sitting.place = starts_at, place
        sitting.save(update_fields=["starts_at", "place"])
        _note(sitting, actor, now)
        telling.tell_time(sitting, now=now)
        return sitting


def locked_sitting(ref: str) -> Sitting:
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
    kept = sitting.assessment.booking != Booking.SLOT.value and sitting.slot
    held = kept or sitting.assessment.window
    assert held.starts_at, "the window of a test has two ends"
    assert held.ends_at, "the window of a test has two ends"
    return Appointment(
        state=SittingState(sitting.state),
        booking=Booking((sitting.assessment.sat_with or sitting.assessment).booking),
        opens_at=held.starts_at,
        closes_at=held.ends_at,
    )


def _note(sitting: Sitting, actor: User, now: datetime) -> None:
    entry = Entry(
        at=now,
        actor=Actor.user(actor),
        verb="set_time",
        scope=sitting.candidacy.application.campaign.slug,
        object_type="sitting",
        object_ref=sitting.candidacy.ref,
        data={"assessment": sitting.assessment.key},
    )
    note(entry)
