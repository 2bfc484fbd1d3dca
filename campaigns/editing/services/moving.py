"""A date moves (R-CAL-6), or one that was only assumed is confirmed (R-CAL-7)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import User
from accounts.permissions import can_set_up
from campaigns.editing.services.setup import change_notice
from campaigns.models import Campaign, Milestone
from campaigns.states import RunState
from campaigns.vocabulary import MilestoneAction, MilestoneStatus
from common.journal import Stamp, note
from common.refusals import DomainError, require

FIELDS = ("starts_at", "ends_at", "all_day", "about", "status", "relative_to", "relative_hours")
ACTING = (RunState.RUNNING, RunState.DONE)


def move_milestone(
    *, milestone_id: int, to: date | datetime, actor: User, reason: str, now: datetime
) -> Milestone:
    """Have a milestone begin on another day, or at another moment, in a new version of the notice.

    What it does is planned anew and disarmed; its length stays; a date that was assumed, or
    about which the notice had words only, is firm from then on.
    Raises DomainError if it has acted already, or if the notice would no longer hold together.
    """
    if not reason.strip():
        raise DomainError.of("milestone_moved_without_reason")
    with transaction.atomic():
        milestone = Milestone.objects.select_related("campaign__organiser").get(pk=milestone_id)
        campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=milestone.campaign_id)
        require(can_set_up(actor, milestone.campaign.organiser))
        milestone.refresh_from_db(fields=FIELDS)
        if milestone.runs.filter(late=False, state__in=ACTING).exists():
            raise DomainError.of("milestone_acted")
        before = _dates(milestone)
        _set(milestone, to, ZoneInfo(campaign.zone))
        change_notice(
            campaign_id=campaign.pk,
            save=[(milestone, FIELDS)],
            reason=reason.strip(),
            actor=actor,
            now=now,
        )
        milestone.refresh_from_db(fields=FIELDS)
        data = {"from": before, "to": _dates(milestone)}
        note(milestone, "move_milestone", Stamp.of(actor, now, reason.strip(), **data))
        return milestone


def _set(milestone: Milestone, to: date | datetime, zone: ZoneInfo) -> None:
    if milestone.action == MilestoneAction.CLOSE_SEARCH and isinstance(to, datetime):
        milestone.starts_at = milestone.ends_at  # an hour is the last one, not that of a day begun
    first = milestone.starts_at or milestone.ends_at
    assert first
    local = first.astimezone(zone).replace(tzinfo=None)
    if isinstance(to, datetime):
        shift = to.astimezone(zone).replace(tzinfo=None) - local
    else:
        shift = datetime.combine(to, local.time()) - local
    for name in ("starts_at", "ends_at"):
        moment: datetime | None = getattr(milestone, name)
        if moment:
            naive = moment.astimezone(zone).replace(tzinfo=None) + shift
            setattr(milestone, name, naive.replace(tzinfo=zone))
    milestone.all_day = not isinstance(to, datetime)
    milestone.relative_to, milestone.relative_hours = "", None
    milestone.about = {}
    if milestone.status == MilestoneStatus.ASSUMED:
        milestone.status = MilestoneStatus.FIRM


def _dates(milestone: Milestone) -> list[str]:
    return [moment.isoformat() for moment in (milestone.starts_at, milestone.ends_at) if moment]
