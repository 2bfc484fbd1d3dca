"""Where one arrives after signing in."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.enums import Role
from accounts.selectors import schools_of
from admissions.selectors.reviews import file_reviews
from admissions.views.access import PersonRequest
from campaigns.selectors import published


@require_safe
def landing(request: PersonRequest) -> HttpResponseBase:
    """To the screen of one's work; for whoever works for no school, to one's own applications."""
    roles = set(request.user.grants.values_list("role", flat=True))
    if Role.CLERK in roles:
        return redirect("work_list")
    if Role.SCHOOL_ADMIN in roles or request.user.is_superuser:
        return redirect("admin:index")
    return redirect("juror" if Role.JUROR in roles else "applications")


@require_safe
def juror(request: PersonRequest) -> HttpResponseBase:
    """What a juror may know for now: when the files are reviewed, and that none has been handed over."""
    schools = list(schools_of(request.user, Role.JUROR))
    if not schools:
        raise Http404
    reviews = [(campaign, file_reviews(campaign)) for campaign in published() if campaign.organiser in schools]
    return render(request, "admissions/juror.html", {"reviews": reviews})
