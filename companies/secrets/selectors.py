"""What is known of the secrets of a contract without reading them: whether they are there, and who read them."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from common.journal import HasSubject
from common.models import JournalEntry
from companies.models.secrets import EmploymentSecrets
from companies.secrets.rules import READ, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSecrets:
    """When each was typed last; None is not typed. `notes`: codes of what is to be looked at in the number."""

    nir_at: datetime | None = None
    disability_at: datetime | None = None
    notes: tuple[str, ...] = ()


def known_of(contract: HasSubject) -> KnownSecrets:
    subject = contract.in_journal()
    rows = EmploymentSecrets.objects.filter(kind=subject.kind, ref=subject.ref)
    row = rows.values_list("nir_at", "disability_at", "nir_notes").first()
    if row is None:
        return KnownSecrets()
    return KnownSecrets(nir_at=row[0], disability_at=row[1], notes=tuple(row[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReading:
    """Who read them, when, and where it went."""

    at: datetime
    who: str
    reading: Reading


def readings_of(contract: HasSubject) -> list[PastReading]:
    """Every reading, the latest first."""
    subject = contract.in_journal()
    rows = JournalEntry.objects.filter(object_type=subject.kind, object_ref=subject.ref, verb=READ)
    entries = list(rows.order_by("-pk").values_list("at", "actor_ref", "data"))
    people = User.objects.filter(pk__in={ref for _at, ref, _data in entries})
    emails = {str(pk): email for pk, email in people.values_list("pk", "email")}
    return [
        PastReading(at=at, who=emails.get(ref, ref), reading=Reading(data["reading"]))
        for at, ref, data in entries
    ]
