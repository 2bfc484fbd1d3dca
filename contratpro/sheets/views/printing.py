"""The PDF of a contact sheet, for all who read the sheet: signed in at an address, by a link from its page."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import SignedLink
from accounts.requests import PersonRequest
from common.pdf import MEDIA_TYPE
from contratpro.models import ContactSheet, SheetVersion
from contratpro.sheets.selectors import sheet_by_ref, sheet_for
from contratpro.sheets.services.printing import printed_sheet
from contratpro.sheets.views.answers import sent_or_404
from contratpro.students.requests import own_student_or_404


@require_safe
def own_pdf(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    return _version(sheet_for(own_student_or_404(request.user, ref)), number)


@require_safe
def student_pdf(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    return _version(sent_or_404(request.user, ref), number)


def pdf_by_link(_request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    """Of the last version: whoever has a link reads no other."""
    sheet = sheet_by_ref(link.subject_ref)
    last = sheet.versions.last() if sheet else None
    if sheet is None or last is None:
        raise Http404
    return _served(sheet, last)


def _version(sheet: ContactSheet, number: int) -> HttpResponse:
    version = sheet.versions.filter(number=number).first() if sheet.pk else None
    if version is None:
        raise Http404
    return _served(sheet, version)


def _served(sheet: ContactSheet, version: SheetVersion) -> HttpResponse:
    name = _("contact-sheet-%(ref)s-v%(version)s.pdf")
    named = name % {"ref": sheet.ref, "version": version.number}
    response = HttpResponse(printed_sheet(sheet, version), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{named}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
