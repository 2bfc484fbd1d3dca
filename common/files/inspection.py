"""What a file received really is, and a picture made lighter."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import filetype
import pikepdf
from django.core.files.base import ContentFile
from PIL import Image, ImageFile, ImageOps

from common.files.rules import MOST_BYTES, Controls, Findings, Format, is_pdf, judge

HEAD_BYTES = 1024
TAIL_BYTES = 1024
MAX_SCANS = 64  # of a JPEG: each costs a pass over the whole picture, and true ones have a dozen
MAX_PDF_OBJECTS = 100_000
# What a PDF's streams may unpack to in memory. Process-wide, hence set once, here, where PDF files are opened.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=64_000_000, run_length_max_memory=64_000_000, max_stream_filters=3
)

FORMATS = {"image/jpeg": Format.JPG, "image/png": Format.PNG, "image/apng": Format.PNG}
# Ordinary links stay allowed; what runs, sends, opens another file or plays is not a document to read.
ACTIVE_ACTIONS = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute",
})  # fmt: skip
ACTIVE_KEYS = frozenset(
    {"/JS", "/EF", "/EmbeddedFiles", "/JavaScript", "/XFA", "/RichMediaContent"}
)
UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
)


def inspect(file: BinaryIO, size: int, controls: Controls) -> Findings:
    """What the bytes say. A file that is refused already is not opened; a picture too large is not unpacked."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    found = Findings(bytes=size, format=_sniff(head))
    if judge(found, controls):
        return found
    return (
        _inspect_pdf(file, found)
        if found.format is Format.PDF
        else _inspect_picture(file, found, controls)
    )


def _sniff(head: bytes) -> Format | None:
    if is_pdf(head):
        return Format.PDF
    return FORMATS.get(filetype.guess_mime(head) or "")


def _inspect_picture(file: BinaryIO, found: Findings, controls: Controls) -> Findings:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, for the whole process
    file.seek(0)
    if found.format is Format.JPG and file.read().count(b"\xff\xda") > MAX_SCANS:
        return replace(found, unpacks_too_big=True)
    try:
        with Image.open(file, formats=["JPEG", "PNG"]) as image:
            # A phone's JPEG may carry a second, smaller picture: not an animation.
            animated = found.format is Format.PNG and getattr(image, "is_animated", False)
            found = replace(found, width=image.width, height=image.height, animated=animated)
            if not judge(found, controls):
                _unpack(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return replace(found, unpacks_too_big=True)
    except UNREADABLE:
        return replace(found, damaged=True)
    return found


def _unpack(image: Image.Image) -> None:
    """Read the picture to its end; a JPEG at an eighth of its size, which reads the same bytes."""
    image.draft("L", (1, 1))
    image.load()


def _inspect_pdf(file: BinaryIO, found: Findings) -> Findings:
    file.seek(max(0, found.bytes - TAIL_BYTES))
    if b"%%EOF" not in file.read():
        return replace(found, damaged=True)
    file.seek(0)
    try:
        with pikepdf.open(file, attempt_recovery=False, inherit_page_attributes=False) as pdf:
            if pdf.is_encrypted:
                return replace(found, encrypted=True)
            if int(pdf.trailer.Size) > MAX_PDF_OBJECTS:
                return replace(found, unpacks_too_big=True)
            return replace(found, damaged=not _is_whole(pdf), active=_is_active(pdf))
    except pikepdf.PasswordError:
        return replace(found, encrypted=True)
    except (pikepdf.PdfError, pikepdf.PikepdfError, RuntimeError, AttributeError, *UNREADABLE):
        return replace(found, damaged=True)


def _is_whole(pdf: pikepdf.Pdf) -> bool:
    """Whether there are as many pages as announced, and the drawing of each can be read."""
    announced = int(
        pdf.Root.Pages.Count
    )  # before qpdf mends it, which it does when the pages are first looked at
    for page in pdf.pages:
        for stream in _streams(page.obj.get("/Contents")):
            stream.read_bytes()
    return 0 < announced == len(pdf.pages)


def _streams(contents: Any) -> list[Any]:
    if contents is None:
        return []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _is_active(pdf: pikepdf.Pdf) -> bool:
    return any(
        str(key) in ACTIVE_KEYS or (str(key) == "/S" and str(value) in ACTIVE_ACTIONS)
        for thing in pdf.objects
        for key, value in _entries(thing)
    )


def _entries(thing: Any) -> Iterator[tuple[Any, Any]]:
    """The entries of a PDF object and of those written inside it; qpdf refuses to nest them without end."""
    waiting = [thing]
    while waiting:
        current = waiting.pop()
        if isinstance(current, pikepdf.Array):
            waiting.extend(item for item in current if not _is_elsewhere(item))
        elif isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in current.items():
                yield key, value
                if not _is_elsewhere(value):
                    waiting.append(value)


def _is_elsewhere(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


LEGIBLE = 2400  # pixels of the longer side: an A4 page at 200 dpi
PILLOW = {Format.JPG: "JPEG", Format.PNG: "PNG"}
QUALITIES = (88, 75, 60)  # of a JPEG, until it is light enough


def reduced(file: BinaryIO, size: int, controls: Controls) -> "ContentFile[bytes] | None":
    """The picture upright, within the pixels and if it can be the bytes that are asked; None if it is no sound one."""
    loose = replace(controls, max_bytes=MOST_BYTES, max_pixels=None)
    if judge(inspect(file, size, loose), loose):
        return None
    kind = Format.JPG if Format.JPG in controls.formats else Format.PNG
    side = controls.max_pixels or LEGIBLE
    file.seek(0)
    with Image.open(file, formats=["JPEG", "PNG"]) as picture:
        picture.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((side, side))
    if kind is Format.PNG:
        return ContentFile(_saved(upright, kind))
    return ContentFile(_jpeg(_on_white(upright), controls.max_bytes))


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    page = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(page, layer).convert("RGB")


def _jpeg(picture: Image.Image, max_bytes: int) -> bytes:
    content = b""
    for quality in QUALITIES:
        content = _saved(picture, Format.JPG, quality=quality)
        if len(content) <= max_bytes:
            break
    return content


def _saved(picture: Image.Image, kind: Format, **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, PILLOW[kind], optimize=True, **options)
    return out.getvalue()
