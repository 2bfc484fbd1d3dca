"""What was written in an older form of the notice, read in today's.

A version that was accepted is never written again, and a file may have been written for an earlier release: both say
their form by `schema`, and each step of `UPGRADES` takes them to the next one. A step is pure and total: sections are
mappings in a file and lists in a version, a file may hold anything at all, and what is not as expected stays as it is
for its author to be told. What it adds is what pages said before, never what they ought to say; what is in a later form
already stays so, as files need not say theirs.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from common.datafile.mistakes import Mistake

Data = dict[Any, Any]
SCHEMA = "schema"
FIRST = 1  # the form of the versions that don't say theirs


def _say_which_grants(data: Data) -> Data:
    """1 to 2: which grants lower the fees. The page said these of every campaign."""
    fees = data.get("fees")
    if not isinstance(fees, dict):
        return data
    grants = {
        "fr": "bourse de l’État ou du CROUS, justificatif à joindre",
        "en": "CROUS or French state grant, with its proof",
    }
    return {**data, "fees": {"grants": grants, **fees}}


def _say_that_fees_are_kept(data: Data) -> Data:
    """2 to 3: rules that are stated. The page said this one of every campaign."""
    if "rules" in data:
        return data
    kept = {
        "section": "fees",
        "title": {"fr": "Pas de remboursement", "en": "No refund"},
        "text": {
            "fr": "Les frais ne sont pas remboursés, quel que soit le résultat.",
            "en": "Fees are not refunded, whatever the result.",
        },
    }
    return {**data, "rules": {"fees-kept": kept}}


UPGRADES: Mapping[int, Callable[[Data], Data]] = MappingProxyType(
    {1: _say_which_grants, 2: _say_that_fees_are_kept}
)
CURRENT = FIRST + len(UPGRADES)


def of_version(stored: Data) -> Data:
    """What a version stores, in today's form."""
    return _upgraded(stored, stored.get(SCHEMA, FIRST))


def of_file(data: Data) -> tuple[Data, list[Mistake]]:
    """What a file says, in today's form. One that doesn't say its own may be of any: each step is taken."""
    number = data.get(SCHEMA, FIRST)
    if type(number) is int and FIRST <= number <= CURRENT:
        return _upgraded(data, number), []
    newer = type(number) is int and number > CURRENT
    said = "is of a later release" if newer else "is no form of the file"
    return data, [
        Mistake((SCHEMA,), f"{number!r} {said}, expected a number from {FIRST} to {CURRENT}")
    ]


def _upgraded(data: Data, number: int) -> Data:
    for step in range(number, CURRENT):
        data = UPGRADES[step](data)
    return {**data, SCHEMA: CURRENT}
