"""Years of study in words, as a notice prints them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def year_of_study(year: int) -> str:
    return _("%(nth)s year") % {"nth": _nth(year)}


def years_of_study(years: Sequence[int]) -> str:
    """As in “2nd or 3rd year”."""
    *before, last = map(_nth, years)
    if not before:
        return _("%(nth)s year") % {"nth": last}
    return _("%(first)s or %(last)s year") % {"first": ", ".join(before), "last": last}


def _nth(number: int) -> str:
    known = {1: _("1st"), 2: _("2nd"), 3: _("3rd")}
    return known.get(number) or _("%(number)sth") % {"number": number}
