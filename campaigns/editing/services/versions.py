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
from common.datafile.writing import canonical, digest, says_the_same
from common.journal import Actor, Stamp, note
from common.refusals import DomainError
from common.rules import Refusal


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
    version = write_version(campaign, reason=reason, by=by, now=now)
    sync_runs(campaign, document, Stamp.of(by, now, reason))
    return version


def write_version(campaign: Campaign, *, reason: str, by: Actor, now: datetime) -> NoticeVersion:
    """The version that the rows make, new or current. The campaign is locked by the caller."""
    document, current = document_of(campaign), campaign.current_version
    if current and says_the_same(current.document, document):
        return current
    stored = canonical(document)
    version = NoticeVersion.objects.create(
        campaign=campaign,
        number=current.number + 1 if current else 1,
        sha256=digest(stored),
        document=stored,
        reason=reason,
        by=f"{by.kind}:{by.ref}".rstrip(":"),
        at=now,
    )
    campaign.current_version = version
    campaign.save(update_fields=["current_version"])
    said = {"version": version.number, "sha256": version.sha256}
    note(campaign, "record_version", Stamp.of(by, now, reason, **said))
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
