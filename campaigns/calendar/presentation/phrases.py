"""What a notice says in codes and figures, said to people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from campaigns.conditions.selectors import earliest_start
from campaigns.document.schema import (
    AgeRule,
    Assessment,
    CampaignDocument,
    DocumentRequirement,
    Programme,
)
from campaigns.document.values import Window
from campaigns.enums import LABELS
from campaigns.vocabulary import (
    AgeReference,
    Booking,
    FileFormat,
    Medium,
    NationalityGroup,
    Origin,
    Per,
    Precision,
    ProgrammeStatus,
    TitleStatus,
    Who,
)
from common.datafile.values import Text
from common.formats import NO_BREAK, day, file_size, full_date, localized, period, short_day


class Held(Protocol):
    """What is said of an assessment, by the notice as to whoever sits it."""

    @property
    def minutes(self) -> int | None: ...
    @property
    def precision(self) -> Precision: ...
    @property
    def medium(self) -> Medium: ...


class Marked(Protocol):
    """What is said of the marks of an assessment."""

    @property
    def eliminates_at(self) -> int | None: ...
    @property
    def scale(self) -> int: ...


# What the counts of an action are called; one that is not here shows the name that the action gave it.
COUNTED = {
    "announced": gettext_lazy("Results announced by e-mail"),
    "called": gettext_lazy("Invitations to tests and interviews"),
    "undecided": gettext_lazy("Without a decision: they stay sealed"),
    "reminded": gettext_lazy("Candidates reminded"),
    "told": gettext_lazy("Candidates told"),
    "closed": gettext_lazy("Candidates left without a place"),
}
# What the journal says of a date, by its verb.
DONE_WITH_DATE = {
    "plan": gettext_lazy("planned"),
    "arm": gettext_lazy("armed"),
    "confirm": gettext_lazy("confirmed"),
    "disarm": gettext_lazy("disarmed"),
    "claim": gettext_lazy("begun"),
    "finish": gettext_lazy("done"),
    "fail": gettext_lazy("failed, will be tried again"),
    "give_up": gettext_lazy("failed too often, given up"),
    "move": gettext_lazy("planned anew"),
    "move_milestone": gettext_lazy("date moved in the notice"),
    "hold": gettext_lazy("put on hold"),
    "free": gettext_lazy("freed"),
    "skip": gettext_lazy("skipped"),
    "retry": gettext_lazy("to be tried again"),
    "remove": gettext_lazy("removed from the calendar"),
    "start_late": gettext_lazy("late announcement prepared"),
    "assume": gettext_lazy("date no longer certain"),
    "settle": gettext_lazy("date confirmed"),
}
FORMATS = (FileFormat.PDF, FileFormat.JPG, FileFormat.PNG)


def when(window: Window, zone: str) -> str:
    """The dates of a milestone, or the notice's words about them; a deadline alone says its hour."""
    if window.about:
        return _about(window)
    first, last = window.starts_at, window.ends_at
    if first is None:
        return _("until %(date)s") % {"date": full_date(last, zone)}
    if last is None:
        return from_day(first, zone)
    if first == last and not window.all_day:
        return full_date(first, zone)
    return period(first.date(), last.date())


def from_day(first: datetime | None, zone: str) -> str:
    return _("from %(date)s on") % {"date": day(first, zone)}


def _about(window: Window) -> str:
    if "on" in window.about:
        return localized(window.about["on"])
    start, last = localized(window.about["from"]), window.ends_at
    if last is None:
        return pgettext("words about a month", "from %(start)s on") % {"start": start}
    end = short_day(last.date())
    return pgettext("words about a month", "from %(start)s to %(end)s") % {
        "start": start,
        "end": end,
    }


def counted(name: str) -> str:
    return str(COUNTED.get(name, name))


def done_with_date(verb: str) -> str:
    return str(DONE_WITH_DATE[verb])


def assessment_detail(document: CampaignDocument, assessment: Assessment, body: Text) -> str:
    """How long, how, when and for whom; `body` decides at its stage."""
    window = when(document.window(assessment.window), document.campaign.zone)
    media = _or([medium_words(one) for one in (assessment.medium, *assessment.also)], body)
    parts = [duration(assessment), media, window, _booking(assessment), _for_whom(assessment, body)]
    parts.append(elimination(assessment))
    return f"{NO_BREAK}· ".join(part for part in parts if part)


def duration(assessment: Held) -> str:
    """How long it lasts; empty if the notice does not say."""
    if not assessment.minutes:
        return ""
    minutes = f"{assessment.minutes}{NO_BREAK}min"
    if assessment.precision is Precision.ABOUT:
        return _("about %(minutes)s") % {"minutes": minutes}
    if assessment.precision is Precision.AT_MOST:
        return _("%(minutes)s at most") % {"minutes": minutes}
    return minutes


def medium(assessment: Held) -> str:
    return medium_words(assessment.medium)


def medium_words(one: Medium) -> str:
    return {
        Medium.ONLINE: _("online, when it suits you"),
        Medium.VIDEO: _("by video"),
        Medium.ON_SITE: _("on site"),
    }[one]


def _or(words: Sequence[str], body: Text) -> str:
    """The media among which `body` chooses; the usual one alone."""
    if len(words) == 1:
        return words[0]
    return _("%(media)s, as %(body)s decides") % {"media": _any_of(words), "body": localized(body)}


def _any_of(words: Sequence[str]) -> str:
    """ "A", "A or B", "A, B or C"."""
    if len(words) == 1:
        return words[0]
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _for_whom(assessment: Assessment, body: Text) -> str:
    said = {"body": localized(body)}
    if assessment.at_least:
        words = _("%(count)s at least for each candidate, of a nature set by %(body)s")
        return words % {**said, "count": assessment.at_least}
    if assessment.several:
        return _("one or several, of a nature set by %(body)s, only if asked for") % said
    return _("only if %(body)s asks for it") % said if assessment.who is Who.JURY else ""


def _booking(assessment: Assessment) -> str:
    return {
        Booking.NONE: "",
        Booking.ASSIGNED: _("date set by the school"),
        Booking.SLOT: _("time slot booked by you"),
        Booking.DAY: _("day chosen by you, once only"),
    }[assessment.booking]


def elimination(assessment: Marked) -> str:
    """The mark that eliminates, if the notice has one (R-SEL-5)."""
    if assessment.eliminates_at is None:
        return ""
    return _("a mark of %(mark)s/%(scale)s or less eliminates") % {
        "mark": assessment.eliminates_at,
        "scale": assessment.scale,
    }


def accepts(asked: DocumentRequirement) -> str:
    """Which files a piece may be."""
    formats = [form.upper() for form in FORMATS if form in asked.formats]
    parts = [_any_of(formats)]
    parts.append(_("%(size)s at most") % {"size": file_size(asked.max_bytes)})
    if asked.max_pixels:
        side = asked.max_pixels
        parts.append(_("%(side)s × %(side)s pixels at most") % {"side": side})
    return ", ".join(parts)


def asked_of(document: CampaignDocument, asked: DocumentRequirement) -> str:
    """Of whom a piece is asked and how many times; empty if it is one piece of everyone."""
    parts = [
        _("one for each programme") if asked.per is Per.PROGRAMME else "",
        for_whom(document, asked.scope),
    ]
    if asked.when.grant_holder:
        parts.append(_("if you ask for the reduced fee"))
    if asked.when.nationality is NationalityGroup.OUTSIDE_EEA:
        parts.append(
            _("if you are a national neither of the European Economic Area nor of Switzerland")
        )
    french, under = asked.when.nationality is NationalityGroup.FRENCH, asked.when.under
    if french and under:
        parts.append(_("if you are French and under %(age)s") % {"age": under})
    elif french:
        parts.append(_("if you are French"))
    elif under:
        parts.append(_("if you are under %(age)s") % {"age": under})
    parts.append(_title(asked))
    words = ", ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def _title(asked: DocumentRequirement) -> str:
    wanted = asked.when.title
    if wanted is None:
        return _("one for each diploma") if asked.per is Per.TITLE else ""
    kinds = ", ".join(kind for kind in wanted.kinds)
    diploma = _("diploma (%(kinds)s)") % {"kinds": kinds} if kinds else _("diploma")
    if wanted.origin is Origin.FOREIGN:
        diploma = _("foreign %(diploma)s") % {"diploma": diploma}
    if wanted.status is TitleStatus.OBTAINED:
        return _("for each %(diploma)s that you hold") % {"diploma": diploma}
    if wanted.status is TitleStatus.EXPECTED:
        return _("for each %(diploma)s in progress") % {"diploma": diploma}
    return _("for each %(diploma)s") % {"diploma": diploma}


def for_whom(document: CampaignDocument, scope: tuple[str, ...]) -> str:
    """The entry years, statuses, specialities or programmes that a scope leaves in; empty if all are."""
    concerned = document.concerned(scope)
    if len(concerned) == len(document.programmes):
        return ""
    years, statuses, specialities = (
        tuple(dict.fromkeys(getattr(programme, name) for programme in concerned))
        for name in ("entry_year", "status", "speciality")
    )
    if _are_all(document, concerned, "entry_year", years):
        return ", ".join(_entry_in(year) for year in sorted(years))
    if _are_all(document, concerned, "status", statuses):
        names = (str(LABELS[ProgrammeStatus][status]) for status in statuses)
        return _("for %(names)s") % {"names": ", ".join(names)}
    if _are_all(document, concerned, "speciality", specialities):
        names = (localized(document.specialities[key].title) for key in specialities)
        return _("for %(names)s") % {"names": ", ".join(names)}
    if len(concerned) == 1:
        return _("for %(names)s") % {"names": localized(concerned[0].title)}
    return _("for %(codes)s") % {"codes": ", ".join(programme.code for programme in concerned)}


def _are_all(
    document: CampaignDocument, concerned: tuple[Programme, ...], name: str, values: tuple[Any, ...]
) -> bool:
    """Whether these are all the programmes of such an entry year, status or speciality."""
    return concerned == tuple(
        programme for programme in document.programmes if getattr(programme, name) in values
    )


def _entry_in(year: int) -> str:
    known = {1: _("for entry in the first year"), 2: _("for entry in the second year")}
    return known.get(year) or _("for entry in year %(year)s") % {"year": year}


def age(document: CampaignDocument, rule: AgeRule) -> str:
    """An age limit with the date at which it is read."""
    window = document.window(rule.milestone)
    reference = {
        AgeReference.TRAINING_START: _("when the training starts"),
        AgeReference.CONTRACT_START: _("when the contract starts"),
        AgeReference.SIGNING: _("when the contract is signed"),
    }[rule.at]
    if earliest := earliest_start(document, rule):
        return _("under %(age)s %(reference)s, which may start from %(date)s on") % {
            "age": rule.under,
            "reference": reference,
            "date": short_day(earliest),
        }
    if not document.is_firm(rule.milestone):
        return _("under %(age)s %(reference)s") % {"age": rule.under, "reference": reference}
    return _("under %(age)s %(reference)s (%(date)s)") % {
        "age": rule.under,
        "reference": reference,
        "date": when(window, document.campaign.zone),
    }
