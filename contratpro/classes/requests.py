"""What every view of a session begins with: the session or the presence, for whom it exists."""

from django.http import Http404

from accounts.models import User
from contratpro.classes.permissions import can_teach
from contratpro.classes.selectors import class_by_ref
from contratpro.models import ClassPresence, ClassSession
from contratpro.students.permissions import (
    can_handle,
)


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
