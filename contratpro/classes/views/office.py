"""The timetable of a year, under /admin/contrat-pro/<year>/classes/, and each of its sessions."""

from datetime import date, datetime, timedelta
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.formats import localized
from common.forms import attempt
from common.pdf import MEDIA_TYPE
from contratpro.classes.forms.roll import (
    ClassForm,
    CorrectionForm,
    ExcuseForm,
    PaperSheetForm,
)
from contratpro.classes.forms.timetable import group_word
from contratpro.classes.presentation.acts import before_cancelling, before_restoring, before_sending
from contratpro.classes.presentation.words import (
    by_day,
    department_choices,
    shown_class,
    shown_presence,
    shown_roll,
    shown_tries,
)
from contratpro.classes.requests import (
    handled_class_or_404,
    presence_or_404,
)
from contratpro.classes.rules.signing import may_send_link, may_type_paper
from contratpro.classes.selectors import (
    awaiting_answer,
    facts_of,
    groups_of,
    names_of,
    roll_of,
    tries_at,
    week_of,
    week_start,
)
from contratpro.classes.services.absences import correct_presence, excuse_absence
from contratpro.classes.services.keeping import type_paper
from contratpro.classes.services.linking import send_link
from contratpro.classes.services.printing import sheet_pdf
from contratpro.classes.services.timetable import (
    add_class,
    cancel_class,
    change_class,
    restore_class,
)
from contratpro.models import ClassSession
from contratpro.states import PLANNED_CLASSES, ClassState, PresenceState
from contratpro.steps.selectors import today_of
from contratpro.students.requests import handled_year_or_404
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, ask_why, perform

A_WEEK = timedelta(days=7)
MOST_SHOWN = 50


@require_safe
def class_week(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """A week of the timetable, of all departments or of one."""
    year = handled_year_or_404(request.user, year_slug)
    said = year_now(year)
    asked = _day(request.GET.get("week", "")) or today_of(year, request.received_at)
    monday = week_start(year, asked)
    department = request.GET.get("department", "")
    week = week_of(year, monday, department if department in said.departments else "")
    context = {
        "year": year,
        "said": said,
        "days": by_day(week, said, request.received_at),
        "monday": monday,
        "before": (monday.date() - A_WEEK).isoformat(),
        "after": (monday.date() + A_WEEK).isoformat(),
        "today": today_of(year, request.received_at).isoformat(),
        "department": department,
        "departments": department_choices(said),
        "documents": awaiting_answer(year),
        "has_classes": year.classes.exists(),
        "may_handle": True,
    }
    return render(request, "contratpro/classes/week.html", context)


@require_http_methods(["GET", "POST"])
def class_new(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = handled_year_or_404(request.user, year_slug)
    form = ClassForm(_typed_in(request), said=year_now(year))
    if form.is_valid():
        session = add_class(
            slug=year.slug, **form.planned, actor=request.user, now=request.received_at
        )
        messages.success(request, _("The session is in the timetable."))
        return redirect("class_session", ref=session.ref)
    context = {"year": year, "form": form}
    return _answered(request, "contratpro/classes/form.html", context)


@require_safe
def class_session(request: PersonRequest, ref: str) -> HttpResponseBase:
    """A session with its roll, and what the office may do with it."""
    session = handled_class_or_404(request.user, ref)
    now = request.received_at
    facts = facts_of(session)
    is_planned = session.state in PLANNED_CLASSES
    has_address = bool(session.teacher_email)
    tries = list(tries_at(session)[:MOST_SHOWN])
    context = {
        "tries": shown_tries(tries, names_of(session.year, tries)),
        "year": session.year,
        "said": year_now(session.year),
        "session": session,
        "shown": shown_class(session, now),
        "roll": shown_roll(roll_of(session)),
        "may_change": is_planned,
        "may_restore": session.state is ClassState.CANCELLED,
        "may_send": bool(may_send_link(facts, now, has_address=has_address)),
        "may_type": bool(may_type_paper(facts, session.minutes, now)),
        "may_correct": session.state is ClassState.COUNTERSIGNED,
    }
    return render(request, "contratpro/classes/session.html", context)


@require_http_methods(["GET", "POST"])
def class_change(request: PersonRequest, ref: str) -> HttpResponseBase:
    session = handled_class_or_404(request.user, ref)
    if session.state not in PLANNED_CLASSES:
        raise Http404
    said = year_now(session.year)
    form = ClassForm(_typed_in(request), said=said, initial=_typed(session))
    if form.is_valid():
        changing = partial(change_class, ref=ref, **form.planned)
        if attempt(form, partial(changing, actor=request.user, now=request.received_at)):
            messages.success(request, _("The session is changed; what was signed there stays."))
            return redirect("class_session", ref=ref)
    context = {"year": session.year, "session": session, "form": form}
    return _answered(request, "contratpro/classes/form.html", context)


@require_http_methods(["GET", "POST"])
def class_act(request: PersonRequest, ref: str, act: Act[ClassSession]) -> HttpResponseBase:
    """What the office does with a session, said before it is done."""
    session = handled_class_or_404(request.user, ref)
    return perform(request, act, _aim(session))


@require_http_methods(["GET", "POST"])
def class_paper(request: PersonRequest, ref: str) -> HttpResponseBase:
    """A sheet that was signed on paper: its hours, typed once, and its scan."""
    session = handled_class_or_404(request.user, ref)
    roll = roll_of(session)
    form = PaperSheetForm(
        _typed_in(request),
        request.FILES,
        roll,
        minutes=session.minutes,
        signatory=session.teacher_name,
    )
    if form.is_valid():
        typing = partial(type_paper, ref=ref, **form.paper)
        if attempt(form, partial(typing, actor=request.user, now=request.received_at)):
            messages.success(request, _("The hours of the sheet are on record."))
            return redirect("class_session", ref=ref)
    context = {
        "session": session,
        "shown": shown_class(session, request.received_at),
        "form": form,
        "against": _against_paper(request, session),
    }
    return _answered(request, "contratpro/classes/paper.html", context)


@require_safe
def class_sheet(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The sheet to be signed on paper, with the names."""
    session = handled_class_or_404(request.user, ref)
    content = sheet_pdf(session, request.received_at)
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=PRIVATE)


@require_safe
def class_scan(request: PersonRequest, ref: str) -> HttpResponseBase:
    session = handled_class_or_404(request.user, ref)
    if session.scan is None:
        raise Http404
    return serve_file(session.scan)


@require_http_methods(["GET", "POST"])
def class_excuse(request: PersonRequest, ref: str, student_ref: str) -> HttpResponseBase:
    """An absence, excused by what the student gave or by another document."""
    session = handled_class_or_404(request.user, ref)
    presence = presence_or_404(session, student_ref)
    if presence.state is not PresenceState.ABSENT:
        raise Http404
    form = ExcuseForm(_typed_in(request), request.FILES, is_needed=not presence.has_document)
    if form.is_valid():
        excusing = partial(
            excuse_absence, ref=ref, student_ref=student_ref, upload=form.cleaned_data["upload"]
        )
        if attempt(form, partial(excusing, actor=request.user, now=request.received_at)):
            messages.success(request, _("The absence is excused."))
            return redirect("class_session", ref=ref)
    context = _about_presence(request, session, student_ref) | {"form": form}
    return _answered(request, "contratpro/classes/excuse.html", context)


@require_http_methods(["GET", "POST"])
def class_correct(request: PersonRequest, ref: str, student_ref: str) -> HttpResponseBase:
    """What a countersigned session says of a student, put right with a reason."""
    session = handled_class_or_404(request.user, ref)
    presence = presence_or_404(session, student_ref)
    if session.state is not ClassState.COUNTERSIGNED:
        raise Http404
    initial = {"state": presence.state, "late": presence.late_minutes or None}
    form = CorrectionForm(_typed_in(request), initial=initial)
    if form.is_valid():
        correcting = partial(correct_presence, ref=ref, student_ref=student_ref, **form.correction)
        if attempt(form, partial(correcting, actor=request.user, now=request.received_at)):
            messages.success(request, _("What the session says of the student is put right."))
            return redirect("class_session", ref=ref)
    context = _about_presence(request, session, student_ref) | {"form": form}
    return _answered(request, "contratpro/classes/correct.html", context)


@require_safe
def class_document(request: PersonRequest, ref: str, student_ref: str) -> HttpResponseBase:
    """What excuses an absence."""
    presence = presence_or_404(handled_class_or_404(request.user, ref), student_ref)
    if presence.document is None:
        raise Http404
    return serve_file(presence.document)


PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
CANCEL = Act[ClassSession](
    command=cancel_class,
    title=gettext_lazy("Cancel the session"),
    button=gettext_lazy("Cancel it"),
    done=gettext_lazy("The session is cancelled."),
    says=before_cancelling,
    form=ask_why(help_text=gettext_lazy("The students read it.")),
    danger=True,
)
RESTORE = Act[ClassSession](
    command=restore_class,
    title=gettext_lazy("Plan the session again"),
    button=gettext_lazy("Plan it again"),
    done=gettext_lazy("The session is planned again."),
    says=before_restoring,
)
SEND = Act[ClassSession](
    command=send_link,
    title=gettext_lazy("Send the link to the teacher"),
    button=gettext_lazy("Send the link to them"),
    done=gettext_lazy("The link is sent to the teacher."),
    says=before_sending,
)


def _aim(session: ClassSession) -> Aim[ClassSession]:
    return Aim(
        thing=session,
        named={"ref": session.ref},
        about=session.course,
        detail=localized(session.year.title),
        back=reverse("class_session", kwargs={"ref": session.ref}),
    )


def _about_presence(
    request: PersonRequest, session: ClassSession, student_ref: str
) -> dict[str, object]:
    presence = presence_or_404(session, student_ref)
    return {
        "session": session,
        "shown": shown_class(session, request.received_at),
        "student": presence.student,
        "said": shown_presence(presence),
    }


def _against_paper(request: PersonRequest, session: ClassSession) -> bool:
    return not may_type_paper(facts_of(session), session.minutes, request.received_at)


def _typed_in(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _typed(session: ClassSession) -> dict[str, object]:
    """A session as its form shows it."""
    zone = year_now(session.year).zone
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    named = ("course", "kind", "place", "teacher_name", "teacher_email")
    return {
        **{name: getattr(session, name) for name in named},
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "groups": [group_word(group) for group in groups_of(session)],
    }


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day, in no zone
    except ValueError:
        return None


def _answered(
    request: PersonRequest, template: str, context: dict[str, object]
) -> HttpResponseBase:
    form = context["form"]
    assert isinstance(form, forms.Form)
    return render(request, template, context, status=422 if form.is_bound else 200)
