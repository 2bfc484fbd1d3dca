from collections.abc import Mapping
from typing import Any


def english(text: Mapping[str, Any]) -> str:
    """A text of the notice in the language of the commands, or in its own."""
    return str(text.get("en") or text["fr"])
