"""A campaign file becomes rows and a version of its notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from campaigns.document.diplomas import DiplomaRow
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign, NoticeVersion
from campaigns.rules.enums import CampaignState
from campaigns.services import rows
from campaigns.services.diplomas import load_diplomas
from campaigns.services.planning import sync_runs
from campaigns.services.versions import write_version
from common.journal import Actor, Stamp
from common.refusals import DomainError


@dataclass(frozen=True, slots=True)
class Loaded:
    version: NoticeVersion
    changed: bool


@transaction.atomic
def load_campaign(
    *,
    document: CampaignDocument,
    diplomas: Sequence[DiplomaRow] = (),
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Loaded:
    """Have the campaign of that slug say what a checked document says; loading it again changes nothing.

    Those of `diplomas` that the nomenclature lacks are added to it.
    Raises DomainError if the campaign of that slug is of another session, or if something that the document no longer
    has is in use.
    """
    load_diplomas(diplomas=diplomas, actor=actor, now=now, missing_only=True)
    found = Campaign.objects.select_for_update(of=("self",)).filter(slug=document.campaign.slug).first()
    require_same_session(found, document)
    before = found and found.current_version_id
    campaign = rows.write(found, document, by=actor, now=now)
    version = write_version(campaign, reason=reason, by=actor, now=now)
    sync_runs(campaign, document, Stamp(actor=actor, at=now, reason=reason))
    return Loaded(version, changed=version.pk != before)


def require_same_session(campaign: Campaign | None, document: CampaignDocument) -> None:
    """Raises DomainError if next year's file bears the slug of a campaign that was published."""
    if campaign and campaign.state != CampaignState.DRAFT.value and campaign.session != document.campaign.session:
        raise DomainError.of("slug_is_of_another_session", slug=campaign.slug, session=campaign.session)
