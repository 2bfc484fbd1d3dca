"""Who is told what of a contact sheet: those with a link, the heads who answer it, the student, the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from accounts.links.services import link_url
from accounts.models import SignedLink
from contratpro.models import ContactSheet, HomeSchoolRefusal
from contratpro.students.mails import (
    FIRST_LANGUAGE,
    about,
    recipient_about,
    sample_about,
    to_student,
)
from contratpro.students.permissions import head_users
from contratpro.year.selectors import year_now
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient
from notifications.queue import enqueue
from notifications.states import Audience

SAMPLE_REMARKS = "Les activités de la première période sont à préciser."
Linked = tuple[SignedLink, str]  # and its token


class SheetNews(StrEnum):
    """What happened to a contact sheet."""

    INVITED = "invited"
    SENT = "sent"
    RETURNED = "returned"
    VALIDATED = "validated"
    TO_SIGN = "to_sign"  # the home school of a double degree signs first
    SIGNED = "signed"
    DECLINED = "declined"


WITH_REMARKS = frozenset({SheetNews.RETURNED, SheetNews.DECLINED})


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
        return cls.sample_of(cls.tells[0])

    @classmethod
    def sample_of(cls, what: SheetNews) -> Context:
        return {
            **sample_about(),
            "what": what,
            "remarks": SAMPLE_REMARKS if what in WITH_REMARKS else "",
            "company": "Entreprise d’exemple",
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [{**cls.sample(), **cls.sample_of(one)} for one in cls.tells]


@dataclass(frozen=True, kw_only=True)
class SheetLinkMail(SheetMail):
    """The link is the right to fill in the sheet: nothing of the mail is kept once it has left."""

    name = "contratpro.sheet_link"
    label = _("Link to a contact sheet, to the company")
    when = _("A student invites a company to the contact sheet, or the head sends the sheet back.")
    audience = Audience.EMPLOYER
    sensitive = True
    tells: ClassVar[Sequence[SheetNews]] = (SheetNews.INVITED, SheetNews.RETURNED)

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
class SheetHomeMail(SheetLinkMail):
    name = "contratpro.sheet_home"
    label = _("Link to a contact sheet, to the home school")
    when = _("A student asks the home school to sign, or another version is sent after that.")
    audience = Audience.HOME_SCHOOL
    tells = (SheetNews.TO_SIGN,)


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
    when = _("The head or the home school answers a contact sheet.")
    audience = Audience.STUDENT
    tells = (
        SheetNews.VALIDATED,
        SheetNews.RETURNED,
        SheetNews.SIGNED,
        SheetNews.DECLINED,
    )


@dataclass(frozen=True, kw_only=True)
class SheetWorkMail(SheetMail):
    """To each head of the department or of the option."""

    name = "contratpro.sheet_work"
    label = _("Contact sheet to validate")
    when = _("A contact sheet is sent, or the home school answers it: the head has to act.")
    audience = Audience.STAFF
    tells = (SheetNews.SENT, SheetNews.SIGNED, SheetNews.DECLINED)

    person: int

    @property
    def key(self) -> str:
        return f"{super().key}:{self.person}"


@dataclass(frozen=True, kw_only=True)
class SheetOfficeMail(SheetMail):
    """To the contrat pro office, at its one address."""

    name = "contratpro.sheet_office"
    label = _("Contact sheet that the home school does not sign, to the office")
    when = _("The home school of a double degree says why it does not sign.")
    audience = Audience.STAFF
    tells = (SheetNews.DECLINED,)


def invite(sheet: ContactSheet, link: SignedLink, token: str, now: datetime) -> None:
    enqueue([_with_link(sheet, SheetNews.INVITED, link, token)], now=now)


def ask_home_school(sheet: ContactSheet, linked: Linked, now: datetime) -> None:
    link, token = linked
    mail = SheetHomeMail(
        recipient=recipient_about(sheet.student, sheet.home_email, FIRST_LANGUAGE),
        sheet=sheet.ref,
        what=SheetNews.TO_SIGN,
        token=token,
        until=link.expires_at,
        link=link.pk,
    )
    enqueue([mail], now=now)


def tell_sent(sheet: ContactSheet, version: int, now: datetime) -> None:
    enqueue(_to_heads(sheet, SheetNews.SENT, version), now=now)


def tell_signed(sheet: ContactSheet, version: int, now: datetime) -> None:
    """The student, and the heads: they alone are still to answer."""
    signed = SheetNews.SIGNED
    mails = [_to_student(sheet, signed, version), *_to_heads(sheet, signed, version)]
    enqueue(mails, now=now)


def tell_declined(sheet: ContactSheet, refusal: HomeSchoolRefusal, now: datetime) -> None:
    """The student, the heads who may send the sheet back, and the office: all read the remarks."""
    declined, version, remarks = SheetNews.DECLINED, refusal.version.number, refusal.remarks
    to_office = SheetOfficeMail(
        recipient=_office(sheet),
        sheet=sheet.ref,
        what=declined,
        version=version,
        remarks=remarks,
    )
    mails = [
        _to_student(sheet, declined, version, remarks),
        *_to_heads(sheet, declined, version, remarks),
        to_office,
    ]
    enqueue(mails, now=now)


def tell_returned(sheet: ContactSheet, version: int, link: Linked | None, now: datetime) -> None:
    """The student and, where it has a link, the company: both read the remarks."""
    mails: list[Mail] = [_to_student(sheet, SheetNews.RETURNED, version, sheet.remarks)]
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


def _to_student(
    sheet: ContactSheet, what: SheetNews, version: int, remarks: str = ""
) -> SheetStudentMail:
    return SheetStudentMail(
        recipient=to_student(sheet.student),
        sheet=sheet.ref,
        what=what,
        version=version,
        remarks=remarks,
    )


def _to_heads(
    sheet: ContactSheet, what: SheetNews, version: int, remarks: str = ""
) -> list[SheetWorkMail]:
    """Each head once, even one who heads both the department and the option."""
    return [
        SheetWorkMail(
            recipient=recipient_about(sheet.student, head.email, head.language),
            sheet=sheet.ref,
            what=what,
            version=version,
            remarks=remarks,
            person=head.pk,
        )
        for head in head_users(sheet.student)
    ]


def _office(sheet: ContactSheet) -> Recipient:
    contact = year_now(sheet.student.year).year.contact
    return recipient_about(sheet.student, contact.email, FIRST_LANGUAGE)


def _company(sheet: ContactSheet) -> Recipient:
    return recipient_about(sheet.student, sheet.company_email, FIRST_LANGUAGE)
