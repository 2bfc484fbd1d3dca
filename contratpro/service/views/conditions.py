"""What somebody says of a condition of a student: it holds, it does not, or it was said by mistake."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from common.formats import localized
from common.forms import attempt
from contratpro.models import StudentFile
from contratpro.service.forms.students import ForgetForm, StatementForm
from contratpro.service.presentation import ConditionRow, before_forgetting, condition_rows
from contratpro.students.permissions import can_agree, can_handle
from contratpro.students.requests import student_or_404
from contratpro.students.services.conditions import (
    deny_condition,
    forget_condition,
    hold_condition,
)
from screens.acts import Act, Aim, perform


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One of the two things that may be said of a condition."""

    command: Callable[..., object]
    title: str | Promise
    button: str | Promise
    done: str | Promise
    danger: bool = field(default=False)


HOLD = Saying(
    command=hold_condition,
    title=gettext_lazy("This condition is held"),
    button=gettext_lazy("Record that it is held"),
    done=gettext_lazy("Recorded: the condition is held."),
)
DENY = Saying(
    command=deny_condition,
    title=gettext_lazy("This condition is not held"),
    button=gettext_lazy("Record that it is not held"),
    done=gettext_lazy("Recorded: the condition is not held."),
    danger=True,
)
FORGET = Act[ConditionRow](
    command=forget_condition,
    title=gettext_lazy("Said by mistake"),
    button=gettext_lazy("Take it back"),
    done=gettext_lazy("Taken back: nothing is known of this condition."),
    says=before_forgetting,
    form=lambda row, typed: ForgetForm(typed, initial={"seen": row.seen}),
    danger=True,
)


@require_http_methods(["GET", "POST"])
def contract_condition_say(
    request: PersonRequest, ref: str, key: str, saying: Saying
) -> HttpResponseBase:
    """The note and the evidence are asked for, in front of what is known so far."""
    student = student_or_404(request.user, ref)
    row = _row_or_404(request, student, key)
    form = StatementForm(initial={"seen": row.seen, "note": row.fact.note if row.fact else ""})
    if request.method == "POST":
        form = StatementForm(request.POST, request.FILES)
        if form.is_valid():
            doing = partial(saying.command, ref=ref, key=key, **form.cleaned_data)
            if attempt(form, partial(doing, actor=request.user, now=request.received_at)):
                messages.success(request, str(saying.done))
                return redirect(_back(student, key))
    context = {
        "student": student,
        "year": student.year,
        "row": row,
        "saying": saying,
        "form": form,
        "back": _back(student, key),
    }
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/service/condition.html", context, status=status)


@require_http_methods(["GET", "POST"])
def contract_condition_forget(request: PersonRequest, ref: str, key: str) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    row = _row_or_404(request, student, key)
    aim = Aim(
        thing=row,
        named={"ref": ref, "key": key},
        about=student.full_name,
        detail=localized(row.said.words),
        back=_back(student, key),
    )
    return perform(request, FORGET, aim)


def _row_or_404(request: PersonRequest, student: StudentFile, key: str) -> ConditionRow:
    """A condition that concerns the student, and of which the person may say something."""
    handles = bool(can_handle(request.user, student.year))
    rows = condition_rows(student, handles=handles, heads=bool(can_agree(request.user, student)))
    row = next((row for row in rows if row.key == key and row.may_say), None)
    if row is None:
        raise Http404
    return row


def _back(student: StudentFile, key: str) -> str:
    return f"{reverse('contract_student', kwargs={'ref': student.ref})}#condition-{key}"
