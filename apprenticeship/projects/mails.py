"""Who is told what of a job project, and what the templates say it with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.links.services import link_url
from accounts.models import SignedLink, User
from accounts.selectors import working_as
from admissions.models import Seat
from admissions.places.mails import about_candidacy, sample_about_candidacy, searcher
from admissions.places.selectors.pools import rank_of
from admissions.states import SeatState
from apprenticeship.models import JobProject
from apprenticeship.states import ProjectState
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient
from notifications.queue import enqueue
from notifications.states import Audience

FIRST_LANGUAGE = "fr"  # a mail to an employer says all in French, then in English


class News(StrEnum):
    """What happened to a job project."""

    INVITED = "invited"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    APPROVED = "approved"
    RISEN = "risen"  # from the queue to a place
    COMMITTED = "committed"
    REFUSED = "refused"
    REPLACED = "replaced"
    ABANDONED = "abandoned"
    LEFT = "left"
    DECLINED = "declined"


IN_THE_QUEUE: Context = {"place": "", "capacity": "", "rank": 3}
WITH_REASON = {News.CHANGES_ASKED, News.REFUSED}


def _case(sample: Context, what: News) -> Context:
    reason = "Les missions sont à préciser pour la première année." if what in WITH_REASON else ""
    return {**sample, "what": what, "reason": reason}


@dataclass(frozen=True, kw_only=True)
class ProjectMail(Mail):
    """About a job project. What happens once for each version has its number; the rest happens once."""

    tells: ClassVar[Sequence[News]]  # what it may tell, the most usual first

    project: str
    what: News
    version: int | None = None
    place: int | None = None
    capacity: int | None = None
    rank: int | None = None
    reason: str | None = None

    @property
    def key(self) -> str:
        version = f":{self.version}" if self.version else ""
        return f"{self.name}:{self.project}:{self.what}{version}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        related = (
            "candidacy__application__campaign__search_rule",
            "candidacy__programme",
            "company",
        )
        rows = JobProject.objects.select_related(*related).filter(
            ref__in={mail.project for mail in batch}
        )
        projects = {row.ref: row for row in rows}
        return [mail.facts(projects[mail.project]) for mail in batch]

    def facts(self, project: JobProject) -> Context:
        return {
            **about_candidacy(project.candidacy),
            "what": self.what,
            "version": self.version or 1,
            "reason": self.reason or "",
            "place": self.place or "",
            "capacity": self.capacity or "",
            "rank": self.rank or "",
            "firm": _is_firm(project),
            "project": project.ref,
            "company": project.company.name if project.company else "",
            "employer": project.employer_email,
        }

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_about_candidacy(),
            "what": cls.tells[0],
            "version": 1,
            "reason": "",
            "place": 7,
            "capacity": 28,
            "rank": "",
            "firm": False,
            "project": "exemple",
            "company": "Entreprise d’exemple",
            "employer": "employeur@entreprise.example",
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [_case(cls.sample(), what) for what in cls.tells]


def _is_firm(project: JobProject) -> bool:
    """Whether the notice has the candidate commit once and for all."""
    rule = getattr(project.candidacy.application.campaign, "search_rule", None)
    return rule is not None and rule.firm_commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What a mail says of a project, whomever it is for."""

    what: News
    version: int | None = None
    seat: Seat | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class NewsMail(ProjectMail):
    @classmethod
    def of(cls, project: JobProject, recipient: Recipient, news: Happening) -> Self:
        place = news.seat if news.seat and news.seat.state == SeatState.HELD else None
        return cls(
            recipient=recipient,
            project=project.ref,
            what=news.what,
            version=news.version,
            place=place.place_no if place else None,
            capacity=place.pool.capacity if place else None,
            rank=rank_of(news.seat) if news.seat and not place else None,
            reason=news.reason,
        )


@dataclass(frozen=True, kw_only=True)
class EmployerNewsMail(NewsMail):
    name = "apprenticeship.employer_news"
    label = _("News of a job project, to the employer")
    when = _("A job sheet is received, approved, refused or closed, or its place becomes free.")
    audience = Audience.EMPLOYER
    tells = (
        News.APPROVED,
        News.SUBMITTED,
        News.RISEN,
        News.COMMITTED,
        News.REFUSED,
        News.REPLACED,
        News.ABANDONED,
        News.LEFT,
    )

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [*super().samples(), {**cls.sample(), **IN_THE_QUEUE}]


@dataclass(frozen=True, kw_only=True)
class ProjectNewsMail(NewsMail):
    name = "apprenticeship.project_news"
    label = _("News of a job project")
    when = _("The job project of a candidate is sent, sent back, approved, refused or given up.")
    audience = Audience.CANDIDATE
    tells = (
        News.APPROVED,
        News.SUBMITTED,
        News.CHANGES_ASKED,
        News.COMMITTED,
        News.REFUSED,
        News.DECLINED,
    )

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [
            *super().samples(),
            {**cls.sample(), **IN_THE_QUEUE},
            {**cls.sample(), "firm": True},
        ]


@dataclass(frozen=True, kw_only=True)
class ProjectWorkMail(NewsMail):
    name = "apprenticeship.project_work"
    label = _("Job project, to staff")
    when = _("A job project waits for the pedagogical head, or its contract for the office.")
    audience = Audience.STAFF
    tells = (News.SUBMITTED, News.APPROVED)

    person: int | None = None

    @property
    def key(self) -> str:
        return f"{super().key}:{self.person}"


@dataclass(frozen=True, kw_only=True)
class EmployerLinkMail(ProjectMail):
    """The link is the right to fill in the sheet: nothing of the mail is kept once it has left."""

    name = "apprenticeship.employer_link"
    label = _("Link, to the employer")
    when = _("A candidate or the office invites an employer, or changes are asked for.")
    audience = Audience.EMPLOYER
    sensitive = True
    tells = (News.INVITED, News.CHANGES_ASKED)

    token: str
    until: datetime
    link: int | None

    @property
    def key(self) -> str:
        return f"{self.name}:{self.project}:{self.link}"

    def facts(self, project: JobProject) -> Context:
        return {
            **super().facts(project),
            "until": self.until,
            "url_fr": link_url(self.token, "fr"),
            "url_en": link_url(self.token, "en"),
        }

    @classmethod
    def sample(cls) -> Context:
        url = "https://rentree.example/exemple/"
        facts = {"until": SAMPLE_AT, "url_fr": url, "url_en": url}
        return {**super().sample(), **facts}


def invite(project: JobProject, link: SignedLink, token: str, now: datetime) -> None:
    enqueue([_with_link(project, News.INVITED, link, token)], now=now)


def tell_submitted(project: JobProject, number: int, now: datetime) -> None:
    """The employer has a receipt; the candidate knows; the pedagogical heads have something to judge."""
    news = Happening(what=News.SUBMITTED, version=number)
    heads = working_as(project.candidacy.programme.school_id, Role.PROGRAMME_HEAD)
    enqueue([*_to_both(project, news), *_to_staff(project, heads, news)], now=now)


def tell_approved(project: JobProject, seat: Seat, now: datetime) -> None:
    news = Happening(what=News.APPROVED, seat=seat)
    office = working_as(project.candidacy.programme.school_id, Role.COMPANY_OFFICE)
    enqueue([*_to_both(project, news), *_to_staff(project, office, news)], now=now)


def tell_committed(project: JobProject, now: datetime) -> None:
    enqueue(_to_both(project, Happening(what=News.COMMITTED)), now=now)


def tell_changes_asked(project: JobProject, link: SignedLink, token: str, now: datetime) -> None:
    news = Happening(
        what=News.CHANGES_ASKED, version=project.versions.count(), reason=project.reason
    )
    with_link = _with_link(project, News.CHANGES_ASKED, link, token)
    enqueue([_to_candidate(project, news), with_link], now=now)


def tell_refused(project: JobProject, now: datetime) -> None:
    enqueue(_to_both(project, Happening(what=News.REFUSED, reason=project.reason)), now=now)


def tell_closed(project: JobProject, why: News, now: datetime) -> None:
    """To the employer: the candidate gave it up, or another project was approved."""
    enqueue([_to_employer(project, Happening(what=why))], now=now)


def tell_risen(seats: Sequence[Seat], now: datetime) -> None:
    """To the employers who waited for a place; `places.mails.tell_held` tells the candidates of theirs."""
    by_candidacy = {seat.candidacy_id: seat for seat in seats}
    projects = JobProject.objects.filter(candidacy__in=by_candidacy, state=ProjectState.APPROVED)
    related = ("candidacy__application__campaign", "candidacy__programme", "company")
    mails = [
        _to_employer(row, Happening(what=News.RISEN, seat=by_candidacy[row.candidacy_id]))
        for row in projects.select_related(*related).order_by("pk")
    ]
    enqueue(mails, now=now)


def tell_left(projects: Sequence[JobProject], now: datetime) -> None:
    """To the employers of candidates who no longer apply."""
    enqueue([_to_employer(project, Happening(what=News.LEFT)) for project in projects], now=now)


def tell_declined(project: JobProject, now: datetime) -> None:
    enqueue([_to_candidate(project, Happening(what=News.DECLINED))], now=now)


def _with_link(project: JobProject, what: News, link: SignedLink, token: str) -> EmployerLinkMail:
    return EmployerLinkMail(
        recipient=_employer(project),
        project=project.ref,
        what=what,
        reason=project.reason,
        token=token,
        until=link.expires_at,
        link=link.pk,
    )


def _to_both(project: JobProject, news: Happening) -> list[Mail]:
    return [_to_candidate(project, news), _to_employer(project, news)]


def _to_employer(project: JobProject, news: Happening) -> EmployerNewsMail:
    return EmployerNewsMail.of(project, _employer(project), news)


def _to_candidate(project: JobProject, news: Happening) -> ProjectNewsMail:
    return ProjectNewsMail.of(project, searcher(project.candidacy), news)


def _to_staff(project: JobProject, staff: Iterable[User], news: Happening) -> list[ProjectWorkMail]:
    return [
        replace(
            ProjectWorkMail.of(project, _recipient(project, user.email, user.language), news),
            person=user.pk,
        )
        for user in staff
    ]


def _employer(project: JobProject) -> Recipient:
    return _recipient(project, project.employer_email, FIRST_LANGUAGE)


def _recipient(project: JobProject, address: str, language: str) -> Recipient:
    return Recipient(
        address=address,
        language=language,
        school_id=project.candidacy.programme.school_id,
        about=project.candidacy.application.ref,
    )
