"""What views of the contrat pro begin with: the year or the student, which for anyone else do not exist."""

from django.http import Http404

from accounts.models import User
from contratpro.models import ContractYear, StudentFile
from contratpro.students.permissions import (
    can_act_as_student,
    can_handle,
    can_oversee,
    readable_students,
    readable_years,
)
from contratpro.students.selectors import student_by_ref


def year_or_404(user: User, slug: str) -> ContractYear:
    """A year of which the person works with students."""
    years = readable_years(user).select_related("school", "current_version")
    year = years.filter(slug=slug).first()
    if year is None or year.current_version is None:
        raise Http404
    return year


def handled_year_or_404(user: User, slug: str) -> ContractYear:
    year = year_or_404(user, slug)
    if not can_handle(user, year):
        raise Http404
    return year


def overseen_year_or_404(user: User, slug: str) -> ContractYear:
    """The whole of a year. For those who work with some of its students alone, there is no such page."""
    year = year_or_404(user, slug)
    if not can_oversee(user, year):
        raise Http404
    return year


def student_or_404(user: User, ref: str) -> StudentFile:
    """A student whom the person works with."""
    student = student_by_ref(ref)
    if student is None or not readable_students(user, student.year).filter(ref=ref).exists():
        raise Http404
    return student


def handled_student_or_404(user: User, ref: str) -> StudentFile:
    """A student of a year that the person handles: what a contract says, nobody else of the school sees."""
    student = student_by_ref(ref)
    if student is None or not can_handle(user, student.year):
        raise Http404
    return student


def own_student_or_404(user: User, ref: str) -> StudentFile:
    student = student_by_ref(ref)
    if student is None or not can_act_as_student(user, student):
        raise Http404
    return student
