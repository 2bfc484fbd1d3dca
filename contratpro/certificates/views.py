"""Certificates of completion, under /admin/contrat-pro/<year>/certificates/; a student reads their own."""

from datetime import date

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.formats import localized
from common.rules import ALLOWED, Verdict, refused
from contratpro.certificates.forms import CertificateOrderForm
from contratpro.certificates.presentation import (
    before_correcting,
    before_ordering,
    semester_certificates,
    semester_title,
)
from contratpro.certificates.rules import may_correct
from contratpro.certificates.selectors import (
    certificate_by_ref,
    facts_for,
    last_order,
    to_certify,
)
from contratpro.certificates.services import (
    correct_certificate,
    facts_said,
    order_certificates,
    still_to_make,
)
from contratpro.models import CompletionCertificate, ContractYear
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_handle
from contratpro.students.requests import handled_year_or_404, own_student_or_404
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, ask_why, perform

REFRESHED = 5  # seconds, while certificates are made


@require_safe
def certificates(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """Each semester with its certificates; while some are made, the page is shown anew by itself."""
    year = handled_year_or_404(request.user, year_slug)
    today = today_of(year, request.received_at)
    semesters = [
        semester_certificates(year, key, today, still_to_make(year, key))
        for key in year_now(year).curriculum.semesters
    ]
    context = {"year": year, "said": year_now(year), "semesters": semesters, "may_handle": True}
    response = render(request, "contratpro/certificates/list.html", context)
    if any(one.waiting for one in semesters):
        response.headers["Refresh"] = str(REFRESHED)
    return response


@require_http_methods(["GET", "POST"])
def order(request: PersonRequest, year_slug: str, semester: str) -> HttpResponseBase:
    """The certificates of a semester, for all who have hours there."""
    year = handled_year_or_404(request.user, year_slug)
    said = year_now(year)
    if semester not in said.curriculum.semesters:
        raise Http404
    today = today_of(year, request.received_at)
    act = Act[ContractYear](
        command=order_certificates,
        title=gettext_lazy("Make the certificates of a semester"),
        button=gettext_lazy("Make the certificates"),
        done=gettext_lazy("The certificates are being made: this page follows them."),
        says=lambda year: before_ordering(year, semester, today),
        against=lambda year: _may_order(year, semester, today),
        form=lambda year, typed: CertificateOrderForm(typed, initial=_as_before(year)),
    )
    aim = Aim(
        thing=year,
        named={"slug": year.slug, "semester": semester},
        about=_("Certificates"),
        detail=f"{semester_title(said, semester)} · {localized(year.title)}",
        back=reverse("certificates", kwargs={"year_slug": year.slug}),
    )
    return perform(request, act, aim)


@require_safe
def certificate_file(request: PersonRequest, ref: str) -> HttpResponseBase:
    return serve_file(_handled_or_404(request.user, ref).file)


@require_http_methods(["GET", "POST"])
def correct(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Another certificate in the place of one that says what is not on record any more."""
    certificate = _handled_or_404(request.user, ref)
    facts = facts_for(certificate.student, certificate.semester)
    act = Act[CompletionCertificate](
        command=correct_certificate,
        title=gettext_lazy("Correct a certificate by another"),
        button=gettext_lazy("Make the new certificate"),
        done=gettext_lazy("The new certificate is made, and says which it replaces."),
        says=lambda certificate: before_correcting(certificate, facts),
        against=lambda certificate: may_correct(certificate.state, facts_said(certificate), facts),
        form=ask_why(),
    )
    year = certificate.student.year
    aim = Aim(
        thing=certificate,
        named={"ref": ref},
        about=_("Certificates"),
        detail=f"{certificate.shown_number} · {certificate.student.full_name}",
        back=reverse("certificates", kwargs={"year_slug": year.slug}),
    )
    return perform(request, act, aim)


@require_safe
def own_certificate(request: PersonRequest, ref: str, certificate_ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    certificate = certificate_by_ref(certificate_ref)
    if certificate is None or certificate.student_id != student.pk:
        raise Http404
    return serve_file(certificate.file)


def _handled_or_404(user: User, ref: str) -> CompletionCertificate:
    certificate = certificate_by_ref(ref)
    if certificate is None or not can_handle(user, certificate.student.year):
        raise Http404
    return certificate


def _may_order(year: ContractYear, semester: str, today: date) -> Verdict:
    return ALLOWED if to_certify(year, semester, today) else refused("certificate_for_nobody")


def _as_before(year: ContractYear) -> dict[str, str]:
    """Who signed the last ones, and where."""
    semesters = year_now(year).curriculum.semesters
    orders = [found for key in semesters if (found := last_order(year, key))]
    if not orders:
        return {}
    last = max(orders, key=lambda one: one.at)
    return {"signatory": last.signatory, "post": last.post, "town": last.town}
