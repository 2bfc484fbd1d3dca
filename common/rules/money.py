"""Amounts are whole cents; they become decimal only on the way out."""

from typing import NewType

Cents = NewType("Cents", int)
