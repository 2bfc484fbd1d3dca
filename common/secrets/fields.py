"""The model field of what is kept encrypted."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from common.secrets.keys import decrypt, encrypt


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that the database holds encrypted and Python reads plain.

    What is encrypted is never equal twice: the column is neither unique nor indexed, and nothing is looked up by it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kwargs.keys() & {"primary_key", "unique", "db_index"}:
            raise FieldError("What is encrypted can be neither unique nor indexed.")

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return None if text is None else encrypt(text)

    def from_db_value(self, value: str | None, *_args: Any) -> str | None:
        return None if value is None else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: rows cannot be looked up by it.")
        return super().get_lookup(lookup_name)
