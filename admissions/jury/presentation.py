"""What an act of the jury will do, in words."""

from django.utils.translation import gettext as _

from admissions.jury.selectors.dossiers import Study


def before_declaring_a_conflict(_study: Study) -> list[str]:
    return [
        _("You no longer see this application, nor any other of the same person in this campaign."),
        _("What you decided of it stays; the president of the jury is told."),
        _("It cannot be undone."),
    ]
