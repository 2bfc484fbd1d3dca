"""Reads: campaigns, the notice as it stands in a version, and what the rules say of it."""

from campaigns.selectors.campaigns import campaign_by_slug, published, state_of
from campaigns.selectors.notices import nomenclature, notice, pieces_of, verdicts

__all__ = [
    "campaign_by_slug",
    "nomenclature",
    "notice",
    "pieces_of",
    "published",
    "state_of",
    "verdicts",
]
