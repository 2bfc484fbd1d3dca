"""Where an application is, and what a candidate's act on it will do, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.candidate.rules import Moment, What
from admissions.dossier.selectors.read_model import Dossier
from admissions.models import ACCEPTED
from admissions.states import ApplicationState
from campaigns.calendar.presentation import phrases
from campaigns.document.values import Window
from common.formats import day, full_date, localized

MOMENTS = {
    What.STARTED: gettext_lazy("Application started"),
    What.TO_SUBMIT: gettext_lazy("To be submitted by you"),
    What.RECEIVED: gettext_lazy("Application received"),
    What.CHECKED: gettext_lazy("Being checked by the central service"),
    What.ASKED: gettext_lazy("Documents asked of you"),
    What.CHECKED_WHOLE: gettext_lazy("Checked by the central service: complete"),
    What.AT_OFFICE: gettext_lazy("With the admissions office of the school"),
    What.WITHDRAWN: gettext_lazy("Withdrawn by you"),
    What.REFUSED: gettext_lazy("Refused by the central service"),
    What.LAPSED: gettext_lazy("Not submitted before the deadline"),
    What.SEARCH: gettext_lazy("Search for a host company"),
}


def before_withdrawing(dossier: Dossier) -> list[str]:
    """In the order of what one would ask."""
    if dossier.state is ApplicationState.DRAFT:
        told = [_("Your draft is studied by nobody.")]
    else:
        told = [
            _("It acts at once: what you withdraw is no longer studied."),
            _("You receive a confirmation by e-mail."),
        ]
    if any(row.state in ACCEPTED for row in dossier.candidacies):
        told.append(
            _(
                "Your admission, your place and what they rest on go with the programme that you withdraw from."
            )
        )
    told.append(
        _("The fees stay due: they are never refunded.")
        if dossier.fees.charged
        else _("Nothing is due.")
    )
    if dossier.open:
        return [*told, _("Until the deadline you may come back on it.")]
    return [*told, _("The deadline has passed: you cannot come back on it.")]


def moment_title(moment: Moment) -> str:
    programme = localized(moment.programme)
    title = _moment_words(moment)
    return f"{title} – {programme}" if programme else title


def _moment_words(moment: Moment) -> str:
    if moment.what is What.UNDER_REVIEW:
        return _("Being studied: %(stage)s") % {"stage": localized(moment.label)}
    if moment.what is What.COMPLETE:
        return _("Complete, studied by %(body)s") % {"body": localized(moment.label)}
    if moment.what in MOMENTS:
        return str(MOMENTS[moment.what])
    return localized(moment.label)


def moment_when(moment: Moment, zone: str) -> str:
    if moment.what in {What.MILESTONE, What.CALL}:
        return phrases.when(Window(moment.at, moment.until, moment.all_day, moment.about), zone)
    if moment.what is What.RESULTS and moment.open_ended:
        return phrases.from_day(moment.at, zone)
    if moment.what in {What.RESULTS, What.TOLD}:
        return day(moment.at, zone)
    if moment.what is What.UNDER_REVIEW:
        return _answer_when(moment, zone)
    if moment.until:
        return _("at the latest on %(date)s") % {"date": full_date(moment.until, zone)}
    return full_date(moment.at, zone) or _("from now on")


def _answer_when(moment: Moment, zone: str) -> str:
    if moment.until is None:
        return _("answer awaited")
    if moment.open_ended:
        return _("answer from %(day)s on") % {"day": day(moment.until, zone)}
    return _("answer on %(day)s") % {"day": day(moment.until, zone)}
