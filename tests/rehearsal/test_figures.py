"""The days and amounts that a text says, as they are written in French, in English and for machines."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from rehearsal.campaign.reading import figures_from_nowhere
from rehearsal.figures import figures_given, figures_of
from rehearsal.invariants import ReceivedMail
from rehearsal.stage import RecordingBackend
from tests.factories import admissions, campaigns


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mardi 8\u00a0mars 2022 à 23 h 59", {date(2022, 3, 8)}),
        ("le 1er juin 2022", {date(2022, 6, 1)}),
        ("du 5 au 25\u00a0avril 2022", {date(2022, 4, 5), date(2022, 4, 25)}),
        ("du 28 mars au 9 avril 2021", {date(2021, 3, 28), date(2021, 4, 9)}),
        ("du 20 décembre 2021 au 3 janvier 2022", {date(2021, 12, 20), date(2022, 1, 3)}),
        ("from 17 to 23 April 2024", {date(2024, 4, 17), date(2024, 4, 23)}),
        ("Tuesday 8 March 2022", {date(2022, 3, 8)}),
        ('"2024-03-12T23:59:59+01:00"', {date(2024, 3, 12)}),
        ("DTSTART;VALUE=DATE:20240502", {date(2024, 5, 2)}),
        ("né le 04/05/2001", {date(2001, 5, 4)}),
        ("session 2024, 35 minutes, 3 mars", set()),
    ],
)
def test_days(text, days):
    assert figures_of(text).days == days


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("77\u00a0€ puis 22\u00a0€", {7700, 2200}),
        ("€77 + €22 = €99", {7700, 2200, 9900}),
        ("1\u202f589,47\u00a0€", {158947}),
        ("€8,000", {800000}),
        ('{"amount": "22.00"}', {2200}),
        ("120 ECTS", set()),
    ],
)
def test_amounts(text, cents):
    assert figures_of(text).cents == cents


def test_what_a_notice_gives():
    """R-CAL-4, R-APP-2: the list of seven days before term, and three programmes of a grant-holder."""
    given = figures_given(campaigns.ales_2024_document())
    assert {
        date(2024, 3, 12),
        date(2024, 5, 17),
        date(2024, 8, 26),
        date(2024, 12, 2),
    } <= given.days
    assert {7700, 2200, 1100, 2200 + 2 * 1100, 7700 + 2 * 2200} <= given.cents
    assert date(2024, 3, 13) not in given.days
    assert 7800 not in given.cents


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Les résultats sont annoncés le lundi 4 avril 2022.", []),
        ("Commencée le jeudi 10 février 2022 ; 77 € sont dus.", []),
        ("Trouvez une entreprise avant le 1er octobre 2022.", ["2022-10-01"]),
        ("Il reste 78 € à régler.", ["7800"]),
    ],
)
@pytest.mark.django_db
def test_a_letter_says_the_days_of_the_notice_and_of_its_dossier(text, strange, monkeypatch):
    dossier = admissions.started()
    at = datetime(2022, 3, 2, 9, 0, tzinfo=UTC)
    letter = ReceivedMail("<1@x>", at, dossier.email, "Candidature", text)
    monkeypatch.setattr(RecordingBackend, "letters", [letter])
    season = SimpleNamespace(
        campaign=dossier.campaign,
        notice=campaigns.ales_2022_document(),
        zone=ZoneInfo("Europe/Paris"),
    )

    assert list(figures_from_nowhere(season)) == [
        f"{dossier.email}, Candidature: {found}" for found in strange
    ]
