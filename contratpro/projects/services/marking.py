"""The student deposits, the school tutor marks and passes on, the contrat pro office publishes the mark."""

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
from contratpro.models import CompanyProject, ProjectReport
from contratpro.projects.mails import ProjectNews, tell_student, tell_tutor
from contratpro.projects.permissions import can_follow, can_mark
from contratpro.projects.rules import (
    may_deposit,
    may_mark,
    may_pass_on,
    may_publish,
    may_take_back,
    project_mark,
)
from contratpro.projects.selectors import (
    due_of_report,
    marks_of,
    reports_of,
    shares_of,
    standing_of_project,
)
from contratpro.projects.services.depositing import Upload, keep_report
from contratpro.projects.services.locking import lock_project, project_of
from contratpro.states import CompanyProjectAction, CompanyProjectState
from contratpro.steps.selectors import has_step, scale_for, today_of
from contratpro.steps.services import declare_step
from contratpro.students.permissions import can_act_as_student, can_handle
from contratpro.students.services.locking import lock_student
from contratpro.vocabulary import REPORT, PassedOn
from contratpro.year.selectors import year_now

PROOF = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=10_000_000)
Proof: TypeAlias = "UploadedFile[Any] | None"


@transaction.atomic
def deposit_report(*, ref: str, report: Upload, actor: User, now: datetime) -> ProjectReport:
    """Keep a report, in time or late. The same file deposited again changes nothing."""
    student = lock_student(ref)
    require(can_act_as_student(actor, student))
    stamp = Stamp.of(actor, now)
    project = project_of(student, stamp)
    refuse_unless(may_deposit(standing_of_project(project)))
    due = due_of_report(student)
    late = due is not None and today_of(student.year, now) > due
    row, is_new = keep_report(
        project.reports, upload=report, purpose="project_report", late=late, now=now
    )
    if is_new:
        stamp = Stamp.of(actor, now, "", number=row.number, late=late)
        note(project, ProjectNews.DEPOSITED, stamp, source=project.state, target=project.state)
        if has_step(student, REPORT):
            declare_step(student=student, key=REPORT, actor=actor, now=now)
        tell_tutor(project, ProjectNews.DEPOSITED, now, late=late)
    return row


@transaction.atomic
def mark_report(
    *, ref: str, report: int, hundredths: int, actor: User, now: datetime
) -> CompanyProject:
    """The school tutor marks the report that they have read; another mark takes the place of the one before."""
    project = lock_project(ref)
    student = project.student
    require(can_mark(actor, student))
    last = next(iter(reports_of(project)), None)
    refuse_unless(may_mark(standing_of_project(project), hundredths, scale_for(student).out_of))
    if last is None or last.number != report:
        raise DomainError.of("moved_meanwhile")
    if (project.tutor_mark, project.marked_report) != (hundredths, report):
        project.tutor_mark, project.marked_report = hundredths, report
        project.tutor_marked_at, project.tutor_marked_by = now, actor
        names = ("tutor_mark", "marked_report", "tutor_marked_at", "tutor_marked_by")
        project.save(update_fields=names)
        state = project.state
        note(
            project, "mark_report", Stamp.of(actor, now, number=report), source=state, target=state
        )
    return project


@transaction.atomic
def pass_on(
    *,
    ref: str,
    day: date,
    channel: PassedOn,
    proof: Proof = None,
    actor: User,
    now: datetime,
) -> CompanyProject:
    """Put on record that report and evaluation were passed on to the registrar, and how. Again, nothing changes."""
    project = lock_project(ref)
    student = project.student
    require(can_follow(actor, student))
    if (project.passed_on, project.passed_channel) == (day, channel):
        return project
    refuse_unless(may_pass_on(standing_of_project(project), day, today_of(student.year, now)))
    due = due_of_report(student)
    project.passed_on, project.passed_channel, project.passed_by = day, channel, actor
    project.passed_late = due is not None and day > due
    if proof:
        project.passed_proof = keep(
            upload=proof, controls=PROOF, purpose="passed_on_proof", now=now
        )
    names = ("passed_on", "passed_channel", "passed_by", "passed_late", "passed_proof")
    project.save(update_fields=names)
    stamp = Stamp.of(actor, now, "", channel=str(channel), late=project.passed_late)
    note(project, "pass_on", stamp, source=project.state, target=project.state)
    return project


@transaction.atomic
def publish_mark(*, ref: str, actor: User, now: datetime) -> CompanyProject:
    """Publish the mark with the three that it is made of, as they stand. Again, nothing more happens."""
    project = lock_project(ref)
    student = project.student
    require(can_handle(actor, student.year))
    if project.state is CompanyProjectState.PUBLISHED:
        return project
    marks = marks_of(project, now)
    refuse_unless(may_publish(standing_of_project(project), marks))
    mark = project_mark(marks, shares_of(year_now(student.year)))
    move(
        project,
        CompanyProjectAction.PUBLISH,
        Stamp.of(actor, now),
        conduct=marks.conduct,
        company_mark=marks.company_tutor,
        mark=mark,
        published_at=now,
        published_by=actor,
    )
    tell_student(project, ProjectNews.PUBLISHED, now)
    return project


@transaction.atomic
def take_mark_back(*, ref: str, reason: str, actor: User, now: datetime) -> CompanyProject:
    """Unpublish it, and say why in the journal; the student is told that it is no longer there."""
    project = lock_project(ref)
    require(can_handle(actor, project.student.year))
    refuse_unless(may_take_back(project.state))
    if not reason.strip():
        raise DomainError.of("project_taking_back_needs_reason")
    move(project, CompanyProjectAction.TAKE_BACK, Stamp.of(actor, now, reason.strip()[:500]))
    tell_student(project, ProjectNews.TAKEN_BACK, now)
    return project
