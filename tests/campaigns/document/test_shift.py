from datetime import date, datetime

from campaigns.document.shift import shift
from common.formats import localized
from tests.factories.campaigns import ales_2022_document

MOVED = shift(
    ales_2022_document(), weeks=100, slug="ales-demo", suffix={"fr": "(essai)", "en": "(trial)"}
)


def test_every_date_moves_by_whole_weeks():
    for key, before in ales_2022_document().calendar.items():
        after = MOVED.calendar[key]
        for name in ("on", "since", "until"):
            first, second = getattr(before, name), getattr(after, name)
            assert (first and (second - first).days) in {None, 700}, key
    assert MOVED.calendar["opening"].on == date(2024, 1, 2)


def test_the_academic_year_ends_in_summer():
    assert MOVED.campaign.academic_year == (date(2023, 8, 2), date(2024, 8, 31))


def test_days_of_the_week_and_hours_stay():
    """The deadline stays a Tuesday at 23:59:59, in winter or summer time."""
    assert MOVED.last_second.isoformat() == "2024-02-06T23:59:59+01:00"
    assert MOVED.window("file-results").starts_at.isoformat() == "2024-03-04T10:00:00+01:00"
    assert (
        ales_2022_document().window("file-results").starts_at.isoformat()
        == "2022-04-04T10:00:00+02:00"
    )


def test_what_it_is_called_changes_and_nothing_else():
    header = MOVED.campaign
    assert (header.slug, header.session) == ("ales-demo", 2024)
    assert header.title == {
        "fr": "Admissions 2022 en formation d’ingénieur par apprentissage (essai)",
        "en": "Admissions 2022 to the engineering degrees by apprenticeship (trial)",
    }
    back = shift(MOVED, weeks=-100, slug="ales-2022", suffix={"fr": ""})
    assert back.calendar == ales_2022_document().calendar
    assert (back.programmes, back.documents) == (MOVED.programmes, ales_2022_document().documents)


def test_an_hour_moves_with_its_day():
    document = ales_2022_document()
    noon = document.calendar["opening"].model_copy(update={"on": datetime(2022, 3, 21, 12, 0)})
    moved = shift(
        document.model_copy(update={"calendar": document.calendar | {"opening": noon}}),
        weeks=1,
        slug="x",
        suffix={"fr": "x"},
    )
    assert moved.calendar["opening"].on == datetime(2022, 3, 28, 12, 0)
    assert moved.opens_at.isoformat() == "2022-03-28T12:00:00+02:00"


def test_the_year_of_the_session_is_that_of_the_new_one():
    """R-SEL-9: nobody agrees to a film that was to be destroyed years before."""
    moved = shift(ales_2022_document(), weeks=261, slug="later", suffix={"fr": "(plus tard)"})
    recordings = localized(moved.rules["recordings"].text)
    filmed = moved.selections["year-1"].stages["tests"].assessments["recorded-interview"]

    year = str(moved.campaign.session)
    assert year in recordings
    assert "2022" not in recordings
    assert year in localized(filmed.recording.until)
