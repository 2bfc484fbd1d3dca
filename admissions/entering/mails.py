"""What somebody is told whose dossier a central service types: what it is, and how to make it theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.utils.translation import gettext_lazy as _

from accounts.links.services import Issued, link_url
from admissions.dossier.mails import DossierMail, about, applications_of, candidate, sample_about
from admissions.enums import EntryWay
from admissions.models import Application
from notifications.mails import SAMPLE_AT, Context
from notifications.queue import enqueue


@dataclass(frozen=True, kw_only=True)
class EnteredMail(DossierMail):
    """Once for each link: the one before it leads nowhere any more."""

    name = "admissions.entered"
    label = _("Application typed by the central service")
    when = _(
        "The central service types an application for somebody, or sends the link to it again."
    )
    sensitive = True

    token: str
    until: datetime
    link: int

    @property
    def key(self) -> str:
        return f"entered:{self.application}:{self.link}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [_entered(applications[mail.application], mail) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_about(()),
            "school": "École d’exemple",
            "how": EntryWay.PAPER,
            "came_on": date(2027, 3, 8),
            "url": link_url("exemple"),
            "until": SAMPLE_AT + timedelta(days=30),
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [cls.sample(), {**cls.sample(), "how": EntryWay.TELEPHONE}]


@dataclass(frozen=True, kw_only=True)
class ClaimedMail(DossierMail):
    """To the address of the dossier, whoever claimed it."""

    name = "admissions.claimed"
    label = _("Application claimed")
    when = _("An account claims the application that the central service typed.")

    @property
    def key(self) -> str:
        return f"claimed:{self.application}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [about(applications[mail.application], ()) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return sample_about(())


def tell_claimed(application: Application, now: datetime) -> None:
    enqueue([ClaimedMail(recipient=candidate(application), application=application.ref)], now=now)


def tell_entered(application: Application, issued: Issued, now: datetime) -> None:
    mail = EnteredMail(
        recipient=candidate(application, application.entered_by_id),
        application=application.ref,
        token=issued.token,
        until=issued.link.expires_at,
        link=issued.link.pk,
    )
    enqueue([mail], now=now)


def _entered(application: Application, mail: EnteredMail) -> Context:
    school = application.entered_by
    return {
        **about(application, ()),
        "school": school.name if school else "",
        "how": application.entered_how,
        "came_on": application.entered_on,
        "url": link_url(mail.token, mail.recipient.language),
        "until": mail.until,
    }
