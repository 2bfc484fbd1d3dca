"""The only writer of the state of a dossier and of a candidacy, and the first lines of every command."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from admissions.dossier.permissions import can_act
from admissions.dossier.rules.acts import may_edit
from admissions.dossier.selectors.dossiers import situation_of
from admissions.models import Application, Candidacy
from admissions.states import (
    APPLICATION_MOVES,
    CANDIDACY_MOVES,
    ApplicationAction,
    ApplicationState,
    CandidacyAction,
    CandidacyState,
)
from common.journal import Stamp, note_all
from common.refusals import DomainError, require
from common.rules.moves import IllegalMoveError, next_state
from common.rules.refusals import Verdict


def move_application(
    application: Application, action: ApplicationAction, stamp: Stamp, **fields: object
) -> None:
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
        Application.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=target_state, **fields
        )
        note_all(rows, action, stamp, source=rows[0].state, target=target_state)
        for row in rows:
            _refresh(row, state=target_state, **fields)


def move_candidacies(
    candidacies: Sequence[Candidacy], action: CandidacyAction, stamp: Stamp, **fields: object
) -> None:
    """Move locked candidacies. One that leaves the selection leaves its stage too.

    Raises IllegalMoveError if one is no longer in the state that its row says: it was not locked.
    """
    by_states: dict[tuple[str, str], list[Candidacy]] = defaultdict(list)
    for candidacy in candidacies:
        target = next_state(CANDIDACY_MOVES, CandidacyState(candidacy.state), action)
        by_states[candidacy.state, target.value].append(candidacy)
    for (source, target_state), rows in by_states.items():
        written = (
            fields
            if target_state == CandidacyState.IN_SELECTION.value
            else {**fields, "stage": None}
        )
        found = Candidacy.objects.filter(pk__in=[row.pk for row in rows], state=source)
        if found.update(state=target_state, **written) != len(rows):
            raise IllegalMoveError(f"a candidacy is no longer {source}")
        note_all(rows, action, stamp, source=source, target=target_state)
        for row in rows:
            _refresh(row, state=target_state, **written)


def _refresh(row: Application | Candidacy, **fields: object) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def lock_own_dossier(ref: str, actor: User) -> Application:
    """The dossier, locked. Raises NotAllowedError unless it is the actor's own."""
    application = lock_dossier(ref)
    require(can_act(actor, application))
    return application


def lock_draft(ref: str, actor: User, now: datetime) -> Application:
    """The actor's own draft, locked. Raises DomainError once it can no longer be changed."""
    application = lock_own_dossier(ref, actor)
    refuse_unless(may_edit(situation_of(application, now)))
    return application


def lock_dossier(ref: str) -> Application:
    """Without its two long columns: what was submitted, that only a submission adds to, and the notice."""
    rows = Application.objects.select_for_update(of=("self",)).defer(
        "snapshot", "campaign__current_version__document"
    )
    return rows.select_related(
        "campaign__organiser", "campaign__current_version", "person__user"
    ).get(ref=ref)


def refuse_unless(verdict: Verdict) -> None:
    """Raise DomainError with every reason against what is asked."""
    if not verdict:
        raise DomainError(*verdict.refusals)


def day_of_dossier(application: Application, now: datetime) -> date:
    """Today, where the campaign is."""
    return now.astimezone(ZoneInfo(application.campaign.zone)).date()
