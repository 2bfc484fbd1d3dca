"""A timetable from a calendar or a spreadsheet: shown with its differences, then written as it was shown."""

from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import PersonRequest
from common.forms import attempt
from common.refusals import DomainError, NotAllowedError, say
from contratpro.classes.forms.timetable import (
    TIMETABLE_COLUMNS,
    ShownTimetableForm,
    TimetableFileForm,
    TimetableWords,
    as_group,
    calendar_rows,
    class_lines,
    group_word,
    is_calendar,
    with_groups,
)
from contratpro.classes.presentation.words import counted_fates, shown_plan
from contratpro.classes.rules.timetable import ClassFate, ClassLine, Group, timetable_seen
from contratpro.classes.services.timetable import import_timetable, preview_timetable
from contratpro.models import ContractYear
from contratpro.students.requests import handled_year_or_404
from contratpro.students.selectors import cohort_words
from contratpro.year.selectors import year_now
from screens.imports import MOST_BYTES, TableMistake, TableRow, carried, carry, read_table

Read = tuple[tuple[TableRow, ...], tuple[TableMistake, ...], tuple[str, ...]]


@require_http_methods(["GET", "POST"])
def class_import(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """The timetable is asked for; once it is given, what it would change. Nothing is written here."""
    year = handled_year_or_404(request.user, year_slug)
    said = year_now(year)
    form = TimetableFileForm(said=said)
    if request.method == "POST":
        form = TimetableFileForm(request.POST, request.FILES, said=said)
        found: list[Read] = []
        if form.is_valid() and attempt(form, lambda: found.append(_read(form, year)), "file"):
            if found[0][0] or found[0][1]:
                return _shown(request, year, form, found[0])
            form.add_error("file", _("There is no session in this file."))
    context = {"year": year, "form": form, "columns": TIMETABLE_COLUMNS}
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/classes/import.html", context, status=status)


@require_http_methods(["GET", "POST"])
def class_import_write(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """Write what was shown; anything else is refused, and looked at again. A GET, as after a new sign-in, asks anew."""
    year = handled_year_or_404(request.user, year_slug)
    form = ShownTimetableForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return redirect("class_import", year_slug=year.slug)
    try:
        rows = carried(form.cleaned_data["rows"], _salt(year, request.user))
        lines, _mistakes = class_lines(rows, _words(request, year))
        done = import_timetable(
            slug=year.slug,
            lines=lines,
            whole=form.whole_groups,
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=request.received_at,
        )
    except NotAllowedError:
        raise
    except DomainError as error:
        for refusal in error.refusals:
            messages.error(request, say(refusal))
        return redirect("class_import", year_slug=year.slug)
    words = _("%(new)s new, %(changed)s changed, %(cancelled)s cancelled, %(kept)s kept as signed.")
    counts = {"new": done.new, "cancelled": done.cancelled, "kept": done.kept}
    messages.success(request, words % {**counts, "changed": done.changed + done.restored})
    return redirect("class_week", year_slug=year.slug)


def _shown(
    request: PersonRequest, year: ContractYear, form: TimetableFileForm, read: Read
) -> HttpResponseBase:
    rows, mistakes, ignored = read
    lines, wrong = class_lines(rows, _words(request, year))
    whole = _whole(form, lines)
    plan = preview_timetable(year, lines, whole)
    shown = {
        "rows": carry(rows, _salt(year, request.user)),
        "seen": timetable_seen(plan),
        "whole": ",".join(sorted(map(group_word, whole))),
    }
    context = {
        "year": year,
        "plan": shown_plan(plan, year_now(year)),
        "counts": counted_fates(plan),
        "writes": any(one.fate not in {ClassFate.UNCHANGED, ClassFate.KEPT} for one in plan),
        "wrong": _wrong([*mistakes, *wrong]),
        "ignored": ignored,
        "form": ShownTimetableForm(initial=shown),
    }
    return render(request, "contratpro/classes/import_preview.html", context)


def _read(form: TimetableFileForm, year: ContractYear) -> Read:
    """The lines of the file, what cannot be read of it, and its columns that nobody asked for."""
    file = form.cleaned_data["file"]
    groups = form.cleaned_data["groups"]
    content = file.read(MOST_BYTES + 1)
    if is_calendar(content):
        rows, mistakes = calendar_rows(content, year_now(year).zone)
        return with_groups(rows, groups), mistakes, ()
    table = read_table(cast("BinaryIO", file), file.size, TIMETABLE_COLUMNS)
    return with_groups(table.rows, groups), table.mistakes, table.ignored


def _whole(form: TimetableFileForm, lines: tuple[ClassLine, ...]) -> frozenset[Group]:
    """The groups of which it is the whole timetable: those that were chosen, else those that it names."""
    if not form.cleaned_data["whole"]:
        return frozenset()
    chosen = frozenset(as_group(one) for one in form.cleaned_data["groups"])
    return chosen or frozenset(group for line in lines for group in line.groups)


def _words(request: PersonRequest, year: ContractYear) -> TimetableWords:
    return TimetableWords(cohort_words(year, request.received_at), year_now(year).zone)


def _wrong(mistakes: list[TableMistake]) -> list[dict[str, object]]:
    """Each line that is left out, with its reasons, in their order."""
    lines = sorted({mistake.line for mistake in mistakes})
    return [
        {
            "line": line,
            "name": "",
            "reasons": [say(mistake.refusal) for mistake in mistakes if mistake.line == line],
        }
        for line in lines
    ]


def _salt(year: ContractYear, user: User) -> str:
    """What was shown to somebody of a year is written by them, in that year."""
    return f"contratpro.timetable:{year.slug}:{user.pk}"
