"""What is known of the secrets of a contract without reading them: whether they are there, since when."""

from dataclasses import dataclass
from datetime import datetime

from common.journal import HasSubject
from companies.models.secrets import EmploymentSecrets


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
