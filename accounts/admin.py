"""Accounts and roles, for the administrators of the platform. Nothing of a dossier is here."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.forms import StaffInvitationForm
from accounts.models import RoleGrant, User
from accounts.permissions import can_administer_platform


class PlatformAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Open to the administrators of the platform alone; nothing is deleted, accounts are closed."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(can_administer_platform(_actor(request)))

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class RoleGrantInline(admin.TabularInline):  # type: ignore[type-arg]
    model = RoleGrant
    extra = 1

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(can_administer_platform(_actor(request)))

    def has_add_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False  # a role is granted or revoked


@admin.register(User)
class UserAdmin(PlatformAdmin):
    form = StaffInvitationForm
    inlines = (RoleGrantInline,)
    list_display = ("email", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "grants__role", "grants__school")
    search_fields = ("email",)
    ordering = ("email",)
    actions = ("close_accounts", "open_accounts", "invite_again", "remove_second_factors")

    def get_fields(self, _request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("email", "language")
        return (
            "email",
            "language",
            "is_active",
            "is_staff",
            "is_superuser",
            "last_login",
            "date_joined",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj else ()

    def save_model(self, request: HttpRequest, obj: User, _form: object, change: object) -> None:
        if change:
            return
        made = services.create_account(
            email=obj.email, language=obj.language, actor=_actor(request), now=timezone.now()
        )
        obj.pk = made.pk
        _invite(request, made)

    def save_formset(
        self,
        request: HttpRequest,
        form: object,  # noqa: ARG002  (Django passes it by its name)
        formset: "BaseModelFormSet[RoleGrant, Any]",
        change: object,  # noqa: ARG002
    ) -> None:
        formset.save(commit=False)
        actor, now = _actor(request), timezone.now()
        for grant in formset.deleted_objects:
            services.revoke_role(
                user_id=grant.user_id,
                school_id=grant.school_id,
                role=grant.role,
                actor=actor,
                now=now,
            )
        for grant in formset.new_objects:
            services.grant_role(
                user_id=grant.user_id,
                school_id=grant.school_id,
                role=grant.role,
                actor=actor,
                now=now,
            )

    @admin.action(description=_("Close these accounts"))
    def close_accounts(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            services.set_active(
                user_id=user.pk, active=False, actor=_actor(request), now=timezone.now()
            )

    @admin.action(description=_("Open these accounts again"))
    def open_accounts(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            services.set_active(
                user_id=user.pk, active=True, actor=_actor(request), now=timezone.now()
            )

    @admin.action(description=_("Send a link to choose a password"))
    def invite_again(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            _invite(request, user)

    @admin.action(description=_("Remove the second factor (telephone and recovery codes lost)"))
    def remove_second_factors(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            services.remove_second_factor(
                user_id=user.pk, actor=_actor(request), now=timezone.now()
            )


def _invite(request: HttpRequest, user: User) -> None:
    form = ResetPasswordForm({"email": user.email})
    with translation.override(user.language):
        if form.is_valid():
            form.save(request)


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
