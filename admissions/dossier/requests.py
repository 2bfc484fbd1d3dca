"""What every view of a dossier begins with: whose dossier it is, and where an act leads to."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from admissions.dossier.permissions import can_act
from admissions.dossier.rules import Step
from admissions.dossier.selectors.dossiers import dossier_of, to_read
from admissions.dossier.selectors.read_model import Dossier
from admissions.models import Application
from common.refusals import DomainError, NotAllowedError, say

View = Callable[..., HttpResponseBase]
PAGES = {step: f"application_{step}" for step in Step}


def my_dossier(request: PersonRequest, ref: str) -> Dossier:
    """The candidate's own dossier; for anyone else it does not exist."""
    application = application_or_404(ref)
    if not can_act(request.user, application):
        raise Http404
    return dossier_of(application, request.received_at)


def application_or_404(ref: str) -> Application:
    rows = to_read()
    application = rows.filter(ref=ref).first()
    if application is None:
        raise Http404
    return application


def command(page: str) -> Callable[[View], View]:
    """A dossier's address that acts when posted to. A GET, as after a new sign-in, goes to its `page`."""

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def act(request: PersonRequest, ref: str, **kwargs: str) -> HttpResponseBase:
            if request.method == "GET":
                my_dossier(request, ref)
                return redirect(page, ref=ref)
            return view(request, ref, **kwargs)

        return act

    return decorate


def do_at_once(request: PersonRequest, doing: Callable[[], object], done: str) -> None:
    """A command without a form: it is done, or what stands against it is told, on the page that comes next."""
    try:
        doing()
    except NotAllowedError:
        raise
    except DomainError as error:
        for refusal in error.refusals:
            messages.error(request, say(refusal))
    else:
        messages.success(request, done)


def step_address(ref: str, step: Step) -> str:
    return reverse(PAGES[step], kwargs={"ref": ref})


def after(step: Step) -> Step:
    steps = list(Step)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]
