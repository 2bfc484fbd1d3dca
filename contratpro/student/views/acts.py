"""What a student says: what they intend, that a step is done, that they take a risk."""

from dataclasses import replace

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from common.formats import localized
from contratpro.classes.rules.booklets import BOOKLET, HANDED_IN
from contratpro.classes.selectors import classes_of
from contratpro.models import StudentFile
from contratpro.steps.forms import OwnDoneForm
from contratpro.steps.presentation.lines import StepLine, step_lines, step_title
from contratpro.steps.rules import INTENTION, UNCONFIRMED
from contratpro.steps.selectors import papers_of
from contratpro.steps.services import declare_by_hand
from contratpro.student.forms import RiskForm
from contratpro.student.presentation import (
    PAPER_PAGES,
    KnownCondition,
    before_own_step,
    condition_words,
    risk_statement,
)
from contratpro.student.services.own import take_risk
from contratpro.student.views.files import own_or_404
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, perform


@require_http_methods(["GET", "POST"])
def step_done(request: PersonRequest, ref: str, key: str) -> HttpResponseBase:
    """A step in which the student acts, said to be done; those of the booklet follow its handing in."""
    student = own_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    line = _line_or_404(request, student, key)
    if paper := papers_of(student).get(key):
        return redirect(PAPER_PAGES[paper].page, ref=ref)
    if key in {BOOKLET, HANDED_IN} and classes_of(student).exists():
        return redirect("contract_booklet_hand_in", ref=ref)
    if line.said.if_happened:
        return redirect("contract_incidents", ref=ref)
    aim = Aim(
        thing=line,
        named={"student": student, "key": key},
        about=localized(student.year.title),
        back=reverse("contract_file", kwargs={"ref": ref}),
        detail=step_title(year_now(student.year), key),
        layout="base.html",
    )
    said = before_own_step(student, line)
    return perform(request, replace(_act_on(line), says=lambda _line: said), aim)


@require_http_methods(["GET", "POST"])
def risk(request: PersonRequest, ref: str, key: str) -> HttpResponseBase:
    """The statement by which a student takes a risk, in words, before they make it."""
    student = own_or_404(request.user, ref)
    words = _risk_or_404(student, key)
    statement = risk_statement(student, words.said)
    aim = Aim(
        thing=words,
        named={"student": student, "key": key, "statement": statement},
        about=localized(student.year.title),
        back=reverse("contract_file", kwargs={"ref": ref}),
        detail=localized(words.said.words),
        layout="base.html",
        more={"statement": statement},
    )
    return perform(request, TAKE_RISK, aim)


def _act_on(line: StepLine) -> Act[StepLine]:
    return INTEND if line.key == INTENTION else DECLARE_OWN


def _line_or_404(request: PersonRequest, student: StudentFile, key: str) -> StepLine:
    """A step of the student in which they act themselves."""
    for line in step_lines(student, request.received_at):
        if line.key == key and line.by_student:
            return line
    raise Http404


def _risk_or_404(student: StudentFile, key: str) -> KnownCondition:
    """A condition at the student's own risk, whether they took it or may take it."""
    for words in condition_words(student, year_now(student.year)):
        if words.key == key and (words.may_take_risk or words.is_risky):
            return words
    raise Http404


DECLARE_OWN = Act[StepLine](
    command=declare_by_hand,
    title=gettext_lazy("Say that a step is done"),
    button=gettext_lazy("It is done"),
    done=gettext_lazy("The step is on record as done today."),
    says=lambda _line: [],
    form=lambda _line, typed: OwnDoneForm(typed),
)
INTEND = replace(
    DECLARE_OWN,
    title=gettext_lazy("Tell the contrat pro office what I intend"),
    button=gettext_lazy("I want a contrat pro"),
    done=gettext_lazy("The contrat pro office knows of your intention and will answer."),
)
TAKE_RISK = Act[KnownCondition](
    command=take_risk,
    title=gettext_lazy("Go on at my own risk"),
    button=gettext_lazy("Make this statement"),
    done=gettext_lazy("Your statement is kept with today’s date."),
    says=lambda _words: [
        _("Your statement is kept word for word, with today’s date."),
        _("The contrat pro office reads it, and may then call your project feasible."),
        _("You are reminded of it until the condition holds, or its last day comes."),
    ],
    form=lambda _words, typed: RiskForm(typed),
    template="contratpro/student/risk.html",
)
