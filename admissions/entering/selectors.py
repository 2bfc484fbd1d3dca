"""In which campaigns a dossier may be typed, and what is known of an address there."""

from datetime import datetime

from django.db.models import Q

from accounts.models import User
from admissions.checking.selectors import handled_campaigns
from admissions.dossier.selectors.dossiers import takes_applications
from admissions.entering.rules import AddressFacts
from admissions.models import Application
from campaigns.models import Campaign


def campaigns_to_enter(user: User, now: datetime) -> list[Campaign]:
    """Those of the user's schools that take applications now."""
    return [row for row in handled_campaigns(user) if takes_applications(row, now)]


def facts_of_address(campaign: Campaign, address: str) -> AddressFacts:
    rows = Application.objects.filter(campaign=campaign)
    rows = rows.filter(Q(email=address) | Q(person__user__email=address))
    found = rows.first()
    return AddressFacts(
        dossier=found.ref if found else "",
        has_account=User.objects.filter(email=address).exists(),
    )
