"""Incidents put on record, their documents, and the breach that ends a contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.files.rules import Controls, Format
from common.files.services import keep
from common.journal import Stamp, note
from common.moves import move
from common.refusals import DomainError, refuse_unless, require
from contratpro.incidents.mails import tell_breach, tell_reported
from contratpro.incidents.permissions import can_report
from contratpro.incidents.rules import (
    may_break,
    may_report_again,
    may_report_incident,
    may_take_breach_back,
)
from contratpro.incidents.selectors import bounds_of, breach_of, incident_step, span_of
from contratpro.models import Incident, IncidentNotice, StudentFile
from contratpro.models.incidents import WORDS_LENGTH
from contratpro.states import StudentAction, StudentState
from contratpro.steps.selectors import today_of
from contratpro.steps.services import report_incident
from contratpro.students.permissions import can_handle
from contratpro.students.services.locking import (
    lock_handled_student,
    lock_student,
    refuse_if_withdrawn,
)
from contratpro.vocabulary import IncidentKind, Party

DOCUMENT = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=5_000_000)
REPORT = "report"
Upload: TypeAlias = "UploadedFile[Any] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSaid:
    """What is said of an incident, and when the employer and the school were told."""

    kind: IncidentKind
    starts_on: date
    ends_on: date | None = None
    words: str = ""
    employer_told_at: datetime | None = None
    school_told_at: datetime | None = None  # typed by the office; a student tells it now


@transaction.atomic
def record_incident(
    *, ref: str, said: IncidentSaid, document: Upload = None, actor: User, now: datetime
) -> Incident:
    """Put an incident on record, by the student or the office. The same sent twice is one incident."""
    student = lock_student(ref)
    require(can_report(actor, student))
    refuse_if_withdrawn(student)
    facts = {"kind": said.kind, "starts_on": said.starts_on, "ends_on": said.ends_on}
    words = said.words.strip()[:WORDS_LENGTH]
    known = {row.words: row for row in student.incidents.filter(**facts)}
    same = known.get(words)
    if same and (same.document_id or not document):
        return same
    today, bounds = today_of(student.year, now), bounds_of(student)
    refuse_unless(may_report_incident(said.kind, said.starts_on, said.ends_on, today, bounds))
    refuse_unless(may_report_again(said.kind, words, known.keys()))
    by_office = bool(can_handle(actor, student.year))
    told_at = said.school_told_at if by_office and said.school_told_at else now
    times = {Party.COMPANY: said.employer_told_at, Party.CONTRACT_SERVICE: told_at}
    _refuse_if_told_later(times, now)
    incident = Incident(student=student, words=words, reported_by=actor, reported_at=now, **facts)
    if document:
        incident.document = _kept(document, now)
    _write(incident, times, Stamp.of(actor, now))
    _declare(student, actor, now)
    if not by_office:
        tell_reported(incident, now)
    return incident


@transaction.atomic
def add_document(*, ref: str, document: Upload, actor: User, now: datetime) -> Incident:
    """The document of an incident that was reported without it."""
    incident = _lock(ref)
    require(can_report(actor, incident.student))
    if document is None:
        raise DomainError.of("incident_without_document")
    if incident.document_id:
        raise DomainError.of("incident_has_document")
    incident.document = _kept(document, now)
    incident.save(update_fields=["document"])
    note(incident, "add_document", Stamp.of(actor, now))
    return incident


@transaction.atomic
def break_contract(
    *, ref: str, broken_on: date, reason: str, actor: User, now: datetime
) -> Incident:
    """Put the breach of a contract on record: the file ends, and all those concerned are told. Again, nothing more."""
    student = lock_handled_student(ref, actor)
    reason = reason.strip()[:WORDS_LENGTH]
    breach = breach_of(student)
    if breach and (breach.starts_on, breach.words) == (broken_on, reason):
        return breach
    today = today_of(student.year, now)
    refuse_unless(may_break(student.state, span_of(student), broken_on, today))
    if not reason:
        raise DomainError.of("breach_without_reason")
    stamp = Stamp.of(actor, now)
    incident = Incident(
        student=student,
        kind=IncidentKind.BREACH,
        starts_on=broken_on,
        words=reason,
        reported_by=actor,
        reported_at=now,
    )
    _write(incident, {Party.CONTRACT_SERVICE: now}, stamp)
    _declare(student, actor, now)
    student.refresh_from_db(fields=["state"])
    move(student, StudentAction.BREAK, stamp, reason=reason)
    _note_told(incident, dict.fromkeys(tell_breach(incident, now), now))
    return incident


@transaction.atomic
def take_breach_back(*, ref: str, reason: str, actor: User, now: datetime) -> StudentFile:
    """A breach that was put on record by mistake: the file is open again, as it was."""
    student = lock_handled_student(ref, actor)
    if student.state is StudentState.FEASIBLE:
        return student
    refuse_unless(may_take_breach_back(student.state))
    reason = reason.strip()
    if not reason:
        raise DomainError.of("breach_without_reason")
    stamp = Stamp.of(actor, now, reason)
    breach = breach_of(student)
    assert breach, "a file is broken by a breach"
    breach.void_at, breach.void_reason = now, reason
    breach.save(update_fields=["void_at", "void_reason"])
    note(breach, "take_back", stamp)
    move(student, StudentAction.RESUME, stamp, reason="")
    return student


def _lock(ref: str) -> Incident:
    rows = Incident.objects.select_for_update(of=("self",))
    return rows.select_related("student__year__school").get(ref=ref)


def _kept(document: "UploadedFile[Any]", now: datetime) -> Any:
    return keep(upload=document, controls=DOCUMENT, purpose="contract_incident", now=now)


def _refuse_if_told_later(times: Mapping[Party, datetime | None], now: datetime) -> None:
    if any(told_at and told_at > now for told_at in times.values()):
        raise DomainError.of("incident_told_later_than_now")


def _write(incident: Incident, times: Mapping[Party, datetime | None], stamp: Stamp) -> None:
    """The journal says that something was reported, never what."""
    incident.save(force_insert=True)
    note(incident, REPORT, stamp)
    _note_told(incident, {party: told_at for party, told_at in times.items() if told_at})


def _note_told(incident: Incident, times: Mapping[Party, datetime]) -> None:
    IncidentNotice.objects.bulk_create(
        IncidentNotice(incident=incident, party=party, told_at=told_at)
        for party, told_at in times.items()
    )


def _declare(student: StudentFile, actor: User, now: datetime) -> None:
    """The step of the year follows, without a word of what happened: heads and tutors read it."""
    key = incident_step(student)
    if key:
        report_incident(student=student, key=key, note="", actor=actor, now=now)
