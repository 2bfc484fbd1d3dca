"""What was written to a candidate about a dossier, to read again and to print."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from admissions import permissions
from admissions.views.access import application_or_404
from notifications.outbox.selectors import mails_about


@require_safe
def correspondence(request: PersonRequest, ref: str) -> HttpResponseBase:
    application = application_or_404(ref)
    if not permissions.can_read(request.user, application):
        raise Http404
    context = {
        "application": application,
        "letters": mails_about(ref),
        "mine": bool(permissions.can_act(request.user, application)),
    }
    return render(request, "admissions/correspondence.html", context)
