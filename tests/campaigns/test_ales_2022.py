"""The file of 2022 says what its notice says. Every figure is typed here, none read from the file."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from campaigns import vocabulary
from tests.factories.campaigns import ales_2022_document

PARIS = ZoneInfo("Europe/Paris")
DOCUMENT = ales_2022_document()


@pytest.mark.parametrize(
    ("code", "speciality", "track", "entry_year", "places"),
    [
        ("BAT-1", "BAT", None, 1, 40),
        ("INFRES-SR-1", "INFRES", "Systèmes et réseaux", 1, 22),
        ("INFRES-DL-1", "INFRES", "Développement logiciel", 1, 22),
        ("MKX-1", "MKX", None, 1, 40),
        ("BAT-2", "BAT", None, 2, 1),
        ("INFRES-SR-2", "INFRES", "Systèmes et réseaux", 2, 1),
        ("MKX-2", "MKX", None, 2, 1),
    ],
)
def test_places(code, speciality, track, entry_year, places):
    """R-PLA-1."""
    programme = DOCUMENT.programme(code)
    pool = DOCUMENT.pools[programme.pool]
    assert (
        programme.speciality,
        (programme.track or {}).get("fr"),
        programme.entry_year,
        programme.selection,
    ) == (
        speciality,
        track,
        entry_year,
        f"year-{entry_year}",
    )
    assert (pool.floor, pool.ceiling, pool.provisional) == (places, places, False)
    assert programme.status is vocabulary.ProgrammeStatus.APPRENTICESHIP


def test_no_other_programme_nor_shared_pool():
    """R-PLA-1: Software isn't offered in year 2."""
    assert [programme.code for programme in DOCUMENT.programmes] == [
        "BAT-1",
        "INFRES-SR-1",
        "INFRES-DL-1",
        "MKX-1",
        "BAT-2",
        "INFRES-SR-2",
        "MKX-2",
    ]
    assert len({programme.pool for programme in DOCUMENT.programmes}) == 7


def paris(month, day, hour=0, minute=0, second=0):
    return datetime(2022, month, day, hour, minute, second, tzinfo=PARIS)


DATES = {
    "opening": (paris(2, 1), paris(2, 1, 23, 59, 59), None, ()),
    "deadline": (None, paris(3, 8, 23, 59, 59), None, ()),
    "file-results": (paris(4, 4, 10), paris(4, 4, 10), "announce", ()),
    "y1-tests": (paris(4, 5), paris(4, 25, 23, 59, 59), None, ("year-1",)),
    "y1-online-tests": (paris(4, 5), paris(4, 11, 23, 59, 59), None, ("year-1",)),
    "y1-second-call": (paris(4, 15, 10), paris(4, 15, 10), "announce", ("year-1",)),
    "y1-second-interviews": (paris(4, 19), paris(4, 25, 23, 59, 59), None, ("year-1",)),
    "y1-results": (paris(5, 5, 10), paris(5, 5, 10), "announce", ("year-1",)),
    "y1-search": (paris(5, 10, 10), None, "start_search", ("year-1",)),
    "y2-tests": (paris(5, 10), paris(5, 25, 23, 59, 59), None, ("year-2",)),
    "y2-results": (paris(6, 1, 10), paris(6, 1, 10), "announce", ("year-2",)),
    "y2-search": (paris(6, 7, 10), None, "start_search", ("year-2",)),
}


@pytest.mark.parametrize(("key", "dates"), DATES.items())
def test_calendar(key, dates):
    """R-CAL-3, R-CAL-2: dates, automatic actions and whom they concern, all firm and by days."""
    milestone, window = DOCUMENT.calendar[key], DOCUMENT.window(key)
    assert (window.starts_at, window.ends_at, milestone.action, milestone.scope) == dates
    assert (milestone.status, window.all_day) == (vocabulary.MilestoneStatus.FIRM, True)


def test_the_start_of_term_is_assumed():
    """R-CAL-7: the notice gives no date."""
    assert DOCUMENT.calendar["term"].status is vocabulary.MilestoneStatus.ASSUMED
    assert not DOCUMENT.is_firm("term")


def test_no_other_date():
    """R-CAL-3."""
    assert set(DOCUMENT.calendar) == {*DATES, "term", "reminder"}


def test_window_of_the_campaign():
    """R-CAL-1, R-CAL-3."""
    assert (DOCUMENT.opens_at, DOCUMENT.last_second) == (paris(2, 1), paris(3, 8, 23, 59, 59))
    assert [day.isoformat() for day in DOCUMENT.campaign.academic_year] == [
        "2021-09-01",
        "2022-08-31",
    ]


@pytest.mark.parametrize(
    ("tier", "first", "further"),
    [(vocabulary.Tier.STANDARD, 7700, 2200), (vocabulary.Tier.GRANT_HOLDER, 2200, 1100)],
)
def test_fees(tier, first, further):
    """R-APP-2."""
    assert (DOCUMENT.fees.tiers[tier].first, DOCUMENT.fees.tiers[tier].further) == (first, further)
    assert DOCUMENT.fees.article == "4.1"


LISTED = {
    "BAT": [
        ("DUT-GCCD", "Génie Civil-Construction Durable"),
        ("DUT-GTE", "Génie Thermique et Energie"),
        ("BTS-FED", "Fluides Energies Domotique"),
        ("BTS-BAT", "Bâtiment"),
        ("BTS-EBCR", "Enveloppe du bâtiment"),
        ("BTS-SCBH", "Systèmes constructifs bois et habitat"),
    ],
    "INFRES": [
        ("DUT-INFO", "Informatique"),
        ("DUT-RT", "Réseaux et Télécommunications"),
        ("DUT-GEII", "Génie Electrique et Informatique Industrielle"),
        ("DUT-MMI", "Métiers du Multimédia et de l'Internet"),
        ("BTS-SIO", "Services Informatiques aux Organisations"),
        ("BTS-SN-A", "Systèmes Numériques (option Informatique et Réseaux)"),
    ],
    "MKX": [
        ("DUT-GMP", "Génie Mécanique et Productique"),
        ("DUT-GEII", "Génie Electrique et Informatique Industrielle"),
        ("DUT-GIM", "Génie Industriel et Maintenance"),
        ("DUT-MP", "Mesures Physiques"),
        ("DUT-SGM", "Science et Génie des Matériaux"),
        ("BTS-ATI", "Assistance Technique d'Ingénieur"),
        ("BTS-CPI", "Conception de Produits Industriels"),
        ("BTS-CIRA", "Contrôle Industriel et Régulation Automatique"),
        ("BTS-CRSA", "Conception et Réalisation de Systèmes Automatiques"),
        ("BTS-AERO", "Aéronautique"),
        ("BTS-ELT", "Electrotechnique"),
        ("BTS-SN-B", "Systèmes Numériques option électronique et communications"),
    ],
}


@pytest.mark.parametrize(("speciality", "lines"), LISTED.items())
def test_listed_diplomas(speciality, lines):
    """R-ELI-2: 6, 6 and 12 lines, as printed; predecessors accepted on one line only."""
    found = DOCUMENT.specialities[speciality].listed
    assert [(line.diploma, line.printed) for line in found] == lines
    assert [line.diploma for line in found if line.predecessors] == (
        ["BTS-EBCR"] if speciality == "BAT" else []
    )


@pytest.mark.parametrize(
    ("key", "verdict", "scope"),
    [
        ("a", "eligible", ("year-1",)),
        ("b", "eligible", ("year-1",)),
        ("c", "eligible", ("year-1",)),
        ("d", "jury", ("year-1",)),
        ("e", "jury", ("year-1",)),
        ("2-1-m1", "jury", ("year-2",)),
        ("2-1", "jury", ("year-2",)),
        ("2-2", "jury", ("year-2",)),
    ],
)
def test_routes(key, verdict, scope):
    """R-ELI-1, R-ELI-3: in year 2 the jury judges every case."""
    assert (DOCUMENT.routes[key].verdict, DOCUMENT.routes[key].scope) == (verdict, scope)


def test_age_rule():
    """R-ELI-5: under 30 when the contract starts, for Mechatronics alone."""
    assert list(DOCUMENT.ages) == ["mkx"]
    rule = DOCUMENT.ages["mkx"]
    assert (rule.under, rule.at, rule.milestone, rule.scope) == (
        30,
        vocabulary.AgeReference.CONTRACT_START,
        "term",
        ("MKX-1", "MKX-2"),
    )


PIECES = {
    # key: per, needed, formats, most pixels, most files, ours
    "photo": ("dossier", "submission", "jpg png", 900, 1, True),
    "identity": ("dossier", "submission", "jpg png pdf", None, 2, True),
    "visa": ("dossier", "admission", "jpg png pdf", None, 2, True),
    "cv": ("dossier", "submission", "pdf jpg png", None, 1, True),
    "baccalaureate-marks": ("dossier", "submission", "pdf jpg png", None, 2, True),
    "previous-marks": ("dossier", "submission", "pdf jpg png", None, 4, True),
    "current-marks": ("dossier", "admission", "pdf jpg png", None, 4, True),
    "bts-marks": ("title", "submission", "pdf jpg png", None, 2, True),
    "diploma": ("title", "submission", "pdf jpg png", None, 2, False),
    "diploma-to-come": ("title", "admission", "pdf jpg png", None, 2, False),
    "last-marks": ("title", "admission", "pdf jpg png", None, 2, False),
    "foreign-programme": ("title", "submission", "pdf jpg png", None, 4, True),
    "motivation": ("programme", "submission", "pdf jpg png", None, 2, True),
    "further-study-opinion": ("dossier", "optional", "pdf jpg png", None, 2, True),
    "grant-notice": ("dossier", "submission", "pdf jpg png", None, 2, False),
}


@pytest.mark.parametrize(("key", "piece"), PIECES.items())
def test_documents(key, piece):
    """R-APP-3, R-APP-4, R-APP-5: the pieces and their controls, 2 MB a file at most."""
    asked = DOCUMENT.documents[key]
    found = (
        asked.per,
        asked.needed,
        " ".join(asked.formats),
        asked.max_pixels,
        asked.max_files,
        asked.ours,
    )
    assert found == piece
    assert asked.max_bytes == 2_000_000


def test_no_other_document():
    """R-APP-3."""
    assert set(DOCUMENT.documents) == set(PIECES)


@pytest.mark.parametrize(
    ("key", "when"),
    [
        ("visa", {"nationality": "outside_eea"}),
        ("grant-notice", {"grant_holder": True}),
        ("bts-marks", {"title": {"kinds": ["BTS", "BTSA"], "status": "obtained"}}),
        ("diploma", {"title": {"status": "obtained"}}),
        ("diploma-to-come", {"title": {"status": "expected"}}),
        ("last-marks", {"title": {"status": "expected"}}),
        ("foreign-programme", {"title": {"origin": "foreign"}}),
        ("photo", {}),
    ],
)
def test_whom_documents_are_asked_of(key, when):
    """R-APP-3."""
    assert DOCUMENT.documents[key].when.model_dump(mode="json", exclude_defaults=True) == when


@pytest.mark.parametrize(
    ("selection", "stage", "announce", "outcomes"),
    [
        (
            "year-1",
            "file",
            "file-results",
            {
                "excellence": ("accepted", None),
                "standard": ("next", "tests"),
                "rejected": ("rejected", None),
            },
        ),
        (
            "year-1",
            "tests",
            "y1-results",
            {"admissible": ("accepted", None), "not-admissible": ("rejected", None)},
        ),
        (
            "year-2",
            "file",
            "file-results",
            {"pre-admissible": ("next", "tests"), "rejected": ("rejected", None)},
        ),
        (
            "year-2",
            "tests",
            "y2-results",
            {"admissible": ("accepted", None), "not-admissible": ("rejected", None)},
        ),
    ],
)
def test_selections(selection, stage, announce, outcomes):
    """R-SEL-1, R-SEL-2: an excellence track in year 1 only."""
    graph = DOCUMENT.selections[selection]
    assert (graph.first, list(graph.stages)) == ("file", ["file", "tests"])
    assert graph.stages[stage].announce == announce
    assert {
        key: (outcome.kind, outcome.to) for key, outcome in graph.stages[stage].outcomes.items()
    } == outcomes


def test_rejection_on_file_and_after_tests_are_different_words():
    """R-SEL-8."""
    for graph in DOCUMENT.selections.values():
        assert graph.stages["file"].outcomes["rejected"].label["fr"] == "Rejet de la candidature"
        assert graph.stages["tests"].outcomes["not-admissible"].label["fr"] == "Non admissible"


ASSESSMENTS = {
    # minutes, precision, medium, who, window, called with, booking, takes
    ("year-1", "recorded-interview"): (
        *(30, "about", "online", "all"),
        *("y1-online-tests", "file-results", "none", 1),
    ),
    ("year-1", "english"): (
        *(35, "exact", "online", "jury"),
        *("y1-online-tests", "file-results", "none", None),
    ),
    ("year-1", "second-interview"): (
        *(20, "at_most", "video", "jury"),
        *("y1-second-interviews", "y1-second-call", "slot", None),
    ),
    ("year-2", "english"): (
        *(35, "exact", "online", "all"),
        *("y2-tests", "file-results", "none", None),
    ),
    ("year-2", "jury-interview"): (
        *(30, "at_most", "video", "all"),
        *("y2-tests", "file-results", "assigned", None),
    ),
    ("year-2", "optional-oral"): (
        *(None, "exact", "video", "jury"),
        *("y2-tests", "file-results", "assigned", None),
    ),
}


@pytest.mark.parametrize(("place", "expected"), ASSESSMENTS.items())
def test_assessments(place, expected):
    """R-SEL-2, R-SEL-6, R-SEL-7."""
    selection, key = place
    test = DOCUMENT.selections[selection].stages["tests"].assessments[key]
    assert (
        *(test.minutes, test.precision, test.medium, test.who),
        *(test.window, test.called_with, test.booking, test.takes),
    ) == expected


def test_year_2_is_wholly_remote_and_its_orals_are_the_jury_s_to_set():
    """R-SEL-2: one or several, each with its nature."""
    tests = DOCUMENT.selections["year-2"].stages["tests"].assessments
    assert {medium for test in tests.values() for medium in (test.medium, *test.also)} == {
        "online",
        "video",
    }
    assert [key for key, test in tests.items() if test.several] == ["optional-oral"]
    assert tests["optional-oral"].at_least is None


def test_what_is_filmed_and_where_french_is_rated():
    """R-SEL-9, R-APP-11: nothing is filmed in year 2."""
    found = {
        (key, name): (test.recording and test.recording.until["fr"], test.rates_french)
        for key, selection in DOCUMENT.selections.items()
        for stage in selection.stages.values()
        for name, test in stage.assessments.items()
        if test.recording or test.rates_french
    }
    assert found == {
        ("year-1", "recorded-interview"): ("la fin de l’année 2022", False),
        ("year-1", "second-interview"): (None, True),
        ("year-2", "jury-interview"): (None, True),
    }


def test_only_year_1_may_open_more_places():
    """R-PLA-4"""
    assert {key for key, pool in DOCUMENT.pools.items() if not pool.more_may_open} == {
        "bat-2",
        "infres-sr-2",
        "mkx-2",
    }


def test_no_other_assessment():
    """R-SEL-1: an excellent file sits none."""
    found = {
        (name, key)
        for name, graph in DOCUMENT.selections.items()
        for stage in graph.stages.values()
        for key in stage.assessments
    }
    assert found == set(ASSESSMENTS)


def test_search_rules():
    """R-JOB-6 with the condition of 2022, R-ELI-8, no firm commitment in 2022."""
    search = DOCUMENT.search
    assert (search.firm_commitment, search.company_shown_to_jury) == (False, False)
    extra = search.supplementary
    assert (extra.days_before, extra.months_after, extra.only_if_short, extra.article) == (
        7,
        3,
        True,
        "9.2",
    )


def test_contact():
    """R-APP-1: a receipt names the service, its addresses and its telephone."""
    contact = DOCUMENT.campaign.contact
    assert contact.address == ("IMT Mines Alès", "6 avenue de Clavières", "30319 Alès cedex")
    assert (contact.email, contact.phone) == ("apprentissage@mines-ales.fr", "+33 4 66 78 50 00")


def texts(part):
    if isinstance(part, dict) and "fr" in part:
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from texts(inner)


def test_every_text_is_there_in_both_languages():
    found = list(texts(DOCUMENT.model_dump(mode="json", by_alias=True)))
    assert len(found) > 80
    assert [text for text in found if not text.get("en")] == []


def test_drafts_are_reminded_three_days_before_the_deadline():
    """R-CAL-2: ours, and marked so; it follows the deadline."""
    reminder = DOCUMENT.calendar["reminder"]
    assert DOCUMENT.window("reminder").starts_at == paris(3, 5, 9, 59, 59)
    assert (reminder.action, reminder.ours) == ("remind_drafts", True)
    assert "reminder" not in dict(DOCUMENT.printed_dates)


def test_the_places_left_are_told_each_week():
    """R-JOB-3: that they are told is printed, how often is ours."""
    told = DOCUMENT.search.seats_told
    assert (told.every_days, told.ours) == (7, True)


def test_no_last_day_of_the_search_is_named():
    """R-JOB-5, R-JOB-6: the notice prints none."""
    assert {DOCUMENT.search_ends_on(row) for row in DOCUMENT.programmes} == {None}
