"""Who is told what of a job project: written in the transaction of the fact, worded by `letters`."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accounts.enums import Role
from accounts.models import SignedLink, User
from apprenticeship.models import JobProject, Seat
from apprenticeship.rules.moves import SeatState
from apprenticeship.selectors.seats import rank_of
from notifications.mails import Refs
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
    told = [*_to_candidate(project, facts), _to_employer(project, facts), *_to_staff(project, heads, facts)]
    enqueue(told, now=now)


def tell_approved(project: JobProject, seat: Seat, now: datetime) -> None:
    facts = {"what": "approved", **_place(seat)}
    office = _staff(project, Role.COMPANY_OFFICE)
    told = [*_to_candidate(project, facts), _to_employer(project, facts), *_to_staff(project, office, facts)]
    enqueue(told, now=now)


def tell_committed(project: JobProject, now: datetime) -> None:
    facts = {"what": "committed"}
    enqueue([*_to_candidate(project, facts), _to_employer(project, facts)], now=now)


def tell_changes_asked(project: JobProject, link: SignedLink, token: str, now: datetime) -> None:
    facts = {"what": "changes_asked", "reason": project.reason, "version": str(project.versions.count())}
    enqueue([*_to_candidate(project, facts), _with_link(project, "changes_asked", link, token)], now=now)


def tell_refused(project: JobProject, now: datetime) -> None:
    facts = {"what": "refused", "reason": project.reason}
    enqueue([*_to_candidate(project, facts), _to_employer(project, facts)], now=now)


def tell_closed(project: JobProject, why: str, now: datetime) -> None:
    """To the employer: the candidate gave it up, or another project was approved."""
    enqueue([_to_employer(project, {"what": why})], now=now)


def tell_risen(seats: Sequence[Seat], now: datetime) -> None:
    """To the employers who waited for a place; the candidates are told of theirs by `services.messages`."""
    enqueue([_to_employer(seat.project, {"what": "risen", **_place(seat)}) for seat in seats], now=now)


def tell_left(projects: Sequence[JobProject], now: datetime) -> None:
    """To the employers of candidates who no longer apply."""
    enqueue([_to_employer(project, {"what": "left"}) for project in projects], now=now)


def tell_declined(project: JobProject, now: datetime) -> None:
    enqueue(_to_candidate(project, {"what": "declined"}), now=now)


def _place(seat: Seat) -> Refs:
    if seat.state == SeatState.HELD.value:
        return {"place": str(seat.place_no), "capacity": str(seat.pool.ceiling)}
    return {"rank": str(rank_of(seat))}


def _with_link(project: JobProject, what: str, link: SignedLink, token: str) -> Message:
    refs = {"what": what, "token": token, "until": link.expires_at.isoformat(), "reason": project.reason}
    return _message(project, LINK, str(link.pk), project.employer_email, FIRST_LANGUAGE, refs)


def _to_employer(project: JobProject, facts: Refs) -> Message:
    return _message(project, EMPLOYER, _key(facts), project.employer_email, FIRST_LANGUAGE, facts)


def _to_candidate(project: JobProject, facts: Refs) -> list[Message]:
    user = project.candidacy.application.person.user
    if user is None:
        return []
    return [_message(project, CANDIDATE, _key(facts), user.email, user.language, facts)]


def _to_staff(project: JobProject, staff: Iterable[User], facts: Refs) -> list[Message]:
    return [_message(project, STAFF, f"{_key(facts)}:{user.pk}", user.email, user.language, facts) for user in staff]


def _staff(project: JobProject, role: Role) -> Iterable[User]:
    school = project.candidacy.programme.school_id
    return User.objects.filter(is_active=True, grants__role=role, grants__school=school).order_by("pk")


def _key(facts: Refs) -> str:
    """Approved, refused or closed once; sent and sent back once for each version."""
    return ":".join(filter(None, (facts["what"], facts.get("version", ""))))


def _message(project: JobProject, kind: str, key: str, to: str, language: str, facts: Refs) -> Message:
    return Message(
        kind=kind,
        dedupe_key=f"{kind}:{project.ref}:{key}",
        to=to,
        language=language,
        refs={"project": project.ref, **facts},
        school_id=project.candidacy.programme.school_id,
        about=project.candidacy.application.ref,
    )
