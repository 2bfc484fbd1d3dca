"""What upper parts hold against a change of a notice: they register it, this one knows no seat."""

from collections.abc import Callable, Sequence

from campaigns.models import Campaign
from common.refusals import DomainError
from common.rules.refusals import Refusal

Guard = Callable[[Campaign], Sequence[Refusal]]
_guards: dict[str, Guard] = {}


def register_guard(name: str, guard: Guard) -> None:
    """Have `guard(campaign)` asked once rows are written, in the same transaction: any reason undoes the change."""
    _guards[name] = guard


def ask_guards(campaign: Campaign) -> None:
    """Raises DomainError with every reason against what the rows of the campaign now say."""
    refusals = [refusal for guard in _guards.values() for refusal in guard(campaign)]
    if refusals:
        raise DomainError(*refusals)
