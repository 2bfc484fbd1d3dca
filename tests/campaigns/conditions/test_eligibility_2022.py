"""R-ELI-1 to R-ELI-3, R-ELI-5 under the notice of 2022: who may apply, by which route and article."""

from datetime import date

import pytest

from tests.campaigns.cases import YEAR_1, YEAR_2, codes, expected, held, verdict

ARTICLE = {"BAT-1": "1.1.1", "INFRES-SR-1": "1.1.2", "INFRES-DL-1": "1.1.2", "MKX-1": "1.1.3"}
LISTED = {
    "BAT-1": ["DUT-GCCD", "DUT-GTE", "BTS-FED", "BTS-BAT", "BTS-EBCR", "BTS-SCBH"],
    "INFRES-SR-1": ["DUT-INFO", "DUT-RT", "DUT-GEII", "DUT-MMI", "BTS-SIO", "BTS-SN-A"],
    "INFRES-DL-1": ["DUT-INFO", "DUT-RT", "DUT-GEII", "DUT-MMI", "BTS-SIO", "BTS-SN-A"],
    "MKX-1": [
        "DUT-GMP",
        "DUT-GEII",
        "DUT-GIM",
        "DUT-MP",
        "DUT-SGM",
        "BTS-ATI",
        "BTS-CPI",
        "BTS-CIRA",
        "BTS-CRSA",
        "BTS-AERO",
        "BTS-ELT",
        "BTS-SN-B",
    ],
}
OPTIONS = {
    "BAT-1": ["BTS-FED-A", "BTS-FED-B", "BTS-FED-C"],
    "INFRES-SR-1": ["BTS-SIO-A", "BTS-SIO-B"],
    "INFRES-DL-1": ["BTS-SIO-A", "BTS-SIO-B"],
}
ACCEPTED = [
    (code, diploma)
    for table in (LISTED, OPTIONS)
    for code, found in table.items()
    for diploma in found
]
EVERY_DUT_AND_BTS = sorted({diploma for found in LISTED.values() for diploma in found})


def answer(code, *titles):
    found = verdict(code, *titles)
    return found.verdict.value, found.route, found.article


@pytest.mark.parametrize(("code", "diploma"), ACCEPTED)
@pytest.mark.parametrize("title", [held, expected])
def test_route_a_every_listed_diploma_held_or_expected(code, diploma, title):
    """R-ELI-1 (a), R-ELI-2: an option of a diploma listed without option counts too."""
    assert answer(code, title(diploma)) == ("eligible", "a", ARTICLE[code])


@pytest.mark.parametrize("code", YEAR_1)
@pytest.mark.parametrize("diploma", EVERY_DUT_AND_BTS)
def test_a_diploma_listed_for_another_speciality_only_is_for_the_jury(code, diploma):
    """R-ELI-2: the list belongs to the speciality."""
    assert answer(code, held(diploma)) == (
        ("eligible", "a", ARTICLE[code]) if diploma in LISTED[code] else ("jury", "d", "1.2")
    )


@pytest.mark.parametrize("code", YEAR_1)
@pytest.mark.parametrize(
    ("titles", "outcome"),
    [
        pytest.param([held("CPGE-ATS")], ("jury", "d", "1.2"), id="ATS alone"),
        pytest.param(
            [held("BTS-MS-B"), held("CPGE-ATS")],
            ("jury", "d", "1.2"),
            id="ATS after a BTS that is not listed",
        ),
        pytest.param(
            [held("BUT-GEII"), held("CPGE-ATS")], ("jury", "d", "1.2"), id="ATS after a BUT"
        ),
    ],
)
def test_route_b_needs_a_listed_course_before(code, titles, outcome):
    """R-ELI-1 (b)."""
    assert answer(code, *titles) == outcome


@pytest.mark.parametrize(("code", "diploma"), [(code, found[0]) for code, found in LISTED.items()])
@pytest.mark.parametrize("followed", [held, expected], ids=["graduated", "followed"])
@pytest.mark.parametrize("ats", [held, expected], ids=["ended", "under way"])
@pytest.mark.parametrize("order", [1, -1])
def test_route_b_ats_after_a_listed_course(code, diploma, followed, ats, order):
    """R-ELI-1 (b): followed is enough, and the order of entry plays no part."""
    titles = [followed(diploma), ats("CPGE-ATS")][::order]
    assert answer(code, *titles) == ("eligible", "b", ARTICLE[code])


@pytest.mark.parametrize("code", YEAR_1)
@pytest.mark.parametrize("track", ["TSI", "PT", "MP", "PC", "PSI", "MPI", "TPC", "BCPST", "TB"])
def test_route_c_another_scientific_class_with_120_credits(code, track):
    """R-ELI-1 (c): the same for the three specialities."""
    assert answer(code, held(f"CPGE-{track}", ects=120)) == ("eligible", "c", ARTICLE[code])


@pytest.mark.parametrize("code", YEAR_1)
@pytest.mark.parametrize(
    ("title", "outcome", "missing"),
    [
        pytest.param(held("CPGE-PT", ects=119), ("not_eligible", "", "1.2"), [], id="119 credits"),
        pytest.param(held("CPGE-PT", ects=120), ("eligible", "c", None), [], id="120 credits"),
        pytest.param(
            held("CPGE-PT"), ("eligible", "c", None), [], id="credits not said: those of two years"
        ),
        pytest.param(
            expected("CPGE-PT"),
            ("jury", "d", "1.2"),
            ["title_not_held"],
            id="second year under way",
        ),
        pytest.param(
            held("CPGE-PT", ects=60), ("not_eligible", "", "1.2"), [], id="60 credits and no more"
        ),
        pytest.param(
            held(kind="CPGE", ects=60),
            ("not_eligible", "", "1.2"),
            [],
            id="60 credits, class not said",
        ),
        pytest.param(
            held(kind="CPGE", ects=120),
            ("jury", "c", None),
            ["title_class_unknown"],
            id="class not said",
        ),
    ],
)
def test_route_c_credits(code, title, outcome, missing):
    """R-ELI-1 (c): validated, in 2022."""
    found = verdict(code, title)
    article = ARTICLE[code] if outcome[2] is None else outcome[2]
    assert (found.verdict.value, found.route, found.article) == (*outcome[:2], article)
    assert codes(found.missing) == missing


@pytest.mark.parametrize("code", YEAR_1)
@pytest.mark.parametrize(
    ("title", "outcome", "missing"),
    [
        pytest.param(held(kind="L2"), ("jury", "d", "1.2"), [], id="L2"),
        pytest.param(held(kind="L3"), ("jury", "d", "1.2"), [], id="L3"),
        pytest.param(held(kind="LP"), ("jury", "d", "1.2"), [], id="professional licence"),
        pytest.param(held("BUT-INFO"), ("jury", "d", "1.2"), [], id="BUT"),
        pytest.param(held(kind="BTSA"), ("jury", "d", "1.2"), [], id="BTSA"),
        pytest.param(held(kind="M1"), ("jury", "d", "1.2"), [], id="M1"),
        pytest.param(
            held(kind="OTHER", country="FR", ects=120),
            ("jury", "d", "1.2"),
            [],
            id="other title, 120 credits",
        ),
        pytest.param(
            expected(kind="L3"), ("jury", "d", "1.2"), ["title_not_held"], id="L3 in progress"
        ),
        pytest.param(
            expected("BUT-INFO", ects=120),
            ("jury", "d", "1.2"),
            ["title_not_held"],
            id="BUT year 2",
        ),
        pytest.param(
            expected("BUT-INFO", ects=60), ("not_eligible", "", "1.2"), [], id="BUT year 1"
        ),
        pytest.param(
            held(kind="OTHER", country="FR", ects=90),
            ("not_eligible", "", "1.2"),
            [],
            id="90 credits",
        ),
        pytest.param(
            held(kind="OTHER", country="FR"),
            ("jury", "d", "1.2"),
            ["title_credits_unknown"],
            id="credits not said",
        ),
    ],
)
def test_route_d_another_french_title(code, title, outcome, missing):
    """R-ELI-1 (d): the jury judges; one who does not hold it yet is told so."""
    found = verdict(code, title)
    assert (found.verdict.value, found.route, found.article) == outcome
    assert codes(found.missing) == missing


@pytest.mark.parametrize("code", YEAR_1)
@pytest.mark.parametrize(
    "title",
    [
        pytest.param(held(kind="OTHER", country="MA", ects=120), id="two years"),
        pytest.param(held(kind="OTHER", country="MA"), id="credits not said"),
        pytest.param(held(kind="OTHER", country="BE", ects=60), id="a year"),
        pytest.param(expected(kind="OTHER", country="SN"), id="in progress"),
        pytest.param(held("CPGE-PT", country="TN", ects=120), id="preparatory class abroad"),
        pytest.param(held("BTS-ELT", country="CI"), id="a BTS of another country"),
    ],
)
def test_route_e_a_foreign_title(code, title):
    """R-ELI-1 (e): the jury judges its equivalence, whatever its credits."""
    assert answer(code, title) == ("jury", "e", "1.3")


def test_a_diploma_awarded_overseas_is_french():
    assert answer("MKX-1", held("BTS-ELT", country="RE")) == ("eligible", "a", "1.1.3")


@pytest.mark.parametrize("code", YEAR_2)
@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        pytest.param(held(kind="M1"), ("jury", "2-1-m1", "2.1"), id="M1"),
        pytest.param(expected(kind="M1"), ("jury", "2-1-m1", "2.1"), id="M1 in progress"),
        pytest.param(
            expected(kind="M1", ects=60), ("jury", "2-1-m1", "2.1"), id="M1, credits of the year"
        ),
        pytest.param(held(kind="M2"), ("jury", "2-1-m1", "2.1"), id="M2"),
        pytest.param(
            held(kind="OTHER", country="FR", ects=240), ("jury", "2-1", "2.1"), id="240 credits"
        ),
        pytest.param(
            expected(kind="OTHER", country="FR", ects=240),
            ("jury", "2-1", "2.1"),
            id="240 credits expected",
        ),
        pytest.param(
            held(kind="OTHER", country="FR", ects=239),
            ("not_eligible", "", "2.1"),
            id="239 credits",
        ),
        pytest.param(held("BTS-ELT", ects=120), ("not_eligible", "", "2.1"), id="BTS, 120 credits"),
        pytest.param(held("DUT-GEII"), ("not_eligible", "", "2.1"), id="DUT"),
        pytest.param(held("BUT-GEII"), ("not_eligible", "", "2.1"), id="BUT"),
        pytest.param(held(kind="L3"), ("not_eligible", "", "2.1"), id="L3"),
        pytest.param(held("CPGE-PT"), ("not_eligible", "", "2.1"), id="preparatory class"),
        pytest.param(
            held(kind="OTHER", country="DE", ects=240), ("jury", "2-2", "2.2"), id="foreign title"
        ),
        pytest.param(held(kind="M1", country="DE"), ("jury", "2-2", "2.2"), id="foreign M1"),
    ],
)
def test_year_2(code, title, outcome):
    """R-ELI-3: the jury judges every case that reaches four years."""
    assert answer(code, title) == outcome


@pytest.mark.parametrize(
    ("code", "titles", "outcome"),
    [
        pytest.param(
            "MKX-1", [held("CPGE-PT", ects=120)], ("eligible", "c", "1.1.3"), id="MKX, PT validated"
        ),
        pytest.param(
            "MKX-1", [expected("CPGE-PT", ects=120)], ("jury", "d", "1.2"), id="MKX, PT under way"
        ),
        pytest.param(
            "INFRES-SR-1", [held("BTS-SN-B")], ("jury", "d", "1.2"), id="INFRES, SN option EC"
        ),
        pytest.param("MKX-1", [held("BTS-SN-A")], ("jury", "d", "1.2"), id="MKX, SN option IR"),
        pytest.param(
            "BAT-1",
            [expected("BTS-FED-C")],
            ("eligible", "a", "1.1.1"),
            id="BAT, FED option C expected",
        ),
        pytest.param(
            "MKX-1",
            [held("DUT-GEII"), held("CPGE-ATS")],
            ("eligible", "b", "1.1.3"),
            id="MKX, GEII then ATS",
        ),
        pytest.param("MKX-1", [held("BTS-MS-A")], ("jury", "d", "1.2"), id="MKX, MS option A"),
        pytest.param(
            "INFRES-DL-1", [held(kind="L3")], ("jury", "d", "1.2"), id="INFRES, licence held"
        ),
        pytest.param(
            "BAT-1",
            [held(kind="CPGE", ects=60)],
            ("not_eligible", "", "1.2"),
            id="year 1, class of 60 credits",
        ),
        pytest.param(
            "MKX-1",
            [held(kind="OTHER", country="MA", ects=120)],
            ("jury", "e", "1.3"),
            id="foreign, year 1",
        ),
        pytest.param(
            "BAT-2", [expected(kind="M1")], ("jury", "2-1-m1", "2.1"), id="M1 expected, year 2"
        ),
        pytest.param(
            "BAT-2", [held("BTS-BAT", ects=120)], ("not_eligible", "", "2.1"), id="BTS, year 2"
        ),
    ],
)
def test_the_cases_of_the_listed_diplomas(code, titles, outcome):
    """docs/listed-diplomas.md §8: the cases of 2022 and of any session."""
    assert answer(code, *titles) == outcome


def test_succession_counts_where_the_line_says_so():
    """R-ELI-2: the older title of the building envelope, printed like the new one."""
    found = verdict("BAT-1", held("BTS-EB"))
    assert (found.verdict.value, found.route, codes(found.reasons)) == (
        "eligible",
        "a",
        ["title_listed_by_succession"],
    )


@pytest.mark.parametrize(
    ("code", "diploma"),
    [
        ("BAT-1", "BTS-FEE"),
        ("BAT-1", "BTS-DOMO"),
        ("MKX-1", "BTS-MAI"),
        ("INFRES-SR-1", "BTS-CIEL-A"),
    ],
)
def test_succession_is_never_assumed(code, diploma):
    """R-ELI-2: neither older titles of the other lines, nor newer ones."""
    assert answer(code, held(diploma)) == ("jury", "d", "1.2")


def test_an_option_that_is_not_said_leaves_it_to_the_jury():
    found = verdict("MKX-1", held("BTS-SN"))
    assert (found.verdict.value, found.route, codes(found.missing)) == (
        "jury",
        "a",
        ["title_option_unknown"],
    )


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (None, ("eligible", "a")),
        (date(2022, 6, 30), ("eligible", "a")),
        (date(2022, 8, 31), ("eligible", "a")),
        (date(2022, 9, 1), ("not_eligible", "")),
    ],
)
def test_expected_within_the_academic_year(on, outcome):
    """R-ELI-1 (a): up to 31 August 2022; no date counts as within."""
    found = verdict("MKX-1", expected("DUT-GMP", date=on))
    assert (found.verdict.value, found.route) == outcome


@pytest.mark.parametrize("code", ["MKX-1", "MKX-2"])
@pytest.mark.parametrize(
    ("born", "missing"),
    [
        pytest.param(date(1992, 9, 6), [], id="30 the day after the start"),
        pytest.param(date(1992, 9, 5), ["age_over_assumed"], id="30 on the day"),
        pytest.param(date(1980, 1, 1), ["age_over_assumed"], id="42"),
        pytest.param(None, ["age_unknown"], id="not said"),
    ],
)
def test_the_age_condition_of_mechatronics_is_said_and_rejects_nobody(code, born, missing):
    """R-ELI-5: under 30 at the start of training."""
    young = verdict(code, held("DUT-GMP"), held(kind="M1"), born=date(2001, 5, 4))
    found = verdict(code, held("DUT-GMP"), held(kind="M1"), born=born)
    assert (found.verdict, found.route) == (young.verdict, young.route)
    assert codes(found.missing) == missing


@pytest.mark.parametrize("code", ["BAT-1", "INFRES-SR-1", "INFRES-DL-1", "BAT-2", "INFRES-SR-2"])
def test_the_other_specialities_state_no_age(code):
    """R-ELI-5."""
    assert verdict(code, held(kind="M1"), born=date(1970, 1, 1)).missing == ()


@pytest.mark.parametrize(
    ("titles", "reasons"),
    [
        pytest.param([], ["no_title"], id="nothing entered"),
        pytest.param([held(kind="L2", ects=60)], ["title_credits_short"], id="too few credits"),
        pytest.param(
            [expected("DUT-GMP", date=date(2023, 6, 30))], ["title_too_late"], id="next year"
        ),
    ],
)
def test_not_eligible_says_why(titles, reasons):
    """R-ELI-6."""
    assert codes(verdict("MKX-1", *titles).reasons) == reasons


def test_a_route_that_a_title_is_not_made_for_gives_no_article():
    """R-ELI-6: a French diploma that comes too late is not told the article on foreign ones."""
    found = verdict("MKX-1", expected("DUT-GMP", date=date(2023, 6, 30)))
    assert (found.article, codes(found.reasons)) == ("1.2", ["title_too_late"])
    both = verdict(
        "MKX-1",
        held(kind="OTHER", country="FR", ects=60),
        expected("DUT-GMP", date=date(2023, 6, 30)),
    )
    assert "title_too_late" in codes(both.reasons)


@pytest.mark.parametrize(
    ("titles", "reasons"),
    [
        ([held("DUT-GMP")], ["title_listed"]),
        ([expected("DUT-GMP")], ["title_listed", "title_expected"]),
        ([held("DUT-GMP"), held("CPGE-ATS")], ["title_listed", "title_named_by_route"]),
        ([held("CPGE-MP")], ["title_credits_reached"]),
        ([held(kind="L3")], ["title_credits_reached", "jury_judges_title"]),
        ([held(kind="OTHER", country="IT")], ["title_foreign", "jury_judges_title"]),
    ],
)
def test_a_verdict_says_what_it_rests_on(titles, reasons):
    """R-ELI-6."""
    assert codes(verdict("MKX-1", *titles).reasons) == reasons


def test_the_best_title_decides():
    assert answer("MKX-1", held(kind="OTHER", country="MA"), held(kind="L3"), held("DUT-GMP")) == (
        "eligible",
        "a",
        "1.1.3",
    )
