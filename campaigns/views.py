from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("campaigns/home.html", {"path": request.path, "demo": False}))


@login_not_required
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404


@login_not_required
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    raise Http404
