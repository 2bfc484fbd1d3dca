"""Student, company and contract service write: each the parts that are theirs, kept word for word."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from common.drafts.rules import changes, refuse_if_unseen, word_for_word
from common.journal import note
from common.refusals import refuse_unless, require
from common.rules import ALLOWED, Verdict, refused
from companies.employment.rules.form import FormPart
from companies.employment.selectors import form_in_force
from companies.secrets.services import keep_disability, keep_nir
from contratpro.contracts.rules.acts import may_type_apart, may_write
from contratpro.contracts.selectors import is_approved, version_in_force
from contratpro.contracts.services.locking import ContractWriter, OpenContract, open_contract
from contratpro.models import EmploymentContract


@transaction.atomic
def save_contract(
    *, writer: ContractWriter, content: Mapping[str, str], seen: str, now: datetime
) -> EmploymentContract:
    """Keep what was typed in the writer's parts, whole or not, readable or not.

    Raises QuickerError if it would replace what was not seen.
    """
    opened = open_contract(writer, now)
    _refuse_unless(may_write, opened.contract)
    contract = opened.contract
    fields = form_in_force().typed_by(*opened.parts)
    typed = word_for_word(content, fields)
    refuse_if_unseen(contract.draft, typed, seen, fields)
    changed = [one.field for one in changes(word_for_word(contract.draft, fields), typed, fields)]
    if changed:
        contract.draft, contract.draft_at = {**contract.draft, **typed}, now
        contract.save(update_fields=["draft", "draft_at"])
        stamp = opened.stamp(now, fields=changed)
        note(contract, "save_draft", stamp, source=contract.state, target=contract.state)
    return contract


@transaction.atomic
def type_nir(*, writer: ContractWriter, nir: str, now: datetime) -> tuple[str, ...]:
    """Keep the social security number, by the student or by the office for them, until the contract is signed.

    Returns the codes of what is to be looked at in it. Raises DomainError if its key is wrong.
    """
    opened = _to_type_apart(writer, now)
    contract = opened.contract
    version = version_in_force(contract)
    said = version.content if version else contract.draft
    return keep_nir(
        contract=contract,
        typed=nir,
        born_on=contract.student.born_on,
        sex=said.get("sex", ""),
        stamp=opened.stamp(now),
    )


@transaction.atomic
def type_disability(*, writer: ContractWriter, is_disabled: bool, now: datetime) -> None:
    opened = _to_type_apart(writer, now)
    keep_disability(contract=opened.contract, is_disabled=is_disabled, stamp=opened.stamp(now))


def _to_type_apart(writer: ContractWriter, now: datetime) -> OpenContract:
    """Raises NotAllowedError for whoever does not type what is said of the employee."""
    opened = open_contract(writer, now)
    require(ALLOWED if FormPart.EMPLOYEE in opened.parts else refused("not_this_student"))
    _refuse_unless(may_type_apart, opened.contract)
    return opened


def _refuse_unless(may: Callable[..., Verdict], contract: EmploymentContract) -> None:
    student = contract.student
    refuse_unless(may(contract.state, student.state, is_approved=is_approved(student)))
