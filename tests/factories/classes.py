"""Sessions of a timetable, as their commands make them: a class of software engineering on 15 September 2025."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress

from accounts.models import SignedLink, User
from contratpro.classes.rules.codes import code_at
from contratpro.classes.rules.signing import Found, RollLine
from contratpro.classes.rules.timetable import Group
from contratpro.classes.selectors import roll_of, secret_of
from contratpro.classes.services.keeping import (
    countersign,
    open_class,
    seen_of_roll,
    type_paper,
)
from contratpro.classes.services.linking import send_link
from contratpro.classes.services.locking import PURPOSE, ClassKeeper, pin_of
from contratpro.classes.services.signing import sign_by_code
from contratpro.classes.services.timetable import add_class
from contratpro.models import ClassPresence, ClassSession, ContractYear, StudentFile
from contratpro.states import PresenceState
from contratpro.vocabulary import ClassKind
from notifications.models import Notification
from tests.factories import accounts, files

PARIS = ZoneInfo("Europe/Paris")
STARTS = datetime(2025, 9, 15, 8, 30, tzinfo=PARIS)
ENDS = datetime(2025, 9, 15, 10, 30, tzinfo=PARIS)
OPENED = STARTS - timedelta(minutes=5)
SIGNED = STARTS + timedelta(minutes=5)
CLOSED = ENDS + timedelta(minutes=2)
TEACHER = "paul.martin@ecole.exemple.fr"
GROUPS: tuple[Group, ...] = (("2IA", "IL"),)


def said(**changes: Any) -> dict[str, Any]:
    return {
        "course": "Ingénierie logicielle",
        "kind": ClassKind.LECTURE,
        "starts_at": STARTS,
        "ends_at": ENDS,
        "place": "Salle B 204",
        "teacher_name": "Paul Martin",
        "teacher_email": TEACHER,
    } | changes


def planned(
    year: ContractYear, office: User, groups: tuple[Group, ...] = GROUPS, **changes: Any
) -> ClassSession:
    return add_class(
        slug=year.slug,
        said=said(**changes),
        groups=groups,
        actor=office,
        now=STARTS - timedelta(days=10),
    )


def teacher(email: str = TEACHER) -> User:
    """Somebody who has an account, and proved the address that the timetable names."""
    user = accounts.UserFactory(email=email)
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user


def kept_by(user: User, session: ClassSession) -> ClassKeeper:
    return ClassKeeper(ref=session.ref, user=user)


def linked(session: ClassSession, office: User, at: datetime = OPENED) -> ClassKeeper:
    """Whoever has the link that the office sent, with its code."""
    send_link(ref=session.ref, actor=office, now=at)
    link = link_of(session)
    return ClassKeeper(link_id=link.pk, pin=pin_of(session, link))


def link_of(session: ClassSession) -> SignedLink:
    return SignedLink.objects.filter(purpose=PURPOSE, subject_ref=session.ref).latest("pk")


def address_of(session: ClassSession) -> str:
    """Where the last mail with a link leads."""
    rows = Notification.objects.filter(kind="contratpro.class_link", refs__session=session.ref)
    return f"/l/{rows.latest('pk').refs['token']}/"


def opened(session: ClassSession, keeper: ClassKeeper, at: datetime = OPENED) -> ClassSession:
    return open_class(keeper=keeper, now=at)


def code_of(session: ClassSession, at: datetime = SIGNED) -> str:
    session.refresh_from_db()
    return code_at(secret_of(session), at)


def signed(
    session: ClassSession, student: StudentFile, at: datetime = SIGNED, code: str = ""
) -> ClassPresence | None:
    assert student.user
    return sign_by_code(
        ref=session.ref,
        student_ref=student.ref,
        code=code or code_of(session, at),
        actor=student.user,
        now=at,
    )


def closed(
    session: ClassSession, keeper: ClassKeeper, at: datetime = CLOSED, minutes: int = 120
) -> ClassSession:
    session.refresh_from_db()
    seen = seen_of_roll(roll_of(session))
    return countersign(keeper=keeper, minutes=minutes, seen=seen, now=at)


def on_paper(
    session: ClassSession,
    office: User,
    found: dict[StudentFile, Found],
    at: datetime = CLOSED,
    minutes: int = 120,
) -> ClassSession:
    lines = [RollLine(ref=student.ref, found=one) for student, one in found.items()]
    return type_paper(
        ref=session.ref,
        lines=lines,
        minutes=minutes,
        signatory="Paul Martin",
        scan=files.upload(files.pdf(), "feuille.pdf"),
        actor=office,
        now=at,
    )


PRESENT, ABSENT = Found(PresenceState.PRESENT), Found(PresenceState.ABSENT)


def late(minutes: int) -> Found:
    return Found(PresenceState.LATE, minutes)
