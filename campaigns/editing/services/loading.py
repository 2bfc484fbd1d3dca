"""A campaign file becomes rows and a version of its notice; the nomenclature of diplomas is loaded from its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from campaigns.calendar.services.planning import sync_runs
from campaigns.document.diplomas import DiplomaRow
from campaigns.document.schema import CampaignDocument
from campaigns.editing.services import rows
from campaigns.editing.services.rows import Sync
from campaigns.models import Campaign, Diploma, NoticeVersion
from campaigns.notice.rows import document_of
from campaigns.vocabulary import CampaignState
from common.fields import Subject
from common.journal import Actor, Stamp, note
from common.refusals import DomainError
from common.versions import write_version

Replaced = Diploma.replaces.through


@transaction.atomic
def load_diplomas(
    *, diplomas: Sequence[DiplomaRow], actor: Actor, now: datetime, missing_only: bool = False
) -> int:
    """Have the nomenclature hold those diplomas as they are described; others stay. Returns how many changed.

    With `missing_only`, one that is there already stays as it is: it may have been corrected by hand.
    """
    known = {row.code: row for row in Diploma.objects.select_for_update(of=("self",))}
    if missing_only:
        diplomas = [part for part in diplomas if part.code not in known]
    fresh = [
        Diploma(code=part.code, **_fields(part)) for part in diplomas if part.code not in known
    ]
    Diploma.objects.bulk_create(fresh)
    changed = {row.code for row in fresh}
    known |= {row.code: row for row in fresh}
    replaced = set(Replaced.objects.values_list("from_diploma", "to_diploma"))
    for part in diplomas:
        row, whole, sync = known[part.code], known.get(part.option_of or ""), Sync()
        sync.fields(row, _fields(part) | {"option_of_id": whole and whole.pk})
        wanted = {(row.pk, known[code].pk) for code in part.replaces}
        if sync.changed or wanted != {pair for pair in replaced if pair[0] == row.pk}:
            row.replaces.set([pk for _, pk in wanted])
            changed.add(part.code)
    if changed:
        nomenclature = Subject("nomenclature", "diplomas", "")
        note(nomenclature, "load_diplomas", Stamp.of(actor, now, codes=sorted(changed)))
    return len(changed)


def _fields(part: DiplomaRow) -> dict[str, object]:
    return {
        "kind": part.kind,
        "speciality": part.speciality,
        "option": part.option,
        "title": part.title,
        "level": part.level,
        "ects": part.ects,
        "scientific": part.scientific,
        "valid_from": part.valid_from,
        "valid_to": part.valid_to,
    }


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
    found = (
        Campaign.objects.select_for_update(of=("self",)).filter(slug=document.campaign.slug).first()
    )
    require_same_session(found, document)
    before = found and found.current_version_id
    campaign = rows.write(found, document, by=actor, now=now)
    stamp = Stamp.of(actor, now, reason)
    version = write_version(campaign, campaign.versions, document_of(campaign), stamp)
    sync_runs(campaign, document, stamp)
    return Loaded(version, changed=version.pk != before)


def require_same_session(campaign: Campaign | None, document: CampaignDocument) -> None:
    """Raises DomainError if next year's file bears the slug of a campaign that was published."""
    if (
        campaign
        and campaign.state != CampaignState.DRAFT
        and campaign.session != document.campaign.session
    ):
        raise DomainError.of(
            "slug_is_of_another_session", slug=campaign.slug, session=campaign.session
        )
