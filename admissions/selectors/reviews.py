"""When the files of a campaign are reviewed, as its notice says."""

from dataclasses import dataclass
from datetime import datetime

from admissions.selectors.rows import Localized
from campaigns.models import Campaign
from campaigns.notice.selectors import notice


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReview:
    selection: Localized
    stage: Localized
    announced_at: datetime
    programmes: frozenset[str]


def file_reviews(campaign: Campaign) -> tuple[FileReview, ...]:
    """The first stage of each selection, with the date on which its results are announced."""
    if campaign.current_version_id is None:
        return ()
    document = notice(campaign.current_version_id)
    found = []
    for key, selection in document.selections.items():
        stage = selection.stages[selection.first]
        window = document.window(stage.announce)
        announced_at = window.starts_at or window.ends_at
        if announced_at:
            codes = frozenset(row.code for row in document.programmes if row.selection == key)
            found.append(
                FileReview(selection=selection.title, stage=stage.label, announced_at=announced_at, programmes=codes)
            )
    return tuple(found)
