"""How many places a pool has, once some are held (R-PLA-4). The history is the journal's and the notice's versions."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from apprenticeship import permissions
from apprenticeship.selectors.pools import counted
from apprenticeship.services.access import stamp_of, typed_reason
from apprenticeship.services.pools import lock_pools, rise
from campaigns.editing.services.versions import record_version
from campaigns.models import Campaign, Pool
from common.journal import Actor, Entry, note
from common.refusals import DomainError, require
from common.rules.refusals import Refusal


def raise_capacity(*, pool_id: int, ceiling: int, reason: str, actor: User, now: datetime) -> Pool:
    """Open a few more places, or take back those that nobody holds. The queue rises, and is told.

    Raises DomainError below the places held or announced.
    """
    with transaction.atomic():
        owner = Pool.objects.get(pk=pool_id).campaign_id
        campaign = Campaign.objects.select_for_update(of=("self",)).select_related("organiser").get(pk=owner)
        require(permissions.can_set_capacity(actor, campaign))
        stamp = stamp_of(actor, now, typed_reason(reason))
        pool = lock_pools([pool_id])[pool_id]
        if pool.ceiling == ceiling:
            return pool
        if ceiling < pool.floor:
            raise DomainError.of("capacity_below_announced", floor=pool.floor)
        before, pool.ceiling = pool.ceiling, ceiling
        pool.save(update_fields=["ceiling"])
        record_version(campaign=campaign, reason=stamp.reason, by=Actor.user(actor), now=now)
        note(
            Entry(
                at=now,
                actor=stamp.actor,
                verb="raise_capacity",
                scope=campaign.slug,
                object_type="pool",
                object_ref=pool.key,
                reason=stamp.reason,
                data={"from": before, "to": ceiling},
            )
        )
        rise(pool, stamp)
        return pool


def no_place_under_a_seat(campaign: Campaign) -> Sequence[Refusal]:
    """Guard: a notice never says fewer places than are held."""
    below = counted(Pool.objects.filter(campaign=campaign)).filter(held__gt=F("ceiling")).order_by("position")
    return [Refusal("capacity_below_held", {"pool": pool.key, "held": pool.held}) for pool in below]
