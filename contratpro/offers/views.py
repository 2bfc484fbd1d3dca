"""The offers of companies, before the students of a year; and the digest, which one may leave."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.formats import localized
from companies.offers.views.shown import OfferBoard, offer_attachment, offer_list, offer_read
from companies.states import OfferAudience
from contratpro.models import StudentFile
from contratpro.offers.mails import ref_in
from contratpro.offers.services import choose_by_mail, choose_digest
from contratpro.states import LIVE_STUDENTS
from contratpro.steps.rules import UNCONFIRMED
from contratpro.student.views.files import claimable_or_404, own_or_404
from contratpro.students.selectors import student_by_ref


@require_safe
def contract_offers(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = _live_or_404(request.user, ref)
    if _is_unconfirmed(student):
        return redirect("contract_identity", ref=ref)
    return offer_list(request, _board(student))


@require_safe
def contract_offer(request: PersonRequest, ref: str, offer_ref: str) -> HttpResponseBase:
    student = _live_or_404(request.user, ref)
    if _is_unconfirmed(student):
        return redirect("contract_identity", ref=ref)
    return offer_read(request, _board(student), offer_ref)


@require_safe
def contract_offer_file(request: PersonRequest, ref: str, offer_ref: str) -> HttpResponseBase:
    student = _live_or_404(request.user, ref)
    if _is_unconfirmed(student):
        raise Http404
    return offer_attachment(request, _board(student), offer_ref)


@require_POST
def contract_digest(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Left, or come back to, from one's page."""
    student = own_or_404(request.user, ref)
    wanted = request.POST.get("wanted") == "yes"
    choose_digest(ref=student.ref, wanted=wanted, actor=request.user, now=request.received_at)
    messages.success(request, _said(wanted=wanted))
    return redirect("contract_offers", ref=ref)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link in a digest. To read it changes nothing: programs that check mail follow every link."""
    student = student_by_ref(ref_in(token) or "")
    if student is None:
        raise Http404
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "yes"
        choose_by_mail(ref=student.ref, wanted=wanted, now=timezone.now())
        messages.success(request, _said(wanted=wanted))
        return redirect("offer_digest", token=token)
    response = render(request, "contratpro/offers/digest.html", {"student": student})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _said(*, wanted: bool) -> str:
    if wanted:
        return _("You receive the offers of the week again.")
    return _("You no longer receive the offers of the week. They stay on your page.")


def _live_or_404(user: User, ref: str) -> StudentFile:
    """Every student of the year, but those who gave up."""
    student = claimable_or_404(user, ref)
    if student.state not in LIVE_STUDENTS:
        raise Http404
    return student


def _is_unconfirmed(student: StudentFile) -> bool:
    return student.user_id is None or student.state in UNCONFIRMED


def _board(student: StudentFile) -> OfferBoard:
    address = partial(reverse, kwargs={"ref": student.ref})

    def of_offer(name: str, offer_ref: str) -> str:
        return reverse(name, kwargs={"ref": student.ref, "offer_ref": offer_ref})

    return OfferBoard(
        school=student.year.school,
        audience=OfferAudience.CONTRAT_PRO,
        page=address("contract_offers"),
        address=partial(of_offer, "contract_offer"),
        file=partial(of_offer, "contract_offer_file"),
        back=address("contract_file"),
        back_words=localized(student.year.title),
        more={"student": student, "digest_url": address("contract_digest")},
        template="contratpro/offers/list.html",
    )
