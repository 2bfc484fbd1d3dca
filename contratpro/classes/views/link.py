"""The teacher's page of a session, opened by a signed link and by the code that the mail gives with it.

The address alone, seen on a screen or left in a browser, shows no name and signs nothing.
"""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.links.requests import token_of
from accounts.models import SignedLink
from accounts.requests import PersonRequest
from common.forms import attempt
from contratpro.classes.forms.roll import PinForm
from contratpro.classes.presentation.words import shown_class
from contratpro.classes.selectors import class_by_ref
from contratpro.classes.services.keeping import enter_pin
from contratpro.classes.services.locking import ClassKeeper, is_pin
from contratpro.classes.views.desk import ClassDesk, called, countersigned, desk_page, opened
from contratpro.models import ClassSession
from contratpro.year.selectors import year_now

DeskAct = Callable[[PersonRequest, ClassDesk], HttpResponseBase]


def class_by_link(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    if not _has_pin(request, link):
        return _asked(request, link, PinForm())
    return desk_page(request, _desk(request, link))


def link_pin(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    """The code of the mail, kept for this browser once it is the right one."""
    form = PinForm(request.POST)
    if form.is_valid():
        pin = form.cleaned_data["pin"]
        entering = partial(enter_pin, link_id=link.pk, pin=pin, now=request.received_at)
        if attempt(form, entering):
            request.session[_key(link)] = pin
            return redirect("signed_link", token=token_of(request))
    return _asked(request, link, form)


def link_open(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return _acted(request, link, opened)


def link_roll(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return _acted(request, link, called)


def link_countersign(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return _acted(request, link, countersigned)


def _acted(request: PersonRequest, link: SignedLink, act: DeskAct) -> HttpResponseBase:
    if not _has_pin(request, link):
        return redirect("signed_link", token=token_of(request))
    return act(request, _desk(request, link))


def _has_pin(request: PersonRequest, link: SignedLink) -> bool:
    return is_pin(_class_or_404(link), link, request.session.get(_key(link), ""))


def _key(link: SignedLink) -> str:
    return f"class-pin-{link.pk}"


def _asked(request: PersonRequest, link: SignedLink, form: PinForm) -> HttpResponse:
    session = _class_or_404(link)
    context = {
        "form": form,
        "shown": shown_class(session, request.received_at),
        "session": session,
        "said": year_now(session.year),
        "action": reverse("signed_link_act", args=[token_of(request), "pin"]),
        "by_link": True,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "contratpro/classes/pin.html", context, status=status)


def _class_or_404(link: SignedLink) -> ClassSession:
    session = class_by_ref(link.subject_ref)
    if session is None:
        raise Http404
    return session


def _desk(request: PersonRequest, link: SignedLink) -> ClassDesk:
    token = token_of(request)
    return ClassDesk(
        keeper=ClassKeeper(link_id=link.pk, pin=request.session[_key(link)]),
        find=partial(_class_or_404, link),
        page=reverse("signed_link", args=[token]),
        open=reverse("signed_link_act", args=[token, "open"]),
        roll=reverse("signed_link_act", args=[token, "roll"]),
        countersign=reverse("signed_link_act", args=[token, "countersign"]),
        by_link=True,
    )
