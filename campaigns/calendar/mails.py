"""What staff are told: that a date waits for them, that one failed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.selectors import working_as
from campaigns.calendar.effects import needs_two_people
from campaigns.calendar.permissions import ARMING
from campaigns.models import MilestoneRun
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient
from notifications.queue import enqueue
from notifications.states import Audience

SAMPLE_DATE: Context = {
    "milestone": {"fr": "Résultats de l’étude des dossiers", "en": "Results of the files"},
    "campaign": {"fr": "Recrutement (exemple)", "en": "Recruitment (sample)"},
    "zone": "Europe/Paris",
}


class Hindrance(StrEnum):
    """Why a date waits for a person."""

    ASSUMED = "assumed"
    UNARMED = "unarmed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, kw_only=True)
class RunMail(Mail):
    audience = Audience.STAFF

    run: int
    why: Hindrance
    revision: int | None
    attempts: int | None
    person: int | None

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        runs = MilestoneRun.objects.select_related("milestone__campaign").in_bulk(
            [mail.run for mail in batch]
        )
        return [_facts(runs[mail.run], mail.why) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {
            **SAMPLE_DATE,
            "key": "file-results",
            "slug": "sample",
            "due_at": SAMPLE_AT,
            "announces": True,
            "why": Hindrance.UNCONFIRMED,
        }


@dataclass(frozen=True, kw_only=True)
class RunWaitsMail(RunMail):
    """Once a revision of the date."""

    name = "campaigns.run_waits"
    label = _("Date that waits for a person, to staff")
    when = _("The hour of a date has come, and nothing can happen before a person decides.")

    @classmethod
    def samples(cls) -> Sequence[Context]:
        assumed = {"announces": False, "why": Hindrance.ASSUMED}
        unarmed = {"why": Hindrance.UNARMED}
        return [cls.sample(), {**cls.sample(), **unarmed}, {**cls.sample(), **assumed}]

    @property
    def key(self) -> str:
        return f"{self.name}:{self.run}:{self.revision}:{self.attempts}:{self.person}"


@dataclass(frozen=True, kw_only=True)
class RunFailedMail(RunMail):
    """Once for each time that it was given up."""

    name = "campaigns.run_failed"
    label = _("Date that failed, to staff")
    when = _("What a date does was tried several times without success.")

    @property
    def key(self) -> str:
        return f"{self.name}:{self.run}:{self.attempts}:{self.person}"


def tell_waiting(*, run_id: int, revision: int, now: datetime) -> None:
    """Once a revision: its hour has come and nothing opened."""
    with transaction.atomic():
        told = MilestoneRun.objects.filter(
            pk=run_id, revision=revision, told_at__isnull=True
        ).update(told_at=now)
        if told:
            run = MilestoneRun.objects.select_related("milestone__campaign").get(pk=run_id)
            enqueue(_mails(RunWaitsMail, run), now=now)


def tell_failed(run: MilestoneRun, now: datetime) -> None:
    enqueue(_mails(RunFailedMail, run), now=now)


def _mails(mail: type[RunMail], run: MilestoneRun) -> Iterator[RunMail]:
    """To whoever may arm it."""
    school = run.milestone.campaign.organiser_id
    for user in working_as(school, *ARMING):
        yield mail(
            recipient=Recipient(address=user.email, language=user.language, school_id=school),
            run=run.pk,
            why=_why(run),
            revision=run.revision,
            attempts=run.attempts,
            person=user.pk,
        )


def _why(run: MilestoneRun) -> Hindrance:
    if run.assumed:
        return Hindrance.ASSUMED
    return Hindrance.UNCONFIRMED if run.armed_by_id else Hindrance.UNARMED


def _facts(run: MilestoneRun, why: Hindrance) -> Context:
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
