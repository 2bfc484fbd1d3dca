"""The candidate's dossiers: started, looked at, submitted, withdrawn, opened again."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.enums import Role
from accounts.models import User
from accounts.requests import PersonRequest
from accounts.selectors import home_of, works_as
from admissions.candidate.presentation import before_withdrawing
from admissions.candidate.selectors import following, own_applications
from admissions.candidate.views.steps import step_page
from admissions.dossier.forms import SignedSubmissionForm, SubmissionForm, WithdrawalForm
from admissions.dossier.permissions import can_consult, can_read, is_own
from admissions.dossier.requests import application_or_404, command, my_dossier
from admissions.dossier.rules import Step
from admissions.dossier.selectors.dossiers import submission_of, submissions_of
from admissions.dossier.selectors.read_model import Dossier
from admissions.dossier.services.drafts import start_application, write_to_account
from admissions.dossier.services.endings import (
    reopen_application,
    withdraw_application,
    withdraw_candidacy,
)
from admissions.dossier.services.recap import printed
from admissions.dossier.services.submission import submit_application
from admissions.models import Application
from admissions.states import ApplicationState
from campaigns.models import Campaign
from campaigns.notice.selectors import campaign_by_slug, notice, published, state_of
from campaigns.vocabulary import Phase
from common.files.views import serve_file
from common.formats import localized
from common.forms import attempt
from notifications.outbox.selectors import mails_about
from screens.acts import Act, Aim, Typed, perform

PLATFORM = "platform"
LANDINGS = {  # the screen of one's work: of several, the first
    Role.CLERK: "work_list",
    Role.SCHOOL_ADMIN: "calendar",
    PLATFORM: "admin:index",
    Role.COMPANY_OFFICE: "seat_board",
    Role.PROGRAMME_HEAD: "projects",
    Role.JUROR: "jury",
    Role.PRESIDENT: "jury",
    Role.CONTRACT_SERVICE: "contract_years",
    Role.DIRECTION: "contract_years",
    Role.SOCIAL_SERVICE: "social_years",
    "department_head": "contract_years",
    "school_tutor": "contract_years",
}


@require_safe
def landing(request: PersonRequest) -> HttpResponseBase:
    """To the screen of one's work; for whoever works for no school, to one's own file or applications."""
    works = works_as(request.user) | ({PLATFORM} if request.user.is_superuser else set())
    page = next((page for work, page in LANDINGS.items() if work in works), "")
    return redirect(page or home_of(request.user) or "applications")


EVERYTHING = "all"


@require_safe
def applications(request: PersonRequest) -> HttpResponseBase:
    """The home of a candidate: own dossiers, and the campaigns where one may be started."""
    mine = list(own_applications(request.user))
    begun = {row.campaign_id for row in mine}
    now = request.received_at
    open_ones = [row for row in published() if state_of(row, now) is Phase.OPEN]
    others = [row for row in open_ones if row.pk not in begun]
    return render(
        request,
        "admissions/candidate/applications.html",
        {"applications": mine, "campaigns": others},
    )


@require_http_methods(["GET", "POST"])
def apply(request: PersonRequest, slug: str) -> HttpResponseBase:
    """What is needed and by when; then a dossier. One that exists already is simply opened."""
    campaign = _campaign_or_404(slug)
    known = Application.objects.filter(campaign=campaign, person__user=request.user).first()
    if known:
        return redirect("application", ref=known.ref)
    if request.method == "POST":
        started = start_application(campaign_slug=slug, actor=request.user, now=request.received_at)
        return redirect("application_identity", ref=started.ref)
    context = {
        "campaign": campaign,
        "notice": notice(campaign.current_version_id),
        "state": state_of(campaign, request.received_at),
        "now": request.received_at,
    }
    return render(request, "admissions/candidate/apply.html", context)


@require_safe
def application(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    return render(
        request,
        "admissions/candidate/application.html",
        {
            "dossier": dossier,
            "followed": following(dossier),
            "submissions": submissions_of(dossier.application),
        },
    )


@require_safe
def recap(request: PersonRequest, ref: str, number: int | None = None) -> HttpResponseBase:
    """What was submitted, last or that time, as a PDF: the one kept, or printed on the spot until it is."""
    row = application_or_404(ref)
    submission = submission_of(row, number)
    if submission is None or not can_consult(request.user, row):
        raise Http404
    if submission.recap:
        return serve_file(submission.recap)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    return HttpResponse(printed(submission), content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
def withdraw(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    aim = Aim(
        thing=dossier,
        named={"ref": ref},
        about=localized(dossier.campaign.title),
        back=reverse("application", kwargs={"ref": ref}),
        layout="base.html",
    )
    act = GIVE_UP if dossier.state is ApplicationState.DRAFT else WITHDRAW
    return perform(request, act, aim)


@command("application")
def reopen(request: PersonRequest, ref: str) -> HttpResponseBase:
    my_dossier(request, ref)
    reopen_application(ref=ref, actor=request.user, now=request.received_at)
    messages.success(
        request, _("Your application is open again: choose your programmes, then submit it.")
    )
    return redirect("application_programmes", ref=ref)


@command("application_messages")
def address(request: PersonRequest, ref: str) -> HttpResponseBase:
    if not is_own(request.user, my_dossier(request, ref).application):
        raise Http404
    write_to_account(ref=ref, actor=request.user, now=request.received_at)
    messages.success(request, _("You are written to at the address of your account from now on."))
    return redirect("application_messages", ref=ref)


def _campaign_or_404(slug: str) -> Campaign:
    campaign = campaign_by_slug(slug)
    if campaign is None:
        raise Http404
    return campaign


def _withdrawable(dossier: Dossier) -> list[tuple[str, str]]:
    one = [
        (row.candidacy.ref, localized(row.title))
        for row in dossier.programmes
        if row.candidacy and row.may_withdraw
    ]
    whole = _("The whole application, for every programme")
    return [*(one if len(one) > 1 else []), (EVERYTHING, whole)]


def _withdraw(*, ref: str, what: str, actor: User, now: datetime) -> None:
    if what == EVERYTHING:
        withdraw_application(ref=ref, actor=actor, now=now)
    else:
        withdraw_candidacy(ref=ref, candidacy_ref=what, actor=actor, now=now)


def _withdrawal_form(dossier: Dossier, typed: Typed) -> WithdrawalForm:
    return WithdrawalForm(typed, choices=_withdrawable(dossier), initial={"what": EVERYTHING})


WITHDRAW = Act[Dossier](
    command=_withdraw,
    title=gettext_lazy("Withdraw"),
    button=gettext_lazy("Withdraw"),
    done=gettext_lazy("Your withdrawal is recorded."),
    question=lambda _dossier: _("What happens if you withdraw"),
    says=before_withdrawing,
    form=_withdrawal_form,
    against=lambda dossier: dossier.acts.withdraw,
    danger=True,
    template="admissions/candidate/withdraw.html",
)
GIVE_UP = replace(WITHDRAW, button=gettext_lazy("Give up my application"))


@require_GET
def review(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = my_dossier(request, ref)
    form = _declarations(dossier, initial={"notice": dossier.current_version})
    return _page(request, dossier, form)


@command("application_review")
def submit(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Submit, in time by when the request was received; repeated, it comes to the same receipt."""
    form = _declarations(my_dossier(request, ref), request.POST)
    if form.is_valid():
        submitting = partial(
            submit_application,
            ref=ref,
            actor=request.user,
            received_at=request.received_at,
            accepted_version=form.cleaned_data["notice"],
            agreed=form.agreed,
        )
        if attempt(form, submitting):
            messages.success(request, _("Your application is submitted."))
            return redirect("application", ref=ref)
    dossier = my_dossier(request, ref)
    form.ask_again(dossier.current_version)
    return _page(request, dossier, form)


def _declarations(dossier: Dossier, typed: Typed = None, **options: object) -> SubmissionForm:
    form = SignedSubmissionForm if dossier.application.is_unclaimed else SubmissionForm
    return form(typed, filmed=dossier.filmed, **options)


def _page(request: PersonRequest, dossier: Dossier, form: SubmissionForm) -> HttpResponseBase:
    return step_page(request, dossier, Step.REVIEW, dossier.acts.submit, form=form)


@require_safe
def correspondence(request: PersonRequest, ref: str) -> HttpResponseBase:
    application = application_or_404(ref)
    if not can_read(request.user, application):
        raise Http404
    context = {
        "application": application,
        "letters": mails_about(ref),
        "mine": bool(is_own(request.user, application)),
    }
    return render(request, "admissions/candidate/correspondence.html", context)
