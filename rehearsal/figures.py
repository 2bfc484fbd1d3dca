"""The dates and amounts that a text says in French, in English or to a machine, and those that a notice gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from admissions.places.rules import last_day
from campaigns.conditions.selectors import earliest_start, fee_tier
from campaigns.document.schema import TERM, CampaignDocument
from campaigns.vocabulary import Tier

FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
ENGLISH = "january february march april may june july august september october november december"
MONTHS = {name: place for names in (FRENCH, ENGLISH) for place, name in enumerate(names.split(), 1)}
MONTH = "|".join(MONTHS)
# "8 mars 2022", "1er juin 2022", and both ends of "du 5 au 25 avril 2022", "from 28 March to 9 April 2022".
IN_WORDS = re.compile(
    rf"(?:\b(\d{{1,2}})(?:er)?(?: ({MONTH}))?(?: (\d{{4}}))? (?:au|to|et|and) )?"
    rf"(?:\w+ )?\b(\d{{1,2}})(?:er)? ({MONTH}) (\d{{4}})\b",
    re.IGNORECASE,
)
IN_DIGITS = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?=\b|T)")
IN_FEED = re.compile(r"(?<=[:=])(\d{4})(\d{2})(\d{2})(?=T\d{6}Z?\b|\b)")
SLASHED = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")
EUROS = re.compile(r"€\s?(\d[\d,]*(?:\.\d\d)?)|\b(\d[\d ]*(?:,\d\d)?) ?€|\b(\d+\.\d\d)\b(?=\")")


@dataclass(frozen=True, slots=True)
class Figures:
    """Days, and amounts in cents."""

    days: frozenset[date]
    cents: frozenset[int]

    def but(self, known: "Figures") -> "Figures":
        return Figures(self.days - known.days, self.cents - known.cents)


def figures_of(text: str) -> Figures:
    """What `text` says; spaces that do not break are spaces."""
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", text)
    return Figures(frozenset(_days(plain)), frozenset(_cents(plain)))


def _days(plain: str) -> Iterator[date]:
    for found in IN_WORDS.finditer(plain):
        first, its_month, its_year, last, month, year = found.groups()
        yield _day(last, month, year)
        if first:
            yield _day(first, its_month or month, its_year or year)
    for found in (*IN_DIGITS.finditer(plain), *IN_FEED.finditer(plain)):
        yield date(*(int(part) for part in found.groups()))
    for found in SLASHED.finditer(plain):
        day, month, year = (int(part) for part in found.groups())
        yield date(year, month, day)


def _day(number: str, month: str, year: str) -> date:
    return date(int(year), MONTHS[month.lower()], int(number))


def _cents(plain: str) -> Iterator[int]:
    for english, french, machine in EUROS.findall(plain):
        said = english.replace(",", "") or french.replace(" ", "").replace(",", ".") or machine
        yield int(Decimal(said) * 100)


def figures_given(document: CampaignDocument) -> Figures:
    """The days of a notice's calendar and those that its rules count from them; its fees, whatever is chosen."""
    return Figures(frozenset(_days_given(document)), frozenset(_cents_given(document)))


def _days_given(document: CampaignDocument) -> Iterator[date]:
    yield from document.campaign.academic_year
    for key in document.calendar:
        window = document.window(key)
        for moment in (window.starts_at, window.ends_at):
            if moment:
                yield moment.astimezone(document.zone).date()
    extra = document.search.supplementary
    if extra and TERM in document.calendar:
        yield document.starts_on - timedelta(days=extra.days_before)
        yield last_day(document.starts_on, extra.months_after)
    for rule in document.ages.values():
        if day := earliest_start(document, rule):
            yield day


def _cents_given(document: CampaignDocument) -> Iterator[int]:
    for tier, further in product(Tier, range(len(document.programmes))):
        prices = fee_tier(document, tier)
        yield from (prices.first, prices.further, prices.first + further * prices.further)


def words_of(document: Any) -> str:
    """All that a file says in words, one text under the other."""
    if isinstance(document, dict):
        return "\n".join(words_of(part) for part in document.values())
    if isinstance(document, (list, tuple)):
        return "\n".join(words_of(part) for part in document)
    return document if isinstance(document, str) else ""
