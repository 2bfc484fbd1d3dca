"""What has been announced: the one door from a candidate's pages and messages to the decisions of a jury."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from admissions.dossier.selectors.read_model import Localized
from admissions.models.sealed import Decision
from admissions.states import DecisionState
from campaigns.vocabulary import OutcomeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An outcome that a candidate was told, in the school's words."""

    stage: Localized
    outcome: Localized
    kind: OutcomeKind
    at: datetime


def announcements(candidacies: Collection[int]) -> Mapping[int, list[Announcement]]:
    """What each candidacy was told, oldest first; an outcome that was rectified since is no longer true."""
    if not candidacies:
        return {}
    rows = Decision.objects.filter(candidacy__in=candidacies, state=DecisionState.ANNOUNCED)
    found: dict[int, list[Announcement]] = defaultdict(list)
    for row in rows.select_related("stage", "outcome").order_by("announced_at", "pk"):
        assert row.announced_at, "an announced decision has its date"
        found[row.candidacy_id].append(
            Announcement(
                stage=row.stage.label,
                outcome=row.outcome.label,
                kind=row.outcome.kind,
                at=row.announced_at,
            )
        )
    return found
