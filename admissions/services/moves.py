"""The only writer of the state of a dossier and of a candidacy, from their tables of moves."""

from collections import defaultdict
from collections.abc import Sequence

from admissions.models import Application, Candidacy
from admissions.rules.moves import (
    APPLICATION_MOVES,
    CANDIDACY_MOVES,
    ApplicationAction,
    ApplicationState,
    CandidacyAction,
    CandidacyState,
)
from campaigns.models import Campaign
from common.journal import Entry, Stamp, note
from common.rules.moves import IllegalMoveError, next_state


def move_application(application: Application, action: ApplicationAction, stamp: Stamp, **fields: object) -> None:
    """Move a locked dossier, writing `fields` along with its state."""
    move_applications([application], action, stamp, **fields)


def move_applications(
    applications: Sequence[Application], action: ApplicationAction, stamp: Stamp, **fields: object
) -> None:
    by_target: dict[str, list[Application]] = defaultdict(list)
    for application in applications:
        target = next_state(APPLICATION_MOVES, ApplicationState(application.state), action)
        by_target[target.value].append(application)
    for target_state, rows in by_target.items():
        Application.objects.filter(pk__in=[row.pk for row in rows]).update(state=target_state, **fields)
        note(*(_entry(row, action, stamp, target_state) for row in rows))
        for row in rows:
            _refresh(row, state=target_state, **fields)


def move_candidacies(candidacies: Sequence[Candidacy], action: CandidacyAction, stamp: Stamp, **fields: object) -> None:
    """Move locked candidacies. One that leaves the selection leaves its stage too.

    Raises IllegalMoveError if one is no longer in the state that its row says: it was not locked.
    """
    by_states: dict[tuple[str, str], list[Candidacy]] = defaultdict(list)
    for candidacy in candidacies:
        target = next_state(CANDIDACY_MOVES, CandidacyState(candidacy.state), action)
        by_states[candidacy.state, target.value].append(candidacy)
    for (source, target_state), rows in by_states.items():
        written = fields if target_state == CandidacyState.IN_SELECTION.value else {**fields, "stage": None}
        found = Candidacy.objects.filter(pk__in=[row.pk for row in rows], state=source)
        if found.update(state=target_state, **written) != len(rows):
            raise IllegalMoveError(f"a candidacy is no longer {source}")
        note(*(_entry(row, action, stamp, target_state) for row in rows))
        for row in rows:
            _refresh(row, state=target_state, **written)


def _entry(
    row: Application | Candidacy, action: ApplicationAction | CandidacyAction, stamp: Stamp, target: str
) -> Entry:
    return Entry(
        at=stamp.at,
        actor=stamp.actor,
        verb=action.value,
        scope=_campaign(row).slug,
        object_type="application" if isinstance(row, Application) else "candidacy",
        object_ref=row.ref,
        from_state=row.state,
        to_state=target,
        reason=stamp.reason,
        on_behalf_of=stamp.on_behalf_of,
        data=stamp.data,
    )


def _campaign(row: Application | Candidacy) -> Campaign:
    return row.campaign if isinstance(row, Application) else row.application.campaign


def _refresh(row: Application | Candidacy, **fields: object) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
