"""A teacher who has an account: the sessions that name their address, and the page of each."""

from datetime import timedelta
from functools import partial

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from contratpro.classes.permissions import taught_by
from contratpro.classes.presentation.words import shown_class
from contratpro.classes.requests import taught_class_or_404
from contratpro.classes.selectors import of_teacher
from contratpro.classes.services.locking import ClassKeeper
from contratpro.classes.views.desk import ClassDesk, called, countersigned, desk_page, opened

BEFORE, AHEAD = timedelta(days=7), timedelta(days=14)


@require_safe
def teaching(request: PersonRequest) -> HttpResponseBase:
    """The sessions of a week behind and of two ahead. For whom none names, there is no such page."""
    taught = taught_by(request.user)
    if not taught.exists():
        raise Http404
    now = request.received_at
    near = of_teacher(taught).filter(starts_at__gte=now - BEFORE, starts_at__lt=now + AHEAD)
    context = {"classes": [shown_class(session, now) for session in near]}
    return render(request, "contratpro/classes/teaching.html", context)


@require_safe
def taught_class(request: PersonRequest, ref: str) -> HttpResponseBase:
    return desk_page(request, _desk(request, ref))


@require_POST
def taught_open(request: PersonRequest, ref: str) -> HttpResponseBase:
    return opened(request, _desk(request, ref))


@require_POST
def taught_roll(request: PersonRequest, ref: str) -> HttpResponseBase:
    return called(request, _desk(request, ref))


@require_POST
def taught_countersign(request: PersonRequest, ref: str) -> HttpResponseBase:
    return countersigned(request, _desk(request, ref))


def _desk(request: PersonRequest, ref: str) -> ClassDesk:
    find = partial(taught_class_or_404, request.user, ref)
    find()
    address = partial(reverse, kwargs={"ref": ref})
    return ClassDesk(
        keeper=ClassKeeper(ref=ref, user=request.user),
        find=find,
        page=address("taught_class"),
        open=address("taught_class_open"),
        roll=address("taught_class_roll"),
        countersign=address("taught_class_countersign"),
        by_link=False,
    )
