"""The nomenclature of diplomas, loaded from a file."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from campaigns.document.diplomas import DiplomaRow
from campaigns.models import Diploma
from campaigns.services.sync import Sync
from common import journal
from common.journal import Actor

Replaced = Diploma.replaces.through


@transaction.atomic
def load_diplomas(*, diplomas: Sequence[DiplomaRow], actor: Actor, now: datetime, missing_only: bool = False) -> int:
    """Have the nomenclature hold those diplomas as they are described; others stay. Returns how many changed.

    With `missing_only`, one that is there already stays as it is: it may have been corrected by hand.
    """
    known = {row.code: row for row in Diploma.objects.select_for_update(of=("self",))}
    if missing_only:
        diplomas = [part for part in diplomas if part.code not in known]
    fresh = [Diploma(code=part.code, **_fields(part)) for part in diplomas if part.code not in known]
    Diploma.objects.bulk_create(fresh)
    changed = {row.code for row in fresh}
    known |= {row.code: row for row in fresh}
    replaced = set(Replaced.objects.values_list("from_diploma", "to_diploma"))
    for part in diplomas:
        row, whole, sync = known[part.code], known.get(part.option_of or ""), Sync()
        sync.fields(row, _fields(part) | {"option_of_id": whole and whole.pk})
        wanted = {(row.pk, known[code].pk) for code in part.replaces}
        if sync.changed or wanted != {pair for pair in replaced if pair[0] == row.pk}:
            row.replaces.set([pk for _, pk in wanted])
            changed.add(part.code)
    if changed:
        journal.note(
            journal.Entry(
                at=now,
                actor=actor,
                verb="load_diplomas",
                scope="",
                object_type="nomenclature",
                object_ref="diplomas",
                data={"codes": sorted(changed)},
            )
        )
    return len(changed)


def _fields(part: DiplomaRow) -> dict[str, object]:
    return {
        "kind": part.kind.value,
        "speciality": part.speciality,
        "option": part.option,
        "title": part.title,
        "level": part.level,
        "ects": part.ects,
        "scientific": part.scientific,
        "valid_from": part.valid_from,
        "valid_to": part.valid_to,
    }
