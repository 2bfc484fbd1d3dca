"""The central service's screens, under /admin/dossiers/. For anyone else they do not exist."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial, wraps
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from admissions.checking.forms import (
    AskingForm,
    PaymentForm,
    PieceRefusalForm,
    SeenForm,
    WaiverForm,
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
    record_payment,
    refuse_document,
    uncheck_document,
    waive_charges,
)
from admissions.dossier.forms import RefusalForm
from admissions.dossier.permissions import can_handle
from admissions.dossier.requests import View, application_or_404
from admissions.dossier.rules import UNDER_CHECK
from admissions.dossier.selectors.dossiers import dossier_of
from admissions.dossier.selectors.read_model import Dossier
from admissions.dossier.services.endings import refuse_application
from admissions.states import ApplicationState
from common.forms import attempt
from common.refusals import DomainError, NotAllowedError, say
from common.rules import Cents, fold
from common.templatetags.rentree import euros


def dossier_page(
    request: PersonRequest, dossier: Dossier, payment: PaymentForm | None = None
) -> HttpResponse:
    """`payment`: what was typed of one, and could not be read."""
    next_ref = after_in_worklist(request.user, dossier.application)
    context = {"dossier": dossier, "next_ref": next_ref, "payment": payment}
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


@require_http_methods(["GET", "POST"])
def work_refuse(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = handled_dossier(request, ref)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refusing = partial(
            refuse_application, ref=ref, actor=request.user, reason=reason, now=request.received_at
        )
        if attempt(form, refusing):
            messages.success(
                request, _("The application is refused, and the candidate is told by e-mail.")
            )
            return redirect("work_dossier", ref=ref)
    refusals = [say(refusal) for refusal in dossier.acts.refuse.refusals]
    context = {
        "dossier": dossier,
        "form": form,
        "locked": refusals,
        "consequences": _consequences(dossier),
    }
    return render(
        request, "admissions/checking/refuse.html", context, status=422 if form.errors else 200
    )


def _consequences(dossier: Dossier) -> list[str]:
    count = len(dossier.chosen)
    return [
        ngettext(
            "It applies to %(count)d programme: this one will not be studied.",
            "It applies to %(count)d programmes: none of them will be studied.",
            count,
        )
        % {"count": count},
        _("The candidate is told at once by e-mail, with the reason below."),
        _("It cannot be undone."),
    ]


TIME_TO_ANSWER = timedelta(days=8)


def act(view: View) -> View:
    """An act is posted; a GET, as after a new sign-in, goes to the dossier."""

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def acting(request: PersonRequest, ref: str, **kwargs: str) -> HttpResponseBase:
        handled_dossier(request, ref)
        if request.method == "GET":
            return redirect("work_dossier", ref=ref)
        return view(request, ref, **kwargs)

    return acting


@act
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
    _do(request, doing, _("The document is accepted."))
    return _to_piece(ref, document_ref)


@act
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
    _do(request, doing, said)
    return _to_piece(ref, document_ref)


@act
def piece_uncheck(request: PersonRequest, ref: str, document_ref: str) -> HttpResponseBase:
    _piece_or_404(handled_dossier(request, ref), document_ref)
    doing = partial(
        uncheck_document,
        ref=ref,
        document_ref=document_ref,
        actor=request.user,
        now=request.received_at,
    )
    _do(request, doing, _("Undone: the document is to be checked again."))
    return _to_piece(ref, document_ref)


@act
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
    _do(request, doing, _("The payment is recorded."))
    return redirect(f"{_page(ref)}#fees")


@act
def payment_cancel(request: PersonRequest, ref: str, payment_ref: str) -> HttpResponseBase:
    doing = partial(
        cancel_payment,
        ref=ref,
        payment_ref=payment_ref,
        actor=request.user,
        now=request.received_at,
    )
    _do(request, doing, _("Taken out; the journal keeps it."))
    return redirect(f"{_page(ref)}#fees")


@require_http_methods(["GET", "POST"])
def fees_waive(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = handled_dossier(request, ref)
    form = WaiverForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        waiving = partial(
            waive_charges,
            ref=ref,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=request.received_at,
        )
        if attempt(form, waiving):
            messages.success(request, _("The fees are waived."))
            return redirect(f"{_page(ref)}#fees")
    consequences = [
        _("%(amount)s left to pay are waived.") % {"amount": euros(max(0, dossier.fees.balance))},
        _("It can be undone."),
    ]
    words = {"heading": _("Waive the fees"), "action": _("Waive what is left to pay")}
    return _confirm(request, dossier, form, consequences, [], words)


@require_http_methods(["GET", "POST"])
def pieces_ask(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = handled_dossier(request, ref)
    proposed = (request.received_at.astimezone(dossier.zone) + TIME_TO_ANSWER).date()
    form = AskingForm(_posted(request), initial={"until": proposed})
    if request.method == "POST" and form.is_valid():
        asking = partial(
            ask_pieces,
            ref=ref,
            until=form.cleaned_data["until"],
            actor=request.user,
            now=request.received_at,
        )
        if attempt(form, asking):
            messages.success(
                request, _("The documents are asked for: the candidate is told by e-mail.")
            )
            return redirect("work_dossier", ref=ref)
    consequences = [
        _(
            "The candidate is told at once by e-mail of what is refused, with the reasons, and of what is missing."
        ),
        _("The application waits; it comes back to be checked once all is supplied."),
    ]
    locked = [say(refusal) for refusal in dossier.acts.ask.refusals]
    words = {"heading": _("Ask for these documents"), "action": _("Ask the candidate")}
    return _confirm(
        request, dossier, form, consequences, locked, words, pieces=dossier.checked.lacking
    )


@require_http_methods(["GET", "POST"])
def complete_declare(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = handled_dossier(request, ref)
    form = forms.Form(_posted(request))
    if request.method == "POST":
        form.is_valid()
        declaring = partial(declare_complete, ref=ref, actor=request.user, now=request.received_at)
        if attempt(form, declaring):
            messages.success(
                request, _("The application is complete: the jury has it, the candidate is told.")
            )
            return redirect("work_dossier", ref=ref)
    count = len(dossier.chosen)
    consequences = [
        ngettext(
            "It goes to the jury for %(count)d programme.",
            "It goes to the jury for %(count)d programmes.",
            count,
        )
        % {"count": count},
        _("The candidate is told at once by e-mail, with the date of the answer."),
        _("It cannot be undone."),
    ]
    locked = [say(refusal) for refusal in dossier.acts.declare_complete.refusals]
    words = {"heading": _("Declare this application complete"), "action": _("Declare it complete")}
    return _confirm(request, dossier, form, consequences, locked, words)


def _confirm(
    request: PersonRequest,
    dossier: Dossier,
    form: forms.Form,
    consequences: list[str],
    locked: list[str],
    words: dict[str, str],
    **more: object,
) -> HttpResponseBase:
    context = {
        "dossier": dossier,
        "form": form,
        "consequences": consequences,
        "locked": locked,
        **words,
        **more,
    }
    return render(
        request, "admissions/checking/confirm.html", context, status=422 if form.errors else 200
    )


def _do(request: PersonRequest, doing: Callable[[], object], done: str) -> None:
    try:
        doing()
    except NotAllowedError:
        raise
    except DomainError as error:
        for refusal in error.refusals:
            messages.error(request, say(refusal))
    else:
        messages.success(request, done)


def _posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


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
