"""Many rows like one that the product made: INSERT … SELECT on PostgreSQL, a minute's work for a year's campaign."""

from django.db import connection
from django.db.models import Model

NUMBERED = "lpad(g.n::text, 12, '0')"  # a reference


def multiply(like: Model, count: int, **changes: str) -> int:
    """`count` rows like that one, numbered `g.n` from 1; `changes` are SQL expressions, by column. The last old key."""
    numbers = f"generate_series(1, {count}) AS g(n)"
    return _insert(like, numbers, changes)


def multiply_of(
    like: Model, parent: type[Model], after: int, where: str = "true", **changes: str
) -> int:
    """A row like that one for each parent `p` made after a key, numbered `g.n` in their order."""
    table = parent._meta.db_table
    numbered = f'(SELECT row_number() OVER (ORDER BY id) AS n, "{table}".* FROM "{table}" WHERE id > {after}) AS g'
    return _insert(like, f"(SELECT * FROM {numbered} WHERE {where}) AS g", changes)


def _insert(like: Model, many: str, changes: dict[str, str]) -> int:
    meta = like._meta
    columns = [field.column for field in meta.concrete_fields if not field.primary_key]
    unknown = changes.keys() - set(columns)
    assert not unknown, unknown
    values = [changes.get(column, f't."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    last = type(like)._base_manager.order_by("-pk").values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({names}) SELECT {", ".join(values)} '
            f'FROM "{meta.db_table}" t, {many} WHERE t.id = {like.pk}'
        )
    return int(last)
