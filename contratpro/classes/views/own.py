"""A student's sessions, under /contrat-pro/<ref>/classes/: signed with the code, and the booklet by month."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.formats import localized
from common.forms import attempt
from common.pdf import MEDIA_TYPE
from contratpro.classes.forms.roll import CodeForm, ExcuseForm
from contratpro.classes.presentation.acts import before_handing_in
from contratpro.classes.presentation.booklets import month_booklet
from contratpro.classes.presentation.words import shown_class, shown_presence
from contratpro.classes.requests import presence_or_404
from contratpro.classes.rules.signing import may_give_document
from contratpro.classes.selectors import (
    class_by_ref,
    classes_between,
    classes_of,
    months_of,
)
from contratpro.classes.services.absences import give_document
from contratpro.classes.services.booklets import can_be_handed_in, hand_in_booklet, is_handed_in
from contratpro.classes.services.printing import booklet_pdf
from contratpro.classes.services.signing import sign_by_code
from contratpro.models import ClassPresence, ClassSession, StudentFile
from contratpro.states import ClassState
from contratpro.steps.rules import UNCONFIRMED
from contratpro.steps.selectors import today_of
from contratpro.students.requests import own_student_or_404, student_or_404
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, perform

A_DAY = timedelta(days=1)
PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@require_safe
def own_classes(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Today's sessions, to be signed; the booklet, month by month."""
    student = own_student_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    return _own_page(request, student)


@require_POST
def own_sign(request: PersonRequest, ref: str, class_ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    session = class_by_ref(class_ref)
    if session is None or session.year_id != student.year_id:
        raise Http404
    form = CodeForm(request.POST, auto_id=f"%s-{class_ref}")
    if form.is_valid():
        signing = partial(sign_by_code, ref=class_ref, student_ref=ref, **form.cleaned_data)
        if attempt(form, partial(signing, actor=request.user, now=request.received_at)):
            messages.success(
                request, _("You have signed: %(course)s.") % {"course": session.course}
            )
            return redirect("contract_classes", ref=ref)
    return _own_page(request, student, session, form)


@require_http_methods(["GET", "POST"])
def own_excuse(request: PersonRequest, ref: str, class_ref: str) -> HttpResponseBase:
    """The document that excuses an absence; the office answers it."""
    student = own_student_or_404(request.user, ref)
    session, presence = _own_presence_or_404(student, class_ref)
    if not may_give_document(session.state, presence.state):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = ExcuseForm(posted, request.FILES, is_needed=True)
    if form.is_valid():
        giving = partial(give_document, ref=class_ref, student_ref=ref, **form.cleaned_data)
        if attempt(form, partial(giving, actor=request.user, now=request.received_at)):
            messages.success(request, _("The document is with the contrat pro office."))
            return redirect("contract_classes", ref=ref)
    context = {
        "student": student,
        "shown": shown_class(session, request.received_at),
        "said": shown_presence(presence),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/classes/own_excuse.html", context, status=status)


@require_safe
def own_document(request: PersonRequest, ref: str, class_ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    _session, presence = _own_presence_or_404(student, class_ref)
    if presence.document is None:
        raise Http404
    return serve_file(presence.document)


@require_safe
def own_booklet(request: PersonRequest, ref: str, month: str) -> HttpResponseBase:
    """A month of the booklet as a PDF."""
    return _printed(request, own_student_or_404(request.user, ref), month)


@require_http_methods(["GET", "POST"])
def own_hand_in(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    verdict = can_be_handed_in(student, request.received_at)
    act = Act[StudentFile](
        command=hand_in_booklet,
        title=gettext_lazy("Hand the presence booklet in"),
        button=gettext_lazy("Hand it in"),
        done=gettext_lazy("Your presence booklet is handed in."),
        says=before_handing_in,
        against=lambda _student: verdict,
    )
    aim = Aim(
        thing=student,
        named={"ref": ref},
        about=_("Presence booklet"),
        back=reverse("contract_classes", kwargs={"ref": ref}),
        detail=localized(student.year.title),
        layout="base.html",
    )
    return perform(request, act, aim)


@require_safe
def student_booklet(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The booklet of a student, for those who work with them."""
    student = student_or_404(request.user, ref)
    context = _booklet(request, student)
    return render(request, "contratpro/classes/student_booklet.html", context)


@require_safe
def student_booklet_pdf(request: PersonRequest, ref: str, month: str) -> HttpResponseBase:
    return _printed(request, student_or_404(request.user, ref), month)


def _own_page(
    request: PersonRequest,
    student: StudentFile,
    tried: ClassSession | None = None,
    form: CodeForm | None = None,
) -> HttpResponse:
    today = _today(request, student)
    shown = {one["shown"].session for one in today}
    context = {
        **_booklet(request, student),
        "today": today,
        "tried": tried,
        "tried_elsewhere": tried is not None and tried not in shown,
        "form": form or CodeForm(),
        "is_handed_in": is_handed_in(student),
        "next": classes_of(student)
        .filter(starts_at__gt=request.received_at)
        .exclude(state=ClassState.CANCELLED)
        .select_related("year")
        .first(),
    }
    status = 422 if form else 200
    return render(request, "contratpro/classes/own.html", context, status=status)


def _booklet(request: PersonRequest, student: StudentFile) -> dict[str, object]:
    today = today_of(student.year, request.received_at)
    months = months_of(student)
    month = _month(request.GET.get("month", "")) or _nearest(months, today)
    return {
        "student": student,
        "year": student.year,
        "said": year_now(student.year),
        "booklet": month_booklet(student, month, request.received_at),
        "month": month,
        "months": months,
    }


def _today(request: PersonRequest, student: StudentFile) -> list[dict[str, Any]]:
    """The sessions of the day, each with what is said of the student there and whether it can be signed."""
    zone = year_now(student.year).zone
    first = datetime.combine(today_of(student.year, request.received_at), time(), zone)
    last = datetime.combine(first.date() + A_DAY, time(), zone)
    return [
        {
            "shown": shown_class(session, request.received_at),
            "said": shown_presence(presence),
            "may_sign": presence is None and session.state is ClassState.OPEN,
        }
        for session, presence in classes_between(student, first, last)
    ]


def _own_presence_or_404(
    student: StudentFile, class_ref: str
) -> tuple[ClassSession, ClassPresence]:
    session = class_by_ref(class_ref)
    if session is None:
        raise Http404
    return session, presence_or_404(session, student.ref)


def _printed(request: PersonRequest, student: StudentFile, month: str) -> HttpResponse:
    first = _month(month)
    if first is None:
        raise Http404
    content = booklet_pdf(student, first, request.received_at)
    name = f"carnet-{student.ref}-{first:%Y-%m}.pdf"
    headers = {**PRIVATE, "Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


def _month(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 -- a month, in no zone
    except ValueError:
        return None


def _nearest(months: list[date], today: date) -> date:
    """This month if it has a session; else the last one before it, else the first to come."""
    this = today.replace(day=1)
    past = [month for month in months if month <= this]
    return past[-1] if past else next(iter(months), this)
