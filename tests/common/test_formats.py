"""Texts, amounts, dates and durations as people read them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from common import formats
from common.rules import TimeLeft, Unit

MIDNIGHT_LESS_ONE = datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC)
TEN = datetime(2022, 6, 1, 8, 0, tzinfo=UTC)


def spaced(text: str) -> str:
    """`text` with its unbreakable spaces marked: ~ for a full one, ' for a thin one."""
    return text.replace("\u00a0", "~").replace("\u202f", "'")


@pytest.mark.parametrize(
    ("language", "function", "arguments", "said"),
    [
        ("fr", formats.euros, (7700,), "77~€"),
        ("fr", formats.euros, (123_456_789,), "1'234'567,89~€"),
        ("fr", formats.euros, (-1105,), "−11,05~€"),
        ("en", formats.euros, (7700,), "€77"),
        ("en", formats.euros, (123_450,), "€1,234.50"),
        ("fr", formats.file_size, (2_000_000,), "2~Mo"),
        ("fr", formats.file_size, (2_097_152,), "2~Mo"),
        ("fr", formats.file_size, (2_097_153,), "2,1~Mo"),
        ("fr", formats.file_size, (1_572_864,), "1,5~Mo"),
        ("en", formats.file_size, (1_572_864,), "1.5~MB"),
        ("fr", formats.file_size, (512_000,), "512~ko"),
        ("fr", formats.file_size, (1,), "1~ko"),
        ("en", formats.file_size, (820_000,), "820~kB"),
        ("fr", formats.day, (MIDNIGHT_LESS_ONE, "Europe/Paris"), "mardi 8~mars 2022"),
        ("fr", formats.day, (MIDNIGHT_LESS_ONE, "Asia/Tokyo"), "mercredi 9~mars 2022"),
        ("fr", formats.day, (None,), ""),
        ("fr", formats.short_day, (date(2022, 6, 1),), "1er~juin 2022"),
        ("en", formats.short_day, (date(2022, 6, 1),), "1~June 2022"),
        ("fr", formats.clock, (TEN, "Europe/Paris"), "10~h"),
        (
            "fr",
            formats.full_date,
            (MIDNIGHT_LESS_ONE, "Europe/Paris"),
            "mardi 8~mars 2022 à 23~h~59, heure de Paris",
        ),
        (
            "en",
            formats.full_date,
            (MIDNIGHT_LESS_ONE, "Europe/Paris"),
            "Tuesday 8~March 2022 at 23:59, Paris time",
        ),
        (
            "fr",
            formats.full_date,
            (TEN, "America/New_York"),
            "mercredi 1er~juin 2022 à 4~h, heure de New York",
        ),
        ("fr", formats.period, (date(2022, 4, 5), date(2022, 4, 25)), "du 5 au 25~avril 2022"),
        (
            "fr",
            formats.period,
            (date(2022, 3, 28), date(2022, 4, 1)),
            "du 28~mars au 1er~avril 2022",
        ),
        (
            "fr",
            formats.period,
            (date(2021, 12, 28), date(2022, 1, 1)),
            "du 28~décembre 2021 au 1er~janvier 2022",
        ),
        ("fr", formats.period, (date(2022, 4, 5), date(2022, 4, 5)), "mardi 5~avril 2022"),
        ("en", formats.period, (date(2022, 4, 5), date(2022, 4, 25)), "from 5 to 25~April 2022"),
    ],
)
def test_as_people_read(language, function, arguments, said):
    with translation.override(language):
        assert spaced(function(*arguments)) == said


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", {"fr": "Rentrée", "en": "Start of term"}, "Rentrée"),
        ("en", {"fr": "Rentrée", "en": "Start of term"}, "Start of term"),
        ("en", {"fr": "Rentrée"}, "Rentrée"),
        ("en", {}, ""),
        ("fr", None, ""),
        ("fr", "déjà dit", "déjà dit"),
    ],
)
def test_localized(language, text, said):
    with translation.override(language):
        assert formats.localized(text) == said


@pytest.mark.parametrize(
    ("language", "count", "unit", "said"),
    [
        ("fr", 2, Unit.DAY, "2 jours"),
        ("fr", 47, Unit.HOUR, "47 heures"),
        ("fr", 1, Unit.MINUTE, "1 minute"),
        ("fr", 0, Unit.MINUTE, "moins d’une minute"),
        ("en", 1, Unit.MINUTE, "1 minute"),
        ("en", 14, Unit.DAY, "14 days"),
    ],
)
def test_time_left_in_words(language, count, unit, said):
    with translation.override(language):
        assert formats.in_words(TimeLeft(count, unit, TEN, TEN)) == said
