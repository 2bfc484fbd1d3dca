"""How the mistakes of a wrong file are told. tests/campaigns/test_commands.py has one file per mistake."""

import pytest

from campaigns.document.checks import read
from common.datafile.mistakes import QUOTES
from tests.campaigns.broken import GOOD
from tests.campaigns.cases import nomenclature


def mistakes(text):
    return read(text, set(nomenclature()))[1]


def test_a_search_closed_for_some_leaves_the_others_to_the_supplementary_list():
    closing = "  end: {title: {fr: Fin}, on: 2022-08-20, action: close_search, for: [year-2]}\n"
    assert mistakes(GOOD.replace("calendar:\n", f"calendar:\n{closing}")) == []


def test_all_mistakes_come_at_once():
    text = (
        GOOD.replace("floor: 40", "floor: 41")
        .replace("organiser: imt", "organiser: itm")
        .replace("    pool: mkx-1", "    pool: x")
    )
    found = mistakes(text)
    assert [message.split(",")[0] for _, message in found] == [
        "'itm-mines-ales' is not among the schools",
        "'imt-mines-ales' is never used",
        "floor 41 is above ceiling 40",
        "'mkx-1' is never used",
        "floor 41 is above ceiling 40",
        "'x' is not among the pools",
    ]


def test_a_mistake_of_form_does_not_hide_wrong_references():
    text = GOOD.replace("first: 77,", "first: many,").replace("    pool: mkx-1", "    pool: mkx-9")
    assert [message.split(",")[0] for _, message in mistakes(text)] == [
        "'mkx-1' is never used",
        "'mkx-9' is not among the pools",
        "'many': not an amount in euros",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", [(1, "is empty")]),
        ("# nothing\n", [(1, "is empty")]),
        ("- a\n- b\n", [(1, "is not a campaign, expected its parts by key")]),
        ("just words", [(1, "is not a campaign, expected its parts by key")]),
        ("a: &x\n  b: *x\n", [(1, "not readable as YAML: an anchor holds itself")]),
        ("a: 1\n? [b]\n: 2\n", [(2, "not readable as YAML: a key is not a word")]),
        ("a: 1\n---\nb: 2\n", [(2, "not readable as YAML: but found another document")]),
        (
            "a: b: c\n",
            [(1, f"not readable as YAML: mapping values are not allowed here ({QUOTES})")],
        ),
        ("a: !!python/object:os.system x\n", None),
    ],
)
def test_what_is_no_campaign_at_all(text, said):
    found = mistakes(text)
    assert found if said is None else found == said


TERM = "  term:\n    on: 2022-09-05\n    status: assumed\n    title: {fr: Rentrée, en: Start of term}\n"
REJECTED = "            kind: accepted\n            label: {fr: Admissible, en: Admissible}\n"


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        pytest.param(
            [("  opening:\n    on: 2022-02-01", "  opening:\n    until: 2022-02-01")],
            "has no start, expected 'on' or 'from'",
            id="opening without a start",
        ),
        pytest.param(
            [("    for: [year-2]\n    titles:", "    for: [BAT-2]\n    titles:")],
            "no route leads to MKX-2, expected one in 'routes'",
            id="programme without a route",
        ),
        pytest.param(
            [("session: 2022", "session: 2023")],
            "ends in 2022, expected in the year of the session, 2023",
            id="academic year of another session",
        ),
        pytest.param(
            [
                (
                    "academic_year: [2021-09-01, 2022-08-31]",
                    "academic_year: [2021-03-09, 2022-03-07]",
                )
            ],
            "is outside the academic year, expected from 2021-03-09 to 2022-03-07",
            id="deadline outside the academic year",
        ),
        pytest.param(
            [("    on: 2022-09-05", "    on: 2024-09-05")],
            "is years after the deadline, expected before 2023-09-09",
            id="start of term years later",
        ),
        pytest.param(
            [
                (
                    "calendar:\n",
                    "calendar:\n  reminder: {title: {fr: Rappel}, on: 2022-03-10, action: remind_drafts}\n",
                )
            ],
            "is after the deadline, when no draft is left, expected before it",
            id="reminder after the deadline",
        ),
        pytest.param(
            [
                (
                    "calendar:\n",
                    "calendar:\n  end: {title: {fr: Fin}, on: 2022-08-20, action: close_search}\n",
                )
            ],
            "closes the search before the supplementary list is drawn up, expected after 2022-08-29",
            id="search closed before the supplementary list",
        ),
        pytest.param(
            [
                (
                    "calendar:\n",
                    "calendar:\n  end: {title: {fr: Fin}, from: 2022-09-20, action: close_search}\n",
                )
            ],
            "closes the search and has no end, expected 'on' or 'until'",
            id="last day without an end",
        ),
        pytest.param(
            [("    until: 2022-03-08", "    until: 2022-03-08 9:00")],
            "'2022-03-08 9:00': not a date, expected YYYY-MM-DD, or YYYY-MM-DD HH:MM",
            id="hour of one figure in a date",
        ),
        pytest.param(
            [("    from: 2022-04-05\n    until: 2022-04-11", "    on: 2022-04-05 09:00")],
            "'y1-online-tests' is one moment, expected a day, or 'from' and 'until'",
            id="test at one moment",
        ),
        pytest.param(
            [("title: {fr: Ouverture des candidatures,", "title: {fr: Ouverture, enfin,")],
            "unknown key",
            id="comma in a text",
        ),
        pytest.param(
            [("    for: [year-2]", "    for: year-2")],
            "expected a list between brackets",
            id="scope alone",
        ),
        pytest.param(
            [("first: 77, further: 22}", "first: 77, further: 15,50}")],
            "is no key here",
            id="comma in a fee",
        ),
        pytest.param(
            [('announce_at: "10:00"', 'announce_at: "8:00"')],
            'for instance "08:00"',
            id="hour of one figure",
        ),
        pytest.param(
            [("  mkx-1: {floor", "  mkx été: {floor")],
            "expected letters without accents",
            id="accent in a key",
        ),
        pytest.param(
            [("company_shown_to_jury: false", "company_shown_to_jury: true")],
            "is never done, expected false: juries judge without it",
            id="company shown to the jury",
        ),
        pytest.param(
            [(TERM, ""), ("    milestone: term\n", "    milestone: opening\n")],
            "is counted from milestone 'term', expected it in the calendar",
            id="supplementary list without a start of term",
        ),
        pytest.param(
            [
                (REJECTED, REJECTED.replace("accepted", "rejected")),
                ("            kind: accepted", "            kind: rejected"),
            ],
            "nobody can be accepted, expected an outcome of kind 'accepted'",
            id="selection that accepts nobody",
        ),
        pytest.param(
            [(REJECTED, REJECTED.replace("accepted\n", "next\n            to: file\n"))],
            "leads to a stage that is announced no later, expected stage 'file' to be announced after 2022-05-05",
            id="selection that goes round",
        ),
        pytest.param(
            [("called_with: y1-second-call", "called_with: y1-tests")],
            "milestone 'y1-tests' announces nothing, expected 'action: announce'",
            id="tests called by a date that announces nothing",
        ),
        pytest.param(
            [
                ("            takes: 1\n", "            takes: 1\n            eliminates_at: 4\n"),
                (
                    "            kind: rejected\n            label: {fr: Non admissible, en: Not admissible}",
                    "            kind: accepted\n            label: {fr: Non admissible, en: Not admissible}",
                ),
            ],
            "eliminates from a stage that rejects nobody, expected an outcome of kind 'rejected'",
            id="eliminatory mark without a rejection",
        ),
        pytest.param(
            [("    from: 2022-05-10\n    until: 2022-05-25\n", "    from: 2022-05-10\n")],
            "'y2-tests' has one end only, expected 'from' and 'until'",
            id="window without an end",
        ),
        pytest.param(
            [("    per: programme\n", "    per: programme\n    when: {title: {kinds: [BTS]}}\n")],
            "depends on a title but is asked for per programme, expected 'per: title' or 'per: dossier'",
            id="piece per programme that depends on a title",
        ),
        pytest.param(
            [("2021-09-01, 2022", "2021-09-31, 2022")],
            "'2021-09-31': there is no such day, check the month’s length",
            id="no such day in the academic year",
        ),
        pytest.param(
            [("2021-09-01, 2022", "soon, 2022")],
            "'soon': not a day, expected YYYY-MM-DD",
            id="no day at all",
        ),
        pytest.param(
            [("first: 77,", "first: true,")],
            "True: not an amount in euros",
            id="fee that is no number",
        ),
        pytest.param(
            [("diploma: DUT-GIM,", "diploma: IUT,")],
            "'IUT' is not among the diplomas, expected one of: BTS-AERO, BTS-ATI, ",
            id="diploma that comes near none",
        ),
    ],
)
def test_further_mistakes(edits, said):
    text = GOOD
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    assert any(said in message for _, message in mistakes(text)), mistakes(text)
