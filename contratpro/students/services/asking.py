"""What commands that write to a company for a student share: on whose behalf, and which addresses are the student's."""

from dataclasses import replace
from datetime import datetime

from accounts.models import User
from common.journal import Stamp
from contratpro.models import StudentFile


def stamp_for(student: StudentFile, actor: User, now: datetime) -> Stamp:
    """Whoever acts for the student says so: the journal names both."""
    behalf = "" if student.user_id == actor.pk else f"contract_student:{student.ref}"
    return replace(Stamp.of(actor, now), on_behalf_of=behalf)


def addresses_of(student: StudentFile) -> set[str]:
    account = student.user.email if student.user else ""
    return {student.email.lower(), account.lower()}
