"""In which campaigns a dossier may be typed, and what is known of an address there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.links.rules import A_DAY
from accounts.models import User
from admissions.checking.selectors import handled_campaigns
from admissions.dossier.permissions import can_handle
from admissions.dossier.selectors.dossiers import takes_applications
from admissions.entering.rules import TYPED_AFTER, AddressFacts
from admissions.models import Application
from campaigns.models import Campaign
from campaigns.vocabulary import CampaignState
from common.models import JournalEntry
from common.rules import in_time, last_second

ENTER = "enter"


def campaigns_to_enter(user: User, now: datetime) -> list[Campaign]:
    """Those of the user's schools that take applications now, or did some days ago."""
    rows = handled_campaigns(user)
    return [row for row in rows if takes_applications(row, now) or typed_until(row, now)]


def typed_until(campaign: Campaign, now: datetime) -> datetime | None:
    """Until when what came in time is still typed and submitted, once the deadline has passed; None but then."""
    until = last_second(deadline_day(campaign) + TYPED_AFTER, ZoneInfo(campaign.zone))
    is_over = campaign.state == CampaignState.PUBLISHED and not in_time(now, campaign.last_second)
    return until if is_over and in_time(now, until) else None


def deadline_day(campaign: Campaign) -> date:
    return campaign.last_second.astimezone(ZoneInfo(campaign.zone)).date()


def facts_of_address(campaign: Campaign, address: str, user: User) -> AddressFacts:
    """What a clerk is told of it: which dossier, if it comes to them; else no more than that it is taken."""
    rows = Application.objects.filter(campaign=campaign).select_related("campaign", "person")
    found = rows.filter(Q(email=address) | Q(person__user__email=address))
    return AddressFacts(
        is_taken=bool(found) or User.objects.filter(email=address).exists(),
        dossier=next((row.ref for row in found if can_handle(user, row)), ""),
    )


def entered_today(campaign: Campaign, user: User, now: datetime) -> int:
    """How many dossiers a clerk has begun in the day before."""
    entries = JournalEntry.objects.filter(scope=campaign.slug, at__gt=now - A_DAY)
    entries = entries.filter(object_type="application", verb=ENTER)
    return entries.filter(actor_kind="user", actor_ref=str(user.pk)).count()
