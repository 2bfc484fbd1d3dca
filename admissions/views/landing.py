"""Where one arrives after signing in."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.enums import Role
from accounts.requests import PersonRequest


@require_safe
def landing(request: PersonRequest) -> HttpResponseBase:
    """To the screen of one's work; for whoever works for no school, to one's own applications."""
    roles = set(request.user.grants.values_list("role", flat=True))
    if Role.CLERK in roles:
        return redirect("work_list")
    if Role.SCHOOL_ADMIN in roles:
        return redirect("calendar")
    if request.user.is_superuser:
        return redirect("admin:index")
    if Role.COMPANY_OFFICE in roles:
        return redirect("seat_board")
    if Role.PROGRAMME_HEAD in roles:
        return redirect("projects")
    return redirect("jury" if roles & {Role.JUROR, Role.PRESIDENT} else "applications")
