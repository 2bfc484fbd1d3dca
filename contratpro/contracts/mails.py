"""Who is told what of an employment contract: the company by its link, the student. No mail has what is kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from accounts.links.services import link_url
from accounts.models import SignedLink
from contratpro.models import EmploymentContract
from contratpro.students.mails import (
    FIRST_LANGUAGE,
    about,
    recipient_about,
    sample_about,
    to_student,
)
from notifications.mails import SAMPLE_AT, Context, Mail
from notifications.queue import enqueue
from notifications.states import Audience

Linked = tuple[SignedLink, str]  # and its token
SAMPLE_REASON = "La date de fin est à corriger."


class ContractNews(StrEnum):
    """What happened to an employment contract."""

    INVITED = "invited"
    READY = "ready"
    REOPENED = "reopened"


@dataclass(frozen=True, kw_only=True)
class EmploymentMail(Mail):
    """About an employment contract, known by its reference."""

    tells: ClassVar[Sequence[ContractNews]]

    contract: str
    what: ContractNews
    reason: str | None = None

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        rows = EmploymentContract.objects.select_related("student__year", "student__user")
        found = {row.ref: row for row in rows.filter(ref__in={mail.contract for mail in batch})}
        return [mail.facts(found[mail.contract]) for mail in batch]

    def facts(self, contract: EmploymentContract) -> Context:
        return {**about(contract.student), "what": self.what, "reason": self.reason or ""}

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(), "what": cls.tells[0], "reason": ""}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        reasons = {ContractNews.REOPENED: SAMPLE_REASON}
        sample = cls.sample()
        return [{**sample, "what": one, "reason": reasons.get(one, "")} for one in cls.tells]


@dataclass(frozen=True, kw_only=True)
class ContractLinkMail(EmploymentMail):
    """The link is the right to fill in the company's part: nothing of the mail is kept once it has left."""

    name = "contratpro.contract_link"
    label = _("Link to an employment contract, to the company")
    when = _(
        "A student or the contrat pro office invites a company to its part of the contract, "
        "or the office takes a contract up again."
    )
    audience = Audience.EMPLOYER
    sensitive = True
    tells = (ContractNews.INVITED, ContractNews.REOPENED)

    token: str
    until: datetime
    link: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.contract}:{self.link}"

    def facts(self, contract: EmploymentContract) -> Context:
        return {
            **super().facts(contract),
            "until": self.until,
            "url_fr": link_url(self.token, "fr"),
            "url_en": link_url(self.token, "en"),
        }

    @classmethod
    def sample(cls) -> Context:
        url = "https://rentree.example/exemple/"
        return {**super().sample(), "until": SAMPLE_AT, "url_fr": url, "url_en": url}


@dataclass(frozen=True, kw_only=True)
class ContractNewsMail(EmploymentMail):
    """Once for each version that was ready, and once if that version is taken up again."""

    name = "contratpro.contract_news"
    label = _("News of an employment contract, to the student")
    when = _("The contrat pro office finds a contract complete, or takes it up again.")
    audience = Audience.STUDENT
    tells = (ContractNews.READY, ContractNews.REOPENED)

    version: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.contract}:{self.what}:{self.version}"


def invite(contract: EmploymentContract, link: SignedLink, token: str, now: datetime) -> None:
    enqueue([_with_link(contract, ContractNews.INVITED, (link, token))], now=now)


def tell_ready(contract: EmploymentContract, version: int, now: datetime) -> None:
    enqueue([_to_student(contract, ContractNews.READY, version)], now=now)


def tell_reopened(
    contract: EmploymentContract, version: int, link: Linked | None, now: datetime
) -> None:
    """The student and, where it has a link, the company: both read the reason."""
    mails: list[Mail] = [_to_student(contract, ContractNews.REOPENED, version)]
    if link:
        mails.append(_with_link(contract, ContractNews.REOPENED, link))
    enqueue(mails, now=now)


def _with_link(
    contract: EmploymentContract, what: ContractNews, linked: Linked
) -> ContractLinkMail:
    link, token = linked
    recipient = recipient_about(contract.student, contract.company_email, FIRST_LANGUAGE)
    return ContractLinkMail(
        recipient=recipient,
        contract=contract.ref,
        what=what,
        reason=contract.reason if what is ContractNews.REOPENED else None,
        token=token,
        until=link.expires_at,
        link=link.pk,
    )


def _to_student(contract: EmploymentContract, what: ContractNews, version: int) -> ContractNewsMail:
    return ContractNewsMail(
        recipient=to_student(contract.student),
        contract=contract.ref,
        what=what,
        version=version,
        reason=contract.reason,
    )
