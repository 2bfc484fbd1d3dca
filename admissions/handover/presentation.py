"""What each act of the school's office will do, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.dossier.selectors.read_model import Dossier
from admissions.handover.selectors import Waiting
from campaigns.notice.selectors import notice
from common.formats import localized


def before_handing_over(dossier: Dossier) -> list[str]:
    codes = [row.code for row in dossier.chosen]
    count = len(codes)
    studied = ngettext(
        "It is studied by %(body)s from now on, for %(count)d programme.",
        "It is studied by %(body)s from now on, for %(count)d programmes.",
        count,
    )
    body = localized(dossier.notice.studied_by(codes))
    return [studied % {"body": body, "count": count}, *_always()]


def before_handing_all_over(waiting: Waiting) -> list[str]:
    campaign = waiting.campaign
    assert campaign.current_version_id, "what is complete accepted a notice"
    body = localized(notice(campaign.current_version_id).studied_by())
    return [_("They are studied by %(body)s from now on.") % {"body": body}, *_always()]


def _always() -> list[str]:
    return [
        _("The candidate’s page says it; no e-mail is sent, the answer comes on its date."),
        _("It cannot be undone."),
    ]


def before_sending_back(_dossier: Dossier) -> list[str]:
    return [
        _(
            "The central service checks it again, and reads the reason; it asks the candidate for what lacks."
        ),
        _("The candidate’s page says that it is being checked."),
    ]
