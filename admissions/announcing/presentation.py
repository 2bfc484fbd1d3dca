"""What the confirmation of a rectification will do, in words."""

from django.utils.translation import gettext as _

from admissions.models.sealed import Rectification
from common.formats import localized


def before_confirming(row: Rectification) -> list[str]:
    labels = {
        "before": localized(row.decision.outcome.label),
        "after": localized(row.outcome.label),
    }
    return [
        _("The answer becomes “%(after)s” instead of “%(before)s”.") % labels,
        _("The candidate is told at once by e-mail, with the reason above."),
        _(
            "All that followed the answer announced ends: tests called to, and what else was held for the candidate."
        ),
        _("It cannot be undone, but by another rectification."),
    ]
