"""The steps of a draft: each saves what it can read, and says what is missing without insisting."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from accounts.services import IdentityInput
from admissions.dossier.forms import (
    BaccalaureateForm,
    IdentityForm,
    ProgrammesForm,
    StepForm,
    TitleForm,
)
from admissions.dossier.requests import (
    after,
    command,
    do_at_once,
    my_dossier,
    step_address,
)
from admissions.dossier.rules import Step
from admissions.dossier.selectors.read_model import Dossier
from admissions.dossier.services.drafts import (
    add_title,
    change_title,
    choose_programmes,
    declare_experience,
    declare_grant_holder,
    remove_title,
    save_identity,
    save_studies,
)
from admissions.models import Title
from admissions.states import ApplicationState
from campaigns.conditions.forms import diploma_choices
from campaigns.models import Diploma
from common.forms import attempt
from common.refusals import say
from common.rules import Verdict

FORM_METHODS = ("GET", "POST")


def step_page(
    request: PersonRequest, dossier: Dossier, step: Step, allowed: Verdict, **context: Any
) -> HttpResponseBase:
    """The page of a step; read-only, with the reasons and whom to write to, once it can no longer be changed."""
    form = context.get("form")
    refused = request.method == "POST" and not allowed
    status = 403 if refused else 422 if form is not None and form.errors else 200
    shown = {
        "dossier": dossier,
        "step": step,
        "locked": [say(refusal) for refusal in allowed.refusals],
        "missing": next(state.missing for state in dossier.steps if state.step is step),
        **context,
    }
    return render(request, f"admissions/candidate/{step}.html", shown, status=status)


def onward(request: PersonRequest, ref: str, step: Step) -> HttpResponseBase:
    """Stay or go on, as the button pressed says; either way, say that it is saved."""
    messages.success(request, _("Saved."))
    return redirect(step_address(ref, after(step) if "continue" in request.POST else step))


def may_save(dossier: Dossier, form: StepForm) -> bool:
    """A draft keeps what can be read; what was submitted is corrected by what can be read whole."""
    return bool(dossier.acts.edit) and (dossier.state is ApplicationState.DRAFT or form.is_valid())


@require_http_methods(FORM_METHODS)
def identity(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    stored = {name: getattr(dossier.application, name) for name in IdentityForm.base_fields}
    today = dossier.now.astimezone(dossier.zone).date()
    form = IdentityForm(request.POST or None, initial=stored, today=today)
    if request.method == "POST" and may_save(dossier, form):
        identity = IdentityInput(**form.readable(stored))
        saving = partial(
            save_identity, ref=ref, actor=request.user, identity=identity, now=request.received_at
        )
        if attempt(form, saving) and form.is_valid():
            return onward(request, ref, Step.IDENTITY)
        dossier = my_dossier(request, ref)
    return step_page(request, dossier, Step.IDENTITY, dossier.acts.edit, form=form, partly=True)


@require_http_methods(FORM_METHODS)
def studies(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    stored = {name: getattr(dossier.application, name) for name in BaccalaureateForm.base_fields}
    form = BaccalaureateForm(request.POST or None, initial=stored)
    if request.method == "POST" and may_save(dossier, form):
        values = form.readable(stored)
        saving = partial(
            save_studies, ref=ref, actor=request.user, now=request.received_at, **values
        )
        if attempt(form, saving) and form.is_valid():
            return onward(request, ref, Step.STUDIES)
        dossier = my_dossier(request, ref)
    return step_page(request, dossier, Step.STUDIES, dossier.acts.edit, form=form, partly=True)


@require_http_methods(FORM_METHODS)
def title_new(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    form = _title_form(request, dossier, None)
    if request.method == "POST" and dossier.acts.edit and form.is_valid():
        adding = partial(
            add_title,
            ref=ref,
            actor=request.user,
            title=form.said,
            now=request.received_at,
        )
        if attempt(form, adding):
            messages.success(request, _("Added to your studies."))
            return redirect("application_studies", ref=ref)
    return _title_page(request, dossier, form, None)


@require_http_methods(FORM_METHODS)
def title_change(request: PersonRequest, ref: str, title_ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    title = _title_or_404(dossier, title_ref)
    form = _title_form(request, dossier, title)
    if request.method == "POST" and dossier.acts.edit and form.is_valid():
        changed = form.said
        identifiers = {"ref": ref, "title_ref": title_ref}
        changing = partial(
            change_title, **identifiers, actor=request.user, title=changed, now=request.received_at
        )
        if attempt(form, changing):
            messages.success(request, _("Saved."))
            return redirect("application_studies", ref=ref)
    return _title_page(request, dossier, form, title)


@command("application_studies")
def title_remove(request: PersonRequest, ref: str, title_ref: str) -> HttpResponseBase:
    my_dossier(request, ref)
    removing = partial(remove_title, ref=ref, title_ref=title_ref, actor=request.user)
    do_at_once(request, partial(removing, now=request.received_at), _("Removed from your studies."))
    return redirect("application_studies", ref=ref)


@require_http_methods(FORM_METHODS)
def programmes(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    form = _programmes_form(request, dossier)
    if request.method == "POST" and dossier.acts.choose and form.is_valid():
        if attempt(form, partial(_save_programmes, request, dossier, form)):
            return onward(request, ref, Step.PROGRAMMES)
        dossier = my_dossier(request, ref)
    return step_page(request, dossier, Step.PROGRAMMES, dossier.acts.choose, form=form)


def _programmes_form(request: PersonRequest, dossier: Dossier) -> ProgrammesForm:
    chosen = [row.code for row in dossier.chosen]
    application = dossier.application
    initial = {
        "programmes": chosen,
        "grant_holder": application.grant_holder,
        "technician_years": application.technician_years,
        "employer_agrees": application.employer_agrees,
    }
    codes = [(row.code, row.code) for row in dossier.programmes]
    return ProgrammesForm(
        request.POST or None,
        initial=initial,
        programmes=codes,
        grants=dossier.notice.fees.grants,
        asks_experience=dossier.notice.asks_experience,
    )


def _save_programmes(request: PersonRequest, dossier: Dossier, form: ProgrammesForm) -> None:
    who: dict[str, Any] = {
        "ref": dossier.application.ref,
        "actor": request.user,
        "now": request.received_at,
    }
    grant_holder = form.cleaned_data["grant_holder"]
    if dossier.acts.edit and grant_holder is not None:
        declare_grant_holder(grant_holder=grant_holder, **who)
    if dossier.acts.edit and dossier.notice.asks_experience:
        said = {name: form.cleaned_data[name] for name in ("technician_years", "employer_agrees")}
        declare_experience(**said, **who)
    choose_programmes(codes=form.cleaned_data["programmes"], **who)


def _title_form(request: PersonRequest, dossier: Dossier, title: Title | None) -> TitleForm:
    return TitleForm(
        request.POST or None,
        initial=TitleForm.initial_of(title) if title else {"country": "FR"},
        diplomas=diploma_choices(Diploma.objects.order_by("kind", "code")),
        years=TitleForm.years_of(dossier.notice.asks_years, title),
    )


def _title_or_404(dossier: Dossier, title_ref: str) -> Title:
    for title in dossier.titles:
        if title.ref == title_ref:
            return title
    raise Http404


def _title_page(
    request: PersonRequest, dossier: Dossier, form: StepForm, title: Title | None
) -> HttpResponseBase:
    context = {
        "dossier": dossier,
        "step": Step.STUDIES,
        "form": form,
        "title": title,
        "locked": [say(refusal) for refusal in dossier.acts.edit.refusals],
    }
    return render(
        request, "admissions/candidate/title.html", context, status=422 if form.errors else 200
    )
