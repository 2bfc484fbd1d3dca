"""The students of a year as a spreadsheet, under /admin/contrat-pro/<year>/export/."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from common.journal import Stamp
from contratpro.export.forms import StudentExportForm
from contratpro.export.selectors import exported_students
from contratpro.service.forms.students import StudentFilter
from contratpro.students.permissions import readable_students
from contratpro.students.requests import handled_year_or_404
from contratpro.year.selectors import dated_name, year_now
from screens.exports import ExportFormat, SpreadsheetExport, filters_in, send_export


@require_http_methods(["GET", "POST"])
def contract_export(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """Which columns; then the file, of the students whom the filter of their list leaves. It is put on record."""
    year = handled_year_or_404(request.user, year_slug)
    now = request.received_at
    rows = StudentFilter(request.GET, readable_students(request.user, year), said=year_now(year)).qs
    form = StudentExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        export = SpreadsheetExport(
            name=dated_name(year, pgettext("name of a file", "students"), now),
            columns=form.ticked,
            rows=exported_students(rows, year, now),
        )
        stamp = Stamp.of(request.user, now, filters=filters_in(request.GET))
        kind = ExportFormat(form.cleaned_data["format"])
        return send_export(export, kind, year.in_journal(), stamp)
    context = {
        "year": year,
        "form": form,
        "count": rows.count(),
        "is_filtered": any(request.GET.values()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/export/page.html", context, status=status)
