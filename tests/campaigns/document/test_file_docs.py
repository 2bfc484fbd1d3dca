"""What an author reads is what the code knows."""

import io
import re

import pytest
from django.core.management import call_command

from campaigns.document.checks import read
from campaigns.document.diplomas import DiplomaRow
from campaigns.document.schema import CampaignDocument
from campaigns.notice.rows import document_of
from config.environment import ROOT
from tests.factories.campaigns import FIXTURES, load, nomenclature

PAGE = (ROOT / "docs" / "campaign-file.md").read_text("utf-8")
EXAMPLE = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))


def test_the_published_schema_is_that_of_the_code():
    """Made by `manage.py campaign_schema > fixtures/campaigns/schema.json`."""
    out = io.StringIO()
    call_command("campaign_schema", stdout=out)
    assert (FIXTURES / "campaigns" / "schema.json").read_text("utf-8") == out.getvalue()


def test_every_key_and_every_word_of_the_schema_is_explained():
    explained = set(re.findall(r"[A-Za-z0-9_]+", PAGE))
    schema = CampaignDocument.model_json_schema()
    parts = (schema, *schema["$defs"].values())
    keys = {key for part in parts for key in part.get("properties", ())} | set(
        DiplomaRow.model_fields
    )
    words = {word for part in parts for word in part.get("enum", ())}
    assert (keys | words) - explained == set()


@pytest.mark.django_db
def test_the_examples_are_one_campaign_that_loads_and_comes_back_equal():
    document, mistakes = read(EXAMPLE, {row.code for row in nomenclature()})
    assert document, mistakes
    assert document_of(load(document)) == document
