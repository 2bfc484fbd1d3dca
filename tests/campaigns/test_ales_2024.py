"""The file of 2024 says what its notice says. Every figure is typed here, none read from the file."""

from datetime import date, datetime

import pytest

from campaigns import vocabulary
from tests.campaigns.cases import codes, expected, held, verdict
from tests.factories.admissions import PARIS
from tests.factories.campaigns import ales_2024_document

DOCUMENT = ales_2024_document()


@pytest.mark.parametrize(
    ("code", "speciality", "entry_year", "floor", "ceiling"),
    [
        ("BAT-1", "BAT", 1, 42, 42),
        ("INFRES-SR-1", "INFRES", 1, 22, 22),
        ("INFRES-DL-1", "INFRES", 1, 22, 22),
        ("MKX-1", "MKX", 1, 42, 42),
        ("BAT-2", "BAT", 2, 5, 10),
        ("INFRES-SR-2", "INFRES", 2, 5, 10),
        ("INFRES-DL-2", "INFRES", 2, 2, 2),
        ("MKX-2", "MKX", 2, 5, 10),
    ],
)
def test_places(code, speciality, entry_year, floor, ceiling):
    """R-PLA-2: of a range, the floor is announced and the ceiling never passed."""
    programme = DOCUMENT.programme(code)
    pool = DOCUMENT.pools[programme.pool]
    assert (programme.speciality, programme.entry_year, pool.floor, pool.ceiling) == (
        speciality,
        entry_year,
        floor,
        ceiling,
    )
    assert programme.selection == f"year-{entry_year}"


def test_no_other_programme():
    """R-PLA-2"""
    assert len(DOCUMENT.programmes) == len(DOCUMENT.pools) == 8


def paris(month, day, hour=0, minute=0, second=0):
    return datetime(2024, month, day, hour, minute, second, tzinfo=PARIS)


def day_window(first, last):
    return paris(*first), paris(*last, 23, 59, 59)


DATES = {
    "opening": (*day_window((2, 1), (2, 1)), None, ()),
    "deadline": (None, paris(3, 12, 23, 59, 59), None, ()),
    "file-results": (paris(4, 15, 10), paris(4, 15, 10), "announce", ()),
    "y1-tests": (*day_window((4, 17), (4, 23)), None, ("year-1",)),
    "y1-results": (paris(5, 2, 10), paris(5, 2, 10), "announce", ("year-1",)),
    "y1-search": (paris(5, 2, 10), None, "start_search", ("year-1",)),
    "y1-live-interviews": (*day_window((5, 13), (5, 17)), None, ("year-1",)),
    "y1-live-results": (paris(5, 23, 10), paris(5, 23, 10), "announce", ("year-1",)),
    "y1-live-search": (paris(5, 23, 10), None, "start_search", ("year-1",)),
    "y2-first-series": (*day_window((4, 17), (4, 23)), None, ("year-2",)),
    "y2-first-results": (paris(5, 2, 10), paris(5, 2, 10), "announce", ("year-2",)),
    "y2-second-series": (*day_window((5, 13), (5, 17)), None, ("year-2",)),
    "y2-results": (paris(5, 23, 10), paris(5, 23, 10), "announce", ("year-2",)),
    "y2-search": (paris(5, 23, 10), None, "start_search", ("year-2",)),
}


@pytest.mark.parametrize(("key", "dates"), DATES.items())
def test_calendar(key, dates):
    """R-CAL-4"""
    milestone, window = DOCUMENT.calendar[key], DOCUMENT.window(key)
    assert (window.starts_at, window.ends_at, milestone.action, milestone.scope) == dates
    assert (milestone.status, window.all_day) == (vocabulary.MilestoneStatus.FIRM, True)


def test_no_other_date_and_an_assumed_start_of_term():
    """R-CAL-4, R-CAL-7"""
    assert set(DOCUMENT.calendar) == {*DATES, "term", "reminder"}
    assert not DOCUMENT.is_firm("term")


@pytest.mark.parametrize(
    ("tier", "first", "further"),
    [(vocabulary.Tier.STANDARD, 7700, 2200), (vocabulary.Tier.GRANT_HOLDER, 2200, 1100)],
)
def test_fees(tier, first, further):
    """R-APP-2"""
    assert (DOCUMENT.fees.tiers[tier].first, DOCUMENT.fees.tiers[tier].further) == (first, further)


GRAPH = {
    ("year-1", "file"): (
        "file-results",
        {"pre-admissible": ("next", "tests"), "rejected": ("rejected", None)},
    ),
    ("year-1", "tests"): (
        "y1-results",
        {
            "admissible": ("accepted", None),
            "complementary": ("next", "live"),
            "not-admissible": ("rejected", None),
        },
    ),
    ("year-1", "live"): (
        "y1-live-results",
        {"admissible": ("accepted", None), "not-admissible": ("rejected", None)},
    ),
    ("year-2", "file"): (
        "file-results",
        {"pre-admissible": ("next", "first-series"), "rejected": ("rejected", None)},
    ),
    ("year-2", "first-series"): (
        "y2-first-results",
        {"second-series": ("next", "second-series"), "rejected": ("rejected", None)},
    ),
    ("year-2", "second-series"): (
        "y2-results",
        {"admissible": ("accepted", None), "not-admissible": ("rejected", None)},
    ),
}


def test_stages():
    """R-SEL-3, R-SEL-4: no excellence track; a complementary phase in year 1, two series in year 2."""
    found = {
        (key, name): (
            stage.announce,
            {code: (outcome.kind.value, outcome.to) for code, outcome in stage.outcomes.items()},
        )
        for key, selection in DOCUMENT.selections.items()
        for name, stage in selection.stages.items()
    }
    assert found == GRAPH


@pytest.mark.parametrize(
    ("where", "facts"),
    [
        (
            ("year-1", "tests", "recorded-interview"),
            (30, "about", "online", "all", "none", "file-results"),
        ),
        (("year-1", "tests", "english"), (35, "about", "online", "jury", "none", "file-results")),
        (
            ("year-1", "live", "live-interview"),
            (20, "at_most", "video", "all", "slot", "y1-results"),
        ),
        (
            ("year-2", "first-series", "english"),
            (35, "about", "online", "all", "none", "file-results"),
        ),
        (
            ("year-2", "first-series", "recorded-interview"),
            (30, "about", "online", "all", "none", "file-results"),
        ),
        (
            ("year-2", "second-series", "jury-interview"),
            (30, "at_most", "video", "all", "assigned", "y2-first-results"),
        ),
        (
            ("year-2", "second-series", "speciality-test"),
            (None, "exact", "video", "jury", "assigned", "y2-first-results"),
        ),
    ],
)
def test_assessments(where, facts):
    """R-SEL-3, R-SEL-4, R-SEL-6"""
    selection, stage, key = where
    test = DOCUMENT.selections[selection].stages[stage].assessments[key]
    assert (
        test.minutes,
        test.precision,
        test.medium,
        test.who,
        test.booking,
        test.called_with,
    ) == facts


def test_speciality_tests_are_part_of_the_second_series():
    """R-SEL-4: one at least for each who is called, remote or on site as the jury chooses."""
    test = DOCUMENT.selections["year-2"].stages["second-series"].assessments["speciality-test"]
    assert (test.several, test.at_least, test.medium, test.also) == (True, 1, "video", ("on_site",))


def test_a_rejection_is_worded_by_its_day():
    """R-SEL-8: on file and on 2 May, then after the last tests."""
    labels = {
        (key, name): outcome.label["fr"]
        for key, selection in DOCUMENT.selections.items()
        for name, stage in selection.stages.items()
        for outcome in stage.outcomes.values()
        if outcome.kind == "rejected"
    }
    assert labels == {
        ("year-1", "file"): "Rejet de la candidature",
        ("year-1", "tests"): "Rejet de la candidature",
        ("year-1", "live"): "Non admissible",
        ("year-2", "file"): "Rejet de la candidature",
        ("year-2", "first-series"): "Rejet de la candidature",
        ("year-2", "second-series"): "Non admissible",
    }


def test_what_is_filmed_and_where_french_is_rated():
    """R-SEL-9, R-APP-11: recorded interviews, then live ones."""
    tests = {
        (key, name): test
        for key, selection in DOCUMENT.selections.items()
        for stage in selection.stages.values()
        for name, test in stage.assessments.items()
    }
    filmed = {place for place, test in tests.items() if test.recording}
    assert filmed == {("year-1", "recorded-interview"), ("year-2", "recorded-interview")}
    rated = {place for place, test in tests.items() if test.rates_french}
    assert rated == {("year-1", "live-interview"), ("year-2", "jury-interview")}
    assert not any(test.platform for test in tests.values())


def test_the_search_ends_in_a_firm_commitment():
    """R-JOB-4, R-JOB-6"""
    extra = DOCUMENT.search.supplementary
    assert DOCUMENT.search.firm_commitment
    assert extra
    assert (extra.days_before, extra.months_after, extra.only_if_short) == (7, 3, False)


LISTED = {
    "BAT": ["BUT-GCCD", "BUT-MT2E", "BTS-FED", "BTS-BAT", "BTS-EBCR", "BTS-SCBH"],
    "INFRES": ["BUT-INFO", "BUT-RT", "BUT-GEII", "BUT-MMI", "BTS-SIO", "BTS-CIEL-A"],
    "MKX": [
        "BUT-GMP",
        "BUT-GEII",
        "BUT-GIM",
        "BUT-MP",
        "BUT-SGM",
        "BTS-ATI",
        "BTS-CPI",
        "BTS-CIRA",
        "BTS-CRSA",
        "BTS-AERO",
        "BTS-ELT",
        "BTS-CIEL-B",
        "BTS-MS-A",
    ],
}


def test_listed_diplomas():
    """R-ELI-2: succession is said on the line, and not for a BUT; years on those of a BUT alone."""
    found = {
        key: [line.diploma for line in part.listed] for key, part in DOCUMENT.specialities.items()
    }
    succession = {
        line.diploma
        for part in DOCUMENT.specialities.values()
        for line in part.listed
        if line.predecessors
    }
    years = {
        line.diploma: line.years for part in DOCUMENT.specialities.values() for line in part.listed
    }
    assert found == LISTED
    assert succession == {"BTS-EBCR", "BTS-CIEL-A", "BTS-CIEL-B"}
    assert years == {code: (2, 3) if code.startswith("BUT") else () for code in years}


CASES = [
    ("MKX-1", [expected("CPGE-PT", ects=120)], ("eligible", "c")),
    ("BAT-1", [held("DUT-GTE")], ("jury", "d")),
    ("BAT-1", [expected("BUT-MT2E", year=2)], ("eligible", "a")),
    ("BAT-1", [expected("BUT-MT2E", year=1)], ("not_eligible", "")),
    ("MKX-1", [held("DUT-GEII"), held("CPGE-ATS")], ("jury", "d")),
    ("MKX-1", [expected("BTS-SN-B")], ("eligible", "a")),
    ("INFRES-SR-1", [expected("BTS-SN-A")], ("eligible", "a")),
    ("MKX-1", [expected("BTS-SN-A")], ("jury", "d")),
    ("MKX-1", [held("BTS-MS-B")], ("jury", "d")),
    ("MKX-1", [held("BTS-MS-A")], ("eligible", "a")),
    ("INFRES-DL-1", [expected(kind="L3", country="FR", ects=180)], ("jury", "d")),
    ("BAT-1", [held(kind="OTHER", country="FR", ects=90)], ("not_eligible", "")),
    ("BAT-2", [held("BTS-BAT")], ("not_eligible", "")),
    ("MKX-1", [held(kind="OTHER", country="MA")], ("jury", "e")),
    ("INFRES-DL-2", [expected(kind="M1", country="FR")], ("jury", "2-1-m1")),
]


@pytest.mark.parametrize(("code", "titles", "answer"), CASES)
def test_who_may_apply(code, titles, answer):
    """R-ELI-1 to R-ELI-3: the cases of the listed diplomas, session 2024."""
    found = verdict(code, *titles, under=DOCUMENT)
    assert (found.verdict.value, found.route) == answer


NEXT_YEAR, IN_TWO_YEARS, THIS_YEAR = date(2025, 6, 30), date(2026, 6, 30), date(2024, 6, 28)
YEARS = [
    # What a second-year BUT of 2023-24 is told, whose diploma comes in 2025.
    ("BAT-1", [expected("BUT-GCCD", year=2, date=NEXT_YEAR)], ("eligible", "a", [])),
    ("INFRES-SR-1", [expected("BUT-RT", year=2, date=NEXT_YEAR, ects=180)], ("eligible", "a", [])),
    ("INFRES-DL-1", [expected("BUT-INFO", year=2, ects=60)], ("eligible", "a", [])),
    ("MKX-1", [expected("BUT-MP", year=3, date=THIS_YEAR)], ("eligible", "a", [])),
    ("MKX-1", [expected("BUT-SGM", year=3, date=NEXT_YEAR)], ("eligible", "a", [])),
    ("MKX-1", [held("BUT-GIM")], ("eligible", "a", [])),
    ("MKX-1", [held("BUT-GIM", year=2)], ("eligible", "a", [])),
    ("MKX-1", [expected("BUT-GEII", date=THIS_YEAR)], ("eligible", "a", [])),
    ("BAT-1", [expected("BUT-GCCD", year=1, date=IN_TWO_YEARS)], ("not_eligible", "", [])),
    ("BAT-1", [expected("BUT-GCCD", year=1)], ("not_eligible", "", [])),
    ("BAT-1", [held("BUT-GCCD", year=1)], ("not_eligible", "", [])),
    ("BAT-1", [expected("BUT-GCCD")], ("jury", "a", ["title_year_unknown"])),
    ("BAT-1", [expected("BUT-GCCD", date=NEXT_YEAR)], ("jury", "a", ["title_year_unknown"])),
    # Another speciality's: 120 credits by the end of the year, for the jury, whatever the day of the diploma.
    ("BAT-1", [expected("BUT-INFO", year=2, date=NEXT_YEAR)], ("jury", "d", ["title_not_held"])),
    ("BAT-1", [expected("BUT-INFO", year=1, date=IN_TWO_YEARS)], ("not_eligible", "", [])),
    # The ATS class comes after a listed course: years apply there too.
    ("MKX-1", [held("BUT-GMP", year=2), expected("CPGE-ATS")], ("eligible", "b", [])),
    ("MKX-1", [held("BUT-GMP"), expected("CPGE-ATS")], ("eligible", "b", [])),
    # Other diplomas: no year is asked, and credits that are typed wrong close nothing.
    ("INFRES-DL-1", [held("BTS-SIO-B", ects=60)], ("eligible", "a", [])),
    ("MKX-1", [expected("BTS-CRSA", ects=0, date=THIS_YEAR)], ("eligible", "a", [])),
    ("MKX-1", [expected("BTS-CRSA", year=2)], ("eligible", "a", [])),
    ("MKX-1", [expected("BTS-CRSA", year=1)], ("not_eligible", "", [])),
    # Year 2 looks at no list: a BUT is of three years of study.
    ("MKX-2", [held("BUT-GMP")], ("not_eligible", "", [])),
    ("MKX-2", [held("BUT-GMP"), expected(kind="M1", country="FR")], ("jury", "2-1-m1", [])),
    ("INFRES-DL-1", [held("DUT-INFO")], ("jury", "d", [])),
    ("INFRES-DL-1", [expected(kind="LP", country="FR")], ("jury", "d", ["title_not_held"])),
    ("BAT-1", [expected(kind="CPGE", ects=120)], ("jury", "c", ["title_class_unknown"])),
    ("BAT-1", [expected("BUT-GCCD", country="BE", year=2)], ("jury", "e", [])),
]


@pytest.mark.parametrize(("code", "titles", "answer"), YEARS)
def test_a_year_of_a_but_counts_whatever_the_day_of_its_diploma(code, titles, answer):
    """R-ELI-1, R-ELI-2: validated, or to be within the academic year; A24 §1.1, second or third year."""
    found = verdict(code, *titles, under=DOCUMENT)
    assert (found.verdict.value, found.route, codes(found.missing)) == answer


@pytest.mark.parametrize("first_year", [expected("BUT-GMP", year=1), held("BUT-GMP", year=1)])
def test_an_ats_class_after_a_first_year_is_no_route(first_year):
    """R-ELI-1 (b), R-ELI-2: what is left of it is an ATS class alone, whose credits the jury would have to judge."""
    alone = verdict("MKX-1", expected("CPGE-ATS"), under=DOCUMENT)
    found = verdict("MKX-1", first_year, expected("CPGE-ATS"), under=DOCUMENT)
    assert (found.verdict, found.route, found.missing) == (
        alone.verdict,
        alone.route,
        alone.missing,
    )
    assert found.verdict != "eligible"


@pytest.mark.parametrize(
    ("title", "reasons"),
    [
        (expected("BUT-GMP", year=2), ["title_listed", "title_year_under_way"]),
        (expected("BUT-GMP", year=3), ["title_listed"]),
        (held("BUT-GMP", year=2), ["title_listed"]),
        (expected("BUT-GMP", year=1), ["title_year_early", "title_credits_short"]),
        (expected("BTS-CRSA", year=1), ["title_too_late", "title_credits_short"]),
        (held("BTS-CRSA", year=1), ["title_too_late", "title_credits_short"]),
    ],
)
def test_a_verdict_on_a_year_says_what_it_rests_on(title, reasons):
    """R-ELI-6"""
    assert codes(verdict("MKX-1", title, under=DOCUMENT).reasons) == reasons


@pytest.mark.parametrize(("code", "diploma"), [("MKX-1", "BTS-SN-B"), ("INFRES-SR-1", "BTS-SN-A")])
def test_what_counts_by_succession_says_so(code, diploma):
    """R-ELI-2"""
    assert "title_listed_by_succession" in codes(
        verdict(code, expected(diploma), under=DOCUMENT).reasons
    )


def test_a_title_not_held_yet_goes_to_the_jury_with_what_is_missing():
    """R-ELI-1 (d)"""
    found = verdict("INFRES-DL-1", expected(kind="L3", country="FR", ects=180), under=DOCUMENT)
    assert codes(found.missing) == ["title_not_held"]


def test_drafts_are_reminded_three_days_before_the_deadline():
    """R-CAL-2: ours, and marked so; it follows the deadline."""
    reminder = DOCUMENT.calendar["reminder"]
    assert DOCUMENT.window("reminder").starts_at == paris(3, 9, 9, 59, 59)
    assert (reminder.action, reminder.ours) == ("remind_drafts", True)
    assert "reminder" not in dict(DOCUMENT.printed_dates)


def test_the_places_left_are_told_each_week():
    """R-JOB-3: that they are told is printed, how often is ours."""
    told = DOCUMENT.search.seats_told
    assert (told.every_days, told.ours) == (7, True)


def test_no_last_day_of_the_search_is_named():
    """R-JOB-5, R-JOB-6: the notice prints none."""
    assert {DOCUMENT.search_ends_on(row) for row in DOCUMENT.programmes} == {None}
