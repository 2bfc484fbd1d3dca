"""What an author reads is what the code knows."""

import io
import re

import pytest
from django.core.management import call_command

from config.environment import ROOT
from contratpro.year.document.checks import read
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now
from tests.factories.contratpro import ALES_2025, load

PAGE = (ROOT / "docs" / "contract-year-file.md").read_text("utf-8")
EXAMPLE = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))


def test_the_published_schema_is_that_of_the_code():
    """Made by `manage.py contract_year_schema > fixtures/contratpro/schema.json`."""
    out = io.StringIO()
    call_command("contract_year_schema", stdout=out)
    assert (ALES_2025.parent / "schema.json").read_text("utf-8") == out.getvalue()


def test_every_key_and_every_word_of_the_schema_is_explained():
    explained = set(re.findall(r"[A-Za-z0-9_]+", PAGE))
    schema = YearDocument.model_json_schema()
    parts = (schema, *schema["$defs"].values())
    keys = {key for part in parts for key in part.get("properties", ())}
    words = {word for part in parts for word in part.get("enum", ())}
    assert (keys | words) - explained == set()


@pytest.mark.django_db
def test_the_examples_are_one_year_that_loads_and_comes_back_equal():
    document, mistakes = read(EXAMPLE)
    assert document, mistakes
    assert year_now(load(document)) == document
