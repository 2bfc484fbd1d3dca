"""What the pages of a student begin with: their own file, which for anyone else does not exist."""

from django.http import Http404

from accounts.models import User
from contratpro.models import StudentFile
from contratpro.students.permissions import can_act_as_student
from contratpro.students.selectors import student_by_ref


def own_student_or_404(user: User, ref: str) -> StudentFile:
    student = student_by_ref(ref)
    if student is None or not can_act_as_student(user, student):
        raise Http404
    return student
