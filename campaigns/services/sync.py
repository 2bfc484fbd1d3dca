"""Make rows say what a document says, touching only those that don't."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Manager, Model, ProtectedError

from common.refusals import DomainError
from common.rules.refusals import Refusal

Row = TypeVar("Row", bound=Model)


@dataclass(slots=True)
class Sync:
    """One pass over rows: whether it changed any, and those that the document no longer has."""

    changed: bool = False
    obsolete: list[Model] = field(default_factory=list)

    def rows(
        self, manager: Manager[Row], parent: Mapping[str, int], wanted: Mapping[Any, Mapping[str, Any]], by: str
    ) -> dict[Any, Row]:
        """Have under `parent` one row per key of `wanted` (in column `by`), in that order, with those fields."""
        found = {getattr(row, by): row for row in manager.filter(**parent)}
        self.obsolete += [row for key, row in found.items() if key not in wanted]
        fresh: dict[Any, Row] = {}
        for position, (key, fields) in enumerate(wanted.items()):
            placed = {**fields, "position": position}
            if key in found:
                self.fields(found[key], placed)
            else:
                fresh[key] = manager.model(**parent, **{by: key}, **placed)
        if fresh:
            self.changed = True
            manager.bulk_create(fresh.values())
        return {key: found.get(key) or fresh[key] for key in wanted}

    def fields(self, row: Model, fields: Mapping[str, Any]) -> None:
        """Write those fields that differ."""
        differing = [name for name, value in fields.items() if getattr(row, name) != value]
        if differing:
            self.changed = True
            for name in differing:
                setattr(row, name, fields[name])
            row.save(update_fields=differing)

    def remove_obsolete(self) -> None:
        """Delete what the document no longer has, last written first.

        Raises DomainError with every row that is in use.
        """
        in_use = [refusal for row in reversed(self.obsolete) for refusal in self._remove(row)]
        if in_use:
            raise DomainError(*in_use)

    def _remove(self, row: Model) -> list[Refusal]:
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError as error:
            only_by_others_that_go = all(user in self.obsolete for user in error.protected_objects)
            return [] if only_by_others_that_go else [Refusal("notice_part_in_use", {"part": str(row)})]
        self.changed = True
        return []
