"""What staff are told: that a date waits for them, that one failed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.calendar.effects import needs_two_people
from campaigns.calendar.permissions import ARMING
from campaigns.models import MilestoneRun
from notifications.mails import Kind
from notifications.queue import Message, enqueue

WAITS, FAILED = "campaigns.run_waits", "campaigns.run_failed"


def tell_waiting(*, run_id: int, revision: int, now: datetime) -> None:
    """Once a revision: its hour has come and nothing opened."""
    with transaction.atomic():
        told = MilestoneRun.objects.filter(
            pk=run_id, revision=revision, told_at__isnull=True
        ).update(told_at=now)
        if told:
            run = MilestoneRun.objects.select_related("milestone__campaign").get(pk=run_id)
            _tell(WAITS, run, f"{revision}:{run.attempts}", now)


def tell_failed(run: MilestoneRun, now: datetime) -> None:
    _tell(FAILED, run, str(run.attempts), now)


def _tell(kind: str, run: MilestoneRun, number: str, now: datetime) -> None:
    organiser_id = run.milestone.campaign.organiser_id
    people = User.objects.filter(
        grants__school=organiser_id, grants__role__in=ARMING, is_active=True
    ).distinct()
    messages = [
        Message(
            kind=kind,
            dedupe_key=f"{kind}:{run.pk}:{number}:{user.pk}",
            to=user.email,
            language=user.language,
            refs={"run": str(run.pk), "why": _why(run)},
            school_id=organiser_id,
        )
        for user in people.order_by("pk")
    ]
    enqueue(messages, now=now)


def _why(run: MilestoneRun) -> str:
    if run.assumed:
        return "assumed"
    return "unconfirmed" if run.armed_by_id else "unarmed"


def build(batch: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, object]]:
    runs = MilestoneRun.objects.select_related("milestone__campaign").in_bulk(
        [int(refs["run"]) for refs in batch]
    )
    return [_facts(runs[int(refs["run"])], refs["why"]) for refs in batch]


def _facts(run: MilestoneRun, why: str) -> Mapping[str, object]:
    campaign = run.milestone.campaign
    return {
        "milestone": run.milestone.title,
        "key": run.milestone.key,
        "campaign": campaign.title,
        "slug": campaign.slug,
        "zone": campaign.zone,
        "due_at": run.due_at,
        "announces": needs_two_people(run.action),
        "why": why,
    }


KINDS = (
    Kind(
        name=WAITS,
        template="campaigns/calendar/mail/run_waits",
        build=build,
        label=_("Date that waits for a person, to staff"),
    ),
    Kind(
        name=FAILED,
        template="campaigns/calendar/mail/run_failed",
        build=build,
        label=_("Date that failed, to staff"),
    ),
)
