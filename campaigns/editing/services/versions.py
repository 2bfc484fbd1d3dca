"""Versions of a notice: immutable, one for each change of what it says (domain-model.md §2.12)."""

from datetime import datetime

from django.db import transaction

from campaigns.calendar.services.planning import sync_runs
from campaigns.document.checks import check
from campaigns.document.schema import CampaignDocument
from campaigns.editing.services import rows
from campaigns.models import Campaign, Diploma, NoticeVersion
from campaigns.notice.rows import data_of, document_of
from common.datafile.reading import validate
from common.journal import Actor, Stamp
from common.refusals import DomainError
from common.rules import Refusal
from common.versions import write_version


@transaction.atomic
def record_version(*, campaign: Campaign, reason: str, by: Actor, now: datetime) -> NoticeVersion:
    """Give the notice a new version if its rows were changed; the current one otherwise.

    To be called after every edit of a campaign's rows, in its transaction. Dates that
    are computed from others are brought up to date first.
    Raises DomainError if the notice no longer holds together.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    document = _consistent(campaign)
    rows.write(campaign, document, by=by, now=now)
    stamp = Stamp.of(by, now, reason)
    version = write_version(campaign, campaign.versions, document_of(campaign), stamp)
    sync_runs(campaign, document, stamp)
    return version


def _consistent(campaign: Campaign) -> CampaignDocument:
    data = data_of(campaign)
    document, mistakes = validate(CampaignDocument, data)
    mistakes += check(document, data, frozenset(Diploma.objects.values_list("code", flat=True)))
    if document is None or mistakes:
        raise DomainError(
            *(
                Refusal(
                    "notice_inconsistent",
                    {"where": ".".join(map(str, mistake.path)), "what": mistake.message},
                )
                for mistake in mistakes
            )
        )
    return document
