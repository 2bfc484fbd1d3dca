"""The office opens hours or days that candidates book, and takes back those that nobody booked."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from admissions import permissions
from admissions.models import Slot
from admissions.rules.sittings import Span, may_open
from admissions.services.access import refuse_unless
from campaigns.models import Assessment
from campaigns.vocabulary import BY_CANDIDATES
from common.journal import Actor, Entry, note
from common.refusals import DomainError, require


def open_slots(
    *, assessment_id: int, spans: Sequence[Span], capacity: int, place: str, actor: User, now: datetime
) -> list[Slot]:
    """Offer them to those called to the test.

    Raises DomainError if one is past, outside the days of the test, or open already at that place in part.
    """
    with transaction.atomic():
        related = ("stage__selection__campaign", "window")
        rows = Assessment.objects.select_for_update(of=("self",)).select_related(*related)
        test = rows.get(pk=assessment_id)
        require(permissions.can_open_slots(actor, test))
        if test.booking not in BY_CANDIDATES:
            raise DomainError.of("sitting_is_not_booked")
        refuse_unless(may_open(tuple(spans), test.held, now))
        place = place.strip()
        at_once = reduce(or_, (Q(starts_at__lt=end, ends_at__gt=start) for start, end in spans))
        if test.slots.filter(at_once, place=place).exists():
            raise DomainError.of("slot_is_open")
        slots = [
            Slot(assessment=test, starts_at=start, ends_at=end, capacity=capacity, place=place) for start, end in spans
        ]
        Slot.objects.bulk_create(slots)
        note(_entry("open", test, actor, now, slots=[slot.ref for slot in slots], capacity=capacity))
        return slots


def close_slot(*, slot_ref: str, actor: User, now: datetime) -> None:
    """Take back a slot. Raises DomainError if somebody booked it, NotAllowedError, Slot.DoesNotExist."""
    with transaction.atomic():
        related = ("assessment__stage__selection__campaign",)
        slot = Slot.objects.select_for_update(of=("self",)).select_related(*related).get(ref=slot_ref)
        require(permissions.can_open_slots(actor, slot.assessment))
        booked = slot.sittings.count()
        if booked:
            raise DomainError.of("slot_is_booked", booked=booked)
        note(_entry("close", slot.assessment, actor, now, slots=[slot.ref]))
        slot.delete()


def _entry(verb: str, test: Assessment, actor: User, now: datetime, **data: object) -> Entry:
    return Entry(
        at=now,
        actor=Actor.user(actor),
        verb=verb,
        scope=test.stage.selection.campaign.slug,
        object_type="slot",
        object_ref=test.key,
        data=data,
    )
