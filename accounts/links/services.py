"""Links for people without an account: each opens one page, for one purpose, for a time.

The token is known to whoever received it and to nobody else: only its digest is kept. A message that carries one is of
a sensitive kind.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.links.rules import A_DAY, PAUSE, LinkFacts, still_works
from accounts.models import SignedLink
from common.journal import Actor, Stamp, note, note_all
from common.refusals import refuse_unless
from common.rules import Verdict

TOKEN_BYTES = 24
# Takes the request and the link, and gives the response.
PurposeView = Callable[[Any, SignedLink], Any]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a link is for: its page, and what can be done from there, each at an address of its own."""

    page: PurposeView
    acts: Mapping[str, PurposeView]


_purposes: dict[str, Purpose] = {}


@dataclass(frozen=True, slots=True)
class Issued:
    """A new link, and the only copy of its token."""

    link: SignedLink
    token: str


def register_purpose(name: str, page: PurposeView, **acts: PurposeView) -> None:
    """Have `page` answer the links of that purpose, and `acts` what is posted to their own addresses below it.

    Whichever does what a single-use link is for calls `use_link`.
    """
    _purposes[name] = Purpose(page, acts)


def view_of(link: SignedLink, act: str = "") -> PurposeView | None:
    """What answers the page of the link, or one of its acts; none if the purpose has no such act."""
    purpose = _purposes[link.purpose]
    return purpose.acts.get(act) if act else purpose.page


def issue_link(
    *,
    purpose: str,
    subject_ref: str,
    email: str,
    expires_at: datetime,
    single_use: bool = False,
    actor: Actor,
    now: datetime,
) -> Issued:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        link = SignedLink.objects.create(
            purpose=purpose,
            subject_ref=subject_ref,
            email=email,
            token_hash=digest_of(token),
            created_at=now,
            expires_at=expires_at,
            single_use=single_use,
        )
        note(link, "issue_link", Stamp.of(actor, now))
    return Issued(link, token)


def replace_link(
    *,
    purpose: str,
    subject_ref: str,
    email: str,
    expires_at: datetime,
    actor: Actor,
    now: datetime,
) -> Issued:
    """A fresh link; those before it, of that purpose and subject, lead nowhere any more."""
    revoke_links(purpose=purpose, subject_ref=subject_ref, actor=actor, now=now)
    return issue_link(
        purpose=purpose,
        subject_ref=subject_ref,
        email=email,
        expires_at=expires_at,
        actor=actor,
        now=now,
    )


def link_url(token: str, language: str | None = None) -> str:
    """The address to write in a message, in `language` or in the active one."""
    with translation.override(language or translation.get_language()):
        return f"{settings.BASE_URL}{reverse('signed_link', args=[token])}"


def link_of(token: str) -> SignedLink | None:
    return SignedLink.objects.filter(token_hash=digest_of(token)).first()


def verdict_on(link: SignedLink | None, *, now: datetime) -> Verdict:
    return still_works(_facts(link) if link else None, now=now)


def use_link(*, link_id: int, now: datetime) -> SignedLink:
    """Note that what the link is for was done, in the caller's transaction. A single-use link then leads nowhere.

    Raises DomainError when the link no longer works.
    """
    with transaction.atomic():
        link = SignedLink.objects.select_for_update(of=("self",)).get(pk=link_id)
        refuse_unless(verdict_on(link, now=now))
        if link.used_at is None:
            link.used_at = now
            link.save(update_fields=["used_at"])
            note(link, "use_link", Stamp.of(Actor.link(link), now))
    return link


def revoke_links(*, purpose: str, subject_ref: str, actor: Actor, now: datetime) -> int:
    """Close the links of that purpose to that subject. Returns how many were open."""
    with transaction.atomic():
        links = SignedLink.objects.filter(purpose=purpose, subject_ref=subject_ref, revoked_at=None)
        closed = list(links.select_for_update(of=("self",)))
        SignedLink.objects.filter(pk__in=[link.pk for link in closed]).update(revoked_at=now)
        note_all(closed, "revoke_link", Stamp.of(actor, now))
    return len(closed)


def sent_today(*, purpose: str, subject_ref: str, now: datetime) -> int:
    """How many links of that purpose to that subject were sent in the day before."""
    links = SignedLink.objects.filter(purpose=purpose, subject_ref=subject_ref)
    return links.filter(created_at__gt=now - A_DAY).count()


def is_just_sent(*, purpose: str, subject_ref: str, email: str, now: datetime) -> bool:
    """Whether that address has had a link to it, which works, for less than the pause."""
    links = SignedLink.objects.filter(purpose=purpose, subject_ref=subject_ref, email=email)
    return links.filter(created_at__gt=now - PAUSE, revoked_at=None).exists()


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _facts(link: SignedLink) -> LinkFacts:
    return LinkFacts(
        expires_at=link.expires_at,
        single_use=link.single_use,
        used_at=link.used_at,
        revoked_at=link.revoked_at,
    )
