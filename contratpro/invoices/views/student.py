"""The invoices of one student, under /admin/contrat-pro/students/<ref>/invoices/, and the acts on each."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.pdf import MEDIA_TYPE
from common.rules import ALLOWED, Verdict, refused
from contratpro.invoices.forms import CreditForm, IssueForm, PayerForm, PaymentDayForm
from contratpro.invoices.permissions import can_read_invoices
from contratpro.invoices.presentation import (
    before_crediting,
    before_issuing_one,
    before_paying,
    before_unpaying,
    invoice_rows,
    line_title,
    student_lines,
)
from contratpro.invoices.rules import may_credit, may_invoice, may_unpay
from contratpro.invoices.selectors import (
    ToInvoice,
    invoice_by_ref,
    invoices_of_student,
    opco_of,
    schedule_of,
    standing_of_invoice,
    to_invoice,
)
from contratpro.invoices.services.issuing import issue_invoice, set_payer
from contratpro.invoices.services.printing import invoice_file_name, printed_invoice
from contratpro.invoices.services.settling import credit_invoice, pay_invoice, unpay_invoice
from contratpro.models import IssuedInvoice, StudentFile
from contratpro.states import InvoiceState
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_handle
from contratpro.students.requests import handled_student_or_404
from contratpro.students.selectors import student_by_ref
from screens.acts import Act, Aim, Typed, ask_why, perform


@require_safe
def student_invoices(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = _student_or_404(request.user, ref)
    today = today_of(student.year, request.received_at)
    context = {
        "student": student,
        "year": student.year,
        "rows": invoice_rows(invoices_of_student(student), today),
        "lines": student_lines(student, today),
        "opco": opco_of(student),
        "may_handle": bool(can_handle(request.user, student.year)),
    }
    return render(request, "contratpro/invoices/student.html", context)


@require_http_methods(["GET", "POST"])
def student_payer(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = handled_student_or_404(request.user, ref)
    return perform(request, PAYER, _aim(student, student, {"ref": ref}))


@require_http_methods(["GET", "POST"])
def student_invoice_issue(request: PersonRequest, ref: str, line: str) -> HttpResponseBase:
    student = handled_student_or_404(request.user, ref)
    if line not in schedule_of(student.year):
        raise Http404
    [one] = to_invoice([student], line)
    named: dict[str, object] = {"ref": ref, "line": line}
    return perform(request, ISSUE_ONE, _aim(one, student, named, line_title(student.year, line)))


@require_http_methods(["GET", "POST"])
def invoice_act(request: PersonRequest, ref: str, act: Act[IssuedInvoice]) -> HttpResponseBase:
    invoice = _invoice_or_404(request.user, ref)
    if not can_handle(request.user, invoice.student.year):
        raise Http404
    detail = f"{invoice.number} · {invoice.payer_name}"
    return perform(request, act, _aim(invoice, invoice.student, {"ref": ref}, detail))


@require_safe
def invoice_paper(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The paper, as it was made."""
    invoice = _invoice_or_404(request.user, ref)
    response = HttpResponse(printed_invoice(invoice), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{invoice_file_name(invoice)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _student_or_404(user: User, ref: str) -> StudentFile:
    student = student_by_ref(ref)
    if student is None or not can_read_invoices(user, student.year):
        raise Http404
    return student


def _invoice_or_404(user: User, ref: str) -> IssuedInvoice:
    invoice = invoice_by_ref(ref)
    if invoice is None or not can_read_invoices(user, invoice.student.year):
        raise Http404
    return invoice


def _aim(thing: object, student: StudentFile, named: dict[str, object], detail: str = "") -> Aim:  # type: ignore[type-arg]
    return Aim(
        thing=thing,
        named=named,
        about=student.full_name,
        back=reverse("student_invoices", kwargs={"ref": student.ref}),
        detail=detail or _("Who pays for the training"),
    )


def _may_pay(invoice: IssuedInvoice) -> Verdict:
    if invoice.state is InvoiceState.ISSUED and invoice.credits_id is None:
        return ALLOWED
    code = "credit_note_is_not_paid" if invoice.credits_id else f"invoice_is_{invoice.state}"
    return refused(code)


def _credit_form(invoice: IssuedInvoice, typed: Typed) -> CreditForm:
    left = standing_of_invoice(invoice).left_cents
    return CreditForm(typed, seen=invoice.credit_notes.count(), left_cents=left)


PAYER = Act[StudentFile](
    command=set_payer,
    title=gettext_lazy("Say who pays"),
    button=gettext_lazy("Keep who pays"),
    done=gettext_lazy("It is kept: the next invoices are made so."),
    says=lambda _student: [_("The next invoices are made so; those that are issued stay.")],
    form=lambda student, typed: PayerForm.of(opco_of(student), typed),
)
ISSUE_ONE = Act[ToInvoice](
    command=issue_invoice,
    title=gettext_lazy("Invoice one student"),
    button=gettext_lazy("Make this invoice"),
    done=gettext_lazy("The invoice is made."),
    says=before_issuing_one,
    against=lambda one: may_invoice(one.ground),
    form=lambda _one, typed: IssueForm(typed),
)
PAY = Act[IssuedInvoice](
    command=pay_invoice,
    title=gettext_lazy("Record a payment"),
    button=gettext_lazy("Put it on record as paid"),
    done=gettext_lazy("The invoice is on record as paid."),
    says=before_paying,
    against=_may_pay,
    form=lambda _invoice, typed: PaymentDayForm(typed),
)
UNPAY = Act[IssuedInvoice](
    command=unpay_invoice,
    title=gettext_lazy("Take a payment back"),
    button=gettext_lazy("It is not paid"),
    done=gettext_lazy("The invoice is to be paid."),
    says=before_unpaying,
    against=lambda invoice: may_unpay(standing_of_invoice(invoice)),
    form=ask_why(),
    danger=True,
)
CREDIT = Act[IssuedInvoice](
    command=credit_invoice,
    title=gettext_lazy("Make a credit note"),
    button=gettext_lazy("Make this credit note"),
    done=gettext_lazy("The credit note is made."),
    says=before_crediting,
    against=lambda invoice: may_credit(standing_of_invoice(invoice), 1),
    form=_credit_form,
    danger=True,
)
