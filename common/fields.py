"""Columns that give back what was put in: a member of its enum, not the text that the database holds."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models

Given = TypeVar("Given")
Read = TypeVar("Read")
Member = TypeVar("Member", bound=StrEnum | models.TextChoices)

if TYPE_CHECKING:

    class GenericText(models.CharField[Given, Read]): ...

else:  # Django's fields take no types when the program runs

    class GenericText(models.CharField, Generic[Given, Read]): ...


class EnumField(GenericText[Given, Read]):
    """A text that is a member of an enum; an empty one stays empty text.

    Migrations hold a plain CharField: they need no class that may be gone by the time they run.
    """

    def __init__(
        self: "EnumField[Member | str, Member]",
        verbose_name: Any = None,
        *,
        enum: type[Member],
        **kwargs: Any,
    ) -> None:
        self.enum = enum
        named = (
            enum.choices
            if issubclass(enum, models.TextChoices)
            else [(m.value, m.value) for m in enum]
        )
        super().__init__(verbose_name, **{"choices": named} | kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        if "default" in kwargs:
            kwargs["default"] = str(kwargs["default"])
        return name, "django.db.models.CharField", args, kwargs

    def clone(self) -> Any:
        """The field as migrations know it."""
        _name, _path, args, kwargs = self.deconstruct()
        return models.CharField(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """A member. Raises ValueError for a text that is none: a row is older than the code, or was written past it."""
        return self.enum(value) if value else value

    def to_python(self, value: Any) -> Any:
        """A member, or as it is what is none: the check of the choices refuses it."""
        return self.enum(value) if value in self.enum._value2member_map_ else value

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else str(value)
