"""What an author reads is what the code knows."""

import re

from companies.employment.document.checks import read
from companies.employment.document.schema import FormDocument
from companies.employment.rules.form import FieldKind, FormPart, FormSource
from config.environment import ROOT

PAGE = (ROOT / "docs" / "employment-form.md").read_text("utf-8")
EXAMPLE = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))


def test_every_key_of_the_schema_is_explained():
    explained = set(re.findall(r"[A-Za-z0-9_]+", PAGE))
    schema = FormDocument.model_json_schema()
    parts = (schema, *schema["$defs"].values())
    keys = {key for part in parts for key in part.get("properties", ())}
    values = {value for kind in (FieldKind, FormPart, FormSource) for value in kind}
    assert (keys | values) - explained == set()


def test_the_examples_are_one_file():
    document, mistakes = read(EXAMPLE)
    assert (document is not None, mistakes) == (True, [])
