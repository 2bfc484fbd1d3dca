"""Run a command and tell a refusal where the person is looking."""

from collections.abc import Callable

from django import forms

from common.errors import DomainError, NotAllowedError
from common.wording import say


def attempt(form: forms.Form, act: Callable[[], object], field: str | None = None) -> bool:
    """Whether the command was done; if it was refused, its reasons are errors of the form."""
    try:
        act()
    except NotAllowedError:
        raise
    except DomainError as error:
        for refusal in error.refusals:
            form.add_error(field, say(refusal))
        return False
    return True
