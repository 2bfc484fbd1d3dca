"""A dossier that comes to the user's central service, and its page. For anyone else it does not exist."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.requests import PersonRequest
from admissions import permissions
from admissions.forms.checks import PaymentForm
from admissions.selectors import Dossier, dossier_of
from admissions.selectors.worklist import after_in_worklist
from admissions.views.access import application_or_404


def dossier_page(request: PersonRequest, dossier: Dossier, payment: PaymentForm | None = None) -> HttpResponse:
    """`payment`: what was typed of one, and could not be read."""
    next_ref = after_in_worklist(request.user, dossier.application)
    context = {"dossier": dossier, "next_ref": next_ref, "payment": payment}
    return render(request, "admissions/work/dossier.html", context, status=422 if payment else 200)


def handled_dossier(request: PersonRequest, ref: str) -> Dossier:
    application = application_or_404(ref)
    if not permissions.can_handle(request.user, application):
        raise Http404
    return dossier_of(application, request.received_at)
