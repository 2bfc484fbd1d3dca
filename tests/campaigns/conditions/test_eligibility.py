"""How routes are judged, whatever the notice: what is unknown, several titles, the best verdict."""

from datetime import date

import pytest

from campaigns.conditions.rules.eligibility import judge
from campaigns.conditions.rules.terms import (
    AgeCondition,
    CandidateFacts,
    Condition,
    JudgedProgramme,
    ListedLine,
    NomenclatureDiploma,
    RouteRule,
    StudiedTitle,
)
from campaigns.vocabulary import DiplomaKind, Expected, Origin, TitleStatus, VerdictKind

KNOWN = {
    code: NomenclatureDiploma(
        code=code, kind=DiplomaKind.BTS, ects=120, option_of=whole, replaces=frozenset(old)
    )
    for code, whole, old in [
        ("OLD", None, ()),
        ("OLD-A", "OLD", ()),
        ("NEW", None, ("OLD",)),
        ("NEW-A", "NEW", ("OLD-A",)),
        ("NEW-B", "NEW", ()),
    ]
} | {"CLASS": NomenclatureDiploma(code="CLASS", kind=DiplomaKind.CPGE, scientific=False)}
FRENCH = Condition(origin=Origin.FRENCH, ects=120)
FOREIGN = Condition(origin=Origin.FOREIGN)


def route(key, verdict, *conditions):
    return RouteRule(key, f"§{key}", VerdictKind(verdict), conditions)


def ruling(routes, *titles, lines=(), ages=(), born=None):
    programme = JudgedProgramme("P", tuple(lines), date(2022, 8, 31))
    return judge(programme, routes, ages, CandidateFacts(titles=titles, date_of_birth=born), KNOWN)


def summary(found):
    return found.verdict.value, found.route, [missing.code for missing in found.missing]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (StudiedTitle(kind=DiplomaKind.OTHER, ects=120), ("jury", "d", ["title_country_unknown"])),
        (StudiedTitle(kind=DiplomaKind.OTHER, ects=90), ("jury", "e", ["title_country_unknown"])),
        (StudiedTitle(), ("jury", "d", ["title_country_unknown", "title_credits_unknown"])),
        (StudiedTitle(diploma="NOT-KNOWN", kind=DiplomaKind.BTS), ("eligible", "d", [])),
        (StudiedTitle(kind=DiplomaKind.OTHER, country="FR", ects=120), ("eligible", "d", [])),
        (
            StudiedTitle(kind=DiplomaKind.OTHER, country="FR"),
            ("jury", "d", ["title_credits_unknown"]),
        ),
        (StudiedTitle(kind=DiplomaKind.L2, ects=60), ("not_eligible", "", [])),
    ],
)
def test_an_unknown_fact_makes_at_best_a_case_for_the_jury(title, expected):
    """R-ELI-6: a known one that fails closes the route."""
    assert (
        summary(ruling([route("d", "eligible", FRENCH), route("e", "eligible", FOREIGN)], title))
        == expected
    )


@pytest.mark.parametrize(
    ("line", "title", "reasons", "missing"),
    [
        (ListedLine("NEW", "New"), "NEW", ["title_listed"], []),
        (ListedLine("NEW", "New"), "NEW-A", ["title_listed"], []),
        (ListedLine("NEW-A", "New A"), "NEW-A", ["title_listed"], []),
        (ListedLine("NEW-A", "New A"), "NEW", ["jury_judges_title"], ["title_option_unknown"]),
        (ListedLine("NEW-A", "New A"), "NEW-B", ["no_route"], []),
        (ListedLine("NEW", "New"), "OLD", ["no_route"], []),
        (ListedLine("NEW", "New", predecessors=True), "OLD", ["title_listed_by_succession"], []),
        (ListedLine("NEW", "New", predecessors=True), "OLD-A", ["title_listed_by_succession"], []),
        (
            ListedLine("NEW-A", "New A", predecessors=True),
            "OLD-A",
            ["title_listed_by_succession"],
            [],
        ),
        (ListedLine("NEW-B", "New B", predecessors=True), "OLD-A", ["no_route"], []),
        (ListedLine("GONE", "Gone"), "NEW", ["no_route"], []),
    ],
)
def test_lists_options_and_successions(line, title, reasons, missing):
    """R-ELI-2: a line without option covers them all; succession is a flag of the line."""
    found = ruling(
        [route("a", "eligible", Condition(listed=True))], StudiedTitle(diploma=title), lines=[line]
    )
    assert [reason.code for reason in found.reasons] == reasons
    assert [one.code for one in found.missing] == missing


COURSE = {"COURSE": NomenclatureDiploma(code="COURSE", kind=DiplomaKind.BUT, ects=180)}
BY_YEARS = ListedLine("COURSE", "Course", years=(2, 3))
OBTAINED, EXPECTED = TitleStatus.OBTAINED, TitleStatus.EXPECTED


@pytest.mark.parametrize(
    ("status", "year", "on", "found"),
    [
        (EXPECTED, 2, None, ("eligible", "a", [])),
        (EXPECTED, 2, date(2024, 7, 1), ("eligible", "a", [])),
        (EXPECTED, 3, None, ("eligible", "a", [])),
        (EXPECTED, 1, date(2022, 7, 1), ("not_eligible", "", [])),
        (EXPECTED, None, None, ("jury", "a", ["title_year_unknown"])),
        (EXPECTED, None, date(2022, 8, 31), ("eligible", "a", [])),
        (EXPECTED, None, date(2022, 9, 1), ("jury", "a", ["title_year_unknown"])),
        (OBTAINED, None, None, ("eligible", "a", [])),
        (OBTAINED, 2, date(2021, 7, 1), ("eligible", "a", [])),
        (OBTAINED, 1, date(2021, 7, 1), ("not_eligible", "", [])),
    ],
)
def test_years_of_a_line_are_what_counts_of_it(status, year, on, found):
    """R-ELI-2: a year that is not said is the last one of a diploma that comes within the academic year."""
    title = StudiedTitle(diploma="COURSE", status=status, year=year, date=on)
    programme = JudgedProgramme("P", (BY_YEARS,), date(2022, 8, 31))
    routes = [route("a", "eligible", Condition(listed=True, origin=Origin.FRENCH))]
    judged = judge(programme, routes, (), CandidateFacts(titles=(title,)), KNOWN | COURSE)
    assert summary(judged) == found


@pytest.mark.parametrize(("kind", "code"), [("CPGE", "class"), ("DUT", "speciality")])
def test_only_of_a_preparatory_class_is_the_class_asked(kind, code):
    """R-ELI-4, R-ELI-6"""
    title = StudiedTitle(kind=DiplomaKind(kind))
    found = ruling([route("a", "eligible", Condition(scientific=True))], title)
    assert summary(found) == ("jury", "a", [f"title_{code}_unknown"])


@pytest.mark.parametrize(
    ("born", "code", "params"),
    [
        (date(1992, 9, 6), None, {}),
        (date(1992, 9, 5), "age_sign_before", {"before": date(2022, 9, 5)}),
        (date(1992, 6, 6), "age_sign_before", {"before": date(2022, 6, 6)}),
        (date(1992, 6, 5), "age_over_at_earliest", {}),
        (date(1992, 2, 29), "age_over_at_earliest", {}),
        (None, "age_unknown_at_signing", {}),
    ],
)
def test_nobody_is_too_old_who_may_sign_while_younger(born, code, params):
    """R-ELI-4, R-ELI-5: a contract may start some months before."""
    start, earliest = date(2022, 9, 5), date(2022, 6, 5)
    found = ruling([], ages=[AgeCondition(30, start, False, earliest)], born=born)
    assert [(one.code, dict(one.params)) for one in found.missing] == (
        [(code, {"age": 30, "earliest": earliest} | params)] if code else []
    )


def test_a_birthday_on_29_february_is_on_1_march_where_there_is_none():
    ages = [AgeCondition(30, date(2022, 3, 1), False, date(2022, 2, 1))]
    found = ruling([], ages=ages, born=date(1992, 2, 29))
    assert dict(found.missing[0].params)["before"] == date(2022, 3, 1)


def test_where_the_office_takes_applications_it_is_asked():
    """R-ELI-4: where no route is printed that is the verdict; where one is, it is said besides."""
    office_alone = JudgedProgramme("P", (), date(2022, 8, 31), "office@example.org")
    facts = CandidateFacts(titles=(StudiedTitle(diploma="NEW"),))
    alone = judge(office_alone, [], (), facts, KNOWN)
    judged = judge(office_alone, [route("x", "eligible", Condition())], (), facts, KNOWN)
    assert (alone.verdict, alone.asks_office, [one.code for one in alone.reasons]) == (
        "jury",
        True,
        ["ask_the_office"],
    )
    assert (judged.asks_office, summary(judged)) == (False, ("eligible", "x", ["ask_the_office"]))


def test_a_line_by_succession_says_which():
    found = ruling(
        [route("a", "eligible", Condition(listed=True))],
        StudiedTitle(diploma="OLD"),
        lines=[ListedLine("NEW", "New", True)],
    )
    assert dict(found.reasons[0].params) == {"kind": "BTS", "printed": "New"}


def test_each_condition_needs_a_title_of_its_own():
    """R-ELI-1 (b): a title does not count twice."""
    two = route(
        "b",
        "eligible",
        Condition(diplomas=frozenset({"NEW"})),
        Condition(kinds=frozenset({DiplomaKind.BTS})),
    )
    assert ruling([two], StudiedTitle(diploma="NEW")).verdict is VerdictKind.NOT_ELIGIBLE
    assert ruling([two], StudiedTitle(diploma="NEW"), StudiedTitle(diploma="OLD")).route == "b"


def test_of_equal_verdicts_the_route_of_most_titles_then_the_first():
    one = route("one", "eligible", Condition(diplomas=frozenset({"NEW"})))
    twin = route("twin", "eligible", Condition(diplomas=frozenset({"NEW"})))
    two = route(
        "two",
        "eligible",
        Condition(diplomas=frozenset({"NEW"})),
        Condition(diplomas=frozenset({"OLD"})),
    )
    titles = (StudiedTitle(diploma="OLD"), StudiedTitle(diploma="NEW"))
    assert ruling([one, twin, two], *titles).route == "two"
    assert ruling([one, twin], *titles).route == "one"
    assert ruling([twin, one], *titles).route == "twin"


def test_the_best_verdict_wins_over_the_number_of_titles():
    one = route("one", "eligible", Condition(diplomas=frozenset({"NEW"})))
    two = route(
        "two",
        "jury",
        Condition(diplomas=frozenset({"NEW"})),
        Condition(diplomas=frozenset({"OLD"})),
    )
    assert (
        ruling([two, one], StudiedTitle(diploma="OLD"), StudiedTitle(diploma="NEW")).route == "one"
    )


def test_of_two_titles_the_one_with_less_to_ask_counts():
    unclear, clear = (
        StudiedTitle(kind=DiplomaKind.OTHER, country="FR"),
        StudiedTitle(kind=DiplomaKind.L3),
    )
    assert summary(ruling([route("d", "jury", FRENCH)], unclear, clear)) == ("jury", "d", [])


@pytest.mark.parametrize(
    ("expected", "on", "found"),
    [
        (Expected.COUNTS, None, ("eligible", "x", [])),
        (Expected.COUNTS, date(2022, 8, 31), ("eligible", "x", [])),
        (Expected.COUNTS, date(2022, 9, 1), ("not_eligible", "", [])),
        (Expected.FLAGGED, None, ("eligible", "x", ["title_not_held"])),
        (Expected.FLAGGED, date(2022, 9, 1), ("not_eligible", "", [])),
        (Expected.REFUSED, None, ("not_eligible", "", [])),
    ],
)
def test_a_title_that_is_not_held_yet(expected, on, found):
    title = StudiedTitle(diploma="NEW", status=TitleStatus.EXPECTED, date=on)
    assert summary(ruling([route("x", "eligible", Condition(expected=expected))], title)) == found


@pytest.mark.parametrize(
    ("title", "found"), [("NEW", ("eligible", "x", [])), ("CLASS", ("not_eligible", "", []))]
)
def test_scientific(title, found):
    assert (
        summary(
            ruling(
                [route("x", "eligible", Condition(scientific=True))], StudiedTitle(diploma=title)
            )
        )
        == found
    )


@pytest.mark.parametrize(
    ("born", "assumed", "missing"),
    [
        (date(1992, 9, 6), False, []),
        (date(1992, 9, 5), False, ["age_over"]),
        (date(1992, 9, 5), True, ["age_over_assumed"]),
        (date(1992, 2, 29), False, ["age_over"]),
        (None, False, ["age_unknown"]),
    ],
)
@pytest.mark.parametrize("titles", [(), (StudiedTitle(diploma="NEW"),)])
def test_an_age_is_said_and_never_decides(born, assumed, missing, titles):
    """R-ELI-5."""
    routes = [route("x", "eligible", Condition())]
    found = ruling(routes, *titles, ages=[AgeCondition(30, date(2022, 9, 5), assumed)], born=born)
    assert summary(found) == (
        ("eligible", "x", missing) if titles else ("not_eligible", "", missing)
    )


def test_born_on_29_february_turns_30_on_the_first_of_march():
    ages = [AgeCondition(30, date(2022, 2, 28), False), AgeCondition(30, date(2022, 3, 1), False)]
    found = ruling([], ages=ages, born=date(1992, 2, 29))
    assert [dict(missing.params)["on"] for missing in found.missing] == [date(2022, 3, 1)]


def test_no_route_at_all():
    assert [reason.code for reason in ruling([], StudiedTitle(diploma="NEW")).reasons] == [
        "no_route"
    ]
