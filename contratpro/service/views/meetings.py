"""Information meetings, and who was there, ticked on a phone at the door; the library of papers."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import attempt
from contratpro.models import PaperTemplate
from contratpro.service.forms.meetings import MeetingForm, PaperForm, TicksForm
from contratpro.service.requests import handled_meeting_or_404
from contratpro.students.permissions import readable_years, said_of_reader
from contratpro.students.requests import handled_year_or_404, year_or_404
from contratpro.students.selectors import called_students, meetings_of, papers_of
from contratpro.students.services.meetings import plan_meeting, tick_attendance
from contratpro.students.services.papers import add_paper
from contratpro.year.selectors import year_now


@require_safe
def contract_meetings(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = handled_year_or_404(request.user, year_slug)
    context = {
        "year": year,
        "zone": year_now(year).year.zone,
        "meetings": meetings_of(year),
        "may_handle": True,
    }
    return render(request, "contratpro/service/meetings.html", context)


@require_http_methods(["GET", "POST"])
def contract_meeting_new(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = handled_year_or_404(request.user, year_slug)
    form = MeetingForm(request.POST if request.method == "POST" else None, said=year_now(year))
    if form.is_valid():
        meeting = plan_meeting(
            slug=year.slug, actor=request.user, now=request.received_at, **form.planned
        )
        messages.success(request, _("The meeting is planned."))
        return redirect("contract_meeting", ref=meeting.ref)
    status = 422 if form.is_bound else 200
    context = {"year": year, "form": form}
    return render(request, "contratpro/service/meeting_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def contract_meeting(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The sheet of a meeting: those called, ticked as they come."""
    meeting = handled_meeting_or_404(request.user, ref)
    students = list(called_students(meeting))
    if request.method == "POST":
        form = TicksForm(request.POST, [student.ref for student in students])
        if form.is_valid():
            count = tick_attendance(
                ref=ref,
                present=form.cleaned_data["present"],
                seen=form.cleaned_data["seen"].split(),
                actor=request.user,
                now=request.received_at,
            )
            said = ngettext("%(count)d tick recorded.", "%(count)d ticks recorded.", count)
            messages.success(request, said % {"count": count})
        else:
            messages.error(request, _("This sheet has changed: look at it again."))
        return redirect("contract_meeting", ref=ref)
    present = set(meeting.attendances.values_list("student_id", flat=True))
    context = {
        "meeting": meeting,
        "year": meeting.year,
        "zone": year_now(meeting.year).year.zone,
        "students": [(student, student.pk in present) for student in students],
        "present": len(present),
        "seen": " ".join(student.ref for student in students if student.pk in present),
    }
    return render(request, "contratpro/service/meeting.html", context)


@require_http_methods(["GET", "POST"])
def contract_papers(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """The dated papers, those handed out first; the office adds to them."""
    year = year_or_404(request.user, year_slug)
    reader = said_of_reader(request.user, year)
    if request.method == "POST" and not reader["may_handle"]:
        raise Http404
    form = PaperForm()
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES)
        if form.is_valid():
            adding = partial(add_paper, slug=year.slug, **form.cleaned_data)
            now = request.received_at
            if attempt(form, partial(adding, actor=request.user, now=now), "upload"):
                messages.success(request, _("The paper is in the library."))
                return redirect("contract_papers", year_slug=year.slug)
    papers = list(papers_of(year))
    context = {
        "year": year,
        "form": form,
        "handed_out": [paper for paper in papers if not paper.replaced],
        "replaced": [paper for paper in papers if paper.replaced],
        **reader,
    }
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/service/papers.html", context, status=status)


@require_safe
def contract_paper_file(request: PersonRequest, ref: str) -> HttpResponseBase:
    """A paper, former versions among them, to those who work with students of its year."""
    papers = PaperTemplate.objects.select_related("file")
    paper = papers.filter(ref=ref, year__in=readable_years(request.user)).first()
    if paper is None:
        raise Http404
    return serve_file(paper.file)
