"""The places of pools whose count the school makes public (domain-model.md, section 8)."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.decorators import decorate_view

from admissions.places.selectors.pools import count_pools
from campaigns.models import Campaign
from campaigns.public.api.routes import CACHED, LIMITED, UNKNOWN, campaign_or_404, kept_by_caches

router = Router(tags=["campaigns"])


class SeatsOut(Schema):
    """Programmes of one pool share its places: never add them up."""

    pool: str
    capacity: int
    taken: int
    left: int


@router.get(
    "/campaigns/{slug}/seats",
    url_name="api_seats",
    response={HTTPStatus.OK: list[SeatsOut], **CACHED, **UNKNOWN, **LIMITED},
)
@decorate_view(kept_by_caches)
def seats(request: HttpRequest, slug: str) -> list[SeatsOut]:
    """Places taken and left, of the pools whose count the notice makes public."""
    campaign = Campaign.objects.get(slug=campaign_or_404(slug).slug)
    counts = count_pools(campaign, timezone.now())
    return [
        SeatsOut(pool=count.pool.key, capacity=count.capacity, taken=count.held, left=count.left)
        for count in counts
        if count.pool.seats_public
    ]
