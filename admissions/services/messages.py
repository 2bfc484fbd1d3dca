from collections.abc import Sequence
from datetime import datetime

from admissions.models import Application, Candidacy


def tell_withdrawal(application: Application, withdrawn: Sequence[Candidacy], now: datetime) -> None:
    raise NotImplementedError


def tell_refusal(application: Application, refused: Sequence[Candidacy], now: datetime) -> None:
    raise NotImplementedError
