"""The form of the contrat pro's employment contract, read from the file that comes with the product."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from companies.employment.document.checks import read
from companies.employment.document.forms import forms_of
from companies.employment.rules.form import EmploymentForm

CERFA_12434 = Path(__file__).resolve().parents[2] / "fixtures" / "employment" / "cerfa-12434.yaml"


def form_in_force() -> EmploymentForm:
    """The latest version of the form."""
    return list(_versions().values())[-1]


def form_version(version: str) -> EmploymentForm:
    """A version of the form. The file changes with a release, and keeps those with which contracts were made."""
    return _versions()[version]


@cache
def _versions() -> Mapping[str, EmploymentForm]:
    """Each process reads the file once."""
    document, mistakes = read(CERFA_12434.read_text("utf-8"))
    if document is None:
        raise ValueError("\n".join(f"{CERFA_12434.name}:{line}: {said}" for line, said in mistakes))
    return forms_of(document)
