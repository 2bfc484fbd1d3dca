"""Certificates ordered for a cohort, made one by one in the background, corrected by another; none is made again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import School, User
from common.files.services import keep_made
from common.jobs import schedule
from common.journal import Actor, Stamp, note
from common.models import Job
from common.moves import begin, move
from common.pdf import MEDIA_TYPE, pdf_of
from common.refusals import DomainError, refuse_unless, require
from common.states import JobState
from contratpro.certificates.presentation import Certified, certified
from contratpro.certificates.rules import CertifiedFacts, may_certify, may_correct
from contratpro.certificates.selectors import (
    certificate_by_ref,
    days_of,
    facts_for,
    issued_in,
    last_order,
    to_certify,
)
from contratpro.models import CertificateOrder, CompletionCertificate, ContractYear, StudentFile
from contratpro.states import CertificateAction, CertificateState
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_handle
from contratpro.students.services.locking import lock_handled_year, lock_student
from contratpro.year.selectors import year_now

JOB = "contratpro.certificate"
LANGUAGE = "fr"  # of the ministry's form


@transaction.atomic
def order_certificates(
    *,
    slug: str,
    semester: str,
    signatory: str,
    post: str,
    town: str,
    actor: User,
    now: datetime,
) -> CertificateOrder:
    """One for each who has hours in the semester and no certificate of it: made in the background, a job for each."""
    year = lock_handled_year(slug, actor)
    wanted = to_certify(year, semester, today_of(year, now))
    if not wanted:
        raise DomainError.of("certificate_for_nobody")
    order = CertificateOrder.objects.create(
        year=year,
        semester=semester,
        signatory=signatory.strip(),
        post=post.strip(),
        town=town.strip(),
        wanted=len(wanted),
        by=actor,
        at=now,
    )
    note(order, "order_certificates", Stamp.of(actor, now, "", count=len(wanted)))
    for one in wanted:
        ids = {"order": str(order.pk), "student": one.student.ref}
        key = f"{JOB}:{order.pk}:{one.student.ref}"
        schedule(kind=JOB, key=key, ids=ids, run_at=now)
    return order


def make_certificate(ids: Mapping[str, str], now: datetime) -> None:
    """Make the certificate of a student, unless there is one by now or there is nothing to certify any more."""
    order = CertificateOrder.objects.select_related("year").get(pk=int(ids["order"]))
    with transaction.atomic():
        student = lock_student(ids["student"])
        if issued_in(student.year, order.semester).filter(student=student).exists():
            return
        facts = facts_for(student, order.semester)
        days = days_of(year_now(student.year), order.semester, student.department)
        if may_certify(days, today_of(student.year, now), facts):
            _issue(student, order, facts, Stamp.of(Actor.user(order.by), now), None)


@transaction.atomic
def correct_certificate(
    *, ref: str, reason: str, actor: User, now: datetime
) -> CompletionCertificate:
    """Another one in its place, for what is on record today; it says which it replaces, and both are kept."""
    found = certificate_by_ref(ref)
    assert found, "the view has found the certificate"
    student = lock_student(found.student.ref)
    require(can_handle(actor, student.year))
    former = CompletionCertificate.objects.select_for_update(of=("self",)).get(pk=found.pk)
    former.student = student
    facts = facts_for(student, former.semester)
    refuse_unless(may_correct(former.state, facts_said(former), facts))
    stamp = Stamp.of(actor, now, reason)
    move(former, CertificateAction.REPLACE, stamp)
    return _issue(student, found.order, facts, stamp, former)


def still_to_make(year: ContractYear, semester: str) -> int:
    """How many of the certificates that were ordered wait for a worker."""
    last = last_order(year, semester)
    if last is None:
        return 0
    waiting = (JobState.READY, JobState.RUNNING)
    return Job.objects.filter(kind=JOB, state__in=waiting, ids__order=str(last.pk)).count()


def facts_said(certificate: CompletionCertificate) -> CertifiedFacts:
    """What a certificate says, to be held against what is on record today."""
    return CertifiedFacts(
        minutes=certificate.minutes, employer=str(certificate.content["employer"])
    )


def _issue(
    student: StudentFile,
    order: CertificateOrder,
    facts: CertifiedFacts,
    stamp: Stamp,
    replaces: CompletionCertificate | None,
) -> CompletionCertificate:
    """With the next number of the school in that year: its row is locked, so that none is left out or given twice."""
    school = School.objects.select_for_update(of=("self",)).get(pk=student.year.school_id)
    issued_on = today_of(student.year, stamp.at)
    numbers = CompletionCertificate.objects.filter(school=school, issued_in=issued_on.year)
    row = CompletionCertificate(
        school=school,
        student=student,
        order=order,
        semester=order.semester,
        issued_in=issued_on.year,
        number=(numbers.aggregate(last=Max("number"))["last"] or 0) + 1,
        minutes=facts.minutes,
        replaces=replaces,
        issued_at=stamp.at,
    )
    said = certified(row, facts, issued_on)
    row.content = said.kept()
    row.file = keep_made(
        content=printed(said),
        name=f"certificat-{row.shown_number}.pdf",
        media_type=MEDIA_TYPE,
        purpose="certificate",
        now=stamp.at,
    )
    begin(row, CertificateState.ISSUED, stamp, verb="issue")
    return row


def printed(said: Certified) -> bytes:
    """The ministry's form, which is French."""
    with translation.override(LANGUAGE):
        return pdf_of(
            render_to_string("contratpro/certificates/certificate_print.html", {"said": said})
        )
