"""What models are made of: columns that give back members of an enum, rows with a state, rows that workers claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

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


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry of the journal is about: its kind (stored text, never a class's name), its reference, and where it
    belongs: the slug of a campaign or of a school. `data` is what every entry about it says.
    """

    kind: str
    ref: str
    scope: str
    data: Mapping[str, object] = field(default_factory=dict)


class Movable(models.Model):
    """A row with a state that `common.moves` alone writes, along the table of its model."""

    moves: ClassVar[Mapping[tuple[Any, Any], Any]]
    compared: ClassVar[
        Sequence[str]
    ] = ()  # columns that a move finds as they were read, besides the state

    class Meta:
        abstract = True

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:  # noqa: ARG003
        """The columns that follow from a move, because a constraint ties them to the state."""
        return {}

    def in_journal(self) -> Subject:
        raise NotImplementedError("the journal follows no state of a machine")


class Leased(Movable):
    """A row that a worker takes for a time. Its claim is known by the columns that are compared."""

    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
