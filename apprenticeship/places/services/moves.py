"""The first lines of every command on a place, and the only writer of the states of its rows."""

from collections.abc import Callable, Collection
from enum import StrEnum

from django.db import models
from django.db.models import QuerySet

from accounts.models import User
from admissions.dossier.services.moves import lock_dossier
from admissions.models import Application, Candidacy
from apprenticeship.models import Commitment, Contract, JobProject, Seat
from apprenticeship.states import (
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
from common.journal import Stamp, note
from common.refusals import DomainError, require
from common.rules.moves import IllegalMoveError, next_state
from common.rules.refusals import Verdict


def lock_candidacy(ref: str, may: Callable[[User, Candidacy], Verdict], actor: User) -> Candidacy:
    """Raises Candidacy.DoesNotExist, or NotAllowedError."""
    application = lock_dossier(
        Candidacy.objects.select_related("application").get(ref=ref).application.ref
    )
    rows = Candidacy.objects.select_for_update(of=("self",)).select_related("programme")
    candidacy = rows.get(ref=ref)
    candidacy.application = application
    require(may(actor, candidacy))
    return candidacy


def lock_candidacies(rows: QuerySet[Candidacy], keys: Collection[int]) -> list[Candidacy]:
    """Those of `rows` with these keys, each dossier locked before its candidacies; who is no longer one is left out."""
    lock_dossiers(Candidacy.objects.filter(pk__in=keys))
    related = ("application__campaign", "application__person__user", "programme")
    found = rows.filter(pk__in=keys).select_for_update(of=("self",)).select_related(*related)
    return list(found.order_by("pk"))


def lock_dossiers(rows: QuerySet[Candidacy]) -> None:
    owners = Application.objects.select_for_update(of=("self",)).filter(
        pk__in=rows.order_by().values("application")
    )
    list(owners.order_by("pk").values_list("pk", flat=True))


def typed_reason(reason: str) -> str:
    """Raises DomainError when nothing was typed."""
    if not reason.strip():
        raise DomainError.of("reason_is_missing")
    return reason.strip()


Row = JobProject | Seat | Contract | Commitment


def move_project(
    project: JobProject, action: ProjectAction, stamp: Stamp, **fields: object
) -> None:
    """Move a locked project, writing `fields` along. Raises IllegalMoveError if it moved meanwhile."""
    target = next_state(PROJECT_MOVES, ProjectState(project.state), action)
    _write(project, action, target, stamp, fields)


def move_seat(seat: Seat, action: SeatAction, stamp: Stamp, **fields: object) -> None:
    """Move a seat whose pool is locked. Raises IllegalMoveError if it moved meanwhile."""
    target = next_state(SEAT_MOVES, SeatState(seat.state), action)
    _write(seat, action, target, stamp, fields)


def move_contract(
    contract: Contract, action: ContractAction, stamp: Stamp, **fields: object
) -> None:
    """Move a contract whose dossier is locked. Raises IllegalMoveError if it moved meanwhile."""
    target = next_state(CONTRACT_MOVES, ContractState(contract.state), action)
    _write(contract, action, target, stamp, fields)


def move_commitment(
    row: Commitment, action: CommitmentAction, stamp: Stamp, **fields: object
) -> None:
    """Move a commitment whose dossier is locked. Raises IllegalMoveError if it moved meanwhile."""
    target = next_state(COMMITMENT_MOVES, CommitmentState(row.state), action)
    _write(row, action, target, stamp, fields)


def _write(
    row: Row, action: StrEnum, target: StrEnum, stamp: Stamp, fields: dict[str, object]
) -> None:
    source = row.state
    rows: models.QuerySet[models.Model] = type(row).objects.filter(pk=row.pk, state=source)
    if rows.update(state=target.value, **fields) != 1:
        raise IllegalMoveError(f"{row} is no longer {source}")
    note(row, action, stamp, source=source, target=target)
    for name, value in {"state": target.value, **fields}.items():
        setattr(row, name, value)
