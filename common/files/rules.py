"""What a file given by a person must be (R-APP-3): decided on its bytes, never on its name."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from common.rules import Refusal

MAX_POINTS = 40_000_000  # of a picture that we unpack: an A4 page at 600 dpi has 35 million
MOST_BYTES = 25_000_000  # of a picture that we make smaller: more than phones take
TOO_LARGE = frozenset({"file_too_big", "file_too_many_pixels"})
MAX_NAME = 120
MAX_MARKS = 2  # accents on top of each other; more is an attack on the reader's eyes


class Format(StrEnum):
    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"


MEDIA_TYPES = {Format.PDF: "application/pdf", Format.JPG: "image/jpeg", Format.PNG: "image/png"}
EXTENSIONS = (".pdf", ".jpg", ".jpeg", ".jpe", ".png")


@dataclass(frozen=True, slots=True)
class Controls:
    formats: tuple[str, ...]
    max_bytes: int
    max_pixels: int | None = None  # of either side of a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What an inspection found, as far as it dared to go."""

    bytes: int
    format: Format | None = None
    width: int = 0
    height: int = 0
    unpacks_too_big: bool = False
    animated: bool = False
    damaged: bool = False
    encrypted: bool = False
    active: bool = False  # a PDF that runs, sends or carries something


def judge(found: Findings, controls: Controls) -> tuple[Refusal, ...]:
    """Every reason to refuse the file."""
    if found.bytes == 0:
        return (Refusal("file_empty"),)
    refusals = []
    if found.bytes > controls.max_bytes:
        refusals.append(Refusal("file_too_big", {"max_bytes": controls.max_bytes}))
    if found.format is None or found.format not in controls.formats:
        formats = tuple(name.upper() for name in controls.formats)
        refusals.append(Refusal("file_wrong_type", {"formats": formats}))
    return (*refusals, *_judge_picture(found, controls), *_judge_state(found))


def may_be_reduced(found: Findings, refusals: tuple[Refusal, ...]) -> bool:
    """Whether it is a picture, and refused for its size alone: as a phone takes them."""
    codes = {refusal.code for refusal in refusals}
    is_picture = found.format in {Format.JPG, Format.PNG}
    return is_picture and bool(codes) and codes <= TOO_LARGE and found.bytes <= MOST_BYTES


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins with `head` says it is a PDF, and nothing else before that."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ").startswith(b"%PDF-")


def clean_name(name: str, found: Format) -> str:
    """The name shown to people: no path, nothing invisible, the extension of the real format."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    stem = _readable(last)
    for extension in EXTENSIONS:
        if stem.lower().endswith(extension):
            stem = stem[: -len(extension)]
            break
    ending = f".{found}"
    return (stem[: MAX_NAME - len(ending)].strip(" .") or "document") + ending


def _judge_picture(found: Findings, controls: Controls) -> list[Refusal]:
    refusals = []
    limit = controls.max_pixels
    if limit is not None and max(found.width, found.height) > limit:
        sides = {"width": found.width, "height": found.height, "max_pixels": limit}
        refusals.append(Refusal("file_too_many_pixels", sides))
    elif found.unpacks_too_big or found.width * found.height > MAX_POINTS:
        refusals.append(Refusal("file_unpacks_too_big"))
    if found.animated:
        refusals.append(Refusal("file_animated"))
    return refusals


def _judge_state(found: Findings) -> list[Refusal]:
    if found.damaged:
        return [Refusal("file_corrupt")]
    if found.encrypted:
        return [Refusal("file_encrypted")]
    return [Refusal("file_active")] if found.active else []


def _readable(name: str) -> str:
    """Without control and invisible characters, nor those that file systems refuse; at most two marks in a row."""
    kept: list[str] = []
    marks = 0
    for character in name:
        category = unicodedata.category(character)
        marks = marks + 1 if category == "Mn" else 0
        if category[0] == "Z":
            kept.append(" ")
        elif category[0] != "C" and character not in '<>:"|?*' and marks <= MAX_MARKS:
            kept.append(character)
    return " ".join("".join(kept).split())
