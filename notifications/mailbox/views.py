from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from notifications.frame import framed
from notifications.mailbox import backend as box

SHOWN = 100


@login_not_required
@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    _only_in_the_demonstration()
    to = request.GET.get("to", "").strip()
    mails = box.newest(to, SHOWN)
    return render(
        request, "notifications/mailbox/mailbox.html", {"mails": mails, "to": to, "shown": SHOWN}
    )


@login_not_required
@never_cache
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "notifications/mailbox/mail.html", {"mail": _get_mail_or_404(name)})


@login_not_required
@never_cache
@require_safe
@xframe_options_sameorigin
def mail_html(_request: HttpRequest, name: str) -> HttpResponse:
    content, headers = framed(_get_mail_or_404(name).html, links_work=True)
    return HttpResponse(content, headers=headers)


def _get_mail_or_404(name: str) -> box.MailFile:
    _only_in_the_demonstration()
    found = box.read(name)
    if found is None:
        raise Http404
    return found


def _only_in_the_demonstration() -> None:
    if not settings.MAIL_STAYS:
        raise Http404
