"""The tables of pay in force, read from the file that comes with the product."""

from functools import cache
from pathlib import Path

from companies.pay.document.checks import read
from companies.pay.document.tables import tables_of
from companies.pay.rules import PayTables

FRANCE = Path(__file__).resolve().parents[2] / "fixtures" / "pay" / "france.yaml"


@cache
def pay_tables() -> PayTables:
    """The minimum wage and the grids of France. The file changes with a release: each process reads it once."""
    document, mistakes = read(FRANCE.read_text("utf-8"))
    if document is None:
        raise ValueError("\n".join(f"{FRANCE.name}:{line}: {said}" for line, said in mistakes))
    return tables_of(document)
