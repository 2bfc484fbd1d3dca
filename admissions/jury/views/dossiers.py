"""A candidacy before its jury, and what is decided on it: one address per intent."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from admissions.dossier.requests import View
from admissions.jury.forms import DecisionForm, JuryTestForm, MarkForm
from admissions.jury.presentation import before_declaring_a_conflict
from admissions.jury.rules import rates_french
from admissions.jury.selectors.candidacies import announcements, at_stage
from admissions.jury.selectors.dossiers import AssessmentRow, Study, study_of
from admissions.jury.selectors.jury_tests import jury_tests_of
from admissions.jury.services.decisions import (
    give_mark,
    propose_decision,
    record_decision,
    token,
    undo_decision,
)
from admissions.jury.services.members import declare_conflict
from admissions.jury.services.sittings import plan_sitting, record_presence, unplan_sitting
from admissions.jury.views.lists import Table, table_or_404
from admissions.models import Candidacy
from admissions.models.sealed import Sitting
from admissions.states import SittingAction
from campaigns.calendar.presentation.stated import said_to_jury
from campaigns.models import Assessment
from common.forms import attempt
from common.refusals import DomainError, say
from screens.acts import Act, Aim, perform


def of_candidacy(act: View) -> View:
    """A command on a candidacy. A GET, as after a new sign-in, goes to its page."""

    @require_http_methods(["GET", "POST"])
    @wraps(act)
    def view(
        request: PersonRequest,
        slug: str,
        selection: str,
        stage: str,
        candidacy_ref: str,
        **words: str,
    ) -> HttpResponseBase:
        table = table_or_404(request, slug, selection, stage)
        candidacy = at_stage(table.bench, table.stage).filter(ref=candidacy_ref).first()
        if candidacy is None:
            raise Http404
        if request.method == "GET":
            return redirect(table.address("jury_dossier", candidacy_ref=candidacy_ref))
        return act(request, table, candidacy, **words)

    return view


@require_safe
def study(
    request: PersonRequest, slug: str, selection: str, stage: str, candidacy_ref: str
) -> HttpResponseBase:
    return _page(request, table_or_404(request, slug, selection, stage), candidacy_ref)


@of_candidacy
def propose(request: PersonRequest, table: Table, candidacy: Candidacy) -> HttpResponseBase:
    said = _("Proposed for %(name)s: %(outcome)s.")
    return _decide(request, table, candidacy, propose_decision, said)


@of_candidacy
def record(request: PersonRequest, table: Table, candidacy: Candidacy) -> HttpResponseBase:
    said = _("Recorded for %(name)s: %(outcome)s.")
    return _decide(request, table, candidacy, record_decision, said)


@of_candidacy
def undo(request: PersonRequest, table: Table, candidacy: Candidacy) -> HttpResponseBase:
    undo_decision(candidacy_ref=candidacy.ref, actor=request.user, now=request.received_at)
    messages.success(request, _("Undone: this candidacy is to be decided again."))
    return redirect(table.address("jury_dossier", candidacy_ref=candidacy.ref))


@of_candidacy
def mark(
    request: PersonRequest, table: Table, candidacy: Candidacy, assessment: str
) -> HttpResponseBase:
    test = table.stage.assessments.filter(key=assessment).first()
    if test is None:
        raise Http404
    which = _which(request, candidacy, assessment)
    form = _mark_form(test, candidacy, None, request.POST)
    if form.is_valid() and attempt(form, partial(give_mark, **form.given, **which), "mark"):
        messages.success(request, _("Your mark is kept."))
        return _back(table, candidacy)
    return _page(request, table, candidacy.ref, mark_form=((assessment, which["nature"]), form))


@of_candidacy
def plan(
    request: PersonRequest, table: Table, candidacy: Candidacy, assessment: str
) -> HttpResponseBase:
    test = table.stage.assessments.filter(key=assessment, several=True).first()
    said = _("Planned: the candidate will be told with the announcement.")
    planning = partial(plan_sitting, **_who(request, candidacy, assessment))
    if test is None:
        return _attempt(request, table, candidacy, planning, said)
    form = JuryTestForm(request.POST, test=test, auto_id=f"{assessment}-%s")
    if form.is_valid():
        jury_test = form.described
        if attempt(form, partial(planning, nature=jury_test.nature, medium=jury_test.medium)):
            messages.success(request, said)
            return _back(table, candidacy)
    return _page(request, table, candidacy.ref, plan_form=form)


@of_candidacy
def unplan(
    request: PersonRequest, table: Table, candidacy: Candidacy, assessment: str
) -> HttpResponseBase:
    taking_back = partial(unplan_sitting, **_which(request, candidacy, assessment))
    return _attempt(
        request, table, candidacy, taking_back, _("Taken back: the candidate will not be called.")
    )


@of_candidacy
def presence(
    request: PersonRequest, table: Table, candidacy: Candidacy, assessment: str, presence: str
) -> HttpResponseBase:
    if presence not in {SittingAction.SIT, SittingAction.MISS, SittingAction.EXCUSE}:
        raise Http404
    noting = partial(
        record_presence, presence=SittingAction(presence), **_which(request, candidacy, assessment)
    )
    return _attempt(request, table, candidacy, noting, _("The presence is noted."))


@require_http_methods(["GET", "POST"])
def conflict(
    request: PersonRequest, slug: str, selection: str, stage: str, candidacy_ref: str
) -> HttpResponseBase:
    """Then on to the next that waits for a decision: this one is no longer to be seen."""
    table = table_or_404(request, slug, selection, stage)
    study = _study_or_404(request, table, candidacy_ref)
    aim = Aim(
        thing=study,
        named={"candidacy_ref": candidacy_ref},
        about=study.dossier.application.full_name or candidacy_ref,
        back=table.address("jury_dossier", candidacy_ref=candidacy_ref),
        then=_onwards(table, table.next_to_decide(study.candidacy)),
    )
    return perform(request, DECLARE_CONFLICT, aim)


DECLARE_CONFLICT = Act[Study](
    command=declare_conflict,
    title=gettext_lazy("I know this person"),
    button=gettext_lazy("Declare a conflict of interest"),
    done=gettext_lazy("Noted: you no longer see this application."),
    question=lambda _study: _("Leave this application to others"),
    says=before_declaring_a_conflict,
    danger=True,
)


def _decide(
    request: PersonRequest,
    table: Table,
    candidacy: Candidacy,
    command: Callable[..., Any],
    said: str,
) -> HttpResponseBase:
    """Then on to the next that waits for a decision."""
    form = DecisionForm(request.POST, stage=table.stage)
    if form.is_valid():
        after = table.next_to_decide(candidacy)
        deciding = partial(
            command,
            candidacy_ref=candidacy.ref,
            actor=request.user,
            now=request.received_at,
            **form.chosen,
        )
        if attempt(form, deciding):
            outcome = dict(form.fields["outcome"].choices)[form.cleaned_data["outcome"]]  # type: ignore[attr-defined]
            messages.success(
                request, said % {"name": candidacy.application.full_name, "outcome": outcome}
            )
            return redirect(_onwards(table, after))
    return _page(request, table, candidacy.ref, form=form)


def _onwards(table: Table, after: str | None) -> str:
    if after:
        return table.address("jury_dossier", candidacy_ref=after)
    return table.address("jury_stage")


def _attempt(
    request: PersonRequest,
    table: Table,
    candidacy: Candidacy,
    command: Callable[[], Any],
    said: str,
) -> HttpResponseBase:
    """A command without a form: what is refused is told on the page."""
    try:
        command()
    except DomainError as error:
        for refusal in error.refusals:
            messages.error(request, say(refusal))
    else:
        messages.success(request, said)
    return _back(table, candidacy)


def _back(table: Table, candidacy: Candidacy) -> HttpResponseBase:
    return redirect(table.address("jury_dossier", candidacy_ref=candidacy.ref) + "#tests")


def _who(request: PersonRequest, candidacy: Candidacy, assessment: str) -> dict[str, Any]:
    return {
        "candidacy_ref": candidacy.ref,
        "assessment_key": assessment,
        "actor": request.user,
        "now": request.received_at,
    }


def _which(request: PersonRequest, candidacy: Candidacy, assessment: str) -> dict[str, Any]:
    """The same, with which it is of several."""
    return {**_who(request, candidacy, assessment), "nature": request.POST.get("nature", "")}


def _study_or_404(request: PersonRequest, table: Table, ref: str) -> Study:
    shown = study_of(table.bench, table.stage, ref, request.received_at)
    if shown is None:
        raise Http404
    return shown


def _page(
    request: PersonRequest,
    table: Table,
    ref: str,
    *,
    form: DecisionForm | None = None,
    mark_form: tuple[tuple[str, str], MarkForm] | None = None,
    plan_form: JuryTestForm | None = None,
) -> HttpResponseBase:
    shown = _study_or_404(request, table, ref)
    binding = shown.dossier.notice
    context = {
        "table": table,
        "study": shown,
        "stated": said_to_jury(binding, binding.programme(shown.programme.code)),
        "place": table.place(ref),
        "count": table.rows.count(),
        "form": form or DecisionForm(stage=table.stage, initial=_standing(shown)),
        "runs": announcements([table.stage]),
        "tests": [
            (row, _form_of(row, shown.candidacy, mark_form), _plan_form(row.assessment, plan_form))
            for row in shown.tests
        ],
    }
    refused = form is not None or mark_form is not None or plan_form is not None
    return render(request, "admissions/jury/study.html", context, status=422 if refused else 200)


def _standing(shown: Study) -> dict[str, Any]:
    """The form as what stands would fill it."""
    decision = shown.standing
    if decision is None:
        return {"seen": token(None)}
    key = decision.outcome.key
    return {
        "outcome": key,
        "assessments": [f"{key}/{test}" for test in decision.assessments],
        "jury_tests": jury_tests_of(decision),
        "note": shown.note,
        "seen": token(decision),
    }


def _plan_form(assessment: Assessment, refused: JuryTestForm | None) -> JuryTestForm:
    if refused and refused.test.pk == assessment.pk:
        return refused
    return JuryTestForm(test=assessment, auto_id=f"{assessment.key}-%s")


def _form_of(
    row: AssessmentRow,
    candidacy: Candidacy,
    refused: tuple[tuple[str, str], MarkForm] | None,
) -> MarkForm:
    if refused and refused[0] == (row.assessment.key, row.nature):
        refused[1].auto_id = _mark_ids(row.assessment, row.sitting)
        return refused[1]
    known = {"mark": row.own.hundredths / 100, "french": row.own.french} if row.own else {}
    return _mark_form(row.assessment, candidacy, row.sitting, initial=known)


def _mark_form(
    assessment: Assessment,
    candidacy: Candidacy,
    sitting: Sitting | None,
    data: Any = None,
    **options: Any,
) -> MarkForm:
    mother_tongue = candidacy.application.french_mother_tongue
    return MarkForm(
        data,
        auto_id=_mark_ids(assessment, sitting),
        scale=assessment.scale,
        rates_french=rates_french(assessment.rates_french, mother_tongue),
        **options,
    )


def _mark_ids(assessment: Assessment, sitting: Sitting | None) -> str:
    """Of several, each has its own, however much alike their natures are written."""
    return (
        f"{assessment.key}-{sitting.ref}-%s"
        if sitting and sitting.nature
        else f"{assessment.key}-%s"
    )
