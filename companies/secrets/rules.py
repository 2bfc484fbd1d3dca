"""What a social security number (NIR) says of its owner, held against what the contract says.

Its sum is looked at where it is typed. What is odd in a number whose sum is right is a note: nothing is refused for it.
"""

from datetime import date
from enum import StrEnum


class Reading(StrEnum):
    """Where what was read goes: the journal says it."""

    PAGE = "page"
    SHEET = "sheet"  # a data sheet, printed and not kept
    COPY = "copy"  # the scan of the signed form, on which they are written


READ = "read_secrets"  # the verb of each reading in the journal
MEN, WOMEN = "m", "f"
LASTING = {"1": MEN, "2": WOMEN}
PROVISIONAL = {"7": MEN, "8": WOMEN}  # until the person is registered
MONTHS = range(1, 13)


def look_at_nir(nir: str, *, born_on: date | None, sex: str) -> tuple[str, ...]:
    """The codes of what is to be looked at in a number of fifteen characters; `sex` is empty until it is typed."""
    month = int(nir[3:5])
    says = (LASTING | PROVISIONAL).get(nir[0], "")
    notes = []
    if nir[0] not in LASTING or month not in MONTHS:
        notes.append("nir_provisional")
    if says and sex and says != sex:
        notes.append("nir_sex_differs")
    if born_on and _is_another_birth(born_on, int(nir[1:3]), month):
        notes.append("nir_birth_differs")
    return tuple(notes)


def _is_another_birth(born_on: date, year: int, month: int) -> bool:
    """By the two figures of the year, and by the month where it is one."""
    return born_on.year % 100 != year or (month in MONTHS and born_on.month != month)
