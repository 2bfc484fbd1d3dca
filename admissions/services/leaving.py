"""What else ends when candidacies leave or are closed. The parts that know it register it, in the order of its end."""

from collections.abc import Callable, Sequence

from admissions.models import Candidacy
from admissions.rules.moves import CandidacyAction
from admissions.services.moves import move_candidacies
from common.journal import Stamp

Leaving = Callable[[Sequence[Candidacy], Stamp], None]
_leavings: dict[str, Leaving] = {}


def register_leaving(name: str, leaving: Leaving) -> None:
    """Have `leaving(candidacies, stamp)` called in the transaction in which locked candidacies leave."""
    _leavings[name] = leaving


def leave(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Withdraw locked candidacies, with all that was sealed or held for them."""
    move_candidacies(candidacies, CandidacyAction.WITHDRAW, stamp)
    end_what_follows(candidacies, stamp)


def close(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """End the search of locked candidacies that found no place, with what was under way for them (R-JOB-5)."""
    move_candidacies(candidacies, CandidacyAction.CLOSE, stamp)
    end_what_follows(candidacies, stamp)


def end_what_follows(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Have the parts that registered end what they hold for locked candidacies."""
    for leaving in _leavings.values():
        leaving(candidacies, stamp)
