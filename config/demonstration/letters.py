"""Motivation letters: paragraphs that a candidate to a field could have written."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from config.demonstration.chance import chance

PARAGRAPHS = Path(__file__).with_name("letters.yaml")
FEMININE = {"renseigné": "renseignée", "heureux": "heureuse"}


def motivation(who: str, sex: str, *, speciality: str, studies: str, field: str) -> list[str]:
    draw = chance("letter", who, speciality)
    parts = _parts()
    paragraphs = [
        draw.choice(parts["openings"]).format(speciality=speciality, studies=studies),
        draw.choice(parts["stories"][field]),
        draw.choice(parts["reasons"]),
        draw.choice(parts["endings"]),
    ]
    if sex == "f":
        for masculine, feminine in FEMININE.items():
            paragraphs = [text.replace(masculine, feminine) for text in paragraphs]
    return paragraphs


@cache
def _parts() -> dict[str, Any]:
    parts: dict[str, Any] = YAML(typ="safe").load(PARAGRAPHS)
    return parts
