"""What the contract service records of a contract later on: its deposit at the OPCO, and what was wrong of its copy."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.files.services import drop, keep
from common.journal import Stamp, note
from common.refusals import DomainError, refuse_unless
from contratpro.contracts.rules.acts import may_correct_copy, may_record_deposit
from contratpro.contracts.services.deciding import SCAN, SCAN_PURPOSE
from contratpro.contracts.services.locking import lock_handled_contract
from contratpro.models import EmploymentContract
from contratpro.models.contracts import REASON_LENGTH
from contratpro.steps.selectors import today_of
from contratpro.vocabulary import CopyChannel


@transaction.atomic
def record_deposit(
    *, ref: str, deposited_on: date, number: str, actor: User, now: datetime
) -> EmploymentContract:
    """Record on which day the employer sent the contract to its OPCO. The same again writes nothing."""
    contract = lock_handled_contract(ref, actor)
    today = today_of(contract.student.year, now)
    refuse_unless(may_record_deposit(contract.state, deposited_on=deposited_on, today=today))
    said = {"deposited_on": deposited_on, "deposit_number": number.strip()}
    _write(contract, "record_deposit", Stamp.of(actor, now), said)
    return contract


@transaction.atomic
def correct_copy(
    *,
    ref: str,
    signed_on: date,
    channel: CopyChannel,
    scan: "UploadedFile[Any] | None",
    reason: str,
    actor: User,
    now: datetime,
) -> EmploymentContract:
    """Put right what was recorded of the signed copy. Another scan replaces the one that is there, which is dropped."""
    contract = lock_handled_contract(ref, actor)
    today = today_of(contract.student.year, now)
    refuse_unless(may_correct_copy(contract.state, signed_on=signed_on, today=today))
    why = reason.strip()[:REASON_LENGTH]
    if not why:
        raise DomainError.of("contract_correction_needs_reason")
    said: dict[str, object] = {"signed_on": signed_on, "channel": channel}
    former = contract.scan
    if scan:
        said["scan"] = keep(upload=scan, controls=SCAN, purpose=SCAN_PURPOSE, now=now)
    _write(contract, "correct_copy", Stamp.of(actor, now, why), said)
    if scan and former:
        drop(file=former, now=now)
    return contract


def _write(contract: EmploymentContract, verb: str, stamp: Stamp, said: dict[str, object]) -> None:
    """The entry has what each column said before, as text."""
    was = {name: getattr(contract, name) for name, value in said.items()}
    changed = {name: value for name, value in said.items() if value != was[name]}
    if not changed:
        return
    for name, value in changed.items():
        setattr(contract, name, value)
    contract.save(update_fields=[*changed])
    before = {name: str(was[name] or "") for name in changed}
    entry = Stamp.of(stamp.actor, stamp.at, stamp.reason, was=before)
    note(contract, verb, entry, source=contract.state, target=contract.state)
