"""Consequences of an act on a place, in words."""

from django.utils.translation import ngettext


def trainees_leave(count: int) -> list[str]:
    """What those are to know who fill or take back places, while trainees share them."""
    sentence = ngettext(
        "%(count)d trainee of the supplementary list holds no place, and leaves as soon as none is left.",
        "%(count)d trainees of the supplementary list hold no place, and leave as soon as none is left.",
        count,
    )
    return [sentence % {"count": count}] if count else []
