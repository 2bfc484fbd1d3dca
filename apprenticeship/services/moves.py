"""The only writer of the state of a job project, a seat, a contract and a commitment, from their tables of moves."""

from enum import StrEnum

from django.db import models

from admissions.models import Application
from apprenticeship.models import Commitment, Contract, JobProject, Seat
from apprenticeship.rules.moves import (
    COMMITMENT_MOVES,
    CONTRACT_MOVES,
    PROJECT_MOVES,
    SEAT_MOVES,
    CommitmentAction,
    CommitmentState,
    ContractAction,
    ContractState,
    ProjectAction,
    ProjectState,
    SeatAction,
    SeatState,
)
from common.journal import Entry, Stamp, note
from common.rules.moves import IllegalMoveError, next_state

Row = JobProject | Seat | Contract | Commitment
OBJECTS: dict[type, str] = {
    JobProject: "job_project",
    Seat: "seat",
    Contract: "contract",
    Commitment: "commitment",
}


def move_project(project: JobProject, action: ProjectAction, stamp: Stamp, **fields: object) -> None:
    """Move a locked project, writing `fields` along. Raises IllegalMoveError if it moved meanwhile."""
    target = next_state(PROJECT_MOVES, ProjectState(project.state), action)
    _write(project, action, target, stamp, fields)


def move_seat(seat: Seat, action: SeatAction, stamp: Stamp, **fields: object) -> None:
    """Move a seat whose pool is locked. Raises IllegalMoveError if it moved meanwhile."""
    target = next_state(SEAT_MOVES, SeatState(seat.state), action)
    _write(seat, action, target, stamp, fields)


def move_contract(contract: Contract, action: ContractAction, stamp: Stamp, **fields: object) -> None:
    """Move a contract whose dossier is locked. Raises IllegalMoveError if it moved meanwhile."""
    target = next_state(CONTRACT_MOVES, ContractState(contract.state), action)
    _write(contract, action, target, stamp, fields)


def move_commitment(row: Commitment, action: CommitmentAction, stamp: Stamp, **fields: object) -> None:
    """Move a commitment whose dossier is locked. Raises IllegalMoveError if it moved meanwhile."""
    target = next_state(COMMITMENT_MOVES, CommitmentState(row.state), action)
    _write(row, action, target, stamp, fields)


def note_act(row: Row, verb: str, stamp: Stamp, *, source: str, target: str) -> None:
    """Journal a move, or a beginning (`source` empty), or an end without a state (`target` empty)."""
    entry = Entry(
        at=stamp.at,
        actor=stamp.actor,
        verb=verb,
        scope=_application(row).campaign.slug,
        object_type=OBJECTS[type(row)],
        object_ref=row.ref,
        from_state=source,
        to_state=target,
        reason=stamp.reason,
        on_behalf_of=stamp.on_behalf_of,
        data={"application": _application(row).ref, **stamp.data},
    )
    note(entry)


def _write(row: Row, action: StrEnum, target: StrEnum, stamp: Stamp, fields: dict[str, object]) -> None:
    source = row.state
    rows: models.QuerySet[models.Model] = type(row).objects.filter(pk=row.pk, state=source)
    if rows.update(state=target.value, **fields) != 1:
        raise IllegalMoveError(f"{row} is no longer {source}")
    note_act(row, action.value, stamp, source=source, target=target.value)
    for name, value in {"state": target.value, **fields}.items():
        setattr(row, name, value)


def _application(row: Row) -> Application:
    return row.candidacy.application if isinstance(row, JobProject) else row.application
