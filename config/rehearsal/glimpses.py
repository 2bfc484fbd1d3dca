"""What a candidate's pages are made from, down to every column: read before and after something sealed is written."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime

from django.db.models import Model

from admissions.dossier.selectors.dossiers import get_dossier
from admissions.models import Candidacy
from config.rehearsal.invariants import Glimpse
from notifications.models import Notification


def seen_by(candidacy_ref: str, now: datetime) -> object:
    """All that the candidate could read at that moment: the dossier whole, and the messages."""
    candidacy = Candidacy.objects.select_related("application__person__user").get(ref=candidacy_ref)
    user = candidacy.application.person.user
    messages = Notification.objects.filter(to=user.email if user else "").order_by("pk")
    return plain(get_dossier(ref=candidacy.application.ref, now=now)), list(messages.values_list())


def compared(candidacy_ref: str, before: object, now: datetime) -> Glimpse:
    return Glimpse(candidacy_ref, same=seen_by(candidacy_ref, now) == before)


def plain(value: object) -> object:
    """Values that compare whole: a model instance equals another by its key alone, whatever its columns."""
    if isinstance(value, Model):
        return {field.attname: plain(getattr(value, field.attname)) for field in value._meta.concrete_fields}  # noqa: SLF001 -- Django's documented name
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    return value
