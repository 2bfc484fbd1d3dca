"""Amounts are whole cents; they become decimal only on the way out."""

from decimal import Decimal
from typing import NewType

Cents = NewType("Cents", int)


def to_euros(cents: Cents) -> Decimal:
    """The amount in euros, with two decimals."""
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))
