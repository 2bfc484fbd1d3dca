"""The form of an employment contract, box by box, and what is typed in a box as it is understood."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

YES, NO = "yes", "no"
DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
HOURS = re.compile(r"(\d{1,3})\s*(?:h|:)?\s*(\d{2})?")
EUROS = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SIRET_DIGITS = 14
HOUR, CENTS = 60, 100
MOST = 9999
Value = str | int | bool | date
Words = Mapping[str, object]  # of a text, by language


class FieldKind(StrEnum):
    """How a box is filled in."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DAY = "day"
    HOURS = "hours"  # and minutes, of a week
    EUROS = "euros"
    YES_NO = "yes_no"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    SIRET = "siret"
    SEALED = "sealed"  # kept apart, and written on paper where it may not be shown
    BY_HAND = "by_hand"  # its codes are not known for sure: whoever signs writes it on the form


class FormSource(StrEnum):
    """From where a box is filled in."""

    TYPED = "typed"
    YEAR = "year"  # what the school says of the training
    STUDENT = "student"  # who they are, as their file says


class FormPart(StrEnum):
    """Whose part of the form a section is."""

    EMPLOYER = "employer"
    EMPLOYEE = "employee"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A box. `ours`: it is not on the form, and the checks need it. `choices`: what may be chosen, each in words."""

    key: str
    label: Words
    kind: FieldKind
    source: FormSource = FormSource.TYPED
    optional: bool = False
    ours: bool = False
    help: Words | None = None
    choices: Mapping[str, Words]

    @property
    def is_typed(self) -> bool:
        return self.source is FormSource.TYPED and self.kind not in {
            FieldKind.SEALED,
            FieldKind.BY_HAND,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    key: str
    title: Words
    part: FormPart
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentForm:
    """A version of a form: its sections in its order. `since`: the day from which it is used, where that is known."""

    number: str
    title: Words
    version: str
    since: date | None
    source: str
    to_verify: Words | None
    sections: tuple[FormSection, ...]

    @property
    def name(self) -> str:
        return f"CERFA {self.number}*{self.version}"

    @property
    def fields(self) -> tuple[FormField, ...]:
        return tuple(field for section in self.sections for field in section.fields)

    def typed_by(self, *parts: FormPart) -> tuple[str, ...]:
        """The keys of the boxes that these parts type."""
        return tuple(
            field.key
            for section in self.sections
            if section.part in parts
            for field in section.fields
            if field.is_typed
        )


def understood(field: FormField, text: str) -> Value | None:
    """What was typed in a box; None if the box is empty, or does not say what its kind asks for."""
    typed = " ".join(text.split()) if field.kind is not FieldKind.LONG else text.strip()
    if not typed:
        return None
    if field.kind is FieldKind.CHOICE:
        return typed if typed in field.choices else None
    return READERS[field.kind](typed)


def normal(field: FormField, text: str) -> str:
    """A box as a version keeps it: days in ISO, amounts with a point. What is not understood stays as it is typed."""
    value = understood(field, text)
    if value is None:
        return text.strip()
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return value.isoformat()
    if field.kind is FieldKind.EUROS and isinstance(value, int):
        return f"{Decimal(value) / CENTS:.2f}"
    if field.kind is FieldKind.HOURS and isinstance(value, int):
        return "{}:{:02}".format(*divmod(value, HOUR))
    return str(value)


def as_typed(field: FormField, kept: str) -> str:
    """What a version keeps, as one would type it: it is gone on from there."""
    value = understood(field, kept)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return kept.replace(".", ",") if field.kind is FieldKind.EUROS else kept


def read_day(text: str) -> date | None:
    """Day first, or in ISO. A day that does not exist is none."""
    found = DAY_FIRST.fullmatch(text)
    try:
        if found:
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_number(text: str) -> int | None:
    digits = text.replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and int(digits) <= MOST else None


def read_euros(text: str) -> int | None:
    """An amount in cents, with a comma or a point."""
    amount = text.replace("€", "").replace(" ", "")
    if not EUROS.fullmatch(amount):
        return None
    return int(Decimal(amount.replace(",", ".")) * CENTS)


def read_minutes(text: str) -> int | None:
    """Hours and minutes: "35", "35 h", "35:30", "35 h 30"."""
    found = HOURS.fullmatch(text.lower())
    if found is None:
        return None
    minutes = int(found[2] or 0)
    return int(found[1]) * HOUR + minutes if minutes < HOUR else None


def read_yes_no(text: str) -> bool | None:
    return {YES: True, NO: False}.get(text)


def read_email(text: str) -> str | None:
    return text if ADDRESS.fullmatch(text) else None


def read_siret(text: str) -> str | None:
    """Fourteen digits, spaces aside; whether they are right is looked at where they are used."""
    digits = text.replace(" ", "")
    return digits if digits.isascii() and digits.isdigit() and len(digits) == SIRET_DIGITS else None


READERS: Mapping[FieldKind, Callable[[str], Value | None]] = {
    FieldKind.TEXT: str,
    FieldKind.LONG: str,
    FieldKind.NUMBER: read_number,
    FieldKind.DAY: read_day,
    FieldKind.HOURS: read_minutes,
    FieldKind.EUROS: read_euros,
    FieldKind.YES_NO: read_yes_no,
    FieldKind.CHOICE: str,
    FieldKind.EMAIL: read_email,
    FieldKind.PHONE: str,
    FieldKind.SIRET: read_siret,
    FieldKind.SEALED: str,
    FieldKind.BY_HAND: str,
}
