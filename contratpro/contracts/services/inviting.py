"""A company is asked to fill in its part of the contract: a link to it, and another in its place."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from common.journal import Stamp, note
from common.refusals import DomainError, refuse_unless, require
from contratpro.contracts.mails import invite
from contratpro.contracts.permissions import can_invite_to_contract
from contratpro.contracts.rules.acts import may_begin, may_invite
from contratpro.contracts.selectors import is_approved
from contratpro.contracts.services.locking import PAUSE, contract_begun, links_since, new_link
from contratpro.models import EmploymentContract, StudentFile
from contratpro.students.services.locking import lock_student

A_DAY = timedelta(days=1)


@transaction.atomic
def invite_to_contract(*, ref: str, email: str, actor: User, now: datetime) -> EmploymentContract:
    """By the student of that file, or by the office for them. The link that was sent before leads nowhere any more."""
    student = lock_student(ref)
    require(can_invite_to_contract(actor, student))
    approved = is_approved(student)
    refuse_unless(may_begin(student.state, is_approved=approved))
    stamp = _stamp(student, actor, now)
    contract = contract_begun(student, stamp)
    sent_today = links_since(contract, now - A_DAY).count()
    refuse_unless(
        may_invite(contract.state, student.state, is_approved=approved, sent_today=sent_today)
    )
    address = email.strip().lower()
    if address in _addresses(student):
        raise DomainError.of("sheet_company_is_student")
    if links_since(contract, now - PAUSE).filter(email=address, revoked_at=None).exists():
        raise DomainError.of("sheet_link_just_sent")
    contract.company_email = address
    contract.save(update_fields=["company_email"])
    note(contract, "invite_company", stamp, source=contract.state, target=contract.state)
    link, token = new_link(contract, stamp.actor, now)
    invite(contract, link, token, now)
    return contract


def _stamp(student: StudentFile, actor: User, now: datetime) -> Stamp:
    """Whoever acts for the student says so: the journal names both."""
    behalf = "" if student.user_id == actor.pk else f"contract_student:{student.ref}"
    return replace(Stamp.of(actor, now), on_behalf_of=behalf)


def _addresses(student: StudentFile) -> set[str]:
    account = student.user.email if student.user else ""
    return {student.email.lower(), account.lower()}
