"""The invoices of a year, under /admin/contrat-pro/<year>/invoices/: listed, made for a cohort, exported."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.formats import localized
from common.journal import Stamp
from common.rules import ALLOWED, refused
from contratpro.invoices.forms import InvoiceFilter, IssueForm
from contratpro.invoices.permissions import can_read_invoices
from contratpro.invoices.presentation import (
    before_issuing,
    invoice_columns,
    invoice_rows,
    line_title,
    schedule_rows,
)
from contratpro.invoices.rules import totals_of
from contratpro.invoices.selectors import (
    invoices_of,
    schedule_of,
    standings_in,
    students_to_invoice,
)
from contratpro.invoices.services.issuing import issue_invoices
from contratpro.models import ContractYear
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_handle
from contratpro.year.selectors import dated_name, year_by_slug
from screens.acts import Act, Aim, perform
from screens.exports import ExportFormat, SpreadsheetExport, filters_in, send_export

PER_PAGE = 50
AT_ONCE = 200  # rows read together while a list is written


def invoiced_year_or_404(user: User, slug: str) -> ContractYear:
    """For those who have no part in invoices, there is no such page."""
    year = year_by_slug(slug)
    if year is None or year.current_version_id is None or not can_read_invoices(user, year):
        raise Http404
    return year


@require_safe
def contract_invoices(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = invoiced_year_or_404(request.user, year_slug)
    today = today_of(year, request.received_at)
    found = InvoiceFilter(request.GET, invoices_of(year), today=today)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    standings = standings_in(year)
    context = {
        "year": year,
        "found": found,
        "page": page,
        "rows": invoice_rows(page.object_list, today),
        "query": asked.urlencode(),
        "has_invoices": bool(standings),
        "totals": totals_of(standings, today),
        "schedule": schedule_rows(year, today),
        "may_handle": bool(can_handle(request.user, year)),
        "formats": list(ExportFormat),
    }
    return render(request, "contratpro/invoices/list.html", context)


@require_POST
def contract_invoices_export(request: PersonRequest, year_slug: str, kind: str) -> HttpResponseBase:
    """The list as it is filtered, for the accounting service. That it leaves is on record."""
    year = invoiced_year_or_404(request.user, year_slug)
    if kind not in set(ExportFormat):
        raise Http404
    today = today_of(year, request.received_at)
    found = InvoiceFilter(request.GET, invoices_of(year), today=today)
    export = SpreadsheetExport(
        name=dated_name(year, pgettext("name of a file", "invoices"), request.received_at),
        columns=invoice_columns(),
        rows=found.qs.iterator(chunk_size=AT_ONCE),
    )
    stamp = Stamp.of(request.user, request.received_at, filters=filters_in(request.GET))
    return send_export(export, ExportFormat(kind), year.in_journal(), stamp)


@require_http_methods(["GET", "POST"])
def contract_invoices_issue(request: PersonRequest, year_slug: str, line: str) -> HttpResponseBase:
    """What the act makes, before it makes it."""
    year = invoiced_year_or_404(request.user, year_slug)
    if not can_handle(request.user, year) or line not in schedule_of(year):
        raise Http404
    aim = Aim(
        thing=(year, line),
        named={"slug": year.slug, "line": line},
        about=_("Invoices"),
        back=reverse("contract_invoices", kwargs={"year_slug": year.slug}),
        detail=f"{localized(year.title)} · {line_title(year, line)}",
    )
    return perform(request, ISSUE, aim)


ISSUE = Act[tuple[ContractYear, str]](
    command=issue_invoices,
    title=gettext_lazy("Make the invoices of a line"),
    button=gettext_lazy("Make these invoices"),
    done=gettext_lazy("The invoices are made."),
    says=lambda of: before_issuing(*of),
    against=lambda of: ALLOWED if students_to_invoice(*of) else refused("nobody_to_invoice"),
    form=lambda _of, typed: IssueForm(typed),
)
