"""The page of a home school, opened by a signed link: the sheet that was sent, to be signed or declined."""

from functools import partial
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.links.requests import token_of
from accounts.models import SignedLink
from accounts.requests import PersonRequest
from common.forms import attempt
from common.refusals import say
from contratpro.models import ContactSheet
from contratpro.sheets.forms import HomeDeclineForm, HomeLinkSignForm
from contratpro.sheets.presentation import SHEET_SIGNS
from contratpro.sheets.rules import may_sign
from contratpro.sheets.selectors import sheet_by_ref
from contratpro.sheets.services.signing import decline_by_link, sign_by_link
from contratpro.sheets.views.desk import content_of
from contratpro.steps.selectors import today_of
from contratpro.year.selectors import year_now
from screens.acts import Typed


def home_page(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return _page(request, link)


def sign(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    form = HomeLinkSignForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        signing = partial(
            sign_by_link,
            link_id=link.pk,
            version=said["version"],
            signer=form.signer,
            scan=said["scan"],
            now=request.received_at,
        )
        if attempt(form, signing):
            messages.success(request, _("Your signature is on record. Thank you."))
            return redirect("signed_link", token=token_of(request))
    return _page(request, link, signing=form)


def decline(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    form = _declining(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        declining = partial(
            decline_by_link,
            link_id=link.pk,
            version=said["version"],
            signer=form.signer,
            remarks=said["remarks"],
            now=request.received_at,
        )
        if attempt(form, declining):
            messages.success(request, _("Your remarks are on record, and the student is told."))
            return redirect("signed_link", token=token_of(request))
    return _page(request, link, declining=form)


def _page(
    request: PersonRequest,
    link: SignedLink,
    *,
    signing: HomeLinkSignForm | None = None,
    declining: HomeDeclineForm | None = None,
) -> HttpResponse:
    sheet = _sheet_or_404(link)
    content = content_of(sheet)
    seen = {"version": sheet.versions.count()}
    sent: forms.Form | None = signing or declining
    context = {
        **content,
        "token": token_of(request),
        "by_link": True,
        "sheet": sheet,
        "sign": SHEET_SIGNS[sheet.state],
        "name": sheet.student.full_name,
        "said": year_now(sheet.student.year),
        "until": link.expires_at,
        "closed": [] if content["signature"] else _closed(request, sheet),
        "sent_form": sent,
        "signing": signing or HomeLinkSignForm(initial=seen),
        "declining": declining or _declining(None, seen),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return render(request, "contratpro/sheets/home/page.html", context, status=status)


def _declining(typed: Typed, seen: dict[str, int] | None = None) -> HomeDeclineForm:
    """Its fields have ids of their own: the form to sign is on the same page."""
    return HomeDeclineForm(typed, initial=seen, auto_id="decline_%s")


def _closed(request: PersonRequest, sheet: ContactSheet) -> list[str]:
    """Why there is nothing to sign today, in words."""
    student = sheet.student
    today = today_of(student.year, request.received_at)
    verdict = may_sign(
        sheet.state,
        student.state,
        double_degree=student.double_degree,
        signed_on=today,
        today=today,
    )
    return [say(refusal) for refusal in verdict.refusals]


def _sheet_or_404(link: SignedLink) -> ContactSheet:
    sheet = sheet_by_ref(link.subject_ref)
    if sheet is None:
        raise Http404
    return sheet
