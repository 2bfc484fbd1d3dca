from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from accounts.models import User


@method_decorator(secure_admin_login, name="login")
class RentreeAdminSite(AdminSite):
    """The stock admin, for set-up data; one signs in to it as everywhere else."""

    site_header = _("Rentrée: administration")
    site_title = _("Rentrée")
    index_title = _("Set-up")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever is signed in and is not of the staff is told so, not asked to sign in again."""
        if request.user.is_authenticated and not request.user.is_staff:
            raise PermissionDenied
        return super().has_permission(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Besides, the roles of whoever is there: their work screens are one link away."""
        user = request.user
        roles = set(user.grants.values_list("role", flat=True)) if isinstance(user, User) else set()
        return super().each_context(request) | {"roles": roles}

    def password_change(self, _request: HttpRequest, _extra_context: Any = None) -> Any:
        """One page changes a password: it counts the attempts and tells the owner by e-mail."""
        return redirect("account_change_password")
