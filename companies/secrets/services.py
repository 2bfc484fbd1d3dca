"""The social security number and the disability of whom a contract employs: kept encrypted, each reading on record.

In the caller's transaction, who has looked whether the actor may. The journal never has a value.
"""

from dataclasses import dataclass
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.fr import nir as numbers

from common.journal import HasSubject, Stamp, note
from common.refusals import DomainError
from companies.models.secrets import EmploymentSecrets
from companies.secrets.rules import READ, Reading, look_at_nir

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSecrets:
    """Empty, or None, is not typed."""

    nir: str
    is_disabled: bool | None


def keep_nir(
    *, contract: HasSubject, typed: str, born_on: date | None, sex: str, stamp: Stamp
) -> tuple[str, ...]:
    """Keep a number in place of the one before. Returns the codes of what is to be looked at in it.

    Raises DomainError unless it has fifteen characters whose sum is right.
    """
    try:
        number = str(numbers.validate(typed))
    except (ValidationError, ValueError):
        raise DomainError.of("nir_is_wrong") from None
    notes = look_at_nir(number, born_on=born_on, sex=sex)
    _keep(contract, nir=number, nir_notes=list(notes), nir_at=stamp.at, nir_by=_by(stamp))
    note(contract, "keep_nir", stamp)
    return notes


def keep_disability(*, contract: HasSubject, is_disabled: bool, stamp: Stamp) -> None:
    said = YES if is_disabled else NO
    _keep(contract, disability=said, disability_at=stamp.at, disability_by=_by(stamp))
    note(contract, "keep_disability", stamp)


def read_secrets(*, contract: HasSubject, reading: Reading, stamp: Stamp) -> ReadSecrets:
    """Both, in plain text. Nothing else reads them: the journal says who did, when, of whom and for what."""
    note_reading(contract, reading, stamp)
    subject = contract.in_journal()
    row = EmploymentSecrets.objects.filter(kind=subject.kind, ref=subject.ref).first()
    if row is None:
        return ReadSecrets(nir="", is_disabled=None)
    return ReadSecrets(nir=row.nir, is_disabled={YES: True, NO: False}.get(row.disability))


def note_reading(contract: HasSubject, reading: Reading, stamp: Stamp) -> None:
    note(contract, READ, Stamp.of(stamp.actor, stamp.at, "", reading=reading))


def _keep(contract: HasSubject, **written: object) -> None:
    """Without reading what is there: a number is replaced by who may not read it."""
    subject = contract.in_journal()
    rows = EmploymentSecrets.objects.filter(kind=subject.kind, ref=subject.ref)
    if not rows.update(**written):
        EmploymentSecrets.objects.create(kind=subject.kind, ref=subject.ref, **written)


def _by(stamp: Stamp) -> str:
    return f"{stamp.actor.kind}:{stamp.actor.ref}"
