"""The outbox, under /admin/outbox/. A school's staff see its messages; those of the platform, how many there are."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Role
from accounts.permissions import has_role
from accounts.requests import PersonRequest
from notifications.frame import framed
from notifications.mails import is_sensitive
from notifications.models import Notification
from notifications.outbox.forms import BounceForm, OutboxFilter
from notifications.outbox.permissions import can_handle_message, can_see_health, desk_of
from notifications.outbox.presentation import AUDIENCES
from notifications.outbox.selectors import (
    cases_in,
    catalogue_entry,
    counts_of,
    health,
    outbox_of,
    sample_in,
)
from notifications.outbox.selectors import catalogue as all_entries
from notifications.outbox.services import cancel_message, mark_bounced, may_be_done, resend_message

PER_PAGE = 50


View = Callable[..., HttpResponseBase]


@require_safe
def outbox(request: PersonRequest) -> HttpResponseBase:
    desk = desk_of(request.user)
    if not desk.schools:
        return _health(request)
    found = OutboxFilter(request.GET, outbox_of(desk).select_related("school"))
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "found": found,
        "page": page,
        "query": asked.urlencode(),
        "counts": counts_of(desk),
        "several_schools": len(desk.schools) > 1,
    }
    return render(request, "notifications/outbox/list.html", context)


@require_safe
def catalogue(request: PersonRequest) -> HttpResponse:
    _refuse_unless_in_the_outbox(request)
    groups = [(AUDIENCES[audience], mails) for audience, mails in all_entries().items()]
    return render(request, "notifications/outbox/catalogue.html", {"groups": groups})


@require_safe
def catalogue_mail(request: PersonRequest, mail_name: str) -> HttpResponse:
    _refuse_unless_in_the_outbox(request)
    case = _case(request)
    try:
        entry = catalogue_entry(mail_name)
        context = {
            "entry": entry,
            "cases": cases_in(mail_name, get_language() or settings.LANGUAGE_CODE),
            "case": case,
            "samples": {
                language: sample_in(mail_name, case, language) for language in entry.languages
            },
        }
    except LookupError as error:
        raise Http404 from error
    return render(request, "notifications/outbox/catalogue_mail.html", context)


@require_safe
@xframe_options_sameorigin
def catalogue_html(request: PersonRequest, mail_name: str, language: str) -> HttpResponse:
    _refuse_unless_in_the_outbox(request)
    try:
        sample = sample_in(mail_name, _case(request), language)
    except LookupError as error:
        raise Http404 from error
    content, headers = framed(sample.html, links_work=False)
    return HttpResponse(content, headers=headers)


def _case(request: PersonRequest) -> int:
    asked = request.GET.get("case", "0")
    if not asked.isdecimal():
        raise Http404
    return int(asked)


def _refuse_unless_in_the_outbox(request: PersonRequest) -> None:
    """The catalogue is for whom the outbox is: it shows no one's data."""
    if not desk_of(request.user).schools and not can_see_health(request.user):
        raise Http404


@require_safe
def message(request: PersonRequest, message_id: int) -> HttpResponseBase:
    row = _message_or_404(request, message_id)
    return _page(request, row, BounceForm())


def command(view: View) -> View:
    """An address that acts when posted to. A GET, as after a new sign-in, goes to the page of the message."""

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def act(request: PersonRequest, message_id: int) -> HttpResponseBase:
        row = _message_or_404(request, message_id)
        if request.method == "GET":
            return redirect("outbox_message", message_id=message_id)
        return view(request, row)

    return act


@command
def resend(request: PersonRequest, row: Notification) -> HttpResponseBase:
    resend_message(message_id=row.pk, actor=request.user, now=request.received_at)
    messages.success(request, _("The message is queued again: it leaves within a minute."))
    return redirect("outbox_message", message_id=row.pk)


@command
def bounce(request: PersonRequest, row: Notification) -> HttpResponseBase:
    form = BounceForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    reason = form.cleaned_data["bounce"]
    mark_bounced(message_id=row.pk, bounce=reason, actor=request.user, now=request.received_at)
    messages.success(request, _("It is noted that this message came back."))
    return redirect("outbox_message", message_id=row.pk)


@command
def cancel(request: PersonRequest, row: Notification) -> HttpResponseBase:
    cancel_message(message_id=row.pk, actor=request.user, now=request.received_at)
    messages.success(request, _("The message is cancelled: it does not leave."))
    return redirect("outbox_message", message_id=row.pk)


def _health(request: PersonRequest) -> HttpResponse:
    if not can_see_health(request.user):
        raise Http404
    return render(
        request, "notifications/outbox/health.html", {"health": health(request.received_at)}
    )


def _message_or_404(request: PersonRequest, message_id: int) -> Notification:
    row = Notification.objects.select_related("school").filter(pk=message_id).first()
    if row is None or not can_handle_message(request.user, row):
        raise Http404
    return row


def _page(request: PersonRequest, row: Notification, form: BounceForm) -> HttpResponse:
    context = {
        "message": row,
        "acts": may_be_done(row),
        "form": form,
        "sensitive": is_sensitive(row.kind),
        "opens_dossier": bool(
            row.about and row.school and has_role(request.user, row.school, Role.CLERK)
        ),
    }
    return render(
        request, "notifications/outbox/message.html", context, status=422 if form.errors else 200
    )
