"""Who is told what of a training agreement: the student, the office, the company by its link, the social service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.links.services import link_url
from accounts.models import SignedLink
from accounts.selectors import working_as
from contratpro.models import TrainingAgreement
from contratpro.students.mails import (
    FIRST_LANGUAGE,
    about,
    recipient_about,
    sample_about,
    to_student,
)
from notifications.mails import SAMPLE_AT, Context, Mail, number_of
from notifications.queue import enqueue
from notifications.states import Audience

SAMPLE_REMARKS = "La page 3 n’est pas lisible : numérisez-la de nouveau."


class AgreementNews(StrEnum):
    """What happened to an agreement. Each is the verb of its entry in the journal."""

    PREPARED = "prepare"
    HANDED_IN = "hand_in"
    RECEIVED = "receive"
    RETURNED = "return"
    SIGNED = "sign_for_school"
    SENT_TO_COMPANY = "send_to_company"
    SENT_TO_SOCIAL_SERVICE = "send_to_social_service"


@dataclass(frozen=True, kw_only=True)
class AgreementMail(Mail):
    """About a version of an agreement, known by its reference; once for each time that it happened."""

    tells: ClassVar[Sequence[AgreementNews]]

    agreement: str
    what: AgreementNews
    number: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.agreement}:{self.what}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        rows = TrainingAgreement.objects.select_related("student__year", "student__user")
        found = {row.ref: row for row in rows.filter(ref__in={mail.agreement for mail in batch})}
        return [mail.facts(found[mail.agreement]) for mail in batch]

    def facts(self, agreement: TrainingAgreement) -> Context:
        return {
            **about(agreement.student),
            "what": self.what,
            "company": agreement.facts["company_name"],
            "again": agreement.number > 1,
            "reason": agreement.reason,
            "remarks": agreement.remarks,
        }

    @classmethod
    def sample(cls) -> Context:
        what = cls.tells[0]
        return {
            **sample_about(),
            "what": what,
            "company": "Entreprise d’exemple",
            "again": False,
            "reason": "",
            "remarks": SAMPLE_REMARKS if what is AgreementNews.RETURNED else "",
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        remarks = {AgreementNews.RETURNED: SAMPLE_REMARKS}
        sample = cls.sample()
        return [{**sample, "what": one, "remarks": remarks.get(one, "")} for one in cls.tells]


@dataclass(frozen=True, kw_only=True)
class AgreementStudentMail(AgreementMail):
    name = "contratpro.agreement_news"
    label = _("News of a training agreement, to the student")
    when = _("An agreement is prepared, received, sent back with remarks, or signed by all.")
    audience = Audience.STUDENT
    tells = (
        AgreementNews.PREPARED,
        AgreementNews.RECEIVED,
        AgreementNews.RETURNED,
        AgreementNews.SIGNED,
    )


@dataclass(frozen=True, kw_only=True)
class AgreementWorkMail(AgreementMail):
    """To each person of the office, or of the social service."""

    audience = Audience.STAFF

    person: int

    @property
    def key(self) -> str:
        return f"{super().key}:{self.person}"


@dataclass(frozen=True, kw_only=True)
class AgreementHandedInMail(AgreementWorkMail):
    name = "contratpro.agreement_handed_in"
    label = _("Training agreement to receive")
    when = _("A student hands in the agreement that the company and they have signed.")
    tells = (AgreementNews.HANDED_IN,)


@dataclass(frozen=True, kw_only=True)
class SocialServiceMail(AgreementWorkMail):
    name = "contratpro.social_service"
    label = _("Contract and agreement, to the social service")
    when = _("The contrat pro office sends the signed contract and agreement of a student.")
    tells = (AgreementNews.SENT_TO_SOCIAL_SERVICE,)


@dataclass(frozen=True, kw_only=True)
class AgreementCompanyMail(AgreementMail):
    """The link is the right to read the signed copy: nothing of the mail is kept once it has left."""

    name = "contratpro.agreement_copy"
    label = _("Signed training agreement, to the company")
    when = _("The contrat pro office sends the agreement signed by all to the company.")
    audience = Audience.EMPLOYER
    sensitive = True
    tells = (AgreementNews.SENT_TO_COMPANY,)

    token: str
    until: datetime

    def facts(self, agreement: TrainingAgreement) -> Context:
        return {
            **super().facts(agreement),
            "until": self.until,
            "url_fr": link_url(self.token, "fr"),
            "url_en": link_url(self.token, "en"),
        }

    @classmethod
    def sample(cls) -> Context:
        url = "https://rentree.example/exemple/"
        return {**super().sample(), "until": SAMPLE_AT, "url_fr": url, "url_en": url}


def tell_student(agreement: TrainingAgreement, what: AgreementNews, now: datetime) -> None:
    mail = AgreementStudentMail(
        recipient=to_student(agreement.student),
        agreement=agreement.ref,
        what=what,
        number=number_of(agreement, what),
    )
    enqueue([mail], now=now)


def tell_office(agreement: TrainingAgreement, now: datetime) -> None:
    _tell_people(agreement, AgreementHandedInMail, Role.CONTRACT_SERVICE, now)


def tell_social_service(agreement: TrainingAgreement, now: datetime) -> None:
    _tell_people(agreement, SocialServiceMail, Role.SOCIAL_SERVICE, now)


def tell_company(
    agreement: TrainingAgreement, email: str, link: tuple[SignedLink, str], now: datetime
) -> None:
    row, token = link
    mail = AgreementCompanyMail(
        recipient=recipient_about(agreement.student, email, FIRST_LANGUAGE),
        agreement=agreement.ref,
        what=AgreementNews.SENT_TO_COMPANY,
        number=row.pk,
        token=token,
        until=row.expires_at,
    )
    enqueue([mail], now=now)


def _tell_people(
    agreement: TrainingAgreement, mail: type[AgreementWorkMail], role: Role, now: datetime
) -> None:
    student = agreement.student
    number = number_of(agreement, mail.tells[0])
    mails = [
        mail(
            recipient=recipient_about(student, person.email, person.language),
            agreement=agreement.ref,
            what=mail.tells[0],
            number=number,
            person=person.pk,
        )
        for person in working_as(student.year.school_id, role)
    ]
    enqueue(mails, now=now)
