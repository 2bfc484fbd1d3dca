from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.journal import sealed_types
from common.models import JournalEntry


@admin.register(JournalEntry)
class JournalEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was done, for the administrators of the platform. Reasons are written for people: they stay out.

    So do entries about what is sealed, from which one would guess a decision.
    """

    list_display = ("at", "verb", "object_type", "object_ref", "scope", "actor_kind", "actor_ref")
    list_filter = ("verb", "object_type")
    search_fields = ("scope", "object_ref", "actor_ref")
    ordering = ("-at", "-pk")
    exclude = ("reason",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[JournalEntry]:
        return super().get_queryset(request).exclude(object_type__in=sealed_types())

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, _obj: JournalEntry | None = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, _request: HttpRequest, _obj: JournalEntry | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, _request: HttpRequest, _obj: JournalEntry | None = None
    ) -> bool:
        return False
