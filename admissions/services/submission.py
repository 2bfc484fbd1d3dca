from datetime import datetime

from accounts.models import User
from admissions.models import Application


def submit_application(*, ref: str, actor: User, accepted_version: int, received_at: datetime) -> Application:
    raise NotImplementedError
