"""Codes to sentences."""

import pytest
from django.utils import translation

from common import wording
from common.rules.refusals import Refusal


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (2_097_152, "2\u00a0Mo", "2\u00a0MB"),
        (2_000_000, "2\u00a0Mo", "2\u00a0MB"),
        (1_572_864, "1,5\u00a0Mo", "1.5\u00a0MB"),
        (2_097_153, "2,1\u00a0Mo", "2.1\u00a0MB"),
        (512_000, "512\u00a0ko", "512\u00a0kB"),
        (1, "1\u00a0ko", "1\u00a0kB"),
    ],
)
def test_sizes(count, french, english):
    with translation.override("fr"):
        assert wording.size(count) == french
    with translation.override("en"):
        assert wording.size(count) == english


def test_a_refusal_is_said_in_the_readers_language():
    refusal = Refusal("file_wrong_type", {"formats": ("JPG", "PNG")})

    with translation.override("fr"):
        assert "format accepté (JPG, PNG)" in wording.say(refusal)
    with translation.override("en"):
        assert "accepted format (JPG, PNG)" in wording.say(refusal)


def test_a_code_is_worded_once():
    with pytest.raises(ValueError, match="file_empty"):
        wording.register({"file_empty": "again"})
