"""What is said before a person acts on a date: what will happen then."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from campaigns.timelines import DateLine
from common.templatetags.rentree import full_date

Says = Callable[[DateLine], list[str]]


def with_figures(sentences: Sequence[str], figures: Sequence[tuple[str, int]]) -> list[str]:
    """And to how many."""
    return [*sentences, *(_("%(what)s: %(count)s") % {"what": what, "count": count} for what, count in figures)]


def before_arming(line: DateLine) -> list[str]:
    return [
        _("Nothing goes out before a second person confirms."),
        _hour(line, _("Once confirmed, everything goes out together on %(date)s.")),
    ]


def before_confirming(line: DateLine) -> list[str]:
    if line.current and line.current.hour_passed:
        return [_("The hour has passed: everything goes out at once."), _("It cannot be undone.")]
    return [
        _hour(line, _("Everything goes out together on %(date)s, without anybody doing anything more.")),
        _("Until then, it can be disarmed."),
    ]


def before_disarming(_line: DateLine) -> list[str]:
    return [_("Nothing goes out until two people have agreed again.")]


def before_holding(_line: DateLine) -> list[str]:
    return [
        _("Nothing happens at its hour, until somebody frees it."),
        _("If people had agreed on it, they have to agree again."),
    ]


def before_freeing(line: DateLine) -> list[str]:
    if line.current and line.current.two_people:
        return [_("It has to be armed and confirmed by two people before anything goes out.")]
    if line.current and line.current.hour_passed:
        return [_("The hour has passed: it happens at once.")]
    return [_hour(line, _("It happens by itself on %(date)s."))]


def before_skipping(_line: DateLine) -> list[str]:
    return [_("It never happens by itself, unless the date is given again in the notice."), _("It cannot be undone.")]


def before_retrying(line: DateLine) -> list[str]:
    return before_freeing(line)


def before_a_late_one(_line: DateLine) -> list[str]:
    return [
        _("It opens what was decided since this date, and nothing else: nobody is told twice."),
        _("It has to be armed and confirmed by two people before anything goes out."),
    ]


def before_moving(line: DateLine) -> list[str]:
    sentences = [_("The notice gets a new version, which says why. Earlier versions can still be read.")]
    if line.current and line.current.is_open:
        sentences.append(
            _("What it does by itself moves with it. If people had agreed on it, they have to agree again.")
        )
    return sentences


def _hour(line: DateLine, sentence: str) -> str:
    due_at = line.current.run.due_at if line.current else line.at
    return sentence % {"date": full_date(due_at, line.milestone.campaign.zone)}
