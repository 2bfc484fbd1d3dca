"""Changes to a notice made by hand, row by row: each gives it a new version."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from accounts.models import School, User
from accounts.permissions import can_administer_platform, can_set_up
from accounts.services import save_school
from campaigns.calendar.services.planning import drop_runs
from campaigns.editing.services.versions import record_version
from campaigns.models import Campaign, Diploma, Milestone, Pool
from common.journal import Actor, Stamp, note
from common.refusals import DomainError, require

# A row, and the names of its fields that changed; None for a new one.
Edit = tuple[models.Model, Sequence[str] | None]


def change_notice(
    *,
    campaign_id: int,
    save: Sequence[Edit] = (),
    delete: Sequence[models.Model] = (),
    reason: str,
    actor: User,
    now: datetime,
) -> None:
    """Write and remove rows of a campaign's notice.

    Raises DomainError if a row that goes is in use, or if the notice would no longer hold together.
    """
    with transaction.atomic():
        campaign = (
            Campaign.objects.select_for_update(of=("self",))
            .select_related("organiser")
            .get(pk=campaign_id)
        )
        require(can_set_up(actor, campaign.organiser))
        drop_runs(
            [row for row in delete if isinstance(row, Milestone)], by=Actor.user(actor), now=now
        )
        for row in delete:
            _remove(row)
        for row, changed in save:
            _refuse_if_it_closes_places(row)
            row.save(update_fields=changed)
        record_version(campaign=campaign, reason=reason, by=Actor.user(actor), now=now)


def change_school(*, school: School, actor: User, now: datetime) -> None:
    """Rename a school, in the notices that name it too."""
    with transaction.atomic():
        save_school(school=school, actor=actor, now=now)
        naming = Campaign.objects.filter(
            Q(organiser=school) | Q(programmes__school=school)
        ).distinct()
        for campaign in naming.order_by("pk"):
            record_version(campaign=campaign, reason="", by=Actor.user(actor), now=now)


def save_diploma(*, diploma: Diploma, actor: User, now: datetime) -> None:
    """Write a line of the nomenclature. Notices name diplomas by code: what they say stays."""
    require(can_administer_platform(actor))
    with transaction.atomic():
        diploma.save()
        note(diploma, "save_diploma", Stamp.of(actor, now))


def _refuse_if_it_closes_places(row: models.Model) -> None:
    """Read under the lock how many places are open: more may have been opened since the form was read (R-PLA-2)."""
    if not isinstance(row, Pool) or row.pk is None:
        return
    row.refresh_from_db(fields=["opened"])
    if not row.leaves_open:
        raise DomainError.of("open_places_are_left_out", opened=row.opened)


def _remove(row: models.Model) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError as error:
        raise DomainError.of("notice_part_in_use", part=str(row)) from error
