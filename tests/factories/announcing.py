"""Candidacies in selection, what the jury decides of them, and what the calendar then announces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from admissions import services
from admissions.models import Application, Candidacy
from admissions.models.sealed import Decision, Sitting
from admissions.rules.moves import (
    ApplicationAction,
    CandidacyAction,
    DecisionAction,
    DecisionState,
    SittingState,
)
from admissions.services.announcing import announce
from admissions.services.jury.moves import move_decision
from admissions.services.moves import Stamp, move_application, move_candidacies
from campaigns.models import Assessment, Campaign, Milestone, Outcome, Stage
from common.actors import SYSTEM, Actor
from tests.factories import accounts
from tests.factories import admissions as dossiers

COMPLETED = datetime(2022, 3, 10, 11, 0, tzinfo=dossiers.PARIS)
DECIDED = datetime(2022, 3, 30, 16, 0, tzinfo=dossiers.PARIS)
FILE_RESULTS = datetime(2022, 4, 4, 10, 0, tzinfo=dossiers.PARIS)
SECOND_CALL = datetime(2022, 4, 15, 10, 0, tzinfo=dossiers.PARIS)
# With which one may apply to enter the second year.
MASTER = services.TitleInput(
    kind="M1", name="Master Génie civil", institution="Université de Montpellier", status="expected", ects=240
)
TEST_RESULTS = datetime(2022, 5, 5, 10, 0, tzinfo=dossiers.PARIS)


@dataclass(frozen=True, kw_only=True)
class Run:
    revision: int = 1


@dataclass(frozen=True, kw_only=True)
class Due:
    """What the calendar hands to an action."""

    run: Run
    milestone: Milestone
    campaign: Campaign
    now: datetime
    late: bool = False


def in_selection(**changes: Any) -> Application:
    """A complete dossier, its candidacies at the first stage of their selection."""
    application = dossiers.submitted(**changes)
    stamp = Stamp(actor=SYSTEM, at=COMPLETED)
    move_application(application, ApplicationAction.DECLARE_COMPLETE, stamp)
    for candidacy in application.candidacies.select_related("programme__selection", "application__campaign"):
        selection = candidacy.programme.selection
        first = Stage.objects.get(selection=selection, key=selection.first)
        sort_key = application.person.sort_key
        move_candidacies([candidacy], CandidacyAction.ENTER, stamp, stage=first, sort_key=sort_key)
    return dossiers.reread(application)


def candidacy(programme: str = "BAT-1", **changes: Any) -> Candidacy:
    """The one candidacy of a dossier in selection."""
    if programme.endswith("-2"):
        changes.setdefault("title", MASTER)
    application = in_selection(programmes=(programme,), **changes)
    return reread(application.candidacies.get())


def decide(
    candidacy: Candidacy, outcome: str, *assessments: str, by: User | None = None, now: datetime = DECIDED
) -> Decision:
    """Record an outcome of the stage where a candidacy is, and plan the tests of the stage that it leads to."""
    stage = candidacy.stage
    assert stage, "it is in selection"
    chosen = Outcome.objects.select_related("next_stage").get(stage=stage, key=outcome)
    stamp = Stamp(actor=Actor.user(by or juror()), at=now)
    decision = Decision.objects.create(
        candidacy=candidacy,
        stage=stage,
        outcome=chosen,
        version=candidacy.decisions.filter(stage=stage).count() + 1,
        state=DecisionState.PROPOSED.value,
        by_id=int(stamp.actor.ref),
        proposed_at=now,
    )
    move_decision(decision, DecisionAction.RECORD, stamp, recorded_at=now)
    plan(candidacy, *assessments, stage=chosen.next_stage)
    return decision


def plan(candidacy: Candidacy, *assessments: str, stage: Stage | None = None) -> list[Sitting]:
    """Have a candidacy sit tests of a stage, by default the one where it is; nobody is told yet."""
    rows = Assessment.objects.filter(stage=stage or candidacy.stage, key__in=assessments)
    planned = [Sitting(candidacy=candidacy, assessment=row, state=SittingState.PLANNED.value) for row in rows]
    assert len(planned) == len(assessments), f"{assessments} are not all tests of {stage or candidacy.stage}"
    return Sitting.objects.bulk_create(planned)


def run(milestone: str, now: datetime, *, revision: int = 1, late: bool = False) -> Mapping[str, int]:
    """Perform the announcement of a milestone as its run does."""
    row = Milestone.objects.select_related("campaign").get(campaign=dossiers.campaign(), key=milestone)
    due = Due(run=Run(revision=revision), milestone=row, campaign=row.campaign, now=now, late=late)
    with transaction.atomic():
        return announce(due)


def announced(outcome: str, *assessments: str, programme: str = "BAT-1", **changes: Any) -> Candidacy:
    """A candidacy whose file was decided on, and which was told."""
    row = candidacy(programme, **changes)
    decide(row, outcome, *assessments)
    run("file-results", FILE_RESULTS)
    return reread(row)


def reread(candidacy: Candidacy) -> Candidacy:
    related = ("application__campaign__organiser", "application__person__user", "programme", "stage", "outcome")
    return Candidacy.objects.select_related(*related).get(pk=candidacy.pk)


def juror() -> User:
    return User.objects.filter(grants__role="juror").first() or accounts.juror(dossiers.campaign().organiser)


def standing(candidacy: Candidacy) -> tuple[str, str, str]:
    """State, stage and outcome, as they are written."""
    row = reread(candidacy)
    stage, outcome = row.stage, row.outcome
    return row.state, stage.key if stage else "", outcome.key if outcome else ""
