from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demonstration, for the banner that says so on every page."""
    return {"demo": settings.DEMO}
