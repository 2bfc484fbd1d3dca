"""The steps of a cohort, under /admin/contrat-pro/<year>/steps/, and one act for those who were ticked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.formats import localized
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import ContractYear, StudentFile
from contratpro.states import StudentState
from contratpro.steps.forms import GridFilter, PointsForm, StepDoneForm
from contratpro.steps.presentation.acts import before_many, declared_counts, marked_counts
from contratpro.steps.presentation.grid import grid_rows, in_columns, shown_signs
from contratpro.steps.presentation.lines import step_title
from contratpro.steps.rules import StepPhase
from contratpro.steps.selectors import (
    ChosenStep,
    StudentProgress,
    cohort,
    of_a_page,
    ticked,
    to_mark,
)
from contratpro.steps.services import declare_steps, mark_steps
from contratpro.students.permissions import (
    can_handle,
    readable_students,
    said_of_reader,
)
from contratpro.students.requests import year_or_404
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, perform

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Lateness:
    """The cohort at a glance, whatever the filter shows of it."""

    students: int
    late: int
    to_mark: int


@require_safe
def step_grid(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """Students × steps: all of those whom the person works with, or those that a filter leaves."""
    year = year_or_404(request.user, year_slug)
    said = year_now(year)
    filters = GridFilter(request.GET, said)
    everyone = cohort(_followed(request.user, year), year, request.received_at)
    found = _filtered(everyone, filters, _options_of(request.user, year, filters))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "year": year,
        "filters": filters,
        "page": page,
        "query": asked.urlencode(),
        "count": len(found),
        "lateness": _lateness(everyone),
        "columns": in_columns(said),
        "steps": [(key, step_title(said, key)) for key in said.steps],
        "signs": shown_signs(),
        "rows": grid_rows(of_a_page(page.object_list), said),
        **said_of_reader(request.user, year),
        "all_ticked": request.GET.get("ticked") == "all",
    }
    return render(request, "contratpro/steps/grid.html", context)


def _followed(user: User, year: ContractYear) -> QuerySet[StudentFile]:
    return readable_students(user, year).exclude(state=StudentState.WITHDRAWN)


def _options_of(user: User, year: ContractYear, filters: GridFilter) -> frozenset[int] | None:
    """The students of the option that is asked for; none said, all of them."""
    option = filters.asked("option")
    if not option:
        return None
    return frozenset(_followed(user, year).filter(option=option).values_list("pk", flat=True))


def _filtered(
    everyone: Sequence[StudentProgress], filters: GridFilter, option: frozenset[int] | None
) -> list[StudentProgress]:
    department, step = filters.asked("department"), filters.asked("step")
    phase, who, late = filters.asked("phase"), filters.asked("who"), filters.asked("late")
    return [
        one
        for one in everyone
        if department in {"", one.department}
        and (option is None or one.student_id in option)
        and (not (phase or who) or one.has_step(step, phase, who))
        and (not late or _is_late(one, step))
    ]


def _is_late(one: StudentProgress, step: str) -> bool:
    return step in one.late if step else bool(one.late)


def _lateness(everyone: Sequence[StudentProgress]) -> Lateness:
    late = waiting = 0
    for one in everyone:
        late += StepPhase.OVERDUE in one.phases()
        waiting += bool(to_mark(one))
    return Lateness(students=len(everyone), late=late, to_mark=waiting)


@require_http_methods(["GET", "POST"])
def many_act(request: PersonRequest, year_slug: str, act: Act[ChosenStep]) -> HttpResponseBase:
    """One act for the students that are ticked; their references and the step are in the address."""
    year = year_or_404(request.user, year_slug)
    if not can_handle(request.user, year):
        raise Http404
    chosen = _chosen(request, year)
    aim = Aim(
        thing=chosen,
        named={
            "year": year,
            "refs": [student.ref for student in chosen.students],
            "key": chosen.key,
        },
        about=_("Steps of the students"),
        back=reverse("contract_steps", kwargs={"year_slug": year.slug}),
        detail=localized(year.title),
    )
    return perform(request, act, aim)


def _chosen(request: PersonRequest, year: ContractYear) -> ChosenStep:
    said, key = year_now(year), request.GET.get("step", "")
    if key not in said.steps:
        raise Http404
    scale = said.steps[key].scale
    return ChosenStep(
        year=year,
        key=key,
        title=step_title(said, key),
        top=scale.top if scale else None,
        students=ticked(_followed(request.user, year), request.GET.getlist("student")),
    )


def _against(chosen: ChosenStep) -> Verdict:
    return ALLOWED if chosen.students else refused("nobody_ticked")


def _against_marking(chosen: ChosenStep) -> Verdict:
    return refused("step_without_scale") if chosen.top is None else _against(chosen)


DECLARE_MANY = Act[ChosenStep](
    command=declare_steps,
    title=gettext_lazy("Declare a step for several students"),
    button=gettext_lazy("Put on record as done"),
    done=gettext_lazy("The step is on record as done."),
    says=before_many,
    counts=declared_counts,
    form=lambda _chosen, typed: StepDoneForm(typed),
    against=_against,
    template="contratpro/steps/many.html",
)
MARK_MANY = replace(
    DECLARE_MANY,
    command=mark_steps,
    title=gettext_lazy("Give the same points to several students"),
    button=gettext_lazy("Give these points"),
    done=gettext_lazy("The points are given."),
    counts=marked_counts,
    form=lambda chosen, typed: PointsForm(typed, top=chosen.top or 0),
    against=_against_marking,
)
