"""A company is asked to fill in its part of the contract: a link to it, and another in its place."""

from datetime import datetime

from django.db import transaction

from accounts.links.services import is_just_sent, sent_today
from accounts.models import User
from common.journal import note
from common.refusals import DomainError, refuse_unless, require
from contratpro.contracts.mails import invite
from contratpro.contracts.permissions import can_invite_to_contract
from contratpro.contracts.rules.acts import may_begin, may_invite
from contratpro.contracts.selectors import is_approved
from contratpro.contracts.services.locking import PURPOSE, contract_begun, new_link
from contratpro.models import EmploymentContract
from contratpro.students.services.asking import addresses_of, stamp_for
from contratpro.students.services.locking import lock_student


@transaction.atomic
def invite_to_contract(*, ref: str, email: str, actor: User, now: datetime) -> EmploymentContract:
    """By the student of that file, or by the office for them. The link that was sent before leads nowhere any more."""
    student = lock_student(ref)
    require(can_invite_to_contract(actor, student))
    approved = is_approved(student)
    refuse_unless(may_begin(student.state, is_approved=approved))
    stamp = stamp_for(student, actor, now)
    contract = contract_begun(student, stamp)
    sent = sent_today(purpose=PURPOSE, subject_ref=contract.ref, now=now)
    refuse_unless(may_invite(contract.state, student.state, is_approved=approved, sent_today=sent))
    address = email.strip().lower()
    if address in addresses_of(student):
        raise DomainError.of("sheet_company_is_student")
    if is_just_sent(purpose=PURPOSE, subject_ref=contract.ref, email=address, now=now):
        raise DomainError.of("sheet_link_just_sent")
    contract.company_email = address
    contract.save(update_fields=["company_email"])
    note(contract, "invite_company", stamp, source=contract.state, target=contract.state)
    link, token = new_link(contract, stamp.actor, now)
    invite(contract, link, token, now)
    return contract
