"""What each act of the central service on a dossier will do, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.dossier.selectors.read_model import Dossier
from admissions.states import ENDED_STATES
from common.formats import euros, full_date


def application_refused(dossier: Dossier) -> str:
    name = dossier.application.full_name
    return _("The application of %(name)s is refused") % {"name": name}


def before_refusing(dossier: Dossier) -> list[str]:
    count = len(dossier.chosen)
    to_how_many = ngettext(
        "It applies to %(count)d programme: this one will not be studied.",
        "It applies to %(count)d programmes: none of them will be studied.",
        count,
    )
    return [
        to_how_many % {"count": count},
        _("The candidate is told at once by e-mail, with the reason below."),
        _("It cannot be undone."),
    ]


def before_extending(dossier: Dossier) -> list[str]:
    deadline = full_date(dossier.deadline, dossier.campaign.zone)
    said = [
        _("So far it may be submitted until %(deadline)s.") % {"deadline": deadline},
        _("The candidate is told the new date at once by e-mail; no public page shows it."),
    ]
    if dossier.state in ENDED_STATES:
        said.append(_("The candidate then opens the application again, and submits it."))
    return said


def before_waiving(dossier: Dossier) -> list[str]:
    left = euros(max(0, dossier.fees.balance))
    return [_("%(amount)s left to pay are waived.") % {"amount": left}, _("It can be undone.")]


def before_asking(_dossier: Dossier) -> list[str]:
    return [
        _(
            "The candidate is told at once by e-mail of what is refused, with the reasons, and of what is missing."
        ),
        _("The application waits; it comes back to be checked once all is supplied."),
    ]


def before_declaring_complete(dossier: Dossier) -> list[str]:
    count = len(dossier.chosen)
    to_the_office = ngettext(
        "It goes to the admissions office of the school, then to the jury, for %(count)d programme.",
        "It goes to the admissions office of the school, then to the jury, for %(count)d programmes.",
        count,
    )
    to_the_jury = ngettext(
        "It goes to the jury for %(count)d programme.",
        "It goes to the jury for %(count)d programmes.",
        count,
    )
    by_office = dossier.campaign.school_office
    return [
        (to_the_office if by_office else to_the_jury) % {"count": count},
        _("The candidate is told at once by e-mail, with the date of the answer."),
        _("Only the office of the school can send it back.")
        if by_office
        else _("It cannot be undone."),
    ]
