"""The link by which a teacher opens a session: sent the evening before, or by the office."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.db import transaction

from accounts.links.services import replace_link
from accounts.models import SignedLink, User
from common.jobs import schedule
from common.journal import SYSTEM, Actor
from common.refusals import refuse_unless
from contratpro.classes.mails import SentLink, send_links
from contratpro.classes.rules.signing import KEPT_OPEN, may_send_link
from contratpro.classes.selectors import facts_of, teachers_of
from contratpro.classes.services.locking import PURPOSE, lock_class, lock_handled_class, pin_of
from contratpro.models import ClassSession, ContractYear
from contratpro.states import ClassState
from contratpro.year.selectors import year_by_slug, year_now

JOB = "contratpro.class_links"
FROM_HOUR = 17  # in the zone of the year: the evening before
A_DAY = timedelta(days=1)


@transaction.atomic
def send_link(*, ref: str, actor: User, now: datetime) -> ClassSession:
    """A fresh link to the teacher; the one before leads nowhere any more."""
    session = lock_handled_class(ref, actor)
    has_address = bool(session.teacher_email)
    refuse_unless(may_send_link(facts_of(session), now, has_address=has_address))
    send_links([_new_link(session, Actor.user(actor), now)], now)
    return session


def order_links(now: datetime) -> None:
    """At each tick of an evening: order the links of the next day, where it has a session; a day orders them once."""
    for year in ContractYear.objects.filter(current_version__isnull=False):
        local = now.astimezone(year_now(year).zone)
        first, last = _day_after(year, local)
        if local.hour >= FROM_HOUR and teachers_of(year, first, last).exists():
            ids = {"year": year.slug, "day": str(first.date())}
            schedule(kind=JOB, key=f"{JOB}:{year.slug}:{ids['day']}", ids=ids, run_at=now)


def send_day(ids: Mapping[str, str], now: datetime) -> None:
    """To each teacher of the day. A session that has a link that works keeps it."""
    year = year_by_slug(ids["year"])
    if year is None:
        return
    first = datetime.combine(datetime.fromisoformat(ids["day"]), time(), year_now(year).zone)
    for session in teachers_of(year, first, first + A_DAY):
        _send_unless_there(session.ref, now)


@transaction.atomic
def _send_unless_there(ref: str, now: datetime) -> None:
    session = lock_class(ref)
    live = SignedLink.objects.filter(purpose=PURPOSE, subject_ref=ref, revoked_at=None)
    if session.state is ClassState.SCHEDULED and not live.exists():
        send_links([_new_link(session, SYSTEM, now)], now)


def _new_link(session: ClassSession, actor: Actor, now: datetime) -> SentLink:
    issued = replace_link(
        purpose=PURPOSE,
        subject_ref=session.ref,
        email=session.teacher_email,
        expires_at=session.ends_at + KEPT_OPEN,
        actor=actor,
        now=now,
    )
    return SentLink(
        session=session,
        link=issued.link.pk,
        token=issued.token,
        pin=pin_of(session, issued.link),
        until=issued.link.expires_at,
    )


def _day_after(year: ContractYear, local: datetime) -> tuple[datetime, datetime]:
    first = datetime.combine(local.date() + A_DAY, time(), year_now(year).zone)
    return first, datetime.combine(local.date() + 2 * A_DAY, time(), year_now(year).zone)
