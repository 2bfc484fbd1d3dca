"""The company's page of an agreement, opened by a signed link: the copy that all have signed."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.links.requests import token_of
from accounts.models import SignedLink
from accounts.requests import PersonRequest
from common.files.views import serve_file
from contratpro.agreements.presentation import facts_in_words
from contratpro.agreements.selectors import agreement_by_ref
from contratpro.agreements.services.sending import read_by_link
from contratpro.year.selectors import year_now


def company_agreement(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    agreement = agreement_by_ref(link.subject_ref)
    if agreement is None:
        raise Http404
    context = {
        "agreement": agreement,
        "said": year_now(agreement.student.year),
        "facts": facts_in_words(agreement.facts),
        "until": link.expires_at,
        "copy": reverse("signed_link_act", args=[token_of(request), "copy"]),
    }
    return render(request, "contratpro/agreements/company.html", context)


def copy(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return serve_file(read_by_link(link_id=link.pk, now=request.received_at))
