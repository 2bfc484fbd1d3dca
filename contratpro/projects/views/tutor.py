"""The evaluation of the company tutor, opened by a signed link: one page, and an address for each act."""

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.links.requests import token_of
from accounts.models import SignedLink
from accounts.requests import PersonRequest
from common.drafts.presentation import quicker_page
from common.drafts.rules import Content, QuickerError, seen_of
from common.forms import attempt
from common.refusals import DomainError, NotAllowedError
from contratpro.models import CompanyEvaluation
from contratpro.projects.forms import TutorEvaluationForm
from contratpro.projects.presentation import (
    EVALUATION_SIGNS,
    evaluation_rows,
    field_label,
    readable_answer,
)
from contratpro.projects.rules import MARK, may_write
from contratpro.projects.selectors import (
    due_of_report,
    evaluation_by_ref,
    fields_of_evaluation,
    last_evaluation,
    sheet_asked,
    standing_of_project,
)
from contratpro.projects.services.evaluating import save_evaluation, send_evaluation
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now


def evaluation_page(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    """The form while it may be written, else what was sent. Reading it writes nothing."""
    evaluation = _evaluation_or_404(link)
    if not may_write(standing_of_project(evaluation.project)):
        version = last_evaluation(evaluation)
        context = {
            **_about(request, link, evaluation),
            "rows": evaluation_rows(evaluation),
            "sent_at": version.at if version else None,
        }
        return render(request, "contratpro/projects/evaluation_read.html", context)
    form = TutorEvaluationForm(kept=evaluation.draft, said=_said(evaluation))
    return _form(request, link, form)


def save(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return _written(request, link, sending=False)


def send(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return _written(request, link, sending=True)


def _written(request: PersonRequest, link: SignedLink, *, sending: bool) -> HttpResponseBase:
    """Keep what was typed before anything else, unless it is too late or someone else was quicker."""
    form = TutorEvaluationForm(request.POST, kept={}, said=_said(_evaluation_or_404(link)))
    seen = request.POST.get("seen", "")
    try:
        evaluation = save_evaluation(
            link_id=link.pk, content=form.typed, seen=seen, now=request.received_at
        )
    except QuickerError as error:
        address = reverse("signed_link_act", args=[token_of(request), "save"])
        return _quicker(request, link, error.theirs, form.typed, address)
    except NotAllowedError:
        raise
    except DomainError:
        messages.warning(request, _("This evaluation is sent or closed: nothing was changed."))
        return redirect("signed_link", token=token_of(request))
    if sending:
        return _sent(request, link, form, seen_of(evaluation.draft, form.asked))
    messages.success(request, _("Saved. You may close this page and come back to it."))
    return redirect("signed_link", token=token_of(request))


def _sent(
    request: PersonRequest, link: SignedLink, form: TutorEvaluationForm, seen: str
) -> HttpResponseBase:
    if form.is_valid():
        sending = partial(
            send_evaluation,
            link_id=link.pk,
            content=form.said,
            hundredths=form.cleaned_data[MARK],
            seen=seen,
            now=request.received_at,
        )
        if attempt(form, sending):
            messages.success(request, _("Your evaluation is sent to the school. Thank you."))
            return redirect("signed_link", token=token_of(request))
    return _form(request, link, form)


def _form(request: PersonRequest, link: SignedLink, form: TutorEvaluationForm) -> HttpResponse:
    evaluation = _evaluation_or_404(link)
    context = {
        **_about(request, link, evaluation),
        "form": form,
        "seen": seen_of(evaluation.draft, form.asked),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "contratpro/projects/evaluation.html", context, status=status)


def _quicker(
    request: PersonRequest, link: SignedLink, theirs: Content, mine: Content, action: str
) -> HttpResponse:
    evaluation = _evaluation_or_404(link)
    said = _said(evaluation)
    both = quicker_page(
        theirs,
        mine,
        fields_of_evaluation(said),
        lambda name: field_label(name, said),
        lambda value, name: readable_answer(value, name, said),
    )
    context = {**_about(request, link, evaluation), **both, "action": action}
    context["back"] = reverse("signed_link", args=[token_of(request)])
    template = "contratpro/projects/evaluation_quicker.html"
    return render(request, template, context, status=HTTPStatus.CONFLICT)


def _about(
    request: PersonRequest, link: SignedLink, evaluation: CompanyEvaluation
) -> dict[str, object]:
    """Of the student, the name and the year, besides the evaluation itself."""
    student = evaluation.project.student
    return {
        "evaluation": evaluation,
        "sign": EVALUATION_SIGNS[evaluation.state],
        "name": student.full_name,
        "said": year_now(student.year),
        "asked": sheet_asked(student),
        "due": due_of_report(student),
        "until": link.expires_at,
        "token": token_of(request),
    }


def _said(evaluation: CompanyEvaluation) -> YearDocument:
    return year_now(evaluation.project.student.year)


def _evaluation_or_404(link: SignedLink) -> CompanyEvaluation:
    evaluation = evaluation_by_ref(link.subject_ref)
    if evaluation is None:
        raise Http404
    return evaluation
