"""What each act on a place, a contract or an admission will do, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.places.presentation import trainees_leave
from admissions.places.selectors.lists import to_be_hosted
from admissions.places.selectors.pools import PoolCount
from admissions.states import LIVE_STATES
from apprenticeship.office.selectors import AdmissionFile


def before_transferring(_file: AdmissionFile) -> list[str]:
    return [
        _("The decisions, the job project and the place stay as they are, and no fee is due."),
        _("The candidate is told at once by e-mail."),
    ]


def before_drafting(_file: AdmissionFile) -> list[str]:
    return [_("Nothing is signed: the draft may be changed until the signature.")]


def before_signing(_file: AdmissionFile) -> list[str]:
    return [_("The draft is closed: a signed contract can only be countersigned or broken.")]


def before_countersigning(_file: AdmissionFile) -> list[str]:
    return [
        _("The contract is complete: the candidate may be admitted once all the rest is there.")
    ]


def before_agreeing(_file: AdmissionFile) -> list[str]:
    return [
        _(
            "The candidate takes a place of the group at once, or waits for one in the order of agreements."
        ),
        _("No job project and no apprenticeship contract are asked for."),
        _("The candidate is told at once by e-mail."),
    ]


def before_disagreeing(_file: AdmissionFile) -> list[str]:
    return [
        _("The place goes to the first who waits, who is told by e-mail."),
        _("The candidate stays selected, and is told why by e-mail."),
    ]


def before_admitting(file: AdmissionFile) -> list[str]:
    told = _("The candidate is told at once by e-mail.")
    return [_("The admission is recorded, with today's date and your name."), *_others(file), told]


def before_breaking(file: AdmissionFile) -> list[str]:
    admitted = [
        _("The admission, which rests on it, is taken back: the candidate is told why by e-mail.")
    ]
    kept = [
        _("The place stays held: another contract may be drafted, or the place given back."),
        _("It cannot be undone."),
    ]
    return [*(admitted if file.admitted else []), *kept]


def before_releasing(_file: AdmissionFile) -> list[str]:
    return [
        _("The job project ends: the employer has gone back on it."),
        _("A contract that is only drafted is deleted."),
        _("The place goes to the first who waits, who is told by e-mail."),
        _("The candidate stays selected, and is told why by e-mail."),
    ]


def before_giving_a_place(_file: AdmissionFile) -> list[str]:
    return [_("The candidate takes a place of the group, or waits for one if none is left.")]


def before_releasing_a_place(file: AdmissionFile) -> list[str]:
    return [
        *before_disagreeing(file),
        _("You may give them a place again, as long as one is left."),
    ]


def before_reverting(_file: AdmissionFile) -> list[str]:
    return [
        _("The candidate is selected again, no longer admitted, and is told why by e-mail."),
        _("The place stays as it is, with what it rests on."),
        _("The other applications that were withdrawn stay so."),
    ]


def before_changing_capacity(count: PoolCount) -> list[str]:
    return [
        *(_who_rises(count) if count.queued else [_("Nobody waits for a place.")]),
        *trainees_leave(to_be_hosted(count.pool.pk)),
        _("The notice stays as it is: it says how many places were announced."),
        _("Never fewer than are held or announced."),
        *_most(count.pool.most),
    ]


def _most(most: int | None) -> list[str]:
    return [] if most is None else [_("Never more than %(most)s.") % {"most": most}]


def _who_rises(count: PoolCount) -> list[str]:
    waiting = ngettext(
        "%(count)d candidate waits for a place: each new place goes to the first who waits, who is told by e-mail.",
        "%(count)d candidates wait for a place: each new place goes to the first who waits, who is told by e-mail.",
        count.queued,
    )
    enough = _("From %(places)d places on, nobody waits any more.")
    return [waiting % {"count": count.queued}, enough % {"places": count.held + count.queued}]


def _others(file: AdmissionFile) -> list[str]:
    others = (
        file.candidacy.application.candidacies.exclude(pk=file.candidacy.pk)
        .filter(state__in=LIVE_STATES)
        .count()
    )
    if not others:
        return []
    words = ngettext(
        "%(count)d other application of this person to the campaign is withdrawn.",
        "%(count)d other applications of this person to the campaign are withdrawn.",
        others,
    )
    return [words % {"count": others}]
