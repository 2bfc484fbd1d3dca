"""The file of one student, under /admin/contrat-pro/students/<ref>/, and one page for each act on it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import REASON_LENGTH, attempt
from common.rules import Verdict
from contratpro.agreements.selectors import has_signed_contract
from contratpro.models import StudentFile
from contratpro.service import presentation
from contratpro.service.forms.students import OtherTutorForm, StudentChangeForm, TutorForm
from contratpro.service.presentation import STUDENT_SIGNS, against, condition_rows, paper_signs
from contratpro.service.services import accept_project, refuse_project
from contratpro.states import LIVE_STUDENTS, StudentState
from contratpro.students.permissions import can_agree, can_handle, can_name_tutor
from contratpro.students.requests import handled_student_or_404, student_or_404
from contratpro.students.rules import file_seen, may_answer, may_refuse
from contratpro.students.selectors import said_of
from contratpro.students.services.cohort import change_student
from contratpro.students.services.following import (
    invite_students,
    name_tutor,
    reopen_student,
    withdraw_student,
)
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, ask_why, perform


@require_safe
def contract_student(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    handles = bool(can_handle(request.user, student.year))
    is_live = student.state in LIVE_STUDENTS
    heads = bool(can_agree(request.user, student))
    said = year_now(student.year)
    context = {
        "student": student,
        "year": student.year,
        "said": said,
        "sign": STUDENT_SIGNS[student.state],
        "department": said.departments[student.department].title,
        "option": _option_title(student),
        "conditions": condition_rows(student, handles=handles and is_live, heads=heads and is_live),
        "against": against(student),
        "may_handle": handles,
        "may_name_tutor": is_live and (handles or heads),
        "may_answer": handles and bool(may_answer(student.state)),
        "is_live": is_live,
        "papers": paper_signs(student),
        "is_listed": student.state is StudentState.LISTED,
    }
    return render(request, "contratpro/service/student.html", context)


def _option_title(student: StudentFile) -> object:
    track = year_now(student.year).curriculum.tracks.get(student.department)
    option = track.options.get(student.option) if track else None
    return option.title if option else student.option


@require_http_methods(["GET", "POST"])
def contract_student_change(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = handled_student_or_404(request.user, ref)
    said = said_of(student)
    form = StudentChangeForm(
        request.POST if request.method == "POST" else None,
        said=year_now(student.year),
        now=request.received_at,
        initial={**said, "seen": file_seen(said)},
    )
    if form.is_valid() and attempt(form, lambda: _change(request, student, form)):
        messages.success(request, _("The file is changed."))
        return redirect("contract_student", ref=ref)
    context = {"student": student, "year": student.year, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/service/student_change.html", context, status=status)


def _change(request: PersonRequest, student: StudentFile, form: StudentChangeForm) -> None:
    change_student(
        ref=student.ref,
        said=form.typed,
        seen=form.cleaned_data["seen"],
        actor=request.user,
        now=request.received_at,
    )


@require_http_methods(["GET", "POST"])
def student_act(request: PersonRequest, ref: str, act: Act[StudentFile]) -> HttpResponseBase:
    """What is said before it is done, each at its own address."""
    student = handled_student_or_404(request.user, ref)
    named: dict[str, object] = {"ref": ref}
    if act is INVITE_ONE:
        named = {"slug": student.year.slug, "refs": [ref]}
    return perform(request, act, _aim(student, named))


@require_http_methods(["GET", "POST"])
def contract_student_tutor(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The heads name the tutor of their students, or the office for them."""
    student = student_or_404(request.user, ref)
    if not can_name_tutor(request.user, student):
        raise Http404
    return perform(request, TUTOR, _aim(student, {"ref": ref}))


def _aim(student: StudentFile, named: Mapping[str, object]) -> Aim[StudentFile]:
    return Aim(
        thing=student,
        named=named,
        about=student.full_name,
        back=reverse("contract_student", kwargs={"ref": student.ref}),
    )


def _against_refusing(student: StudentFile) -> Verdict:
    return may_refuse(student.state, has_signed_contract=has_signed_contract(student))


INVITE_ONE = Act[StudentFile](
    command=invite_students,
    title=gettext_lazy("Invite this student"),
    button=gettext_lazy("Invite"),
    done=gettext_lazy("The student is written to, if they were not before."),
    says=presentation.before_inviting,
)
WITHDRAW = Act[StudentFile](
    command=withdraw_student,
    title=gettext_lazy("Withdraw this file"),
    button=gettext_lazy("Withdraw it"),
    done=gettext_lazy("The file is withdrawn."),
    says=presentation.before_withdrawing,
    form=ask_why(help_text=gettext_lazy("Kept with the file."), length=REASON_LENGTH),
    danger=True,
)
REOPEN = Act[StudentFile](
    command=reopen_student,
    title=gettext_lazy("Take this file up again"),
    button=gettext_lazy("Take it up again"),
    done=gettext_lazy("The file is open again."),
    says=presentation.before_reopening,
)
TUTOR = Act[StudentFile](
    command=name_tutor,
    title=gettext_lazy("Name the school tutor"),
    button=gettext_lazy("Name them"),
    done=gettext_lazy("The school tutor is named."),
    says=presentation.before_naming_tutor,
    form=lambda student, typed: OtherTutorForm(typed) if student.tutor else TutorForm(typed),
)
ACCEPT = Act[StudentFile](
    command=accept_project,
    title=gettext_lazy("Answer: this project is feasible"),
    button=gettext_lazy("Feasible: tell the student"),
    done=gettext_lazy("The project is feasible, and the student is told by e-mail."),
    says=presentation.before_accepting,
    against=against,
)
REFUSE = Act[StudentFile](
    command=refuse_project,
    title=gettext_lazy("Answer: this project is not feasible"),
    button=gettext_lazy("Not feasible: tell the student"),
    done=gettext_lazy("The project is not feasible, and the student is told by e-mail."),
    says=presentation.before_refusing,
    against=_against_refusing,
    form=ask_why(
        label=gettext_lazy("What the student has to do, in your words"),
        help_text=gettext_lazy("The student reads it under the reasons above."),
        missing=gettext_lazy("Say what the student has to do, or why it is not feasible."),
        length=1000,
    ),
    danger=True,
)


@require_safe
def contract_evidence(request: PersonRequest, ref: str, key: str) -> HttpResponseBase:
    """The file behind what was said of a condition, to whoever reads the student's file."""
    student = student_or_404(request.user, ref)
    fact = student.facts.select_related("evidence").filter(key=key).first()
    if fact is None or fact.evidence is None:
        raise Http404
    return serve_file(fact.evidence)
