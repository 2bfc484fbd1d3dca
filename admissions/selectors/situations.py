from datetime import datetime

from admissions.models import Application
from admissions.rules.acts import Situation
from admissions.rules.moves import ApplicationState
from campaigns.models import Campaign
from campaigns.notice.selectors import state_of
from campaigns.vocabulary import CampaignState, Phase


def takes_applications(campaign: Campaign, at: datetime) -> bool:
    """Whether what is received at that instant is in time: from the opening to the last second (R-CAL-1)."""
    return campaign.state == CampaignState.PUBLISHED.value and state_of(campaign, at) is Phase.OPEN


def situation_of(application: Application, at: datetime) -> Situation:
    return Situation(ApplicationState(application.state), takes_applications(application.campaign, at))
