"""The digest of the week's offers: ordered once a week, sent to all but those who left it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from common.jobs import schedule
from common.journal import Actor, Stamp, note
from common.refusals import require
from contratpro.models import ContractYear, StudentFile
from contratpro.offers.mails import OfferDigestMail
from contratpro.offers.rules import week_behind, week_of
from contratpro.offers.selectors import is_running, offers_of_week, today_in, told_of_offers
from contratpro.students.mails import to_student
from contratpro.students.permissions import can_act_as_student
from contratpro.students.services.locking import lock_student
from contratpro.year.selectors import year_by_slug, year_now
from notifications.queue import enqueue

JOB = "contratpro.offer_digest"
BY_MAIL = Actor("link", "offer_digest")  # whoever followed the link of a digest


def order_digests(now: datetime) -> None:
    """At each tick: order the digest of the week behind, where there is any; a week orders it once."""
    for year in ContractYear.objects.filter(current_version__isnull=False).select_related("school"):
        today = today_in(year, now)
        week = week_behind(now, year_now(year).zone)
        if is_running(year, today) and offers_of_week(year, week, today).exists():
            ids = {"year": year.slug, "monday": week.monday.isoformat()}
            schedule(kind=JOB, key=f"{JOB}:{year.slug}:{week.monday}", ids=ids, run_at=now)


def send_digests(ids: Mapping[str, str], now: datetime) -> None:
    """Queue a digest to each student. One that is there already is not written again."""
    year = year_by_slug(ids["year"])
    if year is None:
        return
    monday = date.fromisoformat(ids["monday"])
    week = week_of(monday, year_now(year).zone)
    refs = tuple(row.ref for row in offers_of_week(year, week, today_in(year, now)))
    if refs:
        mails = [
            OfferDigestMail(
                recipient=to_student(student), student=student.ref, monday=monday, offers=refs
            )
            for student in told_of_offers(year)
        ]
        enqueue(mails, now=now)


@transaction.atomic
def choose_digest(*, ref: str, wanted: bool, actor: User, now: datetime) -> StudentFile:
    """The student leaves the digest, or comes back."""
    student = lock_student(ref)
    require(can_act_as_student(actor, student))
    return _choose(student, Stamp.of(actor, now), wanted=wanted)


@transaction.atomic
def choose_by_mail(*, ref: str, wanted: bool, now: datetime) -> StudentFile:
    """The same by the link of a digest, which is the right to it and to nothing else."""
    return _choose(lock_student(ref), Stamp.of(BY_MAIL, now), wanted=wanted)


def _choose(student: StudentFile, stamp: Stamp, *, wanted: bool) -> StudentFile:
    """Chosen again, nothing more happens."""
    if student.offers_by_mail != wanted:
        student.offers_by_mail = wanted
        student.save(update_fields=["offers_by_mail"])
        note(student, "join_digest" if wanted else "leave_digest", stamp)
    return student
