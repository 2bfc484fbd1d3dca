"""A phone's picture made to fit what is asked (R-APP-3): nobody looks for a "Resize" command on the last evening."""

import io
from dataclasses import replace
from typing import BinaryIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from common.rules.uploads import MOST_BYTES, Controls, Format, judge
from common.services.inspection import inspect

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
