"""What a candidate's act on a job project will do, in words."""

from django.utils.translation import gettext as _

from apprenticeship.models import JobProject


def you_commit(project: JobProject) -> str:
    return _("You commit to %(who)s") % {"who": project.company}


def before_committing(_project: JobProject) -> list[str]:
    return [
        _("The company and the school have agreed: with you, the commitment is firm and final."),
        _("No other job project is possible afterwards, unless the employer defaults."),
        _("The other projects under way end, and their employers are told."),
        _("To go back on it later is to give up entering the course."),
    ]


def before_abandoning(_project: JobProject) -> list[str]:
    return [
        _("The employer is told that the sheet is closed."),
        _("You may invite this employer again, or another one."),
    ]
