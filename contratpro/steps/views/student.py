"""The steps of one student, under /admin/contrat-pro/students/<ref>/steps/: each act on its own page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.formats import localized
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import StudentFile
from contratpro.states import LIVE_STUDENTS, StudentState
from contratpro.steps.forms import OnePointsForm, OverrideForm, StepDoneForm
from contratpro.steps.permissions import can_declare
from contratpro.steps.presentation.acts import (
    before_declaring,
    before_marking,
    before_reopening,
    before_returning,
)
from contratpro.steps.presentation.lines import StepLine, mark_sheet, step_lines, step_title
from contratpro.steps.rules import StepPaper, StepPhase, may_reopen, may_return, may_say
from contratpro.steps.selectors import papers_of, scale_for, student_with_steps, today_of
from contratpro.steps.services import (
    declare_by_hand,
    lift_override,
    mark_step,
    override_mark,
    reopen_step,
    return_step,
)
from contratpro.students.permissions import can_handle, readable_students
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, Typed, ask_why, perform

WAITING = frozenset({StepPhase.LATER, StepPhase.OPEN, StepPhase.OVERDUE})


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step with the acts that whoever reads it may do."""

    line: StepLine
    declare: bool
    report: bool
    mark: bool
    give_back: bool
    reopen: bool


@require_safe
def student_steps(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = followed_or_404(request.user, ref)
    lines = step_lines(student, request.received_at)
    may_handle = bool(can_handle(request.user, student.year))
    own = None if may_handle else papers_of(student)
    context = {
        "student": student,
        "year": student.year,
        "offered": [_offered(request.user, student, line, own) for line in lines],
        "sheet": mark_sheet(student, lines, today_of(student.year, request.received_at)),
        "may_handle": may_handle,
    }
    return render(request, "contratpro/steps/student.html", context)


def followed_or_404(user: User, ref: str) -> StudentFile:
    """For those who do not work with the student, the file does not exist."""
    student = student_with_steps(ref)
    if student is None:
        raise Http404
    if not readable_students(user, student.year).filter(pk=student.pk).exists():
        raise Http404
    return student


def _offered(
    user: User, student: StudentFile, line: StepLine, papers: Mapping[str, StepPaper] | None
) -> OfferedStep:
    """To the office, which no papers keep from anything, and to those whom they do."""
    handles = papers is None
    is_live = student.state in LIVE_STUDENTS
    may_mark = student.state is not StudentState.WITHDRAWN
    waits = is_live and line.phase in WAITING
    is_incident = bool(line.said.if_happened)
    has_scale = line.said.scale is not None
    return OfferedStep(
        line=line,
        declare=waits and not is_incident and _may_declare(user, student, line, papers),
        report=is_live and is_incident and _may_declare(user, student, line, papers),
        mark=handles and may_mark and has_scale,
        give_back=handles and bool(may_return(line.standing)),
        reopen=handles and bool(may_reopen(line.standing)),
    )


def _may_declare(
    user: User, student: StudentFile, line: StepLine, papers: Mapping[str, StepPaper] | None
) -> bool:
    """Nobody but the office, where a paper declares it."""
    paper = papers.get(line.key) if papers else None
    if paper and not may_say(paper, as_student=False):
        return False
    return bool(can_declare(user, student, line.said.who))


@require_http_methods(["GET", "POST"])
def declare(request: PersonRequest, ref: str, key: str) -> HttpResponseBase:
    """A step in which the person acts; the office, any."""
    student = followed_or_404(request.user, ref)
    line = _line_or_404(request, student, key)
    handles = can_handle(request.user, student.year)
    if not _may_declare(request.user, student, line, None if handles else papers_of(student)):
        raise Http404
    if line.said.if_happened:
        return redirect("student_incidents", ref=ref)
    return perform(request, DECLARE, _aim(student, line))


@require_http_methods(["GET", "POST"])
def step_act(request: PersonRequest, ref: str, key: str, act: Act[StepLine]) -> HttpResponseBase:
    """What the office does with a step."""
    student = _handled_or_404(request.user, ref)
    return perform(request, act, _aim(student, _line_or_404(request, student, key)))


@require_http_methods(["GET", "POST"])
def mark_act(request: PersonRequest, ref: str, act: Act[StudentFile]) -> HttpResponseBase:
    """What the office does with the mark of the conduct."""
    student = _handled_or_404(request.user, ref)
    aim = Aim(
        thing=student,
        named={"student": student},
        about=student.full_name,
        back=reverse("student_steps", kwargs={"ref": student.ref}),
        detail=localized(student.year.title),
    )
    return perform(request, act, aim)


def _handled_or_404(user: User, ref: str) -> StudentFile:
    student = followed_or_404(user, ref)
    if not can_handle(user, student.year):
        raise Http404
    return student


def _line_or_404(request: PersonRequest, student: StudentFile, key: str) -> StepLine:
    """A step that the year has, and that concerns the student."""
    for line in step_lines(student, request.received_at):
        if line.key == key:
            return line
    raise Http404


def _aim(student: StudentFile, line: StepLine) -> Aim[StepLine]:
    return Aim(
        thing=line,
        named={"student": student, "key": line.key},
        about=student.full_name,
        back=reverse("student_steps", kwargs={"ref": student.ref}),
        detail=step_title(year_now(student.year), line.key),
    )


def _against_marking(line: StepLine) -> Verdict:
    return ALLOWED if line.said.scale else refused("step_without_scale")


def _points_form(line: StepLine, typed: Typed) -> OnePointsForm:
    top = line.said.scale.top if line.said.scale else 0
    return OnePointsForm(typed, top=top, declared=line.phase not in WAITING)


_why = ask_why(help_text=gettext_lazy("It is kept, and the student reads it."))
DECLARE = Act[StepLine](
    command=declare_by_hand,
    title=gettext_lazy("Declare a step"),
    button=gettext_lazy("Put on record as done"),
    done=gettext_lazy("The step is on record as done."),
    says=before_declaring,
    form=lambda _line, typed: StepDoneForm(typed),
)
MARK = Act[StepLine](
    command=mark_step,
    title=gettext_lazy("Give points"),
    button=gettext_lazy("Give these points"),
    done=gettext_lazy("The points are given."),
    says=before_marking,
    form=_points_form,
    against=_against_marking,
)
RETURN = Act[StepLine](
    command=return_step,
    title=gettext_lazy("Return a step"),
    button=gettext_lazy("Return to the student"),
    done=gettext_lazy("The step is to do again."),
    says=before_returning,
    form=_why,
    against=lambda line: may_return(line.standing),
    danger=True,
)
REOPEN = Act[StepLine](
    command=reopen_step,
    title=gettext_lazy("Take points back"),
    button=gettext_lazy("Take the points back"),
    done=gettext_lazy("The points are taken back: the step is to do again."),
    says=before_reopening,
    form=_why,
    against=lambda line: may_reopen(line.standing),
    danger=True,
)
OVERRIDE = Act[StudentFile](
    command=override_mark,
    title=gettext_lazy("Give another mark of conduct"),
    button=gettext_lazy("Give this mark"),
    done=gettext_lazy("The mark is given."),
    says=lambda _student: [
        _("It stands in place of what the steps earn, whatever is marked afterwards."),
        _("The student sees the mark and the reason at once."),
    ],
    form=lambda student, typed: OverrideForm(typed, out_of=scale_for(student).out_of),
)
LIFT = Act[StudentFile](
    command=lift_override,
    title=gettext_lazy("Let the steps make the mark again"),
    button=gettext_lazy("Take the given mark back"),
    done=gettext_lazy("The steps make the mark again."),
    says=lambda _student: [_("The given mark and its reason are no longer shown.")],
    form=_why,
)
