from datetime import datetime

from admissions.models import Application
from admissions.rules.acts import Situation
from admissions.rules.moves import ApplicationState
from campaigns.models import Campaign
from campaigns.rules.enums import CampaignState
from common.rules.deadlines import in_time


def takes_applications(campaign: Campaign, at: datetime) -> bool:
    """Whether what is received at that instant is in time: from the opening to the last second (R-CAL-1)."""
    published = campaign.state == CampaignState.PUBLISHED.value
    return published and campaign.opens_at <= at and in_time(at, campaign.last_second)


def situation_of(application: Application, at: datetime) -> Situation:
    return Situation(ApplicationState(application.state), takes_applications(application.campaign, at))
