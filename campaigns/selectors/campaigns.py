from datetime import datetime

from django.db.models import QuerySet

from campaigns.models import Campaign
from campaigns.rules.enums import CampaignState, Phase
from campaigns.rules.phases import phase

SHOWN = [CampaignState.PUBLISHED.value, CampaignState.ARCHIVED.value]


def published() -> QuerySet[Campaign]:
    """Campaigns that the public may see, the latest first."""
    return Campaign.objects.filter(state__in=SHOWN, current_version__isnull=False).select_related("organiser")


def campaign_by_slug(slug: str) -> Campaign | None:
    """A campaign that the public may see."""
    return published().filter(slug=slug).first()


def state_of(campaign: Campaign, now: datetime) -> Phase:
    archived = campaign.state == CampaignState.ARCHIVED.value
    return phase(campaign.opens_at, campaign.last_second, now, archived=archived)
