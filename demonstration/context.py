from typing import Any

from django.conf import settings
from django.http import HttpRequest

from demonstration.accounts import PASSWORD, demo_accounts


def site(_request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demonstration, for the banner that says so; its accounts, for the sign-in page."""
    return {"demo": settings.DEMO, "demo_accounts": demo_accounts(), "demo_password": PASSWORD}
