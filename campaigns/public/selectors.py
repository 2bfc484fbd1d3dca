"""What the public pages are made from: nothing here depends on who asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from campaigns.models import Diploma, NoticeVersion
from campaigns.notice.selectors import published
from campaigns.vocabulary import CampaignState


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A version of a published notice. Equal ones make equal pages."""

    slug: str
    version_id: int
    sha256: str
    number: int
    at: datetime
    reason: str
    organiser: str
    website: str
    archived: bool
    current: bool


def public_notices() -> tuple[PublicNotice, ...]:
    """The current notice of every campaign that the public may see, the latest campaign first."""
    return tuple(_read(NoticeVersion.objects.filter(pk__in=published().values("current_version"))))


def public_version(slug: str, number: int) -> PublicNotice | None:
    """A version of a notice that the public may see, current or older."""
    rows = NoticeVersion.objects.filter(
        campaign__in=published(), campaign__slug=slug, number=number
    )
    return next(_read(rows), None)


def diploma_kinds(codes: Iterable[str]) -> dict[str, str]:
    return dict(Diploma.objects.filter(code__in=codes).values_list("code", "kind"))


def _read(versions: QuerySet[NoticeVersion]) -> Iterator[PublicNotice]:
    rows = versions.select_related("campaign__organiser").defer("document")
    for row in rows.order_by("-campaign__opens_at", "campaign__slug"):
        yield PublicNotice(
            slug=row.campaign.slug,
            version_id=row.pk,
            sha256=row.sha256,
            number=row.number,
            at=row.at,
            reason=row.reason,
            organiser=row.campaign.organiser.name,
            website=row.campaign.organiser.website,
            archived=row.campaign.state == CampaignState.ARCHIVED,
            current=row.pk == row.campaign.current_version_id,
        )
