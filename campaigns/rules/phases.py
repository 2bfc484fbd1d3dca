"""Whether one can apply now."""

from datetime import datetime

from campaigns.rules.enums import Phase
from common.rules.deadlines import in_time


def phase(opens_at: datetime, last_second: datetime, now: datetime, *, archived: bool) -> Phase:
    if archived:
        return Phase.ARCHIVED
    if now < opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if in_time(now, last_second) else Phase.CLOSED
