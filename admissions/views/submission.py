"""Everything as it will be submitted, then the act itself."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import PersonRequest
from admissions.forms.review import SubmissionForm
from admissions.rules.completeness import Step
from admissions.selectors.rows import Dossier
from admissions.services import submit_application
from admissions.views.access import command, my_dossier
from admissions.views.steps import step_page
from common.forms import attempt


@require_GET
def review(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    return _page(request, dossier, SubmissionForm(initial={"notice": dossier.current_version}))


@command("application_review")
def submit(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Submit, in time by when the request was received; repeated, it comes to the same receipt."""
    my_dossier(request, ref)
    form = SubmissionForm(request.POST)
    if form.is_valid():
        submitting = partial(
            submit_application,
            ref=ref,
            actor=request.user,
            received_at=request.received_at,
            accepted_version=form.cleaned_data["notice"],
        )
        if attempt(form, submitting):
            messages.success(request, _("Your application is submitted."))
            return redirect("application", ref=ref)
    dossier = my_dossier(request, ref)
    form.ask_again(dossier.current_version)
    return _page(request, dossier, form)


def _page(request: PersonRequest, dossier: Dossier, form: SubmissionForm) -> HttpResponseBase:
    return step_page(request, dossier, Step.REVIEW, dossier.acts.submit, form=form)
