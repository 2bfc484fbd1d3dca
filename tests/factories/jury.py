"""Juries and what they decide, through the services. `entered` puts candidacies before the jury."""

from datetime import date, datetime
from typing import Any

from accounts.models import School, User
from admissions.dossier.services.drafts import TitleInput
from admissions.jury.services.decisions import give_mark, record_decision
from admissions.jury.services.members import seat_juror
from admissions.jury.services.sittings import plan
from admissions.models import Candidacy
from admissions.models.sealed import Decision, JuryMember, Mark, Sitting
from admissions.states import CandidacyAction, SittingAction
from campaigns.models import MilestoneRun, Programme, Selection, Stage
from common.journal import SYSTEM, Stamp
from common.moves import move
from tests.factories import accounts
from tests.factories import admissions as dossiers

ENTERED = datetime(2022, 3, 15, 10, 0, tzinfo=dossiers.PARIS)
DECIDED = datetime(2022, 3, 25, 22, 15, tzinfo=dossiers.PARIS)
TOLD = datetime(2022, 4, 4, 10, 0, tzinfo=dossiers.PARIS)
MARKED = datetime(2022, 4, 12, 21, 30, tzinfo=dossiers.PARIS)
M1 = TitleInput(
    kind="M1", name="Master Génie civil", status="expected", on=date(2022, 6, 30), ects=240
)


def member(selection: str = "year-1", *, programme: str = "", user: User | None = None) -> User:
    """A juror of a selection of Alès 2022, or of one of its programmes."""
    dossiers.campaign()
    juror = user or accounts.with_second_factor(accounts.juror())
    row = JuryMember(
        user=juror,
        selection=Selection.objects.get(campaign__slug=dossiers.SLUG, key=selection),
        programme=Programme.objects.filter(campaign__slug=dossiers.SLUG, code=programme).first(),
    )
    seat_juror(member=row, actor=accounts.administrator(), now=ENTERED)
    return juror


def president(school: School | None = None) -> User:
    return accounts.with_second_factor(accounts.president(school))


def entered(code: str = "BAT-1", *, stage: str = "file", **changes: Any) -> Candidacy:
    """A new person's candidacy to a programme, before the jury at a stage."""
    title = M1 if code.endswith("-2") else dossiers.TITLE
    application = dossiers.submitted(programmes=(code,), **{"title": title} | changes)
    return put(application.candidacies.get(), stage)


def put(candidacy: Candidacy, stage: str = "file") -> Candidacy:
    """Have a submitted candidacy enter its selection, at a stage."""
    reached = Stage.objects.get(selection=candidacy.programme.selection_id, key=stage)
    application = candidacy.application
    listed = {"sort_key": application.sort_key, "received_at": application.received_at}
    stamp = Stamp.of(SYSTEM, ENTERED)
    move(candidacy, CandidacyAction.ENTER, stamp, stage=reached, **listed)
    return reread(candidacy)


def recorded(
    candidacy: Candidacy,
    outcome_key: str,
    *,
    assessments: tuple[str, ...] = (),
    by: User | None = None,
    now: datetime = DECIDED,
) -> Decision:
    """A decision recorded by the president of the school, or by someone else."""
    return record_decision(
        candidacy_ref=candidacy.ref,
        outcome_key=outcome_key,
        assessments=assessments,
        actor=by or accounts.president(candidacy.programme.school),
        now=now,
    )


def called(candidacy: Candidacy, key: str) -> Sitting:
    """A test of its stage to which a candidacy is called, as the announcement does."""
    stamp = Stamp.of(SYSTEM, TOLD)
    test = candidacy.stage.assessments.get(key=key)
    plan([Sitting(candidacy=candidacy, assessment=test)], stamp)
    sitting = Sitting.objects.get(candidacy=candidacy, assessment__key=key)
    move(sitting, SittingAction.CALL, stamp, called_at=TOLD)
    return sitting


def marked(
    candidacy: Candidacy, key: str, hundredths: int, *, by: User, now: datetime = MARKED
) -> Mark:
    return give_mark(
        candidacy_ref=candidacy.ref, assessment_key=key, hundredths=hundredths, actor=by, now=now
    )


def performed(milestone: str) -> None:
    """Say that an announcement was made, without making it."""
    runs = MilestoneRun.objects.filter(
        milestone__campaign__slug=dossiers.SLUG, milestone__key=milestone
    )
    runs.update(state="done", finished_at=TOLD)


def reread(candidacy: Candidacy) -> Candidacy:
    return Candidacy.objects.select_related(
        "application__campaign", "programme__school", "stage"
    ).get(pk=candidacy.pk)
