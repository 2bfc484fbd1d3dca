"""What was studied since the baccalaureate."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from admissions.models import Title
from admissions.services.access import day_of, editable, note_change
from admissions.services.pieces import remove_documents
from campaigns.models import Diploma
from campaigns.vocabulary import DiplomaKind, TitleStatus
from common.refusals import DomainError

FIELDS = ("diploma", "kind", "name", "institution", "country", "ects", "status", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleInput:
    """A diploma of the nomenclature by its code, or, failing one, a kind and a name."""

    diploma_code: str = ""
    kind: str = ""
    name: str = ""
    institution: str = ""
    country: str = "FR"
    ects: int | None = None
    status: str
    on: date | None = None


def add_title(*, ref: str, actor: User, title: TitleInput, now: datetime) -> Title:
    with transaction.atomic():
        application = editable(ref, actor, now)
        row = Title(application=application)
        _fill(row, title, day_of(application, now))
        row.save()
        note_change(application, actor, now, "add_title", title=row.ref)
        return row


def change_title(*, ref: str, title_ref: str, actor: User, title: TitleInput, now: datetime) -> Title:
    with transaction.atomic():
        application = editable(ref, actor, now)
        row = application.titles.get(ref=title_ref)
        _fill(row, title, day_of(application, now))
        row.save(update_fields=FIELDS)
        note_change(application, actor, now, "change_title", title=row.ref)
        return row


def remove_title(*, ref: str, title_ref: str, actor: User, now: datetime) -> None:
    """Remove a title and the pieces given for it. One that is gone already is left gone."""
    with transaction.atomic():
        application = editable(ref, actor, now)
        removed, _ = application.titles.filter(ref=title_ref).delete()
        if removed:
            remove_documents(application.documents.filter(subject_key=title_ref), now)
            note_change(application, actor, now, "remove_title", title=title_ref)


def _fill(row: Title, title: TitleInput, today: date) -> None:
    if title.status == TitleStatus.OBTAINED and title.on and title.on > today:
        raise DomainError.of("title_not_obtained_yet")
    row.diploma = _diploma(title.diploma_code)
    row.kind = row.diploma.kind if row.diploma else _kind(title)
    row.name = title.name
    row.institution = title.institution
    row.country = title.country
    row.ects = title.ects
    row.status = title.status
    row.on = title.on


def _diploma(code: str) -> Diploma | None:
    if not code:
        return None
    diploma = Diploma.objects.filter(code=code).first()
    if diploma is None:
        raise DomainError.of("unknown_diploma", diploma=code)
    return diploma


def _kind(title: TitleInput) -> str:
    """A title outside the nomenclature says its kind and its name."""
    if title.kind not in {kind.value for kind in DiplomaKind}:
        raise DomainError.of("unknown_diploma_kind")
    if not title.name:
        raise DomainError.of("title_needs_name")
    return title.kind
