"""An act that is said before it is done: one page tells what will happen and to how many, then the button does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext

from accounts.requests import PersonRequest
from common.forms import (
    REASON,
    REASON_LENGTH,
    REASON_MISSING,
    attempt,
    reason_field,
)
from common.refusals import say
from common.rules import ALLOWED, Verdict

Thing = TypeVar("Thing")
Words = str | Promise
Typed = Mapping[str, Any] | None
Figures = Sequence[tuple[str, int]]


class ReasonForm(forms.Form):
    """Why it is done, where nothing else is asked."""

    use_required_attribute = False

    def __init__(self, typed: Typed, reason: forms.CharField) -> None:
        super().__init__(typed)
        self.fields["reason"] = reason


def ask_nothing(_thing: object, typed: Typed) -> forms.Form:
    return forms.Form(typed)


def ask_why(
    *,
    label: Words = REASON,
    help_text: Words = "",
    missing: Words = REASON_MISSING,
    length: int = REASON_LENGTH,
) -> Callable[[object, Typed], forms.Form]:
    """A reason, in the words of the act: its label, who reads it, what is said if it is left out."""
    field = partial(reason_field, label, help_text=help_text, missing=missing, length=length)
    return lambda _thing, typed: ReasonForm(typed, field())


@dataclass(frozen=True, slots=True)
class Agreed:
    """The first of the two people whom an act takes: who they are, and what is said of it to the second."""

    by_id: int | None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Act(Generic[Thing]):
    """What is done, and what is said before it is done."""

    command: Callable[..., object]
    """Takes what names the thing, what the form asked for, `actor` and `now`."""
    title: Words
    button: Words
    done: Words
    says: Callable[[Thing], Sequence[str]]
    counts: Callable[[Thing, datetime], Figures] = lambda _thing, _now: ()
    form: Callable[[Thing, Typed], forms.Form] = ask_nothing
    question: Callable[[Thing], str] = lambda _thing: gettext("What will happen")
    against: Callable[[Thing], Verdict] = lambda _thing: ALLOWED
    agreed: Callable[[Thing], Agreed | None] = lambda _thing: None
    danger: bool = False
    template: str = "screens/act.html"
    """Another extends it, with what is shown before the box or after it."""


@dataclass(frozen=True, kw_only=True)
class Aim(Generic[Thing]):
    """On what one acts, from where, and back to where."""

    thing: Thing
    named: Mapping[str, object]
    """How the command calls it."""
    about: str
    """Its name, in the page's title and on the way back."""
    back: str
    then: str = ""
    """Where to once it is done, if it is elsewhere."""
    detail: str = ""
    layout: str = "work.html"
    more: Mapping[str, object] = field(default_factory=dict)


def perform(request: PersonRequest, act: Act[Thing], aim: Aim[Thing]) -> HttpResponseBase:
    """The page of an act, or the act itself and the way back. Whoever calls has looked whether they may.

    What is posted goes to the command whatever the page would say against it: the command decides, and the same act
    sent twice is done once.
    """
    is_sent = request.method == "POST"
    form = act.form(aim.thing, request.POST if is_sent else None)
    if form.is_valid():
        command = partial(act.command, **aim.named, **form.cleaned_data)
        if attempt(form, partial(command, actor=request.user, now=request.received_at)):
            messages.success(request, str(act.done))
            return redirect(aim.then or aim.back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
    return render(request, act.template, _page(request, act, aim, form), status=status)


def _page(
    request: PersonRequest, act: Act[Thing], aim: Aim[Thing], form: forms.Form
) -> dict[str, object]:
    agreed = act.agreed(aim.thing)
    return {
        **aim.more,
        "act": act,
        "aim": aim,
        "form": form,
        "question": act.question(aim.thing),
        "consequences": [
            *act.says(aim.thing),
            *in_lines(act.counts(aim.thing, request.received_at)),
        ],
        "against": [say(refusal) for refusal in act.against(aim.thing).refusals],
        "agreed": agreed,
        "is_first": agreed is not None and agreed.by_id == request.user.pk,
    }


def in_lines(figures: Figures) -> list[str]:
    """To how many, a line for each."""
    line = gettext("%(what)s: %(count)s")
    return [line % {"what": what, "count": count} for what, count in figures]
