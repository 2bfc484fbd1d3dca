"""What a submission adds to what is owed (R-APP-2)."""

from collections.abc import Collection, Sequence

from campaigns.conditions.rules.fees import FeeLine
from common.rules.values import Cents


def due(lines: Sequence[FeeLine], charged: Cents) -> Cents:
    """The price of the whole set less what was charged, never below nothing: fees are not refunded."""
    return Cents(max(0, sum(line.cents for line in lines) - charged))


def new_charges(
    lines: Sequence[FeeLine], submitted: Collection[str], charged: Cents
) -> tuple[FeeLine, ...]:
    """What is due, shared among the programmes now submitted, each at its own price as far as that goes.

    What is due beyond their prices (reduced fees that no longer hold) goes to the first of them.
    """
    left = due(lines, charged)
    amounts: dict[str, int] = {}
    for line in lines:
        if line.programme in submitted:
            amounts[line.programme] = min(line.cents, left)
            left = Cents(left - amounts[line.programme])
    for programme in list(amounts)[:1]:
        amounts[programme] += left
    return tuple(FeeLine(programme, Cents(cents)) for programme, cents in amounts.items() if cents)
