"""The calendar of a file that may be wrong: what is not known or has no date is None."""

from datetime import datetime
from functools import cached_property

from campaigns.document.schema import CampaignDocument
from campaigns.document.values import Window


class Timeline:
    def __init__(self, document: CampaignDocument) -> None:
        self.document = document

    @cached_property
    def loops(self) -> frozenset[str]:
        """Milestones whose date hangs, in the end, on themselves."""
        return frozenset(key for key in self.document.calendar if self._goes_round(key))

    @cached_property
    def announced(self) -> frozenset[str]:
        """Milestones at which a stage is announced."""
        return frozenset(
            stage.announce
            for selection in self.document.selections.values()
            for stage in selection.stages.values()
        )

    @cached_property
    def called(self) -> frozenset[str]:
        """Milestones with which an assessment is called."""
        return frozenset(
            assessment.called_with
            for selection in self.document.selections.values()
            for stage in selection.stages.values()
            for assessment in stage.assessments.values()
        )

    def window(self, key: str) -> Window | None:
        return self.document.window(key) if self._dated(key) else None

    def start(self, key: str) -> datetime | None:
        """When it starts, or ends if it has no start."""
        window = self.window(key)
        return (window.starts_at or window.ends_at) if window else None

    def end(self, key: str) -> datetime | None:
        """When it ends, or starts if it has no end."""
        window = self.window(key)
        return (window.ends_at or window.starts_at) if window else None

    def _dated(self, key: str) -> bool:
        milestone = self.document.calendar.get(key)
        if milestone is None or key in self.loops:
            return False
        return milestone.relative is None or self._dated(milestone.relative.to)

    def _goes_round(self, key: str) -> bool:
        seen: set[str] = set()
        while key not in seen:
            seen.add(key)
            milestone = self.document.calendar.get(key)
            if milestone is None or milestone.relative is None:
                return False
            key = milestone.relative.to
        return True
