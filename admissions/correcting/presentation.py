"""What a correction of the central service will do, in words."""

from django.utils.translation import gettext as _


def before_correcting(_thing: object) -> list[str]:
    return [
        _(
            "It is received at once, with its own recap; what was submitted before is kept as it stood."
        ),
        _("The candidate is told at once by e-mail, with the reason below."),
    ]


def before_judging_again(thing: object) -> list[str]:
    return [
        _(
            "The verdict on each programme and the fees are judged again, under the notice that was accepted."
        ),
        *before_correcting(thing),
    ]


def before_choosing(thing: object) -> list[str]:
    return [
        _("What is ticked is submitted, what is not is withdrawn. What was charged stays due."),
        *before_judging_again(thing),
    ]


def before_striking(thing: object) -> list[str]:
    return [_("The documents given for this title are removed."), *before_judging_again(thing)]
