"""The first lines of every command on a defence: the file of its student, then the defence."""

from common.refusals import DomainError
from contratpro.models import Defence, StudentFile
from contratpro.students.services.locking import lock_student


def defence_to_plan(student: StudentFile) -> Defence | None:
    """That of a student whose file is locked."""
    defence = Defence.objects.select_for_update(of=("self",)).filter(student=student).first()
    if defence:
        defence.student = student
    return defence


def lock_defence(ref: str) -> Defence:
    """Of the student with that reference. It is planned."""
    defence = defence_to_plan(lock_student(ref))
    if defence is None:
        raise DomainError.of("defence_not_planned")
    return defence
