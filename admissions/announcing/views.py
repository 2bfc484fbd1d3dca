"""Rectifying what was announced: the president says what it should have been, somebody else confirms."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from accounts.selectors import schools_of
from admissions.announcing.forms import RectificationForm, ToldMarkForm
from admissions.announcing.permissions import can_confirm_rectification
from admissions.announcing.presentation import before_confirming
from admissions.announcing.rules import may_confirm, may_rectify
from admissions.announcing.selectors.rectifications import (
    announced_at,
    marks_behind,
    proposed_for,
    to_confirm,
    told_of,
    whole,
)
from admissions.announcing.services.rectifying import (
    confirm_rectification,
    correct_told_mark,
    give_up_rectification,
    propose_rectification,
)
from admissions.jury.selectors.jury_tests import jury_tests_of
from admissions.jury.views.lists import Table, table_or_404
from admissions.models.sealed import Decision, Rectification
from campaigns.calendar.permissions import ARMING
from common.formats import localized
from common.forms import attempt
from common.refusals import DomainError, say
from screens.acts import Act, Agreed, Aim, perform

PER_PAGE = 50


@require_safe
def announced(request: PersonRequest, slug: str, selection: str, stage: str) -> HttpResponseBase:
    """What was told at a stage, by name."""
    table = _presided(request, slug, selection, stage)
    words = request.GET.get("q", "")
    page = Paginator(announced_at(table.bench, table.stage, words), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"table": table, "page": page, "words": words, "query": f"q={words}" if words else ""}
    return render(request, "admissions/announcing/announced.html", context)


@require_http_methods(["GET", "POST"])
def rectify(
    request: PersonRequest, slug: str, selection: str, stage: str, candidacy_ref: str
) -> HttpResponseBase:
    """What was announced, and a form for what it should have been."""
    table = _presided(request, slug, selection, stage)
    decision = _decision_or_404(table, candidacy_ref)
    form = _rectification_form(table, decision, request.POST or None)
    if request.method == "POST" and form.is_valid():
        proposing = partial(
            propose_rectification, candidacy_ref=candidacy_ref, stage_key=table.stage.key
        )
        if attempt(
            form, partial(proposing, **form.proposed, actor=request.user, now=request.received_at)
        ):
            messages.success(
                request,
                _("Proposed. Nothing changes before somebody else confirms it: they are told."),
            )
            return redirect(request.path)
    return _rectify_page(request, table, decision, form)


@require_http_methods(["GET", "POST"])
def told_mark(
    request: PersonRequest, slug: str, selection: str, stage: str, candidacy_ref: str, mark: int
) -> HttpResponseBase:
    """Put right a mark behind what was announced. A GET, as after a new sign-in, goes to the page of the decision."""
    table = _presided(request, slug, selection, stage)
    decision = _decision_or_404(table, candidacy_ref)
    row = marks_behind(decision).filter(pk=mark).first()
    if row is None:
        raise Http404
    back = redirect(table.address("jury_rectify", candidacy_ref=candidacy_ref))
    if request.method == "GET":
        return back
    form = ToldMarkForm(request.POST, row=row)
    correcting = partial(
        correct_told_mark,
        candidacy_ref=candidacy_ref,
        stage_key=table.stage.key,
        mark_id=mark,
        actor=request.user,
        now=request.received_at,
    )
    if form.is_valid() and attempt(
        form, lambda: correcting(hundredths=form.given["hundredths"]), "mark"
    ):
        messages.success(
            request,
            _("The mark is put right. The answer that was told stands until it is rectified."),
        )
        return back
    return _rectify_page(request, table, decision, _rectification_form(table, decision), form)


@require_safe
def rectifications(request: PersonRequest) -> HttpResponseBase:
    """What waits to be confirmed."""
    if not schools_of(request.user, *ARMING).exists():
        raise Http404
    return render(
        request,
        "admissions/announcing/rectifications.html",
        {"rows": to_confirm(request.user)[:PER_PAGE]},
    )


@require_http_methods(["GET", "POST"])
def rectification(request: PersonRequest, rectification_ref: str) -> HttpResponseBase:
    """What was told, what it should have been, and the button for somebody else than who proposed it."""
    row = _to_settle(request, rectification_ref)
    candidacy = row.decision.candidacy
    stage, programme = localized(row.decision.stage.label), localized(candidacy.programme.title)
    aim = Aim(
        thing=row,
        named={"ref": row.ref},
        about=candidacy.application.full_name or candidacy.ref,
        back=reverse("rectifications"),
        detail=f"{programme} · {stage}",
    )
    return perform(request, CONFIRM, aim)


@require_http_methods(["GET", "POST"])
def give_up(request: PersonRequest, rectification_ref: str) -> HttpResponseBase:
    """A GET, as after a new sign-in, goes to its page."""
    row = _to_settle(request, rectification_ref)
    if request.method == "POST":
        try:
            give_up_rectification(ref=row.ref, actor=request.user, now=request.received_at)
        except DomainError as error:
            messages.error(request, say(error.refusals[0]))
        else:
            messages.success(request, _("Given up: what was announced stands."))
            return redirect("rectifications")
    return redirect("rectification", rectification_ref=row.ref)


def _decision_or_404(table: Table, candidacy_ref: str) -> Decision:
    rows = announced_at(table.bench, table.stage)
    decision: Decision | None = rows.filter(candidacy__ref=candidacy_ref).first()
    if decision is None:
        raise Http404
    decision.stage = table.stage
    return decision


def _rectification_form(table: Table, decision: Decision, data: Any = None) -> RectificationForm:
    return RectificationForm(data, stage=table.stage, initial=_initial(proposed_for(decision)))


def _rectify_page(
    request: PersonRequest,
    table: Table,
    decision: Decision,
    form: RectificationForm,
    refused: ToldMarkForm | None = None,
) -> HttpResponseBase:
    against = may_rectify(told_of(decision.candidacy, decision)).refusals
    marks = [
        refused if refused and refused.row.pk == row.pk else ToldMarkForm(row=row)
        for row in marks_behind(decision)
    ]
    context = {
        "table": table,
        "decision": decision,
        "proposed": proposed_for(decision),
        "form": form,
        "marks": marks,
        "against": [say(refusal) for refusal in against],
    }
    status = 422 if form.errors or refused else 200
    return render(request, "admissions/announcing/rectify.html", context, status=status)


def _presided(request: PersonRequest, slug: str, selection: str, stage: str) -> Table:
    table = table_or_404(request, slug, selection, stage)
    if not table.bench.presided:
        raise Http404
    return table


def _initial(proposed: Rectification | None) -> dict[str, object]:
    if proposed is None:
        return {}
    key = proposed.outcome.key
    return {
        "outcome": key,
        "assessments": [f"{key}/{test}" for test in proposed.assessments],
        "jury_tests": jury_tests_of(proposed),
        "note": proposed.reason,
    }


def _to_settle(request: PersonRequest, ref: str) -> Rectification:
    row = whole(Rectification.objects.filter(ref=ref)).first()
    if row is None or not can_confirm_rectification(request.user, row.decision.candidacy):
        raise Http404
    return row


CONFIRM = Act[Rectification](
    command=confirm_rectification,
    title=gettext_lazy("Rectification"),
    button=gettext_lazy("Confirm, and tell the candidate"),
    done=gettext_lazy("Confirmed: the candidate is told at once."),
    question=lambda _row: _("Rectify the answer"),
    says=before_confirming,
    against=lambda row: may_confirm(row.state),
    agreed=lambda row: Agreed(row.proposed_by_id),
    danger=True,
    template="admissions/announcing/rectification.html",
)
