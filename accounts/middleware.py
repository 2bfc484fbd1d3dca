from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User
from accounts.selectors import works_for_a_school

ON_THE_WAY = {"mfa_activate_totp", "account_reauthenticate"}


class SecondFactorMiddleware:
    """Who works for a school sets up a second factor before anything else.

    Pages that need no account stay open, signing out among them; allauth asks for the factor at sign-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or not getattr(view, "login_required", True):
            return None
        if request.resolver_match and request.resolver_match.url_name in ON_THE_WAY:
            return None
        user = request.user
        if not isinstance(user, User) or not works_for_a_school(user):
            return None
        if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return None
        return redirect("mfa_activate_totp")
