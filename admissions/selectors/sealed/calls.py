"""Which calls have gone out."""

from datetime import datetime

from campaigns.models import Milestone


def is_announced(milestone: Milestone, now: datetime) -> bool:
    """Whether the day of an announcement has come: nobody is called any more by what it tells."""
    day = milestone.starts_at or milestone.ends_at
    return day is not None and day <= now
