"""The company tutor evaluates by a link: asked, kept as it is typed, sent as a version, asked again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.links.services import is_just_sent, sent_today, use_link
from accounts.models import User
from common.drafts.rules import changes, refuse_if_unseen, word_for_word
from common.journal import Actor, Stamp, note
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import CompanyEvaluation, CompanyProject, EvaluationVersion
from contratpro.models.projects import WHY_LENGTH
from contratpro.projects.mails import ProjectNews, tell_company_tutor, tell_tutor
from contratpro.projects.permissions import can_follow
from contratpro.projects.rules import (
    MARK,
    check_evaluation,
    may_ask,
    may_evaluate,
    may_reopen,
    may_write,
)
from contratpro.projects.selectors import (
    due_of_report,
    fields_of_evaluation,
    is_staff_address,
    last_evaluation,
    sheet_asked,
    standing_of_project,
)
from contratpro.projects.services.locking import (
    PURPOSE,
    evaluation_by_link,
    lock_evaluation,
    lock_project,
    new_link,
    project_of,
    stamp_of,
)
from contratpro.states import EvaluationAction, EvaluationState
from contratpro.steps.rules import COMPANY_MARK
from contratpro.steps.selectors import has_step, scale_for, today_of
from contratpro.steps.services import declare_step
from contratpro.students.services.asking import addresses_of
from contratpro.students.services.locking import lock_student
from contratpro.year.selectors import year_now

JOURNALLED = 500  # characters of the reason that the journal keeps


@transaction.atomic
def ask_company_tutor(*, ref: str, email: str, actor: User, now: datetime) -> CompanyEvaluation:
    """Send the company tutor a link to the evaluation. One that was sent before leads nowhere any more."""
    student = lock_student(ref)
    require(can_follow(actor, student))
    stamp, address = Stamp.of(actor, now), email.strip().lower()
    project = project_of(student, stamp)
    evaluation = lock_evaluation(project)
    sent = sent_today(purpose=PURPOSE, subject_ref=evaluation.ref, now=now) if evaluation else 0
    refuse_unless(may_ask(standing_of_project(project), sent))
    is_student = address in addresses_of(student)
    refuse_unless(may_evaluate(is_student=is_student, is_of_school=is_staff_address(address)))
    if evaluation is None:
        evaluation = CompanyEvaluation(project=project, email=address, created_at=now)
        begin(evaluation, EvaluationState.ASKED, stamp, verb="begin")
    _refuse_if_just_sent(evaluation, address, now)
    evaluation.email = address
    evaluation.save(update_fields=["email"])
    note(evaluation, ProjectNews.ASKED, stamp, source=evaluation.state, target=evaluation.state)
    tell_company_tutor(evaluation, ProjectNews.ASKED, new_link(evaluation, stamp), now)
    return evaluation


@transaction.atomic
def save_evaluation(
    *, link_id: int, content: Mapping[str, str], seen: str, now: datetime
) -> CompanyEvaluation:
    """Keep what was typed, whole or not. Raises QuickerError if it would replace what was not seen."""
    evaluation, link = evaluation_by_link(link_id, now)
    fields = fields_of_evaluation(year_now(evaluation.project.student.year))
    refuse_unless(may_write(standing_of_project(evaluation.project)))
    typed = word_for_word(content, fields)
    refuse_if_unseen(evaluation.draft, typed, seen, fields)
    stored = word_for_word(evaluation.draft, fields)
    if changes(stored, typed, fields):
        evaluation.draft, evaluation.draft_at = typed, now
        evaluation.save(update_fields=["draft", "draft_at"])
        state = evaluation.state
        note(evaluation, "save_draft", stamp_of(link, now), source=state, target=state)
    return evaluation


@transaction.atomic
def send_evaluation(
    *, link_id: int, content: Mapping[str, str], hundredths: int, seen: str, now: datetime
) -> CompanyEvaluation:
    """Send the evaluation: a version that nobody changes. The same one sent twice is sent once."""
    evaluation, link = evaluation_by_link(link_id, now)
    project = evaluation.project
    student = project.student
    fields = fields_of_evaluation(year_now(student.year))
    said = {name: content.get(name, "").strip() for name in fields}
    said[MARK] = f"{hundredths / 100:.2f}"
    last = last_evaluation(evaluation)
    if evaluation.state is EvaluationState.SENT and last and last.content == said:
        return evaluation
    refuse_unless(may_write(standing_of_project(project)))
    refuse_if_unseen(evaluation.draft, said, seen, fields)
    asked = sheet_asked(student)
    levels = asked.levels if asked else {}
    top = scale_for(student).out_of
    refuse_unless(check_evaluation(said, fields, levels, hundredths, top))
    stamp = stamp_of(link, now)
    move(evaluation, EvaluationAction.SEND, stamp)
    EvaluationVersion.objects.create(
        evaluation=evaluation,
        number=last.number + 1 if last else 1,
        content=said,
        mark=hundredths,
        by=f"{stamp.actor.kind}:{stamp.actor.ref}",
        at=now,
    )
    use_link(link_id=link.pk, now=now)
    if has_step(student, COMPANY_MARK):
        declare_step(student=student, key=COMPANY_MARK, actor=Actor.link(link), now=now)
    tell_tutor(project, ProjectNews.EVALUATED, now, late=_is_late(project, now))
    return evaluation


@transaction.atomic
def reopen_evaluation(*, ref: str, reason: str, actor: User, now: datetime) -> CompanyEvaluation:
    """Ask the company tutor for another version, and say why: they go on from what they sent."""
    project = lock_project(ref)
    require(can_follow(actor, project.student))
    evaluation = lock_evaluation(project)
    refuse_unless(may_reopen(standing_of_project(project)))
    last = last_evaluation(evaluation)
    assert evaluation, "what is reopened was sent"
    assert last, "what is reopened was sent"
    why = reason.strip()[:WHY_LENGTH]
    if not why:
        raise DomainError.of("evaluation_reopening_needs_reason")
    stamp = Stamp.of(actor, now, why[:JOURNALLED])
    move(
        evaluation,
        EvaluationAction.REOPEN,
        stamp,
        reason=why,
        draft=last.content,
        draft_at=now,
    )
    if project.passed_on:
        _forget_passing_on(project, stamp)
    tell_company_tutor(evaluation, ProjectNews.REOPENED, new_link(evaluation, stamp), now)
    return evaluation


def _forget_passing_on(project: CompanyProject, stamp: Stamp) -> None:
    """What the registrar was given is not what stands: both papers go again."""
    project.passed_on = project.passed_by = project.passed_proof = None
    project.passed_channel, project.passed_late = "", False
    names = ("passed_on", "passed_channel", "passed_by", "passed_proof", "passed_late")
    project.save(update_fields=names)
    note(project, "forget_passing_on", stamp, source=project.state, target=project.state)


def _refuse_if_just_sent(evaluation: CompanyEvaluation, address: str, now: datetime) -> None:
    if is_just_sent(purpose=PURPOSE, subject_ref=evaluation.ref, email=address, now=now):
        raise DomainError.of("evaluation_link_just_sent")


def _is_late(project: CompanyProject, now: datetime) -> bool:
    due = due_of_report(project.student)
    return due is not None and today_of(project.student.year, now) > due
