"""The scale of the steps, open to all before anybody begins."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contratpro.steps.presentation.scale import public_scale
from contratpro.year.selectors import year_by_slug, year_now


@login_not_required
@require_safe
def scale(request: HttpRequest, year_slug: str) -> HttpResponseBase:
    """What each step earns, by when, and how the points make a mark."""
    year = year_by_slug(year_slug)
    if year is None or year.current_version_id is None:
        raise Http404
    said = year_now(year)
    context = {
        "path": request.path,
        "demo": settings.DEMO,
        "year": year,
        "said": said,
        "scale": public_scale(said),
    }
    return render(request, "contratpro/student/scale.html", context)
