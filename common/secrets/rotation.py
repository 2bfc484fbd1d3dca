"""The keys changed: a new first key, every secret under it, the old keys dropped if asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, QuerySet, TextField, Value

from common.secrets import keys
from common.secrets.fields import EncryptedTextField

BATCH = 500  # rows held in memory at once
PASSES = 5  # a busy site writes while its secrets are renewed: after so many, the old keys are kept
IN_FLIGHT = 60  # seconds: what was read or encrypted under an old key is written by then


@dataclass(slots=True)
class Renewal:
    """What was found where secrets lie, and what was done with it."""

    secrets: int = 0
    changed: int = 0
    unreadable: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether the first key reads everything."""
        return not self.changed and not self.unreadable

    def renew(self, stored: str, place: str) -> str:
        """One secret under the first key. What no key reads stays as it is, and its place is noted."""
        self.secrets += 1
        try:
            fresh = keys.renewed(stored)
        except keys.UnreadableSecretError:
            self.unreadable.append(place)
            return stored
        self.changed += fresh != stored
        return fresh


Store = Callable[[Renewal], Iterator[object]]  # renews what lies there; each step is a batch
Say = Callable[[str], object]
Wait = Callable[[float], object]
_stores: dict[str, Store] = {}


def register_store(name: str, store: Store) -> None:
    """Say where secrets lie that are in no encrypted field of a model."""
    _stores[name] = store


def rotate_keys(*, new_key: bool, drop_old: bool, say: Say, wait: Wait) -> Renewal:
    """Put every secret under the first key. Stopped halfway, the next call goes on with the same key.

    1. A new key becomes the first: from then on every process encrypts with it.
    2. Every secret is renewed, a batch of rows at a time.
    3. If asked, the other keys are dropped, once a whole pass finds nothing left under them. `wait` comes before it:
       a request that was under way at the first pass may still write what it had read or encrypted before.

    Keys that ENCRYPTION_KEYS gives are neither made nor dropped here. Raises RotationUnderWayError.
    """
    given = bool(settings.ENCRYPTION_KEYS)
    with keys.locked():
        if not given:
            _begin(new_key=new_key, say=say)
        renewal = _pass(say)
        if given or drop_old:
            renewal = _further_passes(say, wait)
        if not given:
            _end(renewal, drop_old=drop_old, say=say)
        elif renewal.is_clean:
            say("The first key of ENCRYPTION_KEYS reads everything: the others may go from it.")
    return renewal


def _begin(*, new_key: bool, say: Say) -> None:
    made = (
        keys.make_key_file()
    )  # never written over unread: another process may make it at this very moment
    known = keys.read_keys()
    if keys.is_rotating():
        say("Going on with the rotation that was stopped.")
    elif made:
        say(f"A first key is in {keys.key_file()}.")
    elif new_key or not known:
        keys.write_keys([keys.new_key(), *known], rotating=True)
        say(f"A new key is the first of {keys.key_file()}.")


def _end(renewal: Renewal, *, drop_old: bool, say: Say) -> None:
    first, *others = keys.read_keys()
    if not drop_old or not others:
        keys.write_keys([first, *others], rotating=False)
        say(f"Old keys kept: {len(others)}.")
    elif renewal.is_clean:
        keys.write_keys([first], rotating=False)
        say(f"Old keys dropped: {len(others)}.")
    else:
        keys.write_keys([first, *others], rotating=False)
        say(f"Old keys kept, for secrets may still need them: {len(others)}.")


def _further_passes(say: Say, wait: Wait) -> Renewal:
    """Until one has nothing to change, for rows are written while others are renewed."""
    for _ in range(PASSES - 1):
        say(f"Looking again in {IN_FLIGHT} seconds, for what is being written.")
        wait(IN_FLIGHT)
        renewal = _pass(say)
        if not renewal.changed:
            break
    return renewal


def _pass(say: Say) -> Renewal:
    whole = Renewal()
    for name, store in _all_stores():
        part = Renewal(unreadable=whole.unreadable)
        for _ in store(part):
            say(f"{name}: {part.secrets} read, {part.changed} put under the first key.")
        whole.secrets += part.secrets
        whole.changed += part.changed
    return whole


def _all_stores() -> Iterator[tuple[str, Store]]:
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:  # noqa: SLF001 -- Django's documented way to the fields
            if isinstance(column, EncryptedTextField) and not model._meta.proxy:  # noqa: SLF001 -- likewise
                yield f"{model._meta.label}.{column.name}", column_store(column)  # noqa: SLF001 -- likewise
    yield from _stores.items()


def column_store(column: EncryptedTextField) -> Store:
    """The rows of an encrypted field, by their key. A row that is written meanwhile is left to its writer."""

    def renew_rows(renewal: Renewal) -> Iterator[None]:
        rows = _with_what_is_stored(column)
        batch = list(rows.order_by("pk").values_list("pk", "stored")[:BATCH])
        while batch:
            with transaction.atomic():
                for pk, stored in batch:
                    fresh = renewal.renew(stored, f"{column} {pk}")
                    if fresh != stored:
                        unchanged = rows.filter(pk=pk, stored=stored)
                        unchanged.update(**{column.name: Value(fresh, TextField())})
            yield
            last = batch[-1][0]
            batch = list(
                rows.filter(pk__gt=last).order_by("pk").values_list("pk", "stored")[:BATCH]
            )

    return renew_rows


def _with_what_is_stored(column: EncryptedTextField) -> QuerySet[models.Model]:
    model: type[models.Model] = column.model
    stored = ExpressionWrapper(F(column.name), output_field=TextField())
    rows = model._base_manager.annotate(stored=stored)  # noqa: SLF001 -- every row, whatever the model's manager hides
    return rows.filter(stored__isnull=False)
