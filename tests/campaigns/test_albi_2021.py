"""The file of Albi says what its notice says. Every figure is typed here, none read from the file."""

from datetime import date, datetime

import pytest

from campaigns import vocabulary
from campaigns.conditions.rules.asked import Chosen, DossierFacts, TitleInHand, pieces
from campaigns.conditions.selectors import requirements
from campaigns.notice.rows import document_of
from campaigns.vocabulary import DiplomaKind, TitleStatus
from tests.campaigns.cases import codes, expected, held, verdict
from tests.factories.admissions import PARIS
from tests.factories.campaigns import albi_2021_document, load

DOCUMENT = albi_2021_document()
OPTIONS = ("SENMBA", "SIPHASS", "SIMMA")


def paris(month, day, hour=0, minute=0, second=0):
    return datetime(2021, month, day, hour, minute, second, tzinfo=PARIS)


def test_places():
    """R-PLA-3, R-PLA-5: forecast figures; three options and three statuses on two pools."""
    found = {
        key: (pool.floor, pool.ceiling, pool.provisional) for key, pool in DOCUMENT.pools.items()
    }
    assert found == {"apprentis": (45, 45, True), "fc-cp": (5, 5, True)}
    programmes = {
        (p.code, p.status.value, p.pool, p.intake.value, p.entry_year) for p in DOCUMENT.programmes
    }
    assert programmes == {
        line
        for option in OPTIONS
        for line in (
            (f"{option}-APP", "apprenticeship", "apprentis", "online", 1),
            (f"{option}-FC", "continuing", "fc-cp", "online", 1),
            (f"{option}-CP", "contrat_pro", "fc-cp", "office", 1),
        )
    }


def test_one_option_is_chosen():
    """R-PLA-3: one fee-bearing programme."""
    assert {key: choice.at_most for key, choice in DOCUMENT.choose.items()} == {"albi": 1}


@pytest.mark.parametrize(
    ("key", "starts_at", "ends_at", "action", "status"),
    [
        ("opening", paris(2, 1), paris(2, 1, 23, 59, 59), None, "firm"),
        ("deadline", None, paris(3, 9, 23, 59, 59), None, "firm"),
        ("admissibility", paris(3, 24, 10), paris(3, 24, 10), "announce", "provisional"),
        ("test-days", paris(3, 29), paris(4, 9, 23, 59, 59), None, "firm"),
        ("reminder", paris(3, 6, 9, 59, 59), paris(3, 6, 9, 59, 59), "remind_drafts", "firm"),
        ("academic-results", paris(4, 19, 10), None, "announce", "firm"),
        ("search", paris(4, 19, 10), None, "start_search", "firm"),
        ("contract", paris(7, 4), None, None, "firm"),
        ("harmonisation", paris(8, 30), paris(9, 3, 23, 59, 59), None, "firm"),
        ("final-list", paris(9, 20), paris(9, 20, 23, 59, 59), "close_search", "firm"),
        ("integration", paris(9, 29), paris(9, 30, 23, 59, 59), None, "firm"),
        ("term", paris(10, 4), paris(10, 4, 23, 59, 59), None, "firm"),
    ],
)
def test_calendar(key, starts_at, ends_at, action, status):
    """R-CAL-1, R-CAL-5"""
    window, milestone = DOCUMENT.window(key), DOCUMENT.calendar[key]
    assert (window.starts_at, window.ends_at) == (starts_at, ends_at)
    assert (milestone.action, milestone.status) == (action, status)


def test_no_other_date():
    """R-CAL-5"""
    assert len(DOCUMENT.calendar) == 12


def test_stages():
    """R-SEL-5, R-SEL-12: three phases in the school's own words; the third is the search for a company."""
    [selection] = DOCUMENT.selections.values()
    graph = {
        name: (
            stage.label["fr"],
            {key: (o.kind.value, o.to, o.label["fr"]) for key, o in stage.outcomes.items()},
        )
        for name, stage in selection.stages.items()
    }
    assert graph == {
        "file": (
            "Commission d’admissibilité",
            {
                "admissible": ("next", "tests", "Admissible"),
                "rejected": ("rejected", None, "Non admissible"),
            },
        ),
        "tests": (
            "Commission d’admission académique",
            {
                "academic": ("accepted", None, "Admis académique"),
                "rejected": ("rejected", None, "Non admis"),
            },
        ),
    }


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("interview", (30, "about", "day", False, None, 20, 4)),
        ("english", (15, "about", "none", True, "interview", 20, 4)),
    ],
)
def test_assessments(key, facts):
    """R-SEL-5, R-SEL-6, R-SEL-7: remote, on one day booked once; 4 out of 20 or less in either eliminates."""
    test = DOCUMENT.selections["albi"].stages["tests"].assessments[key]
    assert (test.medium, test.who, test.window) == ("video", "all", "test-days")
    assert (
        test.minutes,
        test.precision,
        test.booking,
        test.rebook,
        test.sat_with,
        test.scale,
        test.eliminates_at,
    ) == facts


@pytest.mark.parametrize(
    ("tier", "first", "further"),
    [(vocabulary.Tier.STANDARD, 7700, 2200), (vocabulary.Tier.GRANT_HOLDER, 2200, 1100)],
)
def test_fees(tier, first, further):
    """R-APP-2"""
    assert (DOCUMENT.fees.tiers[tier].first, DOCUMENT.fees.tiers[tier].further) == (first, further)


APPRENTICE, CONTINUING = "SIMMA-APP", "SIMMA-FC"
SKILLED = {"technician_years": 3, "employer_agrees": True}
SEPTEMBER = date(2021, 9, 20)
UNSAID = ("jury", "continuing", ["employer_agreement_unknown"])
CASES = [
    (APPRENTICE, [held("BTS-BAT")], {}, ("eligible", "diploma")),
    (APPRENTICE, [expected("DUT-GMP", date=SEPTEMBER)], {}, ("eligible", "diploma")),
    (APPRENTICE, [expected("DUT-GMP", date=date(2021, 9, 21))], {}, ("not_eligible", "")),
    (APPRENTICE, [expected(kind="L2", country="FR")], {}, ("jury", "diploma")),
    (APPRENTICE, [held("BTS-BAT"), expected("CPGE-ATS")], {}, ("eligible", "diploma-ats")),
    (APPRENTICE, [held("BTS-BAT"), expected(kind="L3", country="FR")], {}, ("eligible", "diploma")),
    (APPRENTICE, [expected("CPGE-PT", ects=120)], {}, ("jury", "level")),
    (APPRENTICE, [held(kind="OTHER", country="MA")], {}, ("jury", "foreign")),
    (APPRENTICE, [held(kind="OTHER", country="FR", ects=60)], {}, ("not_eligible", "")),
    (CONTINUING, [held("BTS-BAT")], SKILLED, ("eligible", "continuing")),
    (CONTINUING, [held("BTS-BAT")], SKILLED | {"technician_years": 2}, ("not_eligible", "")),
    (CONTINUING, [held("BTS-BAT")], SKILLED | {"employer_agrees": False}, ("not_eligible", "")),
    (CONTINUING, [held("BTS-BAT")], {}, ("jury", "continuing")),
    (CONTINUING, [held(kind="OTHER", country="MA")], SKILLED, ("jury", "continuing-foreign")),
]


@pytest.mark.parametrize(("code", "titles", "said", "answer"), CASES)
def test_who_may_apply(code, titles, said, answer):
    """R-ELI-4"""
    found = verdict(code, *titles, under=DOCUMENT, **said)
    assert (found.verdict.value, found.route) == answer


def test_what_is_not_said_is_asked_for():
    """R-ELI-4, R-ELI-6"""
    found = verdict(CONTINUING, held("BTS-BAT"), under=DOCUMENT)
    assert codes(found.missing) == ["technician_years_unknown", "employer_agreement_unknown"]


@pytest.mark.parametrize(
    ("code", "born", "missing"),
    [
        (APPRENTICE, date(1991, 10, 5), []),
        (APPRENTICE, date(1991, 10, 4), ["age_sign_before"]),
        (APPRENTICE, date(1991, 7, 5), ["age_sign_before"]),
        (APPRENTICE, date(1991, 7, 4), ["age_over_at_earliest"]),
        (APPRENTICE, None, ["age_unknown_at_signing"]),
        (CONTINUING, date(1980, 1, 1), []),
    ],
)
def test_an_apprentice_is_under_thirty_when_the_contract_is_signed(code, born, missing):
    """R-ELI-4: it may start from 4 July, three months before term; an age never rejects, the law derogates."""
    found = verdict(code, held("BTS-BAT"), under=DOCUMENT, born=born, **SKILLED)
    assert (found.verdict.value, codes(found.missing)) == ("eligible", missing)


def test_documents():
    """R-APP-3, R-APP-10: each with its controls and whom it is asked of."""
    asked = DOCUMENT.documents
    assert {piece.max_bytes for piece in asked.values()} == {2_097_152}
    assert (asked["photo"].formats, asked["photo"].max_pixels) == (("jpg", "png"), 900)
    assert {
        key: piece.per.value for key, piece in asked.items() if piece.per.value != "dossier"
    } == {
        "bts-marks": "title",
        "diploma": "title",
        "diploma-to-come": "title",
        "foreign-programme": "title",
        "motivation": "programme",
    }
    assert asked["visa"].when.nationality == asked["visa-held"].when.nationality == "outside_eea"
    assert (asked["defence-day"].when.nationality, asked["defence-day"].when.under) == (
        "french",
        26,
    )
    assert asked["grant-notice"].when.grant_holder
    later = {key for key, piece in asked.items() if piece.needed is vocabulary.Needed.ADMISSION}
    assert later == {"visa-held", "current-marks", "diploma", "diploma-to-come", "defence-day"}
    assert asked["bts-marks"].when.title
    assert asked["bts-marks"].when.title.kinds == ("BTS",)
    assert {key for key, piece in asked.items() if piece.ours} == {
        "visa-held",
        "senior-technician",
        "employer-agreement",
    }


CONTINUING_PIECES = ["senior-technician", "employer-agreement"]
PIECES = [
    # programme, nationality, titles: (kind, status, country), pieces asked among those compared
    ("SIMMA-FC", "FR", [], {"submission": CONTINUING_PIECES, "admission": ["defence-day"]}),
    ("SIMMA-APP", "FR", [], {"submission": [], "admission": ["defence-day"]}),
    ("SIMMA-CP", "FR", [], {"submission": [], "admission": ["defence-day"]}),
    ("SIMMA-APP", "MA", [], {"submission": ["visa"], "admission": ["visa-held"]}),
    ("SIMMA-APP", "CH", [], {"submission": [], "admission": []}),
    (
        "SIMMA-APP",
        "CH",
        [("BTS", "obtained", "FR")],
        {"submission": ["bts-marks"], "admission": ["diploma"]},
    ),
    (
        "SIMMA-APP",
        "CH",
        [("BTSA", "obtained", "FR")],
        {"submission": [], "admission": ["diploma"]},
    ),
    (
        "SIMMA-APP",
        "CH",
        [("DUT", "expected", "FR")],
        {"submission": [], "admission": ["diploma-to-come"]},
    ),
    (
        "SIMMA-APP",
        "CH",
        [("OTHER", "expected", "TN")],
        {"submission": ["foreign-programme"], "admission": ["diploma-to-come"]},
    ),
]


@pytest.mark.parametrize(("code", "nationality", "titles", "found"), PIECES)
def test_what_is_asked_with_the_application_and_what_before_the_entry(
    code, nationality, titles, found
):
    """R-APP-3, R-APP-5, R-JOB-12, R-ELI-4: the diploma before the entry alone; proofs of work are ours."""
    facts = DossierFacts(
        nationality=nationality,
        age=22,
        grant_holder=False,
        programmes=(Chosen(code, "candidacy"),),
        titles=tuple(
            TitleInHand(
                key=str(place), kind=DiplomaKind(kind), status=TitleStatus(status), country=country
            )
            for place, (kind, status, country) in enumerate(titles)
        ),
    )
    asked = pieces(requirements(DOCUMENT), facts)
    told = {
        needed: [piece.key for piece in asked if piece.needed == needed and piece.key in COMPARED]
        for needed in ("submission", "admission")
    }
    assert told == found


COMPARED = {
    *CONTINUING_PIECES,
    *("visa", "visa-held", "bts-marks", "diploma", "diploma-to-come"),
    *("foreign-programme", "defence-day"),
}
LATE = date(2021, 9, 21)
OUTSIDE = [
    # R-ELI-4 with the notice's own words, where the nomenclature has no such row: never refused.
    (APPRENTICE, [held(kind="BTS")], {}, ("jury", "diploma", ["title_speciality_unknown"])),
    (APPRENTICE, [held(kind="DUT")], {}, ("jury", "diploma", ["title_speciality_unknown"])),
    (APPRENTICE, [held(kind="L2")], {}, ("jury", "diploma", ["title_speciality_unknown"])),
    (
        APPRENTICE,
        [expected(kind="DUT", date=SEPTEMBER)],
        {},
        ("jury", "diploma", ["title_speciality_unknown"]),
    ),
    (APPRENTICE, [expected(kind="DUT", date=LATE)], {}, ("not_eligible", "", [])),
    (
        APPRENTICE,
        [held(kind="DUT"), expected("CPGE-ATS")],
        {},
        ("jury", "diploma-ats", ["title_speciality_unknown"]),
    ),
    (
        APPRENTICE,
        [held("DUT-GMP"), held(kind="L3")],
        {},
        ("eligible", "diploma", []),
    ),
    (
        CONTINUING,
        [held(kind="BTS")],
        SKILLED,
        ("jury", "continuing", ["title_speciality_unknown"]),
    ),
    (CONTINUING, [held(kind="BTS")], SKILLED | {"technician_years": 2}, ("not_eligible", "", [])),
    # What the notice doesn't name is the commission's: a BTSA, a BUT, a class of which the track is not said.
    (APPRENTICE, [held(kind="BTSA")], {}, ("jury", "level", [])),
    (APPRENTICE, [held(kind="BTSA", ects=60)], {}, ("not_eligible", "", [])),
    (APPRENTICE, [expected("BUT-GMP", year=2)], {}, ("jury", "level", ["title_not_held"])),
    (APPRENTICE, [expected("BUT-GMP", year=1)], {}, ("not_eligible", "", [])),
    (APPRENTICE, [held(kind="CPGE", ects=120)], {}, ("jury", "level", [])),
    (CONTINUING, [held("DUT-GMP")], SKILLED | {"employer_agrees": None}, UNSAID),
]


@pytest.mark.parametrize(("code", "titles", "said", "answer"), OUTSIDE)
def test_a_title_that_a_person_describes(code, titles, said, answer):
    """R-ELI-4, R-ELI-6: for the commission to judge, with what is not known said."""
    found = verdict(code, *titles, under=DOCUMENT, **said)
    assert (found.verdict.value, found.route, codes(found.missing)) == answer


@pytest.mark.parametrize("code", ["SENMBA-CP", "SIPHASS-CP", "SIMMA-CP"])
@pytest.mark.parametrize("titles", [[], [held("BTS-BAT")], [held(kind="OTHER", country="MA")]])
def test_the_contrat_pro_is_asked_for_at_the_office(code, titles):
    """R-ELI-4: the notice prints no condition."""
    found = verdict(code, *titles, under=DOCUMENT, born=None)
    assert (found.verdict.value, found.route, found.missing) == ("jury", "", ())
    assert [(reason.code, dict(reason.params)) for reason in found.reasons] == [
        ("ask_the_office", {"email": "admissions@mines-albi.fr"})
    ]


def test_no_supplementary_list_and_no_firm_commitment():
    """R-JOB-5: the first accepted by a company, until the places or 20 September run out."""
    assert (DOCUMENT.search.firm_commitment, DOCUMENT.search.supplementary) == (False, None)


@pytest.mark.django_db
def test_the_rows_say_the_same_as_the_file():
    assert document_of(load(DOCUMENT)) == DOCUMENT
