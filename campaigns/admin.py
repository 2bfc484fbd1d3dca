"""Set-up data: what the notices say. Each change is a new version of the notice, with its reason."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin import PlatformAdmin
from accounts.enums import Role
from accounts.models import School, User
from accounts.permissions import can_administer_platform, can_set_up
from accounts.selectors import schools_of
from campaigns.editing.services import setup
from campaigns.models import (
    Campaign,
    Diploma,
    DocumentRequirement,
    FeeTier,
    ListedDiploma,
    Milestone,
    NoticeVersion,
    Pool,
    Programme,
    Route,
    Speciality,
    StatedRule,
)
from common.forms import LocalizedField
from common.models import LocalizedTextField

LOCALIZED: dict[Any, dict[str, Any]] = {LocalizedTextField: {"form_class": LocalizedField}}


class ReasonedForm(forms.ModelForm):  # type: ignore[type-arg]
    reason = forms.CharField(
        label=_("Reason of the change"),
        help_text=_("Kept with the new version of the notice, which candidates can read."),
        max_length=200,
        required=False,
    )


class NoticeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows of a notice: written by the administrators of its school and of the platform."""

    form = ReasonedForm
    formfield_overrides = LOCALIZED
    owner = "campaign"  # where a row says whose it is
    fixed: tuple[str, ...] = ("campaign", "key")  # once it exists
    list_filter = ("campaign",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if can_administer_platform(_actor(request)):
            return rows
        return rows.filter(
            **{f"{self._organiser()}__in": schools_of(_actor(request), Role.SCHOOL_ADMIN)}
        )

    def get_readonly_fields(
        self, _request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        return self.fixed if obj else ()

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.related_model is Campaign:
            kwargs["queryset"] = CampaignAdmin(Campaign, self.admin_site).get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        actor = _actor(request)
        return bool(can_administer_platform(actor)) or schools_of(actor, Role.SCHOOL_ADMIN).exists()

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        if obj is None:
            return self.has_module_permission(request)
        return bool(can_set_up(_actor(request), self.campaign_of(obj).organiser))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def campaign_of(self, row: Any) -> Campaign:
        campaign: Campaign = row.campaign
        return campaign

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: "ModelForm[Any]", change: object
    ) -> None:
        changed = [name for name in form.changed_data if name != "reason"] if change else None
        self._change(
            request, self.campaign_of(obj), form.cleaned_data["reason"], save=[(obj, changed)]
        )

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        self._change(request, self.campaign_of(obj), "", delete=[obj])

    def get_deleted_objects(self, objs: Any, _request: HttpRequest) -> Any:
        """The rows alone: dossiers hang on them, which are not shown here. The command refuses a row in use."""
        return [str(row) for row in objs], {self.opts.verbose_name_plural: len(objs)}, set(), []

    def _organiser(self) -> str:
        return f"{self.owner}__organiser" if self.owner else "organiser"

    @staticmethod
    def _change(request: HttpRequest, campaign: Campaign, reason: str, **rows: Any) -> None:
        setup.change_notice(
            campaign_id=campaign.pk,
            reason=reason,
            actor=_actor(request),
            now=timezone.now(),
            **rows,
        )


class LoadedAdmin(NoticeAdmin):
    """Rows that come with the campaign's file: corrected here, neither added nor removed."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, _request: HttpRequest, _obj: models.Model | None = None
    ) -> bool:
        return False


class VersionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = NoticeVersion
    fields = readonly_fields = ("number", "at", "by", "reason")
    ordering = ("-number",)
    can_delete = False
    extra = 0

    def has_view_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return True  # of a campaign that is open to them

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(Campaign)
class CampaignAdmin(LoadedAdmin):
    owner = ""
    fixed = ("slug", "organiser", "session", "zone", "opens_at", "last_second")
    fields = (
        *(
            "slug",
            "organiser",
            "session",
            "state",
            "title",
            "summary",
            "contact",
            "central",
            "zone",
        ),
        *(
            "school_office",
            "announce_at",
            "opens_at",
            "last_second",
            "year_from",
            "year_until",
            "fees_article",
            "grants",
            "reason",
        ),
    )
    inlines = (VersionInline,)
    list_display = ("slug", "organiser", "session", "state", "opens_at", "last_second")
    list_filter = ("state",)

    def campaign_of(self, row: Campaign) -> Campaign:
        return row


@admin.register(Milestone)
class MilestoneAdmin(NoticeAdmin):
    list_display = ("key", "campaign", "starts_at", "ends_at", "status", "action")
    exclude = ("position",)


@admin.register(Pool)
class PoolAdmin(LoadedAdmin):
    list_display = ("key", "campaign", "floor", "ceiling", "provisional")
    exclude = ("position", "opened")


@admin.register(Programme)
class ProgrammeAdmin(LoadedAdmin):
    fixed = ("campaign", "code", "speciality", "pool", "selection", "school")
    list_display = ("code", "campaign", "entry_year", "status", "pool")
    exclude = ("position", "admission")


@admin.register(Route)
class RouteAdmin(LoadedAdmin):
    list_display = ("key", "campaign", "verdict")
    exclude = ("position",)


@admin.register(FeeTier)
class FeeTierAdmin(LoadedAdmin):
    list_display = ("key", "campaign", "first_cents", "further_cents")
    exclude = ("position",)


@admin.register(DocumentRequirement)
class DocumentRequirementAdmin(NoticeAdmin):
    list_display = ("key", "campaign", "per", "needed", "max_bytes", "max_pixels", "ours")
    exclude = ("position",)


@admin.register(StatedRule)
class StatedRuleAdmin(NoticeAdmin):
    list_display = ("key", "campaign", "section", "ours")
    exclude = ("position",)


class ListedDiplomaInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ListedDiploma
    exclude = ("position",)
    extra = 1

    def has_view_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return True  # of a speciality that is open to them

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return True

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return True


@admin.register(Speciality)
class SpecialityAdmin(LoadedAdmin):
    inlines = (ListedDiplomaInline,)
    list_display = ("key", "campaign")
    exclude = ("position",)

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,
        formset: "BaseModelFormSet[Any, Any]",
        change: object,  # noqa: ARG002
    ) -> None:
        formset.save(commit=False)
        last = max((row.position for row in form.instance.listed.all()), default=-1)
        for number, row in enumerate(formset.new_objects, 1):
            row.position = last + number
        save = [*((row, None) for row in formset.new_objects), *formset.changed_objects]
        if save or formset.deleted_objects:
            self._change(
                request,
                form.instance.campaign,
                form.cleaned_data["reason"],
                save=save,
                delete=formset.deleted_objects,
            )


@admin.register(School)
class SchoolAdmin(PlatformAdmin):
    list_display = ("name", "slug", "website")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(
        self, _request: HttpRequest, obj: School | None = None
    ) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def save_model(self, request: HttpRequest, obj: School, _form: object, _change: object) -> None:
        setup.change_school(school=obj, actor=_actor(request), now=timezone.now())


@admin.register(Diploma)
class DiplomaAdmin(PlatformAdmin):
    formfield_overrides = LOCALIZED
    list_display = ("code", "kind", "speciality", "option", "level", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("code", "speciality", "option")
    filter_horizontal = ("replaces",)

    def get_readonly_fields(
        self, _request: HttpRequest, obj: Diploma | None = None
    ) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Diploma, _form: object, _change: object
    ) -> None:
        setup.save_diploma(diploma=obj, actor=_actor(request), now=timezone.now())


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
