"""What a candidate's act on a dossier will do, in words."""

from django.utils.translation import gettext as _

from admissions.dossier.selectors.read_model import Dossier
from admissions.states import ApplicationState


def before_withdrawing(dossier: Dossier) -> list[str]:
    """In the order of what one would ask."""
    if dossier.state is ApplicationState.DRAFT:
        told = [_("Your draft is studied by nobody.")]
    else:
        told = [
            _("It acts at once: what you withdraw is no longer studied."),
            _("You receive a confirmation by e-mail."),
        ]
    told.append(
        _("The fees stay due: they are never refunded.")
        if dossier.fees.charged
        else _("Nothing is due.")
    )
    if dossier.open:
        return [*told, _("Until the deadline you may come back on it.")]
    return [*told, _("The deadline has passed: you cannot come back on it.")]
