"""Set-up of the juries. Of dossiers and of what a jury writes, nothing is here (docs/domain-model.md, section 5)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import School, User
from accounts.permissions import can_administer_platform, can_set_up
from accounts.selectors import schools_of
from admissions.jury.services.members import check_member, seat_juror, unseat_juror
from admissions.models.sealed import JuryMember
from campaigns.models import Programme, Selection
from common.formats import localized
from common.refusals import DomainError, say


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = JuryMember
        fields = ("user", "selection", "programme")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and {"user", "selection"} <= cleaned.keys():
            member = JuryMember(**cleaned)
            try:
                check_member(member)
            except DomainError as error:
                raise ValidationError([say(refusal) for refusal in error.refusals]) from error
        return cleaned


@admin.register(JuryMember)
class JuryMemberAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who sits on a jury: named and removed by the administrators of its school, never changed."""

    form = MemberForm
    list_display = ("user", "selection_title", "programme")
    list_select_related = ("user", "selection", "programme")
    ordering = ("selection", "programme", "user__email")
    search_fields = ("user__email",)
    actions = None

    @admin.display(description=JuryMember._meta.get_field("selection").verbose_name)  # noqa: SLF001
    def selection_title(self, row: JuryMember) -> str:
        return localized(row.selection.title)

    def get_queryset(self, request: HttpRequest) -> QuerySet[JuryMember]:
        return super().get_queryset(request).filter(selection__in=_selections(request))

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only selections set up by oneself, and people who are jurors of their schools."""
        if db_field.name == "selection":
            kwargs["queryset"] = _selections(request)
        if db_field.name == "programme":
            kwargs["queryset"] = Programme.objects.filter(selection__in=_selections(request))
        if db_field.name == "user":
            schools = School.objects.filter(programmes__selection__in=_selections(request))
            grants = {"grants__role": Role.JUROR, "grants__school__in": schools}
            kwargs["queryset"] = User.objects.filter(**grants).order_by("email").distinct()
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in {"selection", "programme"} and field:
            field.label_from_instance = _titled  # type: ignore[method-assign,assignment]
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        actor = _actor(request)
        return bool(can_administer_platform(actor)) or schools_of(actor, Role.SCHOOL_ADMIN).exists()

    def has_view_permission(self, request: HttpRequest, obj: JuryMember | None = None) -> bool:
        if obj is None:
            return self.has_module_permission(request)
        return bool(can_set_up(_actor(request), obj.selection.campaign.organiser))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, _request: HttpRequest, _obj: JuryMember | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: JuryMember | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: JuryMember, _form: object, _change: object
    ) -> None:
        seat_juror(member=obj, actor=_actor(request), now=timezone.now())

    def delete_model(self, request: HttpRequest, obj: JuryMember) -> None:
        unseat_juror(member=obj, actor=_actor(request), now=timezone.now())


def _selections(request: HttpRequest) -> QuerySet[Selection]:
    rows = Selection.objects.select_related("campaign").order_by("-campaign__opens_at", "position")
    actor = _actor(request)
    if can_administer_platform(actor):
        return rows
    return rows.filter(campaign__organiser__in=schools_of(actor, Role.SCHOOL_ADMIN))


def _titled(row: Selection | Programme) -> str:
    return f"{row.campaign.slug}: {localized(row.title)}"


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
