"""What an application costs (R-APP-2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.rules.values import Cents


@dataclass(frozen=True, slots=True)
class TierPrices:
    """Prices by rank: the first programme of a dossier, then each further one."""

    first: Cents
    further: Cents


@dataclass(frozen=True, slots=True)
class FeeLine:
    programme: str
    cents: Cents


def price(codes: Sequence[str], tier: TierPrices) -> tuple[FeeLine, ...]:
    """One line per programme, in the order given: the rank makes the price, whichever the programme."""
    distinct = dict.fromkeys(codes)
    return tuple(
        FeeLine(code, tier.further if rank else tier.first) for rank, code in enumerate(distinct)
    )
