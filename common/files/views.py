from pathlib import Path

from django.http import FileResponse, Http404

from common.models import StoredFile

# What a browser shows by itself without running anything; all else is downloaded.
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})


def serve_file(stored_file: StoredFile, stem: str = "") -> FileResponse:
    """Send a private file to a person whom the calling view has authorised.

    `stem` is another name than that which it came with, without its extension.
    """
    if stored_file.state != StoredFile.State.KEPT:
        raise Http404
    response = FileResponse(
        stored_file.content.open("rb"),
        as_attachment=stored_file.media_type not in SHOWN,
        filename=f"{stem}{Path(stored_file.name).suffix}" if stem else stored_file.name,
        content_type=stored_file.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
