"""What is said before an act on a session or on a booklet is done."""

from django.utils.translation import gettext as _

from contratpro.classes.presentation.booklets import shown_hours
from contratpro.classes.rules.hours import sum_of
from contratpro.classes.selectors import (
    held_of,
)
from contratpro.models import ClassSession, StudentFile


def before_cancelling(_session: ClassSession) -> list[str]:
    return [
        _("The session is not held: its hours count for nobody, attended or missed."),
        _("What was signed there is kept, and counts again if the session is planned again."),
        _("The link of its teacher leads nowhere any more."),
    ]


def before_restoring(_session: ClassSession) -> list[str]:
    return [_("The session is planned again, with what was signed there.")]


def before_sending(session: ClassSession) -> list[str]:
    return [
        _("A link and a code of six figures go to %(email)s.") % {"email": session.teacher_email},
        _("The link works until a day after the session; one that was sent before works no more."),
    ]


def before_handing_in(student: StudentFile) -> list[str]:
    hours = shown_hours(sum_of(held_of(student)))
    return [
        _("Hours held: %(held)s. Attended: %(attended)s. Missed: %(missed)s.")
        % {"held": hours.held, "attended": hours.attended, "missed": hours.missed},
        _(
            "The steps of the booklet are on record as done today, and the contrat pro office checks it."
        ),
        _("Sessions that come later are signed as before."),
    ]
