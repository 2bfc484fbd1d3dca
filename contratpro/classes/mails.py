"""What a teacher is written to: the link of a session, and the code that goes with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils.translation import gettext_lazy as _

from accounts.links.services import link_url
from contratpro.models import ClassSession
from contratpro.students.mails import FIRST_LANGUAGE, of_year, sample_of_year
from contratpro.year.selectors import year_now
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient
from notifications.queue import enqueue
from notifications.states import Audience


@dataclass(frozen=True, kw_only=True)
class ClassLinkMail(Mail):
    """The link and its code are the right to keep the roll: nothing of the mail is kept once it has left."""

    name = "contratpro.class_link"
    label = _("Link to a session, to its teacher")
    when = _("The evening before a session, or when the contrat pro office sends it.")
    audience = Audience.STAFF
    sensitive = True

    session: str
    link: int
    token: str
    pin: str
    until: datetime

    @property
    def key(self) -> str:
        return f"{self.name}:{self.session}:{self.link}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        rows = ClassSession.objects.select_related("year").prefetch_related("groups")
        sessions = {row.ref: row for row in rows.filter(ref__in={mail.session for mail in batch})}
        return [mail.facts(sessions[mail.session]) for mail in batch]

    def facts(self, session: ClassSession) -> Context:
        return {
            **of_year(year_now(session.year)),
            "course": session.course,
            "starts_at": session.starts_at,
            "place": session.place,
            "groups": [str(group) for group in session.groups.all()],
            "until": self.until,
            "pin": f"{self.pin[:3]} {self.pin[3:]}",
            "url": link_url(self.token, self.recipient.language),
        }

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_of_year(),
            "course": "Ingénierie logicielle",
            "starts_at": SAMPLE_AT,
            "place": "Amphithéâtre d’exemple",
            "groups": ["2IA IL"],
            "until": SAMPLE_AT,
            "pin": "123 456",
            "url": "https://rentree.example/exemple/",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLink:
    """A fresh link to a session: its row, the only copy of its token, the code that goes with it."""

    session: ClassSession
    link: int
    token: str
    pin: str
    until: datetime


def send_links(links: Iterable[SentLink], now: datetime) -> None:
    mails = [
        ClassLinkMail(
            recipient=Recipient(
                address=sent.session.teacher_email,
                language=FIRST_LANGUAGE,
                school_id=sent.session.year.school_id,
            ),
            session=sent.session.ref,
            link=sent.link,
            token=sent.token,
            pin=sent.pin,
            until=sent.until,
        )
        for sent in links
    ]
    enqueue(mails, now=now)
