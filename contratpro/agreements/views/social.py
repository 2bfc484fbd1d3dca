"""What the social service was sent, under /admin/contrat-pro/social-service/: which students, and their papers."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import Role
from accounts.models import User
from accounts.requests import PersonRequest
from accounts.selectors import schools_of
from common.files.views import serve_file
from contratpro.agreements.selectors import agreement_by_ref, social_rows, with_sent
from contratpro.agreements.services.sending import read_as_social_service
from contratpro.models import ContractYear


@require_safe
def social_years(request: PersonRequest) -> HttpResponseBase:
    """The years of one's school, the latest first; where there is one alone, its page."""
    years = list(with_sent(_years(request.user)))
    if not years:
        raise Http404
    if len(years) == 1:
        return redirect("social_service", year_slug=years[0].slug)
    return render(request, "contratpro/agreements/social_years.html", {"years": years})


@require_safe
def social_service(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = get_object_or_404(_years(request.user), slug=year_slug)
    context = {"year": year, "rows": social_rows(year)}
    return render(request, "contratpro/agreements/social.html", context)


@require_POST
def social_paper(request: PersonRequest, ref: str, paper: str) -> HttpResponseBase:
    """The paper itself: asked by a button, since each reading is written down."""
    agreement = agreement_by_ref(ref)
    if agreement is None or not _years(request.user).filter(pk=agreement.student.year_id).exists():
        raise Http404
    found = read_as_social_service(
        ref=ref, paper=paper, actor=request.user, now=request.received_at
    )
    kind = _("Employment contract") if paper == "contract" else _("Training agreement")
    return serve_file(found, f"{kind} – {agreement.facts['student_name']}")


def _years(user: User) -> QuerySet[ContractYear]:
    schools = schools_of(user, Role.SOCIAL_SERVICE)
    return ContractYear.objects.select_related("school").filter(school__in=schools)
