"""Candidacies in selection, what the jury decides of them, and what the calendar then announces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from admissions.announcing.services.opening import announce
from admissions.jury.services.sittings import plan_sitting
from admissions.models import Application, Candidacy
from admissions.models.sealed import Decision, Sitting
from admissions.states import ApplicationAction
from campaigns.models import Campaign, Milestone
from common.journal import SYSTEM, Stamp
from common.moves import move
from tests.factories import admissions as dossiers
from tests.factories import jury

FILE_RESULTS = datetime(2022, 4, 4, 10, 0, tzinfo=dossiers.PARIS)
CALLED_BY_JURY = datetime(2022, 4, 13, 18, 0, tzinfo=dossiers.PARIS)
SECOND_CALL = datetime(2022, 4, 15, 10, 0, tzinfo=dossiers.PARIS)
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
    entered = Stamp.of(SYSTEM, jury.ENTERED)
    move(application, ApplicationAction.DECLARE_COMPLETE, entered, completed_at=jury.ENTERED)
    for row in application.candidacies.select_related(
        "programme__selection", "application__person"
    ):
        jury.put(row, row.programme.selection.first)
    return dossiers.reread(application)


def candidacy(programme: str = "BAT-1", **changes: Any) -> Candidacy:
    """The one candidacy of a dossier in selection."""
    if programme.endswith("-2"):
        changes.setdefault("title", jury.M1)
    application = in_selection(programmes=(programme,), **changes)
    return reread(application.candidacies.get())


def decide(
    candidacy: Candidacy, outcome: str, *assessments: str, now: datetime = jury.DECIDED
) -> Decision:
    """Record an outcome of the stage where a candidacy is, with the tests that the jury chooses for it."""
    return jury.recorded(
        reread(candidacy), outcome, assessments=assessments, by=president(), now=now
    )


def plan(candidacy: Candidacy, assessment: str, now: datetime = CALLED_BY_JURY) -> Sitting:
    """Call a candidacy to a test of the stage where it is; nobody is told yet."""
    return plan_sitting(
        candidacy_ref=candidacy.ref, assessment_key=assessment, actor=president(), now=now
    )


def run(
    milestone: str, now: datetime, *, revision: int = 1, late: bool = False
) -> Mapping[str, int]:
    """Perform the announcement of a milestone as its run does."""
    row = Milestone.objects.select_related("campaign").get(
        campaign=dossiers.campaign(), key=milestone
    )
    due = Due(run=Run(revision=revision), milestone=row, campaign=row.campaign, now=now, late=late)
    with transaction.atomic():
        return announce(due)


def announced(
    outcome: str, *assessments: str, programme: str = "BAT-1", **changes: Any
) -> Candidacy:
    """A candidacy whose file was decided on, and which was told."""
    row = candidacy(programme, **changes)
    decide(row, outcome, *assessments)
    run("file-results", FILE_RESULTS)
    return reread(row)


def reread(candidacy: Candidacy) -> Candidacy:
    related = (
        "application__campaign__organiser",
        "application__person__user",
        "programme",
        "stage",
        "outcome",
    )
    return Candidacy.objects.select_related(*related).get(pk=candidacy.pk)


def president() -> User:
    """The president of the jury, always the same one."""
    known = User.objects.filter(
        grants__role=Role.PRESIDENT, grants__school__slug="imt-mines-ales"
    ).first()
    return known or jury.president()


def standing(candidacy: Candidacy) -> tuple[str, str, str]:
    """State, stage and outcome, as they are written."""
    row = reread(candidacy)
    stage, outcome = row.stage, row.outcome
    return row.state, stage.key if stage else "", outcome.key if outcome else ""
