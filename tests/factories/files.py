"""Small real files, made in code."""

import io
import struct
import zlib
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def jpeg(width: int = 60, height: int = 80, *, colour: str = "#7a8fa3", **options: Any) -> bytes:
    return _picture(width, height, colour, "JPEG", **options)


def png(width: int = 60, height: int = 80, *, colour: str = "#7a8fa3", **options: Any) -> bytes:
    return _picture(width, height, colour, "PNG", **options)


def pdf(
    text: str = "Releve de notes",
    *,
    pages: int = 1,
    root: dict[str, Any] | None = None,
    **options: Any,
) -> bytes:
    """A PDF with a line of text (ASCII) per page, the same bytes each time unless it is encrypted.

    `root` adds entries to its catalogue, `options` go to the writer.
    """
    out = io.BytesIO()
    with pikepdf.new() as document:
        for number in range(1, pages + 1):
            page = document.add_blank_page(page_size=(595, 842))
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            drawing = f"BT /F1 18 Tf 72 760 Td ({text}, {number}/{pages}) Tj ET"
            page.Contents = document.make_stream(drawing.encode("ascii"))
        for key, value in (root or {}).items():
            document.Root[key] = value
        document.save(out, **{"deterministic_id": "encryption" not in options} | options)
    return out.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int) -> bytes:
    """The signature and header of a PNG in colours, eight bits a channel."""
    return PNG_SIGNATURE + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def upload(
    content: bytes, name: str = "releve.pdf", content_type: str = "application/octet-stream"
) -> SimpleUploadedFile:
    """What a view receives from a browser; nothing may depend on the media type that it claims."""
    return SimpleUploadedFile(name, content, content_type)


def _picture(width: int, height: int, colour: str, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind, **options)
    return out.getvalue()
