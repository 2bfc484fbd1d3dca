"""The calendar of a notice as an iCalendar feed (RFC 5545)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from campaigns.document.schema import CampaignDocument, Window
from campaigns.rules.enums import MilestoneStatus
from campaigns.selectors.public import PublicNotice
from common.templatetags.rentree import localized

DAY = timedelta(days=1)
ICAL_STATUS = {MilestoneStatus.FIRM: "CONFIRMED"}


def calendar_feed(document: CampaignDocument, shown: PublicNotice, host: str) -> bytes:
    """Whole days as days, instants as instants: a telephone shows them as the notice prints them."""
    feed = Calendar()
    feed.add("prodid", "-//Rentree//Campaign calendar//FR")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", localized(document.campaign.title))
    for key, milestone in document.calendar.items():
        event = Event()
        event.add("uid", f"{key}.{shown.slug}@{host}")
        event.add("dtstamp", shown.at)
        event.add("summary", localized(milestone.title))
        event.add("status", ICAL_STATUS.get(milestone.status, "TENTATIVE"))
        _place(event, document.window(key), document.zone)
        feed.add_component(event)
    return bytes(feed.to_ical())


def _place(event: Event, window: Window, zone: ZoneInfo) -> None:
    first, last = window.starts_at or window.ends_at, window.ends_at or window.starts_at
    assert first
    assert last
    if window.all_day:
        event.add("dtstart", first.astimezone(zone).date())
        event.add("dtend", last.astimezone(zone).date() + DAY)  # RFC 5545: the first day after
    else:
        event.add("dtstart", _instant(first))
        if last > first:  # RFC 5545: an end is later than its start, and an instant has none
            event.add("dtend", _instant(last))


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo("UTC"))
