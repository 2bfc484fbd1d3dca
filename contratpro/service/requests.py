"""What every view of the contract service begins with: the year, the student or the meeting, for whom they exist."""

from django.http import Http404

from accounts.models import User
from contratpro.models import ContractYear, InformationMeeting, StudentFile
from contratpro.students.permissions import can_handle, readable_students, readable_years
from contratpro.students.selectors import meeting_by_ref, student_by_ref


def year_or_404(user: User, slug: str) -> ContractYear:
    """A year of which the person works with students; for anyone else it does not exist."""
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


def student_or_404(user: User, ref: str) -> StudentFile:
    """A student whom the person works with."""
    student = student_by_ref(ref)
    if student is None or not readable_students(user, student.year).filter(ref=ref).exists():
        raise Http404
    return student


def handled_student_or_404(user: User, ref: str) -> StudentFile:
    student = student_by_ref(ref)
    if student is None or not can_handle(user, student.year):
        raise Http404
    return student


def handled_meeting_or_404(user: User, ref: str) -> InformationMeeting:
    meeting = meeting_by_ref(ref)
    if meeting is None or not can_handle(user, meeting.year):
        raise Http404
    return meeting
