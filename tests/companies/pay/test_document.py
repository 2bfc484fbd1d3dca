"""The pay file: that of France reads well, and what is wrong in one is said at its line."""

import pytest

from companies.pay import selectors
from companies.pay.document.checks import read
from companies.pay.selectors import FRANCE, pay_tables

TEXT = FRANCE.read_text("utf-8")
LAST_WAGE = "  - from: 2026-01-01\n"


def test_the_file_of_france_reads_well():
    document, mistakes = read(TEXT)
    assert mistakes == []
    assert [str(wage.since) for wage in document.wages] == [
        "2021-01-01", "2021-10-01", "2022-01-01", "2022-05-01", "2022-08-01", "2023-01-01", "2023-05-01", "2024-01-01",
        "2024-11-01", "2026-01-01",
    ]  # fmt: skip


def test_the_amounts_of_france_are_those_of_the_sources():
    """SMIC for 35 hours a week, one amount per rise since January 2021."""
    assert [wage.monthly_cents for wage in pay_tables().wages] == [
        155458, 158947, 160312, 164558, 167895, 170928, 174720, 176692, 180180, 182303,
    ]  # fmt: skip


def test_each_row_names_its_law_and_its_source():
    document, _ = read(TEXT)
    for row in (*document.wages, *document.contrat_pro, *document.apprenticeship):
        assert (bool(row.law), bool(row.source)) == (True, True)


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        pytest.param(
            LAST_WAGE,
            "  - from: 2025-12-01\n",
            "2025-12-01 has two rows: the one above ends on 2025-12-31",
            id="overlap",
        ),
        pytest.param(
            LAST_WAGE,
            "  - from: 2026-02-01\n",
            "nothing holds from 2026-01-01 to 2026-01-31, expected no gap between two rows",
            id="gap",
        ),
        pytest.param(
            "known_until: 2026-01-31",
            "known_until: 2025-06-30",
            "is before the last wage begins, expected 2026-01-01 or later",
            id="known before the last rise",
        ),
        pytest.param(
            "    monthly: 1823.03\n",
            "    monthly: 1823.80\n",
            "is 1823.80, but 35 hours a week at 12.02 make 1823.03, expected the same",
            id="the amount that some pages print",
        ),
        pytest.param(
            "    source: lexplicite.fr, 24 October 2024\n",
            "    sources: lexplicite.fr\n",
            "unknown key 'sources', did you mean 'source'?",
            id="unknown key",
        ),
        pytest.param(
            "        only_at_start: true ",
            "        only_at_begin: true ",
            "unknown key 'only_at_begin', did you mean 'only_at_start'?",
            id="unknown key of a band",
        ),
        pytest.param(
            "        below_bac_pro: {smic: 70}\n",
            "        below_bac_pro: {smic: 50}\n",
            "falls from 55 to 50 with age, expected at least as much",
            id="less when older",
        ),
        pytest.param(
            "        below_bac_pro: {smic: 70}\n",
            "        below_bac_pro: {smic: 170}\n",
            "170: expected less than or equal to 100",
            id="over the whole",
        ),
        pytest.param(
            "      - from_age: 26\n        only_at_start: true ",
            "      - from_age: 27\n        only_at_start: true ",
            "is not where the band above ends, expected 26",
            id="an age without a band",
        ),
        pytest.param(
            "      - until_age: 20\n        law: L6325-8\n",
            "      - from_age: 18\n        until_age: 20\n        law: L6325-8\n",
            "leaves the younger out, expected none in the first",
            id="the younger left out",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_said_at_its_line(found, put, said):
    assert TEXT.count(found) >= 1
    begins = TEXT.index(found)
    document, mistakes = read(TEXT[:begins] + put + TEXT[begins + len(found) :])
    assert document is None
    assert (TEXT[:begins].count("\n") + 1, said) in mistakes


@pytest.mark.parametrize(
    ("found", "put", "line_of", "said"),
    [
        pytest.param(
            "    until: 2025-12-31   # no rise on 1 January 2025\n",
            "",
            LAST_WAGE,
            "2026-01-01 has two rows: the one above has no 'until'",
            id="two rows until further notice",
        ),
        pytest.param(
            "    until: 2025-12-31 ",
            "    until: 2024-10-30 ",
            "  - from: 2024-11-01\n",
            "'from' is after 'until'",
            id="ends before it begins",
        ),
        pytest.param(
            "    until: 2025-12-31 ",
            "    until: 2025-12-30 ",
            "    until: 2025-12-30 ",
            "2025-12-30 is no last of a month, expected one",
            id="ends within a month",
        ),
        pytest.param(
            LAST_WAGE,
            "  - from: 2026-01-02\n",
            "  - from: 2026-01-02\n",
            "2026-01-02 is no first of a month, expected one",
            id="begins within a month",
        ),
        pytest.param(
            "    source: aga-france.fr\n",
            "",
            "  - from: 2022-08-01\n",
            "key 'source' is missing, expected here in 'wages.4'",
            id="no source",
        ),
        pytest.param(
            "        until_age: 25\n",
            "",
            "      - from_age: 26\n",
            "has a band above without 'until_age', expected one there",
            id="no end of a band",
        ),
        pytest.param(
            "      - from_age: 26\n        law: D6222-26\n",
            "      - from_age: 26\n        until_age: 29\n        law: D6222-26\n",
            "        until_age: 29\n",
            "leaves the older out, expected none in the last",
            id="the older left out",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_said_at_the_line_of_what_is_wrong(found, put, line_of, said):
    begins = TEXT.index(found)
    text = TEXT[:begins] + put + TEXT[begins + len(found) :]
    document, mistakes = read(text)
    line = text[: text.index(line_of)].count("\n") + 1
    assert document is None
    assert (line, said) in mistakes


def test_a_file_that_is_wrong_stops_whoever_reads_it(monkeypatch, tmp_path):
    wrong = tmp_path / "france.yaml"
    wrong.write_text("wages: []\n", "utf-8")
    monkeypatch.setattr(selectors, "FRANCE", wrong)
    with pytest.raises(ValueError, match=r"^france\.yaml:1: "):
        pay_tables.__wrapped__()
