"""The marks of a year as a transcript, under /admin/contrat-pro/<year>/transcript/, and a student's own line."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from common.journal import Stamp
from contratpro.steps.rules import UNCONFIRMED
from contratpro.students.permissions import said_of_reader
from contratpro.students.requests import overseen_year_or_404, own_student_or_404
from contratpro.transcript.forms import TranscriptFilter
from contratpro.transcript.presentation import transcript_columns, transcript_row
from contratpro.transcript.selectors import line_of, transcript
from contratpro.year.selectors import dated_name, year_now
from screens.exports import ExportFormat, SpreadsheetExport, filters_in, send_export

PER_PAGE = 50


@require_safe
def contract_transcript(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = overseen_year_or_404(request.user, year_slug)
    said = year_now(year)
    filters = TranscriptFilter(request.GET, said)
    everyone = transcript(year, request.received_at)
    found = filters.leaves(everyone)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    complete = sum(line.is_complete for line in everyone)
    context = {
        "year": year,
        "said": said,
        "filters": filters,
        "page": page,
        "rows": [transcript_row(line, said) for line in page.object_list],
        "query": asked.urlencode(),
        "count": len(found),
        "has_lines": bool(everyone),
        "students": complete + sum(line.is_lacking for line in everyone),
        "complete": complete,
        "formats": list(ExportFormat),
        **said_of_reader(request.user, year),
    }
    return render(request, "contratpro/transcript/page.html", context)


@require_POST
def contract_transcript_export(
    request: PersonRequest, year_slug: str, kind: str
) -> HttpResponseBase:
    """The lines as they are filtered, for the registrar. That they leave is on record."""
    year = overseen_year_or_404(request.user, year_slug)
    if kind not in set(ExportFormat):
        raise Http404
    said = year_now(year)
    lines = transcript(year, request.received_at)
    export = SpreadsheetExport(
        name=dated_name(year, pgettext("name of a file", "marks"), request.received_at),
        columns=transcript_columns(said),
        rows=TranscriptFilter(request.GET, said).leaves(lines),
    )
    stamp = Stamp.of(request.user, request.received_at, filters=filters_in(request.GET))
    return send_export(export, ExportFormat(kind), year.in_journal(), stamp)


@require_safe
def own_marks(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What is published of the student's own marks, and nothing of what is not."""
    student = own_student_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    said = year_now(student.year)
    context = {"student": student, "said": said, "row": transcript_row(line_of(student), said)}
    return render(request, "contratpro/transcript/own.html", context)
