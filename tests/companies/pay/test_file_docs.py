"""What an author reads is what the code knows."""

import re

from companies.pay.document.checks import read
from companies.pay.document.schema import PayDocument
from config.environment import ROOT

PAGE = (ROOT / "docs" / "pay-file.md").read_text("utf-8")
EXAMPLE = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))


def test_every_key_of_the_schema_is_explained():
    explained = set(re.findall(r"[A-Za-z0-9_]+", PAGE))
    schema = PayDocument.model_json_schema()
    parts = (schema, *schema["$defs"].values())
    keys = {key for part in parts for key in part.get("properties", ())}
    assert keys - explained == set()


def test_the_examples_are_one_file():
    document, mistakes = read(EXAMPLE)
    assert (document is not None, mistakes) == (True, [])
