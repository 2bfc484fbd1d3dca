"""Pieces that a candidate gives after the submission, by the real command: one small sheet for all of them."""

from datetime import datetime
from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from admissions.dossier.services.pieces import give_document
from admissions.models import Application, Document
from config.demonstration.sheet import Sheet


def give_again(dossier: Application, document: Document, at: datetime) -> None:
    """Put a readable file in the place of what was given."""
    user = dossier.person.user
    assert user
    give_document(
        ref=dossier.ref,
        actor=user,
        requirement_key=document.requirement.key,
        subject_key=document.subject_key,
        uploads=[_upload(document)],
        replace=document.files.exists(),
        now=at,
    )


def _upload(document: Document) -> SimpleUploadedFile:
    if "pdf" in document.requirement.formats:
        return SimpleUploadedFile("piece.pdf", _sheet())
    return SimpleUploadedFile("piece.jpg", _picture())


@cache
def _sheet() -> bytes:
    sheet = Sheet()
    sheet.words("Pièce inventée")
    return sheet.pdf()


@cache
def _picture() -> bytes:
    with BytesIO() as out:
        Image.new("RGB", (120, 160), "#8aa").save(out, "JPEG")
        return out.getvalue()
