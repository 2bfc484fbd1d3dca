"""The documents step: one slot per piece, one command per intent; a refusal shows at its slot."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_safe

from accounts.requests import PersonRequest
from admissions.candidate.views.steps import step_page
from admissions.dossier.forms import SlotForm
from admissions.dossier.permissions import can_read_file
from admissions.dossier.requests import command, my_dossier
from admissions.dossier.rules import Step
from admissions.dossier.selectors.read_model import Dossier, PieceRow
from admissions.dossier.services.pieces import await_document, give_document, remove_document_file
from admissions.models import DocumentFile
from common.files.views import serve_file
from common.forms import attempt
from common.rules import ALLOWED


@dataclass(frozen=True, slots=True)
class PieceSlot:
    """A piece with its form, as the page shows it."""

    piece: PieceRow
    form: SlotForm
    anchor: str

    @property
    def room(self) -> int:
        return self.piece.max_files - len(self.piece.files)


@require_GET
def documents(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _page(request, my_dossier(request, ref))


@command("application_documents")
def document_give(
    request: PersonRequest, ref: str, key: str, subject_key: str = ""
) -> HttpResponseBase:
    piece = _piece_or_404(my_dossier(request, ref), key, subject_key)
    form = _form(piece, request)
    form.fields["uploads"].required = True
    replace = "replace" in request.POST
    if form.is_valid():
        uploads = form.cleaned_data["uploads"]
        giving = partial(
            give_document, uploads=uploads, replace=replace, **_who(request, ref, piece)
        )
        if attempt(form, giving, "uploads"):
            messages.success(request, _("Received: your file has been checked and kept."))
            return _back_to(ref, piece)
    return _page(request, my_dossier(request, ref), piece, form)


@command("application_documents")
def document_await(
    request: PersonRequest, ref: str, key: str, subject_key: str = ""
) -> HttpResponseBase:
    piece = _piece_or_404(my_dossier(request, ref), key, subject_key)
    form = _form(piece, request)
    if form.is_valid():
        due_on = form.cleaned_data["due_on"]
        awaiting = partial(await_document, due_on=due_on, **_who(request, ref, piece))
        if attempt(form, awaiting, "due_on"):
            messages.success(request, _("Noted: you will supply this document later."))
            return _back_to(ref, piece)
    return _page(request, my_dossier(request, ref), piece, form)


@command("application_documents")
def file_remove(request: PersonRequest, ref: str, file_ref: str) -> HttpResponseBase:
    my_dossier(request, ref)
    remove_document_file(ref=ref, actor=request.user, file_ref=file_ref, now=request.received_at)
    messages.success(request, _("The file is removed."))
    return redirect("application_documents", ref=ref)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
def document_file(request: PersonRequest, ref: str) -> HttpResponseBase:
    """A file of a piece: for the candidate, the central service of the schools concerned, and who studies it.

    Our own screens show it in a frame beside what is read of the dossier.
    """
    related = ("file", "document__application__campaign", "document__application__person")
    row = DocumentFile.objects.select_related(*related).filter(file__ref=ref).first()
    if row is None or not can_read_file(request.user, row.document):
        raise Http404
    return serve_file(row.file)


def _page(
    request: PersonRequest,
    dossier: Dossier,
    refused: PieceRow | None = None,
    form: SlotForm | None = None,
) -> HttpResponseBase:
    """All slots; the form of the one that was refused keeps what was typed in it."""
    slots = []
    for piece in dossier.pieces:
        is_refused = refused is not None and piece.anchor == refused.anchor
        slots.append(PieceSlot(piece, form if form and is_refused else _form(piece), piece.anchor))
    open_somewhere = any(piece.may_give for piece in dossier.pieces)
    allowed = ALLOWED if open_somewhere else dossier.acts.choose
    return step_page(request, dossier, Step.DOCUMENTS, allowed, slots=slots, form=form, partly=True)


def _form(piece: PieceRow, request: PersonRequest | None = None) -> SlotForm:
    sent: tuple[Any, ...] = (request.POST, request.FILES) if request else ()
    return SlotForm(
        *sent,
        initial={"due_on": piece.due_on},
        auto_id=f"{piece.anchor}-%s",
        formats=piece.formats,
        max_files=piece.max_files,
        max_bytes=piece.max_bytes,
    )


def _who(request: PersonRequest, ref: str, piece: PieceRow) -> dict[str, Any]:
    return {
        "ref": ref,
        "actor": request.user,
        "requirement_key": piece.key,
        "subject_key": piece.subject_key,
        "now": request.received_at,
    }


def _piece_or_404(dossier: Dossier, key: str, subject_key: str) -> PieceRow:
    for piece in dossier.pieces:
        if (piece.key, piece.subject_key) == (key, subject_key):
            return piece
    raise Http404


def _back_to(ref: str, piece: PieceRow) -> HttpResponseBase:
    return redirect(f"{reverse('application_documents', kwargs={'ref': ref})}#{piece.anchor}")
