"""A student's own file, under /contrat-pro/: where they stand, who they are. For anyone else it does not exist."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import attempt
from common.refusals import say
from common.rules import Verdict
from contratpro.models import StudentFile
from contratpro.steps.rules import UNCONFIRMED
from contratpro.steps.selectors import today_of
from contratpro.student.forms import CircumstancesForm, OwnIdentityForm
from contratpro.student.permissions import can_claim
from contratpro.student.presentation import cockpit
from contratpro.student.rules import may_change_identity
from contratpro.student.selectors import file_by_ref, identity_of, own_files
from contratpro.student.services.own import confirm_identity, tell_circumstances
from contratpro.students.permissions import can_act_as_student
from contratpro.students.selectors import latest_papers
from contratpro.year.selectors import year_now


@require_safe
def own_list(request: PersonRequest) -> HttpResponseBase:
    """One's files; whoever has one alone is led to it."""
    rows = list(own_files(request.user))
    if len(rows) == 1:
        return redirect("contract_file", ref=rows[0].ref)
    return render(request, "contratpro/student/files.html", {"files": rows})


@require_safe
def own_file(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The cockpit; before one has said who one is, the page that asks it."""
    student = claimable_or_404(request.user, ref)
    if student.user_id is None or student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    page = cockpit(student, request.received_at)
    return render(request, "contratpro/student/cockpit.html", {"page": page, "student": student})


@require_http_methods(["GET", "POST"])
def identity(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Who the student is. The first time, the file becomes that of the account."""
    student = claimable_or_404(request.user, ref)
    may = may_change_identity(student.state)
    form = OwnIdentityForm(
        request.POST or None,
        initial=identity_of(student, request.user),
        today=today_of(student.year, request.received_at),
    )
    if request.method == "POST" and form.is_valid():
        confirming = partial(
            confirm_identity,
            student=student,
            identity=form.identity,
            actor=request.user,
            now=request.received_at,
        )
        if attempt(form, confirming):
            messages.success(request, _("Your identity is confirmed."))
            return redirect("contract_circumstances", ref=ref)
    context = _context(student, may) | {"form": form}
    return _answer(request, "contratpro/student/identity.html", context)


@require_http_methods(["GET", "POST"])
def circumstances(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What makes conditions and warnings concern the student."""
    student = own_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    may = may_change_identity(student.state)
    form = CircumstancesForm(
        request.POST or None,
        initial={
            "grant_holder": student.grant_holder,
            "long_internship": student.long_internship,
        },
        months=year_now(student.year).limits.internship_months,
    )
    if request.method == "POST" and form.is_valid():
        telling = partial(
            tell_circumstances,
            student=student,
            **form.cleaned_data,
            actor=request.user,
            now=request.received_at,
        )
        if attempt(form, telling):
            messages.success(request, _("Your answers are kept."))
            return redirect("contract_file", ref=ref)
    context = _context(student, may) | {"form": form}
    return _answer(request, "contratpro/student/circumstances.html", context)


@require_safe
def paper(request: PersonRequest, ref: str, paper_ref: str) -> HttpResponseBase:
    """The latest version of a paper to fill in."""
    student = own_or_404(request.user, ref)
    template = latest_papers(student.year).filter(ref=paper_ref).first()
    if template is None:
        raise Http404
    return serve_file(template.file)


def claimable_or_404(user: User, ref: str) -> StudentFile:
    """One's own file, or one that was sent to an address that one proved."""
    student = file_by_ref(ref)
    if student is None:
        raise Http404
    if not can_act_as_student(user, student) and not can_claim(user, student):
        raise Http404
    return student


def own_or_404(user: User, ref: str) -> StudentFile:
    student = file_by_ref(ref)
    if student is None or not can_act_as_student(user, student):
        raise Http404
    return student


def _context(student: StudentFile, may: Verdict) -> dict[str, object]:
    said = year_now(student.year)
    department = said.departments.get(student.department)
    return {
        "student": student,
        "said": said,
        "locked": [say(one) for one in may.refusals],
        "department": department.title if department else student.department,
    }


def _answer(request: PersonRequest, template: str, context: dict[str, object]) -> HttpResponseBase:
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)
