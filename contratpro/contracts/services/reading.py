"""What is secret of a contract is read by the contract service, each time on record."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp
from companies.secrets.rules import Reading
from companies.secrets.services import ReadSecrets, read_secrets
from contratpro.contracts.services.locking import lock_handled_contract


@transaction.atomic
def read_contract_secrets(*, ref: str, reading: Reading, actor: User, now: datetime) -> ReadSecrets:
    """The social security number and disability, for the contract service alone."""
    contract = lock_handled_contract(ref, actor)
    return read_secrets(contract=contract, reading=reading, stamp=Stamp.of(actor, now))
