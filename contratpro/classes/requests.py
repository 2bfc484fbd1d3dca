"""What every view of a session or of a booklet begins with, for whom it exists."""

from django.http import Http404

from accounts.models import User
from contratpro.classes.permissions import can_teach
from contratpro.classes.selectors import class_by_ref
from contratpro.models import ClassPresence, ClassSession, ContractYear, StudentFile
from contratpro.students.permissions import (
    can_handle,
    readable_students,
    readable_years,
)
from contratpro.students.selectors import student_by_ref


def class_year_or_404(user: User, slug: str) -> ContractYear:
    """A year whose timetable is the person's: that of the contrat pro office."""
    years = readable_years(user).select_related("school", "current_version")
    year = years.filter(slug=slug).first()
    if year is None or year.current_version is None or not can_handle(user, year):
        raise Http404
    return year


def handled_class_or_404(user: User, ref: str) -> ClassSession:
    session = class_by_ref(ref)
    if session is None or not can_handle(user, session.year):
        raise Http404
    return session


def taught_class_or_404(user: User, ref: str) -> ClassSession:
    session = class_by_ref(ref)
    if session is None or not can_teach(user, session):
        raise Http404
    return session


def presence_or_404(session: ClassSession, student_ref: str) -> ClassPresence:
    rows = session.presences.select_related("student", "document", "session__year")
    presence = rows.filter(student__ref=student_ref).first()
    if presence is None:
        raise Http404
    return presence


def read_student_or_404(user: User, ref: str) -> StudentFile:
    """A student whom the person works with."""
    student = student_by_ref(ref)
    if student is None or not readable_students(user, student.year).filter(ref=ref).exists():
        raise Http404
    return student
