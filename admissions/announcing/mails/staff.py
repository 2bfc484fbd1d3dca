"""What staff are told of an announcement: that decisions lack, that a rectification waits for a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleGrant, User
from admissions.models import Candidacy
from admissions.models.sealed import Rectification
from campaigns.calendar.mails import SAMPLE_DATE
from campaigns.calendar.permissions import ARMING
from campaigns.models import Campaign, Milestone
from campaigns.notice.selectors import notice
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient
from notifications.queue import enqueue
from notifications.states import Audience


@dataclass(frozen=True, kw_only=True)
class RectificationToConfirmMail(Mail):
    """For staff: neither the name nor any outcome, which the page says to who may read it."""

    name = "admissions.rectification_to_confirm"
    label = _("Rectification to confirm, to staff")
    when = _("The president of a jury says that an answer was announced by mistake.")
    audience = Audience.STAFF

    rectification: str
    campaign: str
    person: int | None

    @property
    def key(self) -> str:
        return f"rectification:{self.rectification}:{self.person}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        campaigns = _campaigns({mail.campaign for mail in batch})
        return [
            {"campaign": campaigns[mail.campaign].title, "rectification": mail.rectification}
            for mail in batch
        ]

    @classmethod
    def sample(cls) -> Context:
        return {"campaign": SAMPLE_DATE["campaign"], "rectification": "exemple"}


def ask_to_confirm(rectification: Rectification, *, now: datetime) -> None:
    """Whoever may confirm it, but for who proposed it."""
    candidacy = rectification.decision.candidacy
    campaign, school = candidacy.application.campaign, candidacy.programme.school_id
    grants = RoleGrant.objects.filter(
        school__in=(campaign.organiser_id, school), role__in=ARMING, user__is_active=True
    )
    others = User.objects.filter(pk__in=grants.values("user")).exclude(
        pk=rectification.proposed_by_id
    )
    mails = [
        RectificationToConfirmMail(
            recipient=_staff(user, campaign),
            rectification=rectification.ref,
            campaign=campaign.slug,
            person=user.pk,
        )
        for user in others
    ]
    enqueue(mails, now=now)


def _staff(user: User, campaign: Campaign) -> Recipient:
    return Recipient(address=user.email, language=user.language, school_id=campaign.organiser_id)


def _campaigns(slugs: set[str]) -> Mapping[str, Campaign]:
    return Campaign.objects.in_bulk(slugs, field_name="slug")


@dataclass(frozen=True, kw_only=True)
class UndecidedMail(Mail):
    name = "admissions.undecided"
    label = _("Decisions missing, to staff")
    when = _("Results were announced while candidacies had no recorded decision.")
    audience = Audience.STAFF

    campaign: str
    milestone: str
    at: datetime
    undecided: int
    revision: int | None
    person: int | None

    @property
    def key(self) -> str:
        return f"undecided:{self.campaign}:{self.milestone}:{self.revision}:{self.person}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        campaigns = _campaigns({mail.campaign for mail in batch})
        return [_undecided(campaigns[mail.campaign], mail) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {**SAMPLE_DATE, "at": SAMPLE_AT, "undecided": 3}


def tell_undecided(
    waiting: QuerySet[Candidacy], *, milestone: Milestone, revision: int, now: datetime
) -> int:
    """Staff learn how many have no decision yet: of all at the organiser of the campaign, else of their own school."""
    campaign = milestone.campaign
    by_school = dict(waiting.order_by().values_list("programme__school").annotate(Count("pk")))
    total = sum(by_school.values())
    counts = {**by_school, campaign.organiser_id: total} if total else {}
    grants = RoleGrant.objects.filter(school__in=counts, role__in=ARMING, user__is_active=True)
    concerned: dict[User, int] = {}
    for grant in grants.select_related("user").order_by("user"):
        concerned[grant.user] = max(concerned.get(grant.user, 0), counts[grant.school_id])
    mails = [
        UndecidedMail(
            recipient=_staff(user, campaign),
            campaign=campaign.slug,
            milestone=milestone.key,
            at=now,
            undecided=count,
            revision=revision,
            person=user.pk,
        )
        for user, count in concerned.items()
    ]
    enqueue(mails, now=now)
    return total


def _undecided(campaign: Campaign, mail: UndecidedMail) -> Context:
    assert campaign.current_version_id, "a campaign that announces has a notice"
    milestone = notice(campaign.current_version_id).calendar[mail.milestone]
    return {
        "campaign": campaign.title,
        "milestone": milestone.title,
        "at": mail.at,
        "undecided": mail.undecided,
        "zone": campaign.zone,
    }
