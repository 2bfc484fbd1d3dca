from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


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
