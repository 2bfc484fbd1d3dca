"""How the mistakes of a wrong file are told. tests/campaigns/test_commands.py has one file per mistake."""

import pytest

from campaigns.document.checks import read
from tests.campaigns.broken import GOOD
from tests.campaigns.cases import nomenclature


def mistakes(text):
    return read(text, set(nomenclature()))[1]


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
        ("a: b: c\n", [(1, "not readable as YAML: mapping values are not allowed here")]),
        ("a: !!python/object:os.system x\n", None),
    ],
)
def test_what_is_no_campaign_at_all(text, said):
    found = mistakes(text)
    assert found if said is None else found == said
