"""What is secret of a contract is read, each time on record: by the contract service, or on the signed form."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp
from common.models import StoredFile
from companies.secrets.rules import Reading
from companies.secrets.services import ReadSecrets, note_reading, read_secrets
from contratpro.contracts.services.locking import lock_handled_contract
from contratpro.models import EmploymentContract


@transaction.atomic
def read_contract_secrets(*, ref: str, reading: Reading, actor: User, now: datetime) -> ReadSecrets:
    """The social security number and disability, for the contract service alone."""
    contract = lock_handled_contract(ref, actor)
    return read_secrets(contract=contract, reading=reading, stamp=Stamp.of(actor, now))


@transaction.atomic
def read_copy(*, ref: str, actor: User, now: datetime) -> StoredFile | None:
    """The scan of the signed form, for the contract service; none before it is signed."""
    contract = lock_handled_contract(ref, actor)
    return copy_read(contract, Stamp.of(actor, now))


def copy_read(contract: EmploymentContract, stamp: Stamp) -> StoredFile | None:
    """The same, for whoever the caller has found to have a right to it; in the caller's transaction."""
    if contract.scan is not None:
        note_reading(contract, Reading.COPY, stamp)
    return contract.scan
