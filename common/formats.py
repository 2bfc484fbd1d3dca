"""How Rentrée writes texts of the notice, amounts, sizes, dates and hours, in the active language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.rules import TimeLeft, Unit

NO_BREAK = "\u00a0"
THIN = "\u202f"  # a thin space that does not break
KILO, KIBI = 1000, 1024
FRENCH_PREFIX = 33


def _french() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("fr")


def _in_zone(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone or settings.TIME_ZONE))


def localized(text: object) -> str:
    """A text of the notice in the active language, else in French."""
    if not isinstance(text, Mapping):
        return "" if text is None else str(text)
    language = "fr" if _french() else "en"
    return str(text.get(language) or text.get("fr") or "")


def number(value: int) -> str:
    """`12345` as "12 345" in French and "12,345" in English."""
    return f"{value:,}".replace(",", THIN) if _french() else f"{value:,}"


def euros(cents: int) -> str:
    """`7700` as "77 €" in French and "€77" in English; cents only when there are some."""
    whole, rest = divmod(abs(cents), 100)
    sign = "−" if cents < 0 else ""
    if _french():
        return f"{sign}{number(whole)}{f',{rest:02}' if rest else ''}{NO_BREAK}€"
    return f"{sign}€{number(whole)}{f'.{rest:02}' if rest else ''}"


def file_size(count: int) -> str:
    """A number of bytes, rounded up: "2 Mo" for a limit counted in thousands or in 1024s, "2,1 Mo" for a byte more."""
    step = KILO if count % KILO == 0 else KIBI
    if count < step * step:
        return _("%(count)s\u00a0kB") % {"count": number_format(-(-count // step))}
    tenths = -(-count * 10 // (step * step))
    megabytes = tenths / 10 if tenths % 10 else tenths // 10
    return _("%(count)s\u00a0MB") % {"count": number_format(megabytes)}


def day(moment: date | None, zone: str = "") -> str:
    """The day in full: "mardi 8 mars 2022". A moment is read in `zone`."""
    return _day(moment, zone, weekday=True)


def short_day(moment: date | None, zone: str = "") -> str:
    """The day without its name: "8 mars 2022". A moment is read in `zone`."""
    return _day(moment, zone, weekday=False)


def _day(moment: date | None, zone: str, *, weekday: bool) -> str:
    if moment is None:
        return ""
    local = _in_zone(moment, zone) if isinstance(moment, datetime) else moment
    words = f"{_day_number(local)}{NO_BREAK}{format_date(local, 'F Y')}"
    return f"{format_date(local, 'l')} {words}" if weekday else words


def _day_number(local: date) -> str:
    return "1er" if local.day == 1 and _french() else str(local.day)


def period(first: date, last: date) -> str:
    """Two days and all between them: "du 5 au 25 avril 2022", "du 28 mars au 9 avril 2022"."""
    if first == last:
        return day(first)
    shown = (
        ("" if first.month == last.month else format_date(first, "F"))
        if first.year == last.year
        else None
    )
    start = (
        short_day(first)
        if shown is None
        else f"{_day_number(first)}{NO_BREAK}{shown}".rstrip(NO_BREAK)
    )
    return _("from %(start)s to %(end)s") % {"start": start, "end": short_day(last)}


def clock(moment: datetime, zone: str = "") -> str:
    """The hour in `zone`: "23 h 59" in French, "23:59" in English."""
    local = _in_zone(moment, zone)
    if not _french():
        return f"{local:%H:%M}"
    minutes = f"{NO_BREAK}{local:%M}" if local.minute else ""
    return f"{local.hour}{NO_BREAK}h{minutes}"


def zone_name(zone: str) -> str:
    """How the hours of `zone` are called: "heure de Paris"."""
    return _("%(city)s time") % {"city": zone.rpartition("/")[2].replace("_", " ")}


def full_date(moment: datetime | None, zone: str = "") -> str:
    """Day, hour and zone: "mardi 8 mars 2022 à 23 h 59, heure de Paris"."""
    if moment is None:
        return ""
    zone = zone or settings.TIME_ZONE
    return _("%(day)s at %(clock)s, %(zone)s") % {
        "day": day(moment, zone),
        "clock": clock(moment, zone),
        "zone": zone_name(zone),
    }


def in_words(left: TimeLeft) -> str:
    """ "12 jours", "5 heures", "moins d’une minute"."""
    if left.unit is Unit.DAY:
        return ngettext("%(count)s day", "%(count)s days", left.count) % {"count": left.count}
    if left.unit is Unit.HOUR:
        return ngettext("%(count)s hour", "%(count)s hours", left.count) % {"count": left.count}
    if not left.count:
        return _("less than a minute")
    return ngettext("%(count)s minute", "%(count)s minutes", left.count) % {"count": left.count}


def phone(number: Any) -> str:
    """As it is read aloud: national in France, international elsewhere."""
    if not number:
        return ""
    return str(
        number.as_national if number.country_code == FRENCH_PREFIX else number.as_international
    )
