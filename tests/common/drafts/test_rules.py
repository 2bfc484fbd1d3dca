"""A text kept word for word, and what keeps two people who write at once from losing each other's words."""

import pytest

from common.drafts.presentation import BothTexts, quicker_page, side_by_side
from common.drafts.rules import (
    Change,
    QuickerError,
    changes,
    fingerprint,
    refuse_if_unseen,
    seen_of,
    word_for_word,
)

FIELDS = ("title", "missions", "starts_on")
STORED = {"title": "Engineer", "missions": "Build", "starts_on": ""}
MINE = STORED | {"missions": "Build and tell"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, ("", "", "")),
        ({"missions": " a\r\nb  ", "starts_on": "sept"}, ("", " a\r\nb  ", "sept")),
        ({"title": None, "missions": 12}, ("", "12", "")),
        ({"gone": "a field of last year", "title": "x"}, ("x", "", "")),
    ],
)
def test_each_field_is_kept_as_it_was_typed(typed, kept):
    assert word_for_word(typed, FIELDS) == dict(zip(FIELDS, kept, strict=True))


def test_a_text_is_cut_at_its_longest_alone():
    assert len(word_for_word({"title": "x" * 30_000}, FIELDS)["title"]) == 20_000
    assert word_for_word({"title": "abcdef"}, ["title"], longest=4) == {"title": "abcd"}


def test_changes_come_in_the_order_of_the_fields():
    after = {"starts_on": "2026-09-01", "title": "Engineer", "missions": "Design"}
    assert changes(STORED, after, FIELDS) == (
        Change(field="missions", before="Build", after="Design"),
        Change(field="starts_on", before="", after="2026-09-01"),
    )


def test_a_fingerprint_follows_the_content_and_not_its_order():
    assert fingerprint({"a": "1", "b": "2"}) == fingerprint({"b": "2", "a": "1"})
    assert fingerprint({"a": "1"}) != fingerprint({"a": "2"})
    assert fingerprint({"a": None}) != fingerprint({"a": False})


def test_what_was_never_saved_and_what_was_saved_empty_are_seen_alike():
    assert seen_of({}, FIELDS) == seen_of({"title": "", "starts_on": ""}, FIELDS)


@pytest.mark.parametrize(
    ("stored", "mine", "seen"),
    [
        (STORED, MINE, seen_of(STORED, FIELDS)),  # nobody wrote meanwhile
        (MINE, MINE, seen_of(STORED, FIELDS)),  # the same text sent twice
        (STORED, MINE, ""),  # a page of before this was asked
        ({}, MINE, seen_of({}, FIELDS)),
    ],
)
def test_a_text_that_was_seen_is_replaced(stored, mine, seen):
    assert refuse_if_unseen(stored, mine, seen, FIELDS) is None


def test_a_text_that_was_not_seen_is_not_replaced():
    theirs = {"title": "Head engineer", "missions": "Build"}
    with pytest.raises(QuickerError) as refused:
        refuse_if_unseen(theirs, MINE, seen_of(STORED, FIELDS), FIELDS)
    assert refused.value.theirs == {"title": "Head engineer", "missions": "Build", "starts_on": ""}


def test_both_texts_are_shown_in_words():
    rows = changes(STORED, MINE, FIELDS)
    assert side_by_side(rows, str.upper, lambda value, field: f"{field}: {value}") == [
        BothTexts(label="MISSIONS", before="missions: Build", after="missions: Build and tell")
    ]


def test_the_page_carries_all_of_mine_and_what_it_saw_of_theirs():
    page = quicker_page(STORED, MINE, FIELDS, str.title, lambda value, _field: value)
    assert page == {
        "both": [BothTexts(label="Missions", before="Build", after="Build and tell")],
        "mine": [("title", "Engineer"), ("missions", "Build and tell"), ("starts_on", "")],
        "seen": seen_of(STORED, FIELDS),
    }
