"""Who may, at a session: the teacher whom the timetable names, by an address that they proved."""

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import ClassSession


def can_teach(user: User, session: ClassSession) -> Verdict:
    if user.is_active and session.teacher_email:
        proved = EmailAddress.objects.filter(user=user, verified=True)
        if proved.filter(email__iexact=session.teacher_email).exists():
            return ALLOWED
    return refused("not_this_teacher")


def taught_by(user: User) -> QuerySet[ClassSession]:
    """The sessions that name an address which the person proved."""
    proved = EmailAddress.objects.filter(user=user, verified=True)
    rows = ClassSession.objects.alias(teacher=Lower("teacher_email"))
    return rows.filter(teacher__in=proved.values_list(Lower("email")))
