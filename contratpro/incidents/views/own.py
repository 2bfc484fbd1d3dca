"""The student's page of absences and incidents: what they report, what they ask, what was answered."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from common.formats import localized
from common.forms import attempt
from contratpro.incidents.forms import IncidentReportForm
from contratpro.incidents.presentation import absence_cards, before_reporting, incident_cards
from contratpro.incidents.selectors import (
    absence_by_ref,
    absences_of,
    incident_by_ref,
    incidents_of,
    span_of,
)
from contratpro.incidents.services.reporting import record_incident
from contratpro.incidents.views.office import ASK, CANCEL, document_page
from contratpro.models import StudentFile
from contratpro.states import LIVE_STUDENTS
from contratpro.students.requests import own_student_or_404
from contratpro.year.selectors import year_now
from screens.acts import Aim, perform


@require_safe
def own_incidents(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    is_live = student.state in LIVE_STUDENTS
    said = year_now(student.year)
    context = {
        "student": student,
        "said": said,
        "zone": said.year.zone,
        "cards": incident_cards(incidents_of(student), student, whole=True),
        "absences": absence_cards(absences_of(student), student, request.received_at),
        "may_report": is_live,
        "may_ask": is_live and span_of(student) is not None,
    }
    return render(request, "contratpro/incidents/own.html", context)


@require_http_methods(["GET", "POST"])
def own_report(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    form = IncidentReportForm()
    if request.method == "POST":
        form = IncidentReportForm(request.POST, request.FILES)
        if form.is_valid() and attempt(form, partial(_record, request, student, form)):
            messages.success(request, _("The incident is reported to the contrat pro office."))
            return redirect("contract_incidents", ref=ref)
    context = {
        "student": student,
        "form": form,
        "says": before_reporting(student),
        "layout": "base.html",
        "back": reverse("contract_incidents", kwargs={"ref": ref}),
    }
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/incidents/report.html", context, status=status)


def _record(request: PersonRequest, student: StudentFile, form: IncidentReportForm) -> None:
    record_incident(
        ref=student.ref,
        said=form.said(year_now(student.year).zone),
        document=form.cleaned_data["document"],
        actor=request.user,
        now=request.received_at,
    )


@require_http_methods(["GET", "POST"])
def own_document(request: PersonRequest, ref: str, incident_ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    incident = incident_by_ref(incident_ref)
    if incident is None or incident.student != student:
        raise Http404
    back = reverse("contract_incidents", kwargs={"ref": ref})
    return document_page(request, incident, "base.html", back)


@require_http_methods(["GET", "POST"])
def own_ask(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    return perform(request, ASK, _aim(student, student, ref))


@require_http_methods(["GET", "POST"])
def own_cancel(request: PersonRequest, ref: str, absence_ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    absence = absence_by_ref(absence_ref)
    if absence is None or absence.student != student:
        raise Http404
    return perform(request, CANCEL, _aim(absence, student, absence_ref))


def _aim(thing: object, student: StudentFile, ref: str) -> Aim:  # type: ignore[type-arg]
    return Aim(
        thing=thing,
        named={"ref": ref},
        about=_("Absences and incidents"),
        back=reverse("contract_incidents", kwargs={"ref": student.ref}),
        detail=localized(student.year.title),
        layout="base.html",
    )
