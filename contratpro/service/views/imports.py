"""A cohort, or those present at a meeting, from a spreadsheet: shown line by line, then written as it was shown."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import PersonRequest
from common.forms import attempt
from common.refusals import DomainError, NotAllowedError, say
from contratpro.models import ContractYear, InformationMeeting
from contratpro.service.forms.spreadsheets import (
    PRESENT_COLUMNS,
    STUDENT_COLUMNS,
    ShownLinesForm,
    SpreadsheetForm,
    present_lines,
    present_rows,
    student_lines,
)
from contratpro.service.presentation import (
    cohort_preview,
    imported,
    in_order,
    unmatched_lines,
    wrong_lines,
)
from contratpro.service.requests import handled_meeting_or_404
from contratpro.students.requests import handled_year_or_404
from contratpro.students.rules import match_seen, plan_seen
from contratpro.students.services.cohort import import_students, preview_cohort
from contratpro.students.services.meetings import import_attendance, preview_attendance
from screens.imports import Column, Spreadsheet, carried, carry, read_table


@require_http_methods(["GET", "POST"])
def contract_students_import(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """The spreadsheet is asked for; once it is given, what it would change. Nothing is written here."""
    year = handled_year_or_404(request.user, year_slug)
    form = _given(request)
    table = _read(form, STUDENT_COLUMNS)
    if table:
        return _cohort_shown(request, year, table)
    context = {"year": year, "form": form, "columns": STUDENT_COLUMNS}
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/service/import.html", context, status=status)


def _cohort_shown(
    request: PersonRequest, year: ContractYear, table: Spreadsheet
) -> HttpResponseBase:
    lines, mistakes = student_lines(table.rows)
    plan = preview_cohort(year, lines, request.received_at)
    shown = {
        "rows": carry(table.rows, _salt(year.slug, request.user)),
        "seen": plan_seen(plan),
    }
    context = {
        "year": year,
        "preview": cohort_preview(plan, [*table.mistakes, *mistakes]),
        "ignored": table.ignored,
        "form": ShownLinesForm(initial=shown),
    }
    return render(request, "contratpro/service/import_preview.html", context)


@require_http_methods(["GET", "POST"])
def contract_students_write(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """Write what was shown; anything else is refused, and looked at again. A GET, as after a new sign-in, asks anew."""
    year = handled_year_or_404(request.user, year_slug)
    form = ShownLinesForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return redirect("contract_students_import", year_slug=year.slug)
    try:
        rows = carried(form.cleaned_data["rows"], _salt(year.slug, request.user))
        lines, mistakes = student_lines(rows)
        done = import_students(
            slug=year.slug,
            lines=lines,
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=request.received_at,
        )
    except NotAllowedError:
        raise
    except DomainError as error:
        _say(request, error)
        return redirect("contract_students_import", year_slug=year.slug)
    left_out = done.wrong + len({mistake.line for mistake in mistakes})
    messages.success(request, imported(done.new, done.changed, left_out))
    return redirect("contract_students", year_slug=year.slug)


@require_http_methods(["GET", "POST"])
def contract_meeting_import(request: PersonRequest, ref: str) -> HttpResponseBase:
    meeting = handled_meeting_or_404(request.user, ref)
    form = _given(request)
    table = _read(form, PRESENT_COLUMNS)
    if table:
        return _present_shown(request, meeting, table)
    context = {"meeting": meeting, "year": meeting.year, "form": form, "columns": PRESENT_COLUMNS}
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/service/meeting_import.html", context, status=status)


def _present_shown(
    request: PersonRequest, meeting: InformationMeeting, table: Spreadsheet
) -> HttpResponseBase:
    rows = present_lines(table)
    matched = preview_attendance(meeting, present_rows(rows))
    shown = {"rows": carry(rows, _salt(meeting.ref, request.user)), "seen": match_seen(matched)}
    context = {
        "meeting": meeting,
        "year": meeting.year,
        "present": [one for one in matched if one.ref],
        "wrong": in_order([*unmatched_lines(matched), *wrong_lines(table.mistakes)]),
        "form": ShownLinesForm(initial=shown),
    }
    return render(request, "contratpro/service/meeting_preview.html", context)


@require_http_methods(["GET", "POST"])
def contract_meeting_write(request: PersonRequest, ref: str) -> HttpResponseBase:
    meeting = handled_meeting_or_404(request.user, ref)
    form = ShownLinesForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return redirect("contract_meeting_import", ref=ref)
    try:
        rows = carried(form.cleaned_data["rows"], _salt(meeting.ref, request.user))
        count = import_attendance(
            ref=meeting.ref,
            lines=present_rows(rows),
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=request.received_at,
        )
    except NotAllowedError:
        raise
    except DomainError as error:
        _say(request, error)
        return redirect("contract_meeting_import", ref=ref)
    said = ngettext("%(count)d more recorded present.", "%(count)d more recorded present.", count)
    messages.success(request, said % {"count": count})
    return redirect("contract_meeting", ref=ref)


def _given(request: PersonRequest) -> SpreadsheetForm:
    if request.method == "POST":
        return SpreadsheetForm(request.POST, request.FILES)
    return SpreadsheetForm()


def _read(form: SpreadsheetForm, columns: tuple[Column, ...]) -> Spreadsheet | None:
    """The rows, or the reasons why there are none on the form."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    found: list[Spreadsheet] = []
    reading = partial(read_table, file, file.size, columns)
    attempt(form, lambda: found.append(reading()), "file")
    if found and not (found[0].rows or found[0].mistakes):
        form.add_error("file", _("There is no line under the names of the columns."))
        return None
    return found[0] if found else None


def _salt(about: str, user: User) -> str:
    """What was shown to somebody of one thing is written by them, on that thing."""
    return f"contratpro.import:{about}:{user.pk}"


def _say(request: PersonRequest, error: DomainError) -> None:
    for refusal in error.refusals:
        messages.error(request, say(refusal))
