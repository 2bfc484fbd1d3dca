"""The first lines of every command: the year or the student's file is locked, and open to whoever acts."""

from accounts.models import User
from common.refusals import refuse_unless, require
from contratpro.models import ContractYear, StudentFile
from contratpro.students.permissions import can_handle
from contratpro.students.rules import may_go_on


def lock_handled_year(slug: str, actor: User) -> ContractYear:
    """The year, locked: of two who change its list, the second sees what the first did."""
    rows = ContractYear.objects.select_for_update(of=("self",)).select_related("school")
    year = rows.get(slug=slug)
    require(can_handle(actor, year))
    return year


def lock_student(ref: str) -> StudentFile:
    rows = StudentFile.objects.select_for_update(of=("self",))
    return rows.select_related("year__school", "user").get(ref=ref)


def lock_handled_student(ref: str, actor: User) -> StudentFile:
    student = lock_student(ref)
    require(can_handle(actor, student.year))
    return student


def refuse_if_withdrawn(student: StudentFile) -> None:
    refuse_unless(may_go_on(student.state))
