"""A company is asked to fill in the contact sheet, a home school to sign it: a link, and another in its place."""

from datetime import datetime

from django.db import transaction

from accounts.links.services import is_just_sent, sent_today
from accounts.models import User
from common.journal import note
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import ContactSheet
from contratpro.sheets.mails import ask_home_school, invite
from contratpro.sheets.permissions import can_invite
from contratpro.sheets.rules import may_ask_home_school, may_invite
from contratpro.sheets.selectors import is_signed
from contratpro.sheets.services.locking import (
    HOME_PURPOSE,
    PURPOSE,
    last_version,
    new_home_link,
    new_link,
    sheet_of,
)
from contratpro.students.services.asking import addresses_of, stamp_for
from contratpro.students.services.locking import lock_student


@transaction.atomic
def invite_company(*, ref: str, email: str, actor: User, now: datetime) -> ContactSheet:
    """By the student of that file, or by the office for them. The link that was sent before leads nowhere any more."""
    student = lock_student(ref)
    require(can_invite(actor, student))
    address = email.strip().lower()
    stamp = stamp_for(student, actor, now)
    sheet = sheet_of(student, stamp)
    sent = sent_today(purpose=PURPOSE, subject_ref=sheet.ref, now=now)
    refuse_unless(may_invite(sheet.state, student.state, sent))
    if address in addresses_of(student):
        raise DomainError.of("sheet_company_is_student")
    _refuse_if_just_sent(sheet, PURPOSE, address, now)
    sheet.company_email = address
    sheet.save(update_fields=["company_email"])
    note(sheet, "invite_company", stamp, source=sheet.state, target=sheet.state)
    link, token = new_link(sheet, stamp.actor, now)
    invite(sheet, link, token, now)
    return sheet


@transaction.atomic
def invite_home_school(*, ref: str, email: str, actor: User, now: datetime) -> ContactSheet:
    """Ask the home school of a double degree to sign what was sent. Its link before that leads nowhere any more."""
    student = lock_student(ref)
    require(can_invite(actor, student))
    address = email.strip().lower()
    stamp = stamp_for(student, actor, now)
    sheet = sheet_of(student, stamp)
    last = last_version(sheet)
    refuse_unless(
        may_ask_home_school(
            sheet.state,
            student.state,
            double_degree=student.double_degree,
            is_signed=last is not None and is_signed(last),
            sent_today=sent_today(purpose=HOME_PURPOSE, subject_ref=sheet.ref, now=now),
        )
    )
    if address in {*addresses_of(student), sheet.company_email}:
        raise DomainError.of("sheet_home_school_is_party")
    _refuse_if_just_sent(sheet, HOME_PURPOSE, address, now)
    sheet.home_email = address
    sheet.save(update_fields=["home_email"])
    note(sheet, "invite_home_school", stamp, source=sheet.state, target=sheet.state)
    ask_home_school(sheet, new_home_link(sheet, stamp.actor, now), now)
    return sheet


def _refuse_if_just_sent(sheet: ContactSheet, purpose: str, address: str, now: datetime) -> None:
    if is_just_sent(purpose=purpose, subject_ref=sheet.ref, email=address, now=now):
        raise DomainError.of("sheet_link_just_sent")
