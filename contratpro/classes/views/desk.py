"""One page for whoever keeps a session, signed in or by a link: opened, called, countersigned."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import PersonRequest
from common.forms import attempt
from contratpro.classes.forms.roll import CountersignForm, RollForm
from contratpro.classes.presentation.words import shown_class, shown_roll
from contratpro.classes.rules.codes import code_at, seconds_left
from contratpro.classes.rules.signing import IN_ROOM, may_call, may_open
from contratpro.classes.selectors import RollEntry, facts_of, roll_of, secret_of
from contratpro.classes.services.keeping import (
    RollDone,
    call_roll,
    countersign,
    open_class,
    seen_of_roll,
)
from contratpro.classes.services.locking import ClassKeeper
from contratpro.models import ClassSession
from contratpro.states import ClassState, PresenceState
from contratpro.year.selectors import year_now

SHOWING_CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDesk:
    """As whom a session is kept, and at which addresses; `find` reads it again."""

    keeper: ClassKeeper
    find: Callable[[], ClassSession]
    page: str
    open: str
    roll: str
    countersign: str
    by_link: bool


def desk_page(request: PersonRequest, desk: ClassDesk) -> HttpResponseBase:
    """The roll; asked for the code, that alone, in large figures: it is what the room sees."""
    session = desk.find()
    is_open = bool(may_call(facts_of(session), request.received_at))
    if SHOWING_CODE in request.GET and is_open:
        return _code(request, desk, session)
    return _page(request, desk, session)


def opened(request: PersonRequest, desk: ClassDesk) -> HttpResponseBase:
    form = Form(request.POST)
    form.is_valid()
    opening = partial(open_class, keeper=desk.keeper, now=request.received_at)
    if attempt(form, opening):
        return redirect(f"{desk.page}?{SHOWING_CODE}=1")
    return _page(request, desk, desk.find(), refused=form)


def called(request: PersonRequest, desk: ClassDesk) -> HttpResponseBase:
    session = desk.find()
    roll = roll_of(session)
    form = RollForm(request.POST, roll)
    done: list[RollDone] = []
    if form.is_valid():
        calling = partial(call_roll, keeper=desk.keeper, lines=form.lines, now=request.received_at)
        if attempt(form, lambda: done.append(calling())):
            _say_called(request, done[0])
            return redirect(desk.page)
    return _page(request, desk, session, roll_form=form, refused=form)


def countersigned(request: PersonRequest, desk: ClassDesk) -> HttpResponseBase:
    form = CountersignForm(request.POST)
    if form.is_valid():
        signing = partial(countersign, keeper=desk.keeper, **form.cleaned_data)
        if attempt(form, partial(signing, now=request.received_at)):
            messages.success(request, _("The session is countersigned: its hours count."))
            return redirect(desk.page)
    return _page(request, desk, desk.find(), refused=form)


def _page(
    request: PersonRequest,
    desk: ClassDesk,
    session: ClassSession,
    roll_form: RollForm | None = None,
    refused: Form | None = None,
) -> HttpResponse:
    roll = roll_of(session)
    facts = facts_of(session)
    may_be_opened = may_open(facts, request.received_at)
    context = {
        **_about(desk, session, request),
        "roll": shown_roll(roll),
        "roll_form": roll_form or RollForm(None, roll),
        "countersign_form": CountersignForm(
            initial={"minutes": session.minutes, "seen": seen_of_roll(roll)}
        ),
        "counts": _counts(roll),
        "may_open": bool(may_be_opened),
        "may_call": bool(may_call(facts, request.received_at)),
        "is_scheduled": session.state is ClassState.SCHEDULED,
        "form": refused,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "contratpro/classes/desk.html", context, status=status)


def _code(request: PersonRequest, desk: ClassDesk, session: ClassSession) -> HttpResponse:
    """Shown anew when the code changes: no script is needed."""
    code = code_at(secret_of(session), request.received_at)
    left = seconds_left(request.received_at)
    roll = roll_of(session)
    context = {
        **_about(desk, session, request),
        "code": f"{code[:3]} {code[3:]}",
        "left": left,
        "counts": _counts(roll),
        "called": len(roll),
    }
    response = render(request, "contratpro/classes/code.html", context)
    response.headers["Refresh"] = str(left + 1)
    return response


def _about(desk: ClassDesk, session: ClassSession, request: PersonRequest) -> dict[str, object]:
    return {
        "desk": desk,
        "by_link": desk.by_link,
        "session": session,
        "shown": shown_class(session, request.received_at),
        "said": year_now(session.year),
    }


def _counts(roll: list[RollEntry]) -> dict[str, int]:
    """How many are in the room, how many were called absent, and of how many nothing is said."""
    states: list[PresenceState | None] = [
        entry.presence.state if entry.presence else None for entry in roll
    ]
    in_room = sum(state in IN_ROOM for state in states)
    unsaid = sum(state is None for state in states)
    return {"in_room": in_room, "unsaid": unsaid, "absent": len(states) - in_room - unsaid}


def _say_called(request: PersonRequest, done: RollDone) -> None:
    words = ngettext("%(count)s student called.", "%(count)s students called.", done.changed)
    messages.success(request, words % {"count": done.changed})
    if done.let_be:
        let_be = ngettext(
            "%(count)s student signed meanwhile, and what they signed stays: look at the roll again.",
            "%(count)s students signed meanwhile, and what they signed stays: look at the roll again.",
            done.let_be,
        )
        messages.warning(request, let_be % {"count": done.let_be})
