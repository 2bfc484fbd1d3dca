"""What a jury decided is told: on its day for a whole stage, later for those decided late, at once for a mistake."""

from admissions.services.announcing.opening import announce, preview
from admissions.services.announcing.reminding import remind_drafts
from admissions.services.announcing.timing import set_sitting_time

__all__ = ["announce", "preview", "remind_drafts", "set_sitting_time"]
