"""Who is told what of a job project, and what the templates say it with."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.links.services import link_url
from accounts.models import SignedLink, User
from apprenticeship.models import JobProject, Seat
from apprenticeship.places.selectors import rank_of
from apprenticeship.states import SeatState
from notifications.mails import Context, Kind, Refs
from notifications.queue import Message, enqueue

LINK = "apprenticeship.employer_link"
EMPLOYER = "apprenticeship.employer_news"
CANDIDATE = "apprenticeship.project_news"
STAFF = "apprenticeship.project_work"
FIRST_LANGUAGE = "fr"  # a message to an employer says all in French, then in English


def invite(project: JobProject, link: SignedLink, token: str, now: datetime) -> None:
    enqueue([_with_link(project, "invited", link, token)], now=now)


def tell_submitted(project: JobProject, number: int, now: datetime) -> None:
    """The employer has a receipt; the candidate knows; the pedagogical heads have something to judge."""
    facts = {"what": "submitted", "version": str(number)}
    heads = _staff(project, Role.PROGRAMME_HEAD)
    told = [
        *_to_candidate(project, facts),
        _to_employer(project, facts),
        *_to_staff(project, heads, facts),
    ]
    enqueue(told, now=now)


def tell_approved(project: JobProject, seat: Seat, now: datetime) -> None:
    facts = {"what": "approved", **_place(seat)}
    office = _staff(project, Role.COMPANY_OFFICE)
    told = [
        *_to_candidate(project, facts),
        _to_employer(project, facts),
        *_to_staff(project, office, facts),
    ]
    enqueue(told, now=now)


def tell_committed(project: JobProject, now: datetime) -> None:
    facts = {"what": "committed"}
    enqueue([*_to_candidate(project, facts), _to_employer(project, facts)], now=now)


def tell_changes_asked(project: JobProject, link: SignedLink, token: str, now: datetime) -> None:
    facts = {
        "what": "changes_asked",
        "reason": project.reason,
        "version": str(project.versions.count()),
    }
    enqueue(
        [*_to_candidate(project, facts), _with_link(project, "changes_asked", link, token)], now=now
    )


def tell_refused(project: JobProject, now: datetime) -> None:
    facts = {"what": "refused", "reason": project.reason}
    enqueue([*_to_candidate(project, facts), _to_employer(project, facts)], now=now)


def tell_closed(project: JobProject, why: str, now: datetime) -> None:
    """To the employer: the candidate gave it up, or another project was approved."""
    enqueue([_to_employer(project, {"what": why})], now=now)


def tell_risen(seats: Sequence[Seat], now: datetime) -> None:
    """To the employers who waited for a place; `places.mails.tell_held` tells the candidates of theirs."""
    enqueue(
        [_to_employer(seat.project, {"what": "risen", **_place(seat)}) for seat in seats], now=now
    )


def tell_left(projects: Sequence[JobProject], now: datetime) -> None:
    """To the employers of candidates who no longer apply."""
    enqueue([_to_employer(project, {"what": "left"}) for project in projects], now=now)


def tell_declined(project: JobProject, now: datetime) -> None:
    enqueue(_to_candidate(project, {"what": "declined"}), now=now)


def _place(seat: Seat) -> Refs:
    if seat.state == SeatState.HELD:
        return {"place": str(seat.place_no), "capacity": str(seat.pool.ceiling)}
    return {"rank": str(rank_of(seat))}


def _with_link(project: JobProject, what: str, link: SignedLink, token: str) -> Message:
    refs = {
        "what": what,
        "token": token,
        "until": link.expires_at.isoformat(),
        "reason": project.reason,
    }
    return _message(project, LINK, str(link.pk), project.employer_email, FIRST_LANGUAGE, refs)


def _to_employer(project: JobProject, facts: Refs) -> Message:
    return _message(project, EMPLOYER, _key(facts), project.employer_email, FIRST_LANGUAGE, facts)


def _to_candidate(project: JobProject, facts: Refs) -> list[Message]:
    user = project.candidacy.application.person.user
    if user is None:
        return []
    return [_message(project, CANDIDATE, _key(facts), user.email, user.language, facts)]


def _to_staff(project: JobProject, staff: Iterable[User], facts: Refs) -> list[Message]:
    return [
        _message(project, STAFF, f"{_key(facts)}:{user.pk}", user.email, user.language, facts)
        for user in staff
    ]


def _staff(project: JobProject, role: Role) -> Iterable[User]:
    school = project.candidacy.programme.school_id
    return User.objects.filter(is_active=True, grants__role=role, grants__school=school).order_by(
        "pk"
    )


def _key(facts: Refs) -> str:
    """Approved, refused or closed once; sent and sent back once for each version."""
    return ":".join(filter(None, (facts["what"], facts.get("version", ""))))


def _message(
    project: JobProject, kind: str, key: str, to: str, language: str, facts: Refs
) -> Message:
    return Message(
        kind=kind,
        dedupe_key=f"{kind}:{project.ref}:{key}",
        to=to,
        language=language,
        refs={"project": project.ref, **facts},
        school_id=project.candidacy.programme.school_id,
        about=project.candidacy.application.ref,
    )


RELATED = (
    "candidacy__application__campaign",
    "candidacy__application__person",
    "candidacy__programme",
    "company",
)


def build(batch: Sequence[Refs]) -> Sequence[Context]:
    rows = JobProject.objects.select_related(*RELATED).filter(
        ref__in={refs["project"] for refs in batch}
    )
    projects = {row.ref: row for row in rows}
    return [_context(projects[refs["project"]], refs) for refs in batch]


def _context(project: JobProject, refs: Refs) -> Context:
    application = project.candidacy.application
    return {
        "what": refs["what"],
        "reason": refs.get("reason", ""),
        "place": refs.get("place", ""),
        "capacity": refs.get("capacity", ""),
        "rank": refs.get("rank", ""),
        "project": project.ref,
        "ref": application.ref,
        "name": application.person.full_name,
        "programme": project.candidacy.programme.title,
        "campaign": application.campaign.title,
        "zone": application.campaign.zone,
        "company": project.company.name if project.company else "",
        "employer": project.employer_email,
        "contact": application.campaign.contact,
        "reply_to": application.campaign.contact["email"],
    }


def build_with_link(batch: Sequence[Refs]) -> Sequence[Context]:
    return [
        {
            **context,
            "until": datetime.fromisoformat(refs["until"]),
            "url_fr": link_url(refs["token"], "fr"),
            "url_en": link_url(refs["token"], "en"),
        }
        for refs, context in zip(batch, build(batch), strict=True)
    ]


KINDS = (
    Kind(
        name=LINK,
        template="apprenticeship/projects/mail/employer_link",
        build=build_with_link,
        sensitive=True,
        label=_("Link, to the employer"),
    ),
    Kind(
        name=EMPLOYER,
        template="apprenticeship/projects/mail/employer_news",
        build=build,
        label=_("News of a job project, to the employer"),
    ),
    Kind(
        name=CANDIDATE,
        template="apprenticeship/projects/mail/project_news",
        build=build,
        readable=True,
        label=_("News of a job project"),
    ),
    Kind(
        name=STAFF,
        template="apprenticeship/projects/mail/project_work",
        build=build,
        label=_("Job project, to staff"),
    ),
)
