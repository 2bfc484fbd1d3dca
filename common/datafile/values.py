"""The small types that a data file is made of."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, partial
from typing import Annotated, Any, NotRequired, Self, TypeVar
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    WrapSerializer,
    with_config,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

FILE = "file"  # serialisation context: mappings by key, as an author writes them


class Model(BaseModel):
    """A part of the file: unknown keys are refused, nothing changes once read."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_by_alias=True, validate_by_name=False
    )


class StoredDocument(Model):
    """A whole file, of which versions are stored."""

    @classmethod
    def from_stored(cls, stored: Any) -> Self:
        """What a version says, whichever release wrote it: the one way to read it."""
        return cls.model_validate(stored)


Words = Annotated[str, Field(min_length=1, strict=True)]


@with_config(ConfigDict(extra="forbid"))
class Text(TypedDict):
    """Words shown to people. French is what the notice says; English falls back to it."""

    fr: Words
    en: NotRequired[Words]


Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=50, strict=True)]
Count = Annotated[int, Field(ge=0, le=32767, strict=True)]
Flag = Annotated[bool, Field(strict=True)]


@cache
def _zones() -> frozenset[str]:
    """Read once: they are files of the machine, hundreds of them."""
    return frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise PydanticCustomError("zone", "unknown time zone, expected a name such as Europe/Paris")
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?")


def _day(value: Any) -> date:
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
    except ValueError:
        pass
    if isinstance(value, str) and DAY.fullmatch(value):
        raise PydanticCustomError("no_such_day", "there is no such day, check the month’s length")
    raise PydanticCustomError("day", "not a day, expected YYYY-MM-DD")


def _moment(value: Any, zone: str) -> date | datetime:
    try:
        if isinstance(value, str):
            value = (
                date.fromisoformat(value)
                if len(value) == len("2022-03-08")
                else datetime.fromisoformat(value)
            )
        if isinstance(value, date) and (not isinstance(value, datetime) or value.tzinfo is None):
            return value
    except ValueError:
        pass
    if isinstance(value, str) and MOMENT.fullmatch(value):
        raise PydanticCustomError("no_such_day", "there is no such day or hour, check both")
    raise PydanticCustomError(
        "moment",
        "not a date, expected YYYY-MM-DD, or YYYY-MM-DD HH:MM in {zone} (no offset)",
        {"zone": zone},
    )


def _iso(value: date) -> str:
    return (
        value.isoformat(" ", "minutes" if value.second == 0 else "seconds")
        if isinstance(value, datetime)
        else (value.isoformat())
    )


Day = Annotated[
    date,
    PlainValidator(_day),
    PlainSerializer(_iso, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
AS_MOMENT = (
    PlainSerializer(_iso, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?$"}),
)


def moment_in(zone: str) -> PlainValidator:
    """Reads a day or a local time. `zone` names to the author whose time it is.

    To be used with its form: `Annotated[date | datetime, moment_in("the school's zone"), *AS_MOMENT]`.
    """
    return PlainValidator(partial(_moment, zone=zone))


Hour = Annotated[
    time,
    PlainSerializer(lambda hour: hour.isoformat("minutes"), when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d$"}),
]


def _hours(value: Any) -> int:
    found = re.fullmatch(r"([+-]?\d{1,4})h", value) if isinstance(value, str) else None
    if not found:
        raise PydanticCustomError("hours", "not a distance in hours, expected for instance -48h")
    return int(found[1])


Hours = Annotated[
    int,
    PlainValidator(_hours),
    PlainSerializer(lambda hours: f"{hours}h", when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^[+-]?\d{1,4}h$"}),
]


def _cents(value: Any) -> int:
    if not isinstance(value, bool) and isinstance(value, int | float | str):
        found = re.fullmatch(r"\d{1,6}(\.\d{1,2})?", str(value))
        if found:
            return int(Decimal(found[0]) * 100)
    raise PydanticCustomError("euros", "not an amount in euros, expected for instance 77 or 77.50")


def _euros(cents: int) -> int | str:
    return (
        cents // 100 if cents % 100 == 0 else str((Decimal(cents) / 100).quantize(Decimal("0.01")))
    )


Euros = Annotated[
    int,
    PlainValidator(_cents),
    PlainSerializer(_euros, when_used="json"),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^\d+(\.\d{1,2})?$"}),
]

Item = TypeVar("Item")


def _by_key(value: Any) -> Any:
    if isinstance(value, list) and all(
        isinstance(item, Mapping) and "key" in item for item in value
    ):
        return {
            item["key"]: {name: part for name, part in item.items() if name != "key"}
            for item in value
        }
    return value


def _in_order(
    value: dict[str, Any], handler: SerializerFunctionWrapHandler, info: SerializationInfo
) -> Any:
    items = handler(value)
    if info.context == FILE:
        return items
    return [{"key": key, **item} for key, item in items.items()]


# A mapping whose order counts: stored as a list, for a JSON column may sort the keys of an object.
Section = Annotated[
    dict[Key, Item], BeforeValidator(_by_key), WrapSerializer(_in_order, when_used="json")
]
