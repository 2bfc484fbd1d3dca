"""The first lines of every command on a session, and the link by which its teacher opens it."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from accounts.links.services import revoke_links, verdict_on
from accounts.models import SignedLink, User
from common.journal import Actor, Stamp, note
from common.refusals import DomainError, NotAllowedError, require
from contratpro.classes.permissions import can_teach
from contratpro.classes.rules.codes import digits
from contratpro.classes.rules.signing import MOST_PINS
from contratpro.classes.selectors import pin_secret, pins_tried
from contratpro.models import ClassSession
from contratpro.students.permissions import can_handle

PURPOSE = "class_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassKeeper:
    """Who keeps a session: its teacher, signed in, or whoever holds the link and the code that go with it."""

    ref: str = ""
    user: User | None = None
    link_id: int | None = None
    pin: str = ""


@dataclass(frozen=True, slots=True)
class KeptClass:
    """A session under its lock, and who keeps it."""

    session: ClassSession
    by: User | Actor

    def stamp(self, now: datetime, **data: object) -> Stamp:
        return Stamp.of(self.by, now, "", **data)

    @property
    def signatory(self) -> str:
        return self.session.teacher_name or self.session.teacher_email


def kept_class(keeper: ClassKeeper, now: datetime) -> KeptClass:
    """What a keeper has a right to, locked. Raises NotAllowedError for a stranger, or a link that works no more."""
    if keeper.link_id is not None:
        session, link = link_to_class(keeper.link_id, now)
        if not is_pin(session, link, keeper.pin):
            raise NotAllowedError.of("class_pin_missing")
        return KeptClass(session, Actor.link(link))
    assert keeper.user, "a session is kept by its teacher or by a link"
    session = lock_class(keeper.ref)
    require(can_teach(keeper.user, session))
    return KeptClass(session, keeper.user)


def lock_class(ref: str) -> ClassSession:
    rows = ClassSession.objects.select_for_update(of=("self",))
    return rows.select_related("year__school", "year__current_version").get(ref=ref)


def lock_handled_class(ref: str, actor: User) -> ClassSession:
    session = lock_class(ref)
    require(can_handle(actor, session.year))
    return session


def link_to_class(link_id: int, now: datetime) -> tuple[ClassSession, SignedLink]:
    """The link is looked at under the lock of the session: it may be replaced at this moment."""
    purpose, ref = SignedLink.objects.values_list("purpose", "subject_ref").get(pk=link_id)
    if purpose != PURPOSE:
        raise NotAllowedError.of("class_of_another_link")
    session = lock_class(ref)
    link = SignedLink.objects.get(pk=link_id)
    require(verdict_on(link, now=now))
    return session, link


def pin_of(session: ClassSession, link: SignedLink) -> str:
    """The code that the mail gives beside the link: an address alone, seen on a screen, signs nothing."""
    return digits(pin_secret(session), f"{link.pk}")


def is_pin(session: ClassSession, link: SignedLink, typed: str) -> bool:
    said = "".join(char for char in typed if char.isdigit())
    return hmac.compare_digest(pin_of(session, link), said)


def try_pin(session: ClassSession, link: SignedLink, now: datetime) -> DomainError:
    """Note a code that was none; after the last of them the link leads nowhere."""
    actor = Actor.link(link)
    note(session, "try_pin", Stamp.of(actor, now))
    if pins_tried(session, link.pk) < MOST_PINS:
        return DomainError.of("class_pin_wrong")
    revoke_links(purpose=PURPOSE, subject_ref=session.ref, actor=actor, now=now)
    return DomainError.of("class_pin_closed_link")
