"""Codes to sentences."""

import re
from datetime import date

import pytest
from django.utils import translation

from common import refusals
from common.rules import Refusal


def test_a_refusal_is_said_in_the_readers_language():
    refusal = Refusal("file_wrong_type", {"formats": ("JPG", "PNG")})

    with translation.override("fr"):
        assert "format accepté (JPG, PNG)" in refusals.say(refusal)
    with translation.override("en"):
        assert "accepted format (JPG, PNG)" in refusals.say(refusal)


def test_days_sizes_and_texts_of_the_notice_are_said_as_on_every_page(monkeypatch):
    monkeypatch.setitem(refusals._sentences, "tests_said", "%(due_on)s, %(max_bytes)s, %(school)s")
    refusal = Refusal(
        "tests_said",
        {"due_on": date(2022, 6, 1), "max_bytes": 2_097_152, "school": {"fr": "École"}},
    )

    with translation.override("fr"):
        assert refusals.say(refusal) == "1er\u00a0juin 2022, 2\u00a0Mo, École"
    with translation.override("en"):
        assert refusals.say(refusal) == "1\u00a0June 2022, 2\u00a0MB, École"


def test_a_code_is_worded_once():
    with pytest.raises(ValueError, match="file_empty"):
        refusals.register({"file_empty": "again"})


def test_staff_read_the_same_fact_in_the_third_person():
    refusal = Refusal("title_credits_short", {"ects": 120})

    with translation.override("fr"):
        assert (
            refusals.say_to_staff(refusal)
            == "Le titre donne moins de 120 crédits ECTS après le baccalauréat."
        )
        assert refusals.say_to_staff(Refusal("no_file")) == refusals.say(Refusal("no_file"))


def test_what_staff_read_names_the_same_facts_and_addresses_nobody():
    named = re.compile(r"%\((\w+)\)s")
    for code, sentence in refusals._for_staff.items():
        with translation.override("fr"):
            assert "otre" not in str(sentence)
            assert "vous" not in str(sentence)
            assert set(named.findall(str(sentence))) <= set(
                named.findall(str(refusals._sentences[code]))
            )
