"""What a given file must be (R-APP-3)."""

import unicodedata

import pytest

from common.files.rules import Controls, Findings, Format, clean_name, is_pdf, judge
from common.rules import Refusal

PIECE = Controls(("pdf", "jpg", "png"), 2_097_152)
PHOTO = Controls(("jpg", "png"), 2_097_152, 900)


def found(**facts) -> Findings:
    return Findings(**{"bytes": 1000, "format": Format.PDF} | facts)


@pytest.mark.parametrize(
    ("findings", "controls", "refusals"),
    [
        (found(), PIECE, ()),
        (found(bytes=2_097_152), PIECE, ()),
        (found(bytes=2_097_153), PIECE, (Refusal("file_too_big", {"max_bytes": 2_097_152}),)),
        (found(bytes=0, format=None), PIECE, (Refusal("file_empty"),)),
        (
            found(format=None),
            PIECE,
            (Refusal("file_wrong_type", {"formats": ("PDF", "JPG", "PNG")}),),
        ),
        (found(), PHOTO, (Refusal("file_wrong_type", {"formats": ("JPG", "PNG")}),)),
        (found(format=Format.JPG, width=900, height=900), PHOTO, ()),
        (
            found(format=Format.JPG, width=901, height=900),
            PHOTO,
            (Refusal("file_too_many_pixels", {"width": 901, "height": 900, "max_pixels": 900}),),
        ),
        (
            found(format=Format.PNG, width=40_000, height=40_000),
            PHOTO,
            (
                Refusal(
                    "file_too_many_pixels", {"width": 40_000, "height": 40_000, "max_pixels": 900}
                ),
            ),
        ),
        (found(format=Format.PNG, width=8000, height=5000), PIECE, ()),
        (
            found(format=Format.PNG, width=8000, height=5001),
            PIECE,
            (Refusal("file_unpacks_too_big"),),
        ),
        (found(format=Format.PNG, unpacks_too_big=True), PIECE, (Refusal("file_unpacks_too_big"),)),
        (found(format=Format.PNG, animated=True), PIECE, (Refusal("file_animated"),)),
        (found(damaged=True), PIECE, (Refusal("file_corrupt"),)),
        (found(encrypted=True), PIECE, (Refusal("file_encrypted"),)),
        (found(active=True), PIECE, (Refusal("file_active"),)),
        (
            found(bytes=3_000_000, format=None),
            PIECE,
            (
                Refusal("file_too_big", {"max_bytes": 2_097_152}),
                Refusal("file_wrong_type", {"formats": ("PDF", "JPG", "PNG")}),
            ),
        ),
    ],
)
def test_every_reason_is_given(findings, controls, refusals):
    """R-APP-3"""
    assert judge(findings, controls) == refusals


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"%PDF-1.7\n", True),
        (b"\xef\xbb\xbf%PDF-1.4", True),
        (b"\r\n%PDF-1.4", True),
        (b"<html><!-- %PDF-1.7 -->", False),
        (b"%PDF", False),
        (b"", False),
    ],
)
def test_a_pdf_says_so_before_anything_else(head, expected):
    assert is_pdf(head) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("relevé de notes.pdf", "relevé de notes.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\Zoé\Bureau\relevé.PDF", "relevé.pdf"),
        ("../", "document.pdf"),
        ("..", "document.pdf"),
        (".pdf", "document.pdf"),
        ("", "document.pdf"),
        ("photo.jpg", "photo.pdf"),
        ("facture.pdf.exe", "facture.pdf.exe.pdf"),
        ("semestre 1.2021", "semestre 1.2021.pdf"),
        ("diplo\u202emfdp.pdf", "diplomfdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('<b>"a|b?*:".pdf', "bab.pdf"),
        ("un\u00a0deux\u2003  trois.pdf", "un deux trois.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
        ("e" + "\u0301" * 300 + ".pdf", "é\u0301\u0301.pdf"),
        ("履歴書.pdf", "履歴書.pdf"),
    ],
)
def test_a_name_stays_readable_and_becomes_harmless(name, expected):
    assert clean_name(name, Format.PDF) == unicodedata.normalize("NFC", expected)


def test_the_extension_is_that_of_the_real_format():
    assert clean_name("photo.jpeg", Format.PNG) == "photo.png"
