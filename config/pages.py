"""What the law asks every site to say."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "pages/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "pages/privacy.html")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    return HttpResponse(render_to_string(template, {"path": request.path, "demo": settings.DEMO}))
