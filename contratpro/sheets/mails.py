"""Who is told what of a contact sheet: the company by its link, the heads who answer it, the student."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from accounts.links.services import link_url
from accounts.models import SignedLink, User
from contratpro.models import ContactSheet
from contratpro.students.mails import about, sample_about, to_student
from contratpro.students.permissions import heads_of
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient
from notifications.queue import enqueue
from notifications.states import Audience

FIRST_LANGUAGE = "fr"  # a mail to a company says all in French, then in English
SAMPLE_REMARKS = "Les activités de la première période sont à préciser."


class SheetNews(StrEnum):
    """What happened to a contact sheet."""

    INVITED = "invited"
    SENT = "sent"
    RETURNED = "returned"
    VALIDATED = "validated"


@dataclass(frozen=True, kw_only=True)
class SheetMail(Mail):
    """About a contact sheet, known by its reference; once for each version, or for each link."""

    tells: ClassVar[Sequence[SheetNews]]

    sheet: str
    what: SheetNews
    version: int | None = None
    remarks: str | None = None

    @property
    def key(self) -> str:
        return f"{self.name}:{self.sheet}:{self.what}:{self.version}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        related = ("student__year", "student__user", "company")
        rows = ContactSheet.objects.select_related(*related)
        sheets = {row.ref: row for row in rows.filter(ref__in={mail.sheet for mail in batch})}
        return [mail.facts(sheets[mail.sheet]) for mail in batch]

    def facts(self, sheet: ContactSheet) -> Context:
        return {
            **about(sheet.student),
            "what": self.what,
            "remarks": self.remarks or "",
            "company": sheet.company.name if sheet.company else "",
        }

    @classmethod
    def sample(cls) -> Context:
        what = cls.tells[0]
        return {
            **sample_about(),
            "what": what,
            "remarks": SAMPLE_REMARKS if what is SheetNews.RETURNED else "",
            "company": "Entreprise d’exemple",
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        remarks = {SheetNews.RETURNED: SAMPLE_REMARKS}
        sample = cls.sample()
        return [{**sample, "what": one, "remarks": remarks.get(one, "")} for one in cls.tells]


@dataclass(frozen=True, kw_only=True)
class SheetLinkMail(SheetMail):
    """The link is the right to fill in the sheet: nothing of the mail is kept once it has left."""

    name = "contratpro.sheet_link"
    label = _("Link to a contact sheet, to the company")
    when = _("A student invites a company to the contact sheet, or the head sends the sheet back.")
    audience = Audience.EMPLOYER
    sensitive = True
    tells = (SheetNews.INVITED, SheetNews.RETURNED)

    token: str
    until: datetime
    link: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.sheet}:{self.link}"

    def facts(self, sheet: ContactSheet) -> Context:
        return {
            **super().facts(sheet),
            "until": self.until,
            "url_fr": link_url(self.token, "fr"),
            "url_en": link_url(self.token, "en"),
        }

    @classmethod
    def sample(cls) -> Context:
        url = "https://rentree.example/exemple/"
        return {**super().sample(), "until": SAMPLE_AT, "url_fr": url, "url_en": url}


@dataclass(frozen=True, kw_only=True)
class SheetCompanyMail(SheetMail):
    name = "contratpro.sheet_company"
    label = _("Contact sheet validated, to the company")
    when = _("The head validates the contact sheet of a student.")
    audience = Audience.EMPLOYER
    tells = (SheetNews.VALIDATED,)


@dataclass(frozen=True, kw_only=True)
class SheetStudentMail(SheetMail):
    name = "contratpro.sheet_news"
    label = _("News of a contact sheet, to the student")
    when = _("The head validates a contact sheet, or sends it back with remarks.")
    audience = Audience.STUDENT
    tells = (SheetNews.VALIDATED, SheetNews.RETURNED)


@dataclass(frozen=True, kw_only=True)
class SheetWorkMail(SheetMail):
    """To each head of the department or of the option."""

    name = "contratpro.sheet_work"
    label = _("Contact sheet to validate")
    when = _("Student and company have sent a contact sheet: the head has to answer it.")
    audience = Audience.STAFF
    tells = (SheetNews.SENT,)

    person: int

    @property
    def key(self) -> str:
        return f"{super().key}:{self.person}"


def invite(sheet: ContactSheet, link: SignedLink, token: str, now: datetime) -> None:
    enqueue([_with_link(sheet, SheetNews.INVITED, link, token)], now=now)


def tell_sent(sheet: ContactSheet, version: int, now: datetime) -> None:
    """Each head once, even one who heads both the department and the option."""
    mails = [
        SheetWorkMail(
            recipient=_recipient(sheet, head.email, head.language),
            sheet=sheet.ref,
            what=SheetNews.SENT,
            version=version,
            person=head.pk,
        )
        for head in _heads(sheet)
    ]
    enqueue(mails, now=now)


def tell_returned(
    sheet: ContactSheet, version: int, link: tuple[SignedLink, str] | None, now: datetime
) -> None:
    """The student and, where it has a link, the company: both read the remarks."""
    mails: list[Mail] = [_to_student(sheet, SheetNews.RETURNED, version)]
    if link:
        mails.append(_with_link(sheet, SheetNews.RETURNED, *link))
    enqueue(mails, now=now)


def tell_validated(sheet: ContactSheet, version: int, now: datetime) -> None:
    mails: list[Mail] = [_to_student(sheet, SheetNews.VALIDATED, version)]
    if sheet.company_email:
        to_company = SheetCompanyMail(
            recipient=_company(sheet),
            sheet=sheet.ref,
            what=SheetNews.VALIDATED,
            version=version,
        )
        mails.append(to_company)
    enqueue(mails, now=now)


def _with_link(sheet: ContactSheet, what: SheetNews, link: SignedLink, token: str) -> SheetLinkMail:
    return SheetLinkMail(
        recipient=_company(sheet),
        sheet=sheet.ref,
        what=what,
        remarks=sheet.remarks,
        token=token,
        until=link.expires_at,
        link=link.pk,
    )


def _to_student(sheet: ContactSheet, what: SheetNews, version: int) -> SheetStudentMail:
    return SheetStudentMail(
        recipient=to_student(sheet.student),
        sheet=sheet.ref,
        what=what,
        version=version,
        remarks=sheet.remarks,
    )


def _company(sheet: ContactSheet) -> Recipient:
    return _recipient(sheet, sheet.company_email, FIRST_LANGUAGE)


def _recipient(sheet: ContactSheet, address: str, language: str) -> Recipient:
    return Recipient(
        address=address,
        language=language,
        school_id=sheet.student.year.school_id,
        about=sheet.student.ref,
    )


def _heads(sheet: ContactSheet) -> Iterable[User]:
    named = heads_of(sheet.student).values("user")
    return User.objects.filter(is_active=True, pk__in=named).order_by("pk")
