"""Absences and incidents of a student, under /admin/contrat-pro/students/<ref>/incidents/, and the acts on them."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import attempt
from common.rules import Verdict
from contratpro.incidents.forms import AbsenceForm, BreachForm, DocumentForm, OfficeReportForm
from contratpro.incidents.presentation import (
    absence_cards,
    already_decided,
    before_asking,
    before_breaking,
    before_cancelling,
    before_granting,
    before_refusing,
    before_reporting,
    before_taking_back,
    incident_cards,
)
from contratpro.incidents.rules import may_take_breach_back
from contratpro.incidents.selectors import (
    absence_by_ref,
    absences_of,
    incident_by_ref,
    incidents_of,
    span_of,
)
from contratpro.incidents.services.absences import (
    ask_absence,
    cancel_absence,
    grant_absence,
    refuse_absence,
)
from contratpro.incidents.services.reporting import (
    add_document,
    break_contract,
    record_incident,
    take_breach_back,
)
from contratpro.models import CompanyNeed, Incident, StudentFile
from contratpro.states import LIVE_STUDENTS, AbsenceState, StudentState
from contratpro.students.permissions import (
    can_agree,
    can_handle,
    can_name_tutor,
)
from contratpro.students.requests import handled_student_or_404, student_or_404
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, ask_why, perform


@require_safe
def student_incidents(request: PersonRequest, ref: str) -> HttpResponseBase:
    """For whoever works with the student; what is of health is told to the office alone."""
    student = student_or_404(request.user, ref)
    handles = bool(can_handle(request.user, student.year))
    is_live = student.state in LIVE_STUDENTS
    has_contract = span_of(student) is not None
    context = {
        "student": student,
        "year": student.year,
        "zone": year_now(student.year).year.zone,
        "cards": incident_cards(incidents_of(student), student, whole=handles),
        "absences": absence_cards(absences_of(student), student, request.received_at),
        "handles": handles,
        "decides": bool(can_agree(request.user, student)),
        "may_report": handles and is_live,
        "may_ask": handles and is_live and has_contract,
        "may_break": handles and student.state is StudentState.FEASIBLE and has_contract,
        "may_take_back": handles and bool(may_take_breach_back(student.state)),
        "may_name_tutor": is_live and bool(can_name_tutor(request.user, student)),
    }
    return render(request, "contratpro/incidents/office.html", context)


@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = handled_student_or_404(request.user, ref)
    form = OfficeReportForm()
    if request.method == "POST":
        form = OfficeReportForm(request.POST, request.FILES)
        if form.is_valid() and attempt(form, partial(_record, request, student, form)):
            messages.success(request, _("The incident is on record."))
            return redirect("student_incidents", ref=ref)
    context = {
        "student": student,
        "form": form,
        "says": before_reporting(student),
        "layout": "work.html",
        "back": reverse("student_incidents", kwargs={"ref": ref}),
    }
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/incidents/report.html", context, status=status)


def _record(request: PersonRequest, student: StudentFile, form: OfficeReportForm) -> None:
    record_incident(
        ref=student.ref,
        said=form.said(year_now(student.year).zone),
        document=form.cleaned_data["document"],
        actor=request.user,
        now=request.received_at,
    )


@require_http_methods(["GET", "POST"])
def document(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The document of an incident, or the form that hands it in where there is none."""
    incident = incident_by_ref(ref)
    if incident is None or not can_handle(request.user, incident.student.year):
        raise Http404
    back = reverse("student_incidents", kwargs={"ref": incident.student.ref})
    return document_page(request, incident, "work.html", back)


def document_page(
    request: PersonRequest, incident: Incident, layout: str, back: str
) -> HttpResponseBase:
    if request.method == "GET" and incident.document:
        return serve_file(incident.document)
    form = DocumentForm()
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            given = form.cleaned_data["document"]
            command = partial(add_document, ref=incident.ref, document=given)
            if attempt(form, partial(command, actor=request.user, now=request.received_at)):
                messages.success(request, _("The document is kept."))
                return redirect(back)
    context = {"student": incident.student, "form": form, "layout": layout, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/incidents/document.html", context, status=status)


@require_http_methods(["GET", "POST"])
def student_act(request: PersonRequest, ref: str, act: Act[StudentFile]) -> HttpResponseBase:
    """What the office does: the breach, its mistake, a day asked for the student."""
    student = handled_student_or_404(request.user, ref)
    return perform(request, act, _aim(student, student, ref))


@require_http_methods(["GET", "POST"])
def absence_act(request: PersonRequest, ref: str, act: Act[CompanyNeed]) -> HttpResponseBase:
    """What the head decides; the office cancels for the student."""
    absence = absence_by_ref(ref)
    if absence is None or not _may(request.user, absence, act):
        raise Http404
    aim = _aim(absence, absence.student, ref)
    if act is not CANCEL and absence.state is not AbsenceState.ASKED:
        messages.info(request, already_decided(absence))
        return redirect(aim.back)
    return perform(request, act, aim)


def _may(user: User, absence: CompanyNeed, act: Act[CompanyNeed]) -> Verdict:
    if act is CANCEL:
        return can_handle(user, absence.student.year)
    return can_agree(user, absence.student)


def _aim(thing: object, student: StudentFile, ref: str) -> Aim:  # type: ignore[type-arg]
    return Aim(
        thing=thing,
        named={"ref": ref},
        about=student.full_name,
        back=reverse("student_incidents", kwargs={"ref": student.ref}),
        detail=_("Absences and incidents"),
    )


BREAK = Act[StudentFile](
    command=break_contract,
    title=gettext_lazy("Record the breach of the contract"),
    button=gettext_lazy("Record the breach: the file ends"),
    done=gettext_lazy("The breach is on record, and those concerned are told."),
    says=before_breaking,
    form=lambda _student, typed: BreachForm(typed),
    danger=True,
)
TAKE_BACK = Act[StudentFile](
    command=take_breach_back,
    title=gettext_lazy("Take the breach back"),
    button=gettext_lazy("It was recorded by mistake"),
    done=gettext_lazy("The file is open again."),
    says=before_taking_back,
    against=lambda student: may_take_breach_back(student.state),
    form=ask_why(help_text=gettext_lazy("Kept with the breach.")),
)
ASK = Act[StudentFile](
    command=ask_absence,
    title=gettext_lazy("Ask for a day for the company’s need"),
    button=gettext_lazy("Ask the head"),
    done=gettext_lazy("The head of the department is asked."),
    says=before_asking,
    form=lambda _student, typed: AbsenceForm(typed),
)
GRANT = Act[CompanyNeed](
    command=grant_absence,
    title=gettext_lazy("Grant a day for the company’s need"),
    button=gettext_lazy("Grant this day"),
    done=gettext_lazy("The day is granted, and the student is told."),
    says=before_granting,
)
REFUSE = Act[CompanyNeed](
    command=refuse_absence,
    title=gettext_lazy("Refuse a day for the company’s need"),
    button=gettext_lazy("Refuse this day"),
    done=gettext_lazy("The day is refused, and the student is told."),
    says=before_refusing,
    form=ask_why(
        help_text=gettext_lazy("The student reads it."),
        missing=gettext_lazy("Type the reason: the student reads it."),
        length=1000,
    ),
)
CANCEL = Act[CompanyNeed](
    command=cancel_absence,
    title=gettext_lazy("Cancel a day for the company’s need"),
    button=gettext_lazy("It is needed no more"),
    done=gettext_lazy("The day is cancelled, and the head is told."),
    says=before_cancelling,
)
