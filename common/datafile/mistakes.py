"""What is wrong in a data file, said to its author."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails
from typing_extensions import is_typeddict

MEMBER = re.compile(r"<\w+\.\w+: ('[^']*')>")  # how pydantic says one word of a vocabulary
QUOTES = "a text with a comma, a colon or an apostrophe goes between double quotes"
SAID = {  # what pydantic says too generally, by its types of errors
    "bool_type": "expected true or false",
    "dict_type": "expected keys and values; of a text, {fr: …}",
    "int_type": "expected a whole number, without quotes",
    "invalid_key": f"is no key here: {QUOTES}",
    "model_type": "expected keys and values",
    "string_too_short": "expected some text",
    "string_type": "expected a text",
    "time_parsing": 'expected an hour and minutes, for instance "08:00"',
    "tuple_type": "expected a list between brackets: [one], [one, two]",
}
PATTERNS = {
    "@": "expected an e-mail address",
    "A-Z": "expected letters without accents, figures, '-' and '_', a letter or a figure first",
}
LISTED = 15  # names to show at most when none comes near
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A part of the file, and what is wrong there; `line` only where the path doesn't give it."""

    path: Path
    message: str
    line: int | None = None


def closest(word: object, known: Iterable[str]) -> str:
    """A hint for a misspelt word, or what is known if nothing comes near."""
    words = sorted(known)
    near = get_close_matches(str(word), words, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    return (
        f"expected one of: {', '.join(words[:LISTED])}{', …' if len(words) > LISTED else ''}"
        if words
        else "there is none"
    )


def from_validation(error: ValidationError, model: type[BaseModel], data: Any) -> list[Mistake]:
    """One mistake per part of the file: each branch of a union has its complaint, the first is enough."""
    told: dict[Path, Mistake] = {}
    for detail in error.errors(include_url=False):
        mistake = _mistake(detail, model, data)
        told.setdefault(mistake.path, mistake)
    return list(told.values())


def _mistake(detail: ErrorDetails, model: type[BaseModel], data: Any) -> Mistake:
    path = _within(detail["loc"], data)
    name = detail["loc"][-1] if detail["loc"] else ""
    match detail["type"]:
        case "missing":
            return Mistake((*path, name), f"key '{name}' is missing, expected here{_place(path)}")
        case "extra_forbidden":
            hint = f" ({QUOTES})" if " " in str(name) else ""
            return Mistake(
                path, f"unknown key '{name}', {closest(name, keys_at(model, path[:-1]))}{hint}"
            )
        case "string_type" if isinstance(detail["input"], int | float | date):
            return Mistake(path, f"{detail['input']} is not a text, expected it between quotes")
    found = "" if isinstance(detail["input"], dict | list) else f"{detail['input']!r}: "
    return Mistake(path, found + _said(detail))


def _said(detail: ErrorDetails) -> str:
    if detail["type"] == "string_pattern_mismatch":
        pattern = detail.get("ctx", {})["pattern"]
        return next(said for sign, said in PATTERNS.items() if sign in pattern)
    said = SAID.get(detail["type"], detail["msg"])
    return MEMBER.sub(r"\1", said.replace("Input should be", "expected"))


def _within(loc: Iterable[str | int], data: Any) -> Path:
    """The part of a location that the data has: pydantic names branches of unions in it too."""
    path: list[str | int] = []
    for step in loc:
        if step in (
            data
            if isinstance(data, Mapping)
            else range(len(data))
            if isinstance(data, list)
            else ()
        ):
            data = data[step]
            path.append(step)
    return tuple(path)


def _place(path: Path) -> str:
    return f" in '{'.'.join(map(str, path))}'" if path else ""


def keys_at(kind: Any, path: Path) -> tuple[str, ...]:
    """The keys that the schema knows at a place of the file."""
    for step in path:
        kind = _part(kind, step)
    return tuple(_fields(kind))


def _part(kind: Any, step: str | int) -> Any:
    fields = _fields(kind)
    if fields:
        return fields.get(str(step))
    kind = _bare(kind)
    arguments = [argument for argument in get_args(kind) if argument is not Ellipsis]
    return arguments[-1] if arguments else None


def _fields(kind: Any) -> dict[str, Any]:
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
    return dict(get_type_hints(kind)) if is_typeddict(kind) else {}


def _bare(kind: Any) -> Any:
    """Without `Annotated`, `| None` and the name of a whole file."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in {Union, UnionType}:
            kind = next(argument for argument in get_args(kind) if argument is not type(None))
        elif isinstance(kind, type) and issubclass(kind, RootModel):
            kind = kind.model_fields["root"].annotation
        else:
            return kind
