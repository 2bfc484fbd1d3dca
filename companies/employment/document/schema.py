"""The file of a form: its versions, each with its sections and its boxes in the order of the paper.

`docs/employment-form.md` explains every key.
"""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from common.datafile.values import Day, Flag, Model, Section, Text, Words
from companies.employment.rules.form import FieldKind, FormPart, FormSource

MOST_DIGITS = 10


def _digits(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise PydanticCustomError("digits", "not a number of a form, expected figures in quotes")
    return text


Digits = Annotated[str, Field(strict=True), AfterValidator(_digits)]


class FormChoice(Model):
    """What may be chosen in a box."""

    title: Text


class FormBox(Model):
    """A box of the form, or what the checks need besides (`ours`)."""

    label: Text
    kind: FieldKind
    source: Annotated[FormSource, Field(alias="from")] = FormSource.TYPED
    optional: Flag = False
    ours: Flag = False
    help: Text | None = None
    choices: Section[FormChoice] = {}

    @model_validator(mode="after")
    def _choices_of_a_choice(self) -> Self:
        if (self.kind is FieldKind.CHOICE) != bool(self.choices):
            raise PydanticCustomError("choices", "expected 'choices' of a choice, and there alone")
        if self.kind in {FieldKind.SEALED, FieldKind.BY_HAND} and (
            self.ours or self.source is not FormSource.TYPED
        ):
            raise PydanticCustomError("by_hand", "expected neither 'ours' nor 'from' of this kind")
        return self


class FormPartSection(Model):
    title: Text
    part: FormPart
    fields: Annotated[Section[FormBox], Field(min_length=1)]


class FormVersion(Model):
    """The form as it was in one version."""

    version: Digits
    since: Day | None = None
    source: Words
    to_verify: Text | None = None
    sections: Annotated[Section[FormPartSection], Field(min_length=1)]


class FormDocument(Model):
    """All that the file says: the latest version is the last one."""

    number: Digits
    title: Text
    versions: Annotated[tuple[FormVersion, ...], Field(min_length=1)]
