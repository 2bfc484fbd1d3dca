"""The central service's screens, under /admin/dossiers/. For anyone else they do not exist."""

from datetime import timedelta
from functools import partial, wraps
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from admissions.checking import presentation
from admissions.checking.forms import (
    REASON_LENGTH,
    AskingForm,
    ExtensionForm,
    PaymentForm,
    PieceRefusalForm,
    SeenForm,
    WorkFilter,
)
from admissions.checking.selectors import (
    after_in_worklist,
    counts_by_state,
    handled,
    handled_campaigns,
    worklist,
)
from admissions.checking.services import (
    accept_document,
    ask_pieces,
    cancel_payment,
    declare_complete,
    extend_application,
    record_payment,
    refuse_document,
    uncheck_document,
    waive_charges,
)
from admissions.dossier.permissions import can_act, can_handle
from admissions.dossier.requests import View, application_or_404, do_at_once
from admissions.dossier.rules import UNDER_CHECK
from admissions.dossier.selectors.dossiers import dossier_of, submissions_of
from admissions.dossier.selectors.read_model import Dossier
from admissions.dossier.services.endings import refuse_application
from admissions.states import ApplicationState
from common.rules import Cents, fold
from screens.acts import Act, Aim, Typed, ask_why, perform


def dossier_page(
    request: PersonRequest, dossier: Dossier, payment: PaymentForm | None = None
) -> HttpResponse:
    """`payment`: what was typed of one, and could not be read."""
    next_ref = after_in_worklist(request.user, dossier.application)
    context = {
        "dossier": dossier,
        "next_ref": next_ref,
        "payment": payment,
        "submissions": submissions_of(dossier.application),
        "may_type": bool(can_act(request.user, dossier.application)),
    }
    return render(
        request, "admissions/checking/dossier.html", context, status=422 if payment else 200
    )


def handled_dossier(request: PersonRequest, ref: str) -> Dossier:
    application = application_or_404(ref)
    if not can_handle(request.user, application):
        raise Http404
    return dossier_of(application, request.received_at)


PER_PAGE, ELSEWHERE = 50, 20


@require_safe
def work_list(request: PersonRequest) -> HttpResponseBase:
    """A campaign's dossiers; at first those submitted to the newest one."""
    campaigns = list(handled_campaigns(request.user))
    if not campaigns:
        raise Http404
    asked = request.GET.copy()
    campaign = next((row for row in campaigns if row.slug == asked.get("campaign")), campaigns[0])
    asked["campaign"] = campaign.slug
    asked.setdefault("state", ApplicationState.SUBMITTED)
    state = next((state for state in ApplicationState if state == asked["state"]), None)
    today = request.received_at.astimezone(ZoneInfo(campaign.zone)).date()
    rows = worklist(request.user, campaign, state)
    found = WorkFilter(asked, rows, campaigns=campaigns, campaign=campaign, today=today)
    page = Paginator(found.qs, PER_PAGE).get_page(asked.get("page"))
    asked.pop("page", None)
    context = {"found": found, "page": page, "query": asked.urlencode(), "campaign": campaign}
    context["counts"] = counts_by_state(request.user, campaign)
    context["everything"] = f"{reverse('work_list')}?campaign={campaign.slug}&state="
    words = found.form.cleaned_data.get("q", "") if found.form.is_valid() else ""
    if ("@" in words or fold(words)) and not page.object_list:
        context["elsewhere"] = found.having_words(handled(request.user, campaigns), "q", words)[
            :ELSEWHERE
        ]
    return render(request, "admissions/checking/list.html", context)


@require_safe
def work_dossier(request: PersonRequest, ref: str) -> HttpResponseBase:
    return dossier_page(request, handled_dossier(request, ref))


TIME_TO_ANSWER = timedelta(days=8)


def one_press(view: View) -> View:
    """Done by one press on the page of the dossier; a GET, as after a new sign-in, goes to the dossier."""

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def acting(request: PersonRequest, ref: str, **kwargs: str) -> HttpResponseBase:
        handled_dossier(request, ref)
        if request.method == "GET":
            return redirect("work_dossier", ref=ref)
        return view(request, ref, **kwargs)

    return acting


@one_press
def piece_accept(request: PersonRequest, ref: str, document_ref: str) -> HttpResponseBase:
    _piece_or_404(handled_dossier(request, ref), document_ref)
    doing = partial(
        accept_document,
        ref=ref,
        document_ref=document_ref,
        seen=_seen(request),
        actor=request.user,
        now=request.received_at,
    )
    do_at_once(request, doing, _("The document is accepted."))
    return _to_piece(ref, document_ref)


@one_press
def piece_refuse(request: PersonRequest, ref: str, document_ref: str) -> HttpResponseBase:
    dossier = handled_dossier(request, ref)
    _piece_or_404(dossier, document_ref)
    form = PieceRefusalForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    doing = partial(
        refuse_document,
        ref=ref,
        document_ref=document_ref,
        reason=reason,
        seen=_seen(request),
        actor=request.user,
        now=request.received_at,
    )
    said = _("The document is refused, and the candidate is told.")
    if dossier.state in UNDER_CHECK:
        said = _("The document is refused. The candidate is written to once you ask for it.")
    do_at_once(request, doing, said)
    return _to_piece(ref, document_ref)


@one_press
def piece_uncheck(request: PersonRequest, ref: str, document_ref: str) -> HttpResponseBase:
    _piece_or_404(handled_dossier(request, ref), document_ref)
    doing = partial(
        uncheck_document,
        ref=ref,
        document_ref=document_ref,
        actor=request.user,
        now=request.received_at,
    )
    do_at_once(request, doing, _("Undone: the document is to be checked again."))
    return _to_piece(ref, document_ref)


@one_press
def payment_record(request: PersonRequest, ref: str) -> HttpResponseBase:
    form = PaymentForm(request.POST)
    if not form.is_valid():
        dossier = handled_dossier(request, ref)
        if dossier.fees.balance > 0:
            return dossier_page(request, dossier, payment=form)
        messages.error(request, _("Nothing is left to pay."))
        return redirect(f"{_page(ref)}#fees")
    doing = partial(
        record_payment,
        ref=ref,
        cents=Cents(form.cents),
        note=form.cleaned_data["note"],
        actor=request.user,
        now=request.received_at,
    )
    do_at_once(request, doing, _("The payment is recorded."))
    return redirect(f"{_page(ref)}#fees")


@one_press
def payment_cancel(request: PersonRequest, ref: str, payment_ref: str) -> HttpResponseBase:
    doing = partial(
        cancel_payment,
        ref=ref,
        payment_ref=payment_ref,
        actor=request.user,
        now=request.received_at,
    )
    do_at_once(request, doing, _("Taken out; the journal keeps it."))
    return redirect(f"{_page(ref)}#fees")


@require_http_methods(["GET", "POST"])
def dossier_act(request: PersonRequest, ref: str, act: Act[Dossier]) -> HttpResponseBase:
    """What is said before it is done, each at its own address."""
    dossier = handled_dossier(request, ref)
    aim = Aim(
        thing=dossier,
        named={"ref": ref},
        about=dossier.application.full_name,
        back=f"{_page(ref)}#fees" if act is WAIVE else _page(ref),
    )
    return perform(request, act, aim)


def _extension_form(dossier: Dossier, typed: Typed) -> ExtensionForm:
    given = {"reason": dossier.application.late_reason}
    if dossier.application.has_more_time:
        given["until"] = dossier.deadline.date().strftime("%d/%m/%Y")
    return ExtensionForm(typed, initial=given)


def _asking_form(dossier: Dossier, typed: Typed) -> AskingForm:
    proposed = (dossier.now.astimezone(dossier.zone) + TIME_TO_ANSWER).date()
    return AskingForm(typed, initial={"until": proposed})


REFUSE = Act[Dossier](
    command=refuse_application,
    title=gettext_lazy("Refuse this application"),
    button=gettext_lazy("Refuse and tell the candidate"),
    done=gettext_lazy("The application is refused, and the candidate is told by e-mail."),
    question=presentation.application_refused,
    says=presentation.before_refusing,
    form=ask_why(
        label=gettext_lazy("Reason, as the candidate will read it"),
        help_text=gettext_lazy(
            "Say which document is missing or which rule is not met, without personal remarks."
        ),
        missing=gettext_lazy("Type the reason: the candidate is told it."),
        length=REASON_LENGTH,
    ),
    against=lambda dossier: dossier.acts.refuse,
    danger=True,
)
WAIVE = Act[Dossier](
    command=waive_charges,
    title=gettext_lazy("Waive the fees"),
    button=gettext_lazy("Waive what is left to pay"),
    done=gettext_lazy("The fees are waived."),
    says=presentation.before_waiving,
    form=ask_why(
        help_text=gettext_lazy("Kept with the application, not shown to the candidate."),
        missing=gettext_lazy("Say why the fees are waived."),
    ),
)
EXTEND = Act[Dossier](
    command=extend_application,
    title=gettext_lazy("Give this application more time"),
    button=gettext_lazy("Give more time"),
    done=gettext_lazy("The application has more time: the candidate is told by e-mail."),
    says=presentation.before_extending,
    form=_extension_form,
    against=lambda dossier: dossier.acts.extend,
)
ASK = Act[Dossier](
    command=ask_pieces,
    title=gettext_lazy("Ask for these documents"),
    button=gettext_lazy("Ask the candidate"),
    done=gettext_lazy("The documents are asked for: the candidate is told by e-mail."),
    says=presentation.before_asking,
    form=_asking_form,
    against=lambda dossier: dossier.acts.ask,
    template="admissions/checking/ask.html",
)
DECLARE_COMPLETE = Act[Dossier](
    command=declare_complete,
    title=gettext_lazy("Declare this application complete"),
    button=gettext_lazy("Declare it complete"),
    done=gettext_lazy(
        "The application is declared complete and handed on, and the candidate is told."
    ),
    says=presentation.before_declaring_complete,
    against=lambda dossier: dossier.acts.declare_complete,
)


def _seen(request: PersonRequest) -> list[str]:
    form = SeenForm(request.POST)
    return form.refs if form.is_valid() else []


def _piece_or_404(dossier: Dossier, document_ref: str) -> None:
    if not any(piece.document and piece.document.ref == document_ref for piece in dossier.pieces):
        raise Http404


def _page(ref: str) -> str:
    return reverse("work_dossier", kwargs={"ref": ref})


def _to_piece(ref: str, document_ref: str) -> HttpResponseBase:
    return redirect(f"{_page(ref)}#document-{document_ref}")
