"""What leads to an admission, and the consequences of an act on a place, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from admissions.places.rules import Item, WhoseTurn

CONDITIONS = {
    "project": _("An approved job project"),
    "agreement": _("The employer’s agreement"),
    "seat": _("A place"),
    "contract": _("A contract signed by all"),
    "proofs": _("The documents asked for"),
}
TURNS = {
    WhoseTurn.CANDIDATE: _("It is up to the candidate."),
    WhoseTurn.COMPANY: _("It is up to the company."),
    WhoseTurn.HEAD: _("It is up to the pedagogical head."),
    WhoseTurn.OFFICE: _("It is up to the training centre."),
    WhoseTurn.CENTRAL_SERVICE: _("It is up to the central service."),
    WhoseTurn.NOBODY: _("There is nothing to do: it comes with the rest."),
}


def condition_title(item: Item) -> str:
    return str(CONDITIONS[item.condition])


def turn(item: Item) -> str:
    """Whose turn it is."""
    return str(TURNS[item.who])


def trainees_leave(count: int) -> list[str]:
    """What those are to know who fill or take back places, while trainees share them."""
    sentence = ngettext(
        "%(count)d trainee of the supplementary list holds no place, and leaves as soon as none is left.",
        "%(count)d trainees of the supplementary list hold no place, and leave as soon as none is left.",
        count,
    )
    return [sentence % {"count": count}] if count else []
