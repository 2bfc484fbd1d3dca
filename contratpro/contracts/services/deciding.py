"""The contract service finds a contract complete, takes it up again, records the copy that was signed."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.drafts.rules import fingerprint
from common.files.rules import Controls, Format
from common.files.services import keep
from common.journal import Stamp
from common.moves import move
from common.refusals import DomainError, refuse_unless
from companies.employment.rules.form import as_typed, normal
from companies.employment.selectors import form_in_force
from contratpro.contracts.mails import tell_ready, tell_reopened
from contratpro.contracts.rules.acts import COPY, STEP, may_complete, may_record_copy, may_reopen
from contratpro.contracts.rules.review import ContractReview, as_kept
from contratpro.contracts.selectors import draft_content, form_of, is_approved, review_of
from contratpro.contracts.services.locking import lock_handled_contract, new_link
from contratpro.models import EmploymentContract, EmploymentContractVersion
from contratpro.models.contracts import REASON_LENGTH
from contratpro.states import EmploymentAction, EmploymentState
from contratpro.steps.selectors import has_step, today_of
from contratpro.steps.services import declare_step
from contratpro.vocabulary import CopyChannel

SCAN_PURPOSE = "employment_contract"
SCAN = Controls(formats=(Format.PDF, Format.JPG, Format.PNG), max_bytes=10_000_000)


@transaction.atomic
def complete_contract(*, ref: str, seen: str, actor: User, now: datetime) -> EmploymentContract:
    """Find the contract complete: a version is kept with its form and its notes. Again, nothing more happens.

    `seen` is the fingerprint of the draft that was read: another one is not found complete unread.
    """
    contract = lock_handled_contract(ref, actor)
    if contract.state is EmploymentState.READY:
        return contract
    student = contract.student
    content = draft_content(contract)
    review = review_of(contract, content)
    refuse_unless(
        may_complete(contract.state, student.state, review, is_approved=is_approved(student))
    )
    if seen != fingerprint(contract.draft):
        raise DomainError.of("moved_meanwhile")
    number = contract.versions.count() + 1
    stamp = Stamp.of(actor, now, "", version=number)
    move(contract, EmploymentAction.COMPLETE, stamp, ready_at=now, ready_by=actor)
    _keep_version(contract, number, content, review, stamp)
    tell_ready(contract, number, now)
    return contract


@transaction.atomic
def reopen_contract(*, ref: str, reason: str, actor: User, now: datetime) -> EmploymentContract:
    """Take the contract up again from what it said, and tell why: the student, and the company with a fresh link."""
    contract = lock_handled_contract(ref, actor)
    refuse_unless(may_reopen(contract.state, contract.student.state))
    why = reason.strip()[:REASON_LENGTH]
    if not why:
        raise DomainError.of("contract_reopening_needs_reason")
    last = contract.versions.last()
    assert last, "what is ready has a version"
    form = form_of(last)
    typed = {field.key for field in form.fields if field.is_typed}
    draft = {
        field.key: as_typed(field, last.content.get(field.key, ""))
        for field in form.fields
        if field.key in typed
    }
    stamp = Stamp.of(actor, now, why, version=last.number)
    move(contract, EmploymentAction.REOPEN, stamp, draft=draft, draft_at=now, reason=why)
    link = new_link(contract, stamp.actor, now) if contract.company_email else None
    tell_reopened(contract, last.number, link, now)
    return contract


@transaction.atomic
def record_copy(
    *,
    ref: str,
    signed_on: date,
    received_on: date,
    channel: CopyChannel,
    scan: "UploadedFile[Any]",
    actor: User,
    now: datetime,
) -> EmploymentContract:
    """Record the copy that company and student signed: the steps that it proves are done. Again, nothing happens."""
    contract = lock_handled_contract(ref, actor)
    if contract.state is EmploymentState.SIGNED:
        return contract
    student = contract.student
    today = today_of(student.year, now)
    refuse_unless(
        may_record_copy(
            contract.state,
            student.state,
            signed_on=signed_on,
            received_on=received_on,
            today=today,
        )
    )
    move(
        contract,
        EmploymentAction.SIGN,
        Stamp.of(actor, now, "", channel=channel),
        "record_copy",
        signed_on=signed_on,
        scan=keep(upload=scan, controls=SCAN, purpose=SCAN_PURPOSE, now=now),
        channel=channel,
        received_at=now,
        received_by=actor,
    )
    for key, done_on in ((STEP, signed_on), (COPY, received_on)):
        if has_step(student, key):
            declare_step(student=student, key=key, actor=actor, now=now, done_on=done_on)
    return contract


def _keep_version(
    contract: EmploymentContract,
    number: int,
    content: dict[str, str],
    review: ContractReview,
    stamp: Stamp,
) -> None:
    form = form_in_force()
    EmploymentContractVersion.objects.create(
        contract=contract,
        number=number,
        content={field.key: normal(field, content.get(field.key, "")) for field in form.fields},
        form_number=form.number,
        form_version=form.version,
        notes=[as_kept(beside.said) for beside in review.notes],
        by=f"{stamp.actor.kind}:{stamp.actor.ref}",
        at=stamp.at,
    )
