"""What an author reads is what the code knows."""

import io
import re

from django.core.management import call_command

from campaigns.document.schema import CampaignDocument
from config.environment import ROOT
from tests.factories.campaigns import FIXTURES


def test_the_published_schema_is_that_of_the_code():
    """Made by `manage.py campaign_schema > fixtures/campaigns/schema.json`."""
    out = io.StringIO()
    call_command("campaign_schema", stdout=out)
    assert (FIXTURES / "campaigns" / "schema.json").read_text("utf-8") == out.getvalue()


def test_every_key_of_the_schema_is_explained():
    explained = set(re.findall(r"[a-z_]+", (ROOT / "docs" / "campaign-file.md").read_text("utf-8")))
    schema = CampaignDocument.model_json_schema()
    known = {key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", ())}
    assert known - explained == set()
