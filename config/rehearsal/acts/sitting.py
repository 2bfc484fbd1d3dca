"""The tests: hours set by the office, who came, what marks were given."""

from datetime import datetime, timedelta
from functools import partial

from admissions.models.sealed import Sitting
from admissions.rules.moves import CandidacyState, SittingAction, SittingState
from admissions.services.announcing import set_sitting_time
from admissions.services.jury.marks import give_mark
from admissions.services.jury.sittings import record_presence
from campaigns.models import Assessment
from campaigns.rules.enums import Booking
from config.rehearsal import behaviour
from config.rehearsal.acts.dates import LATE
from config.rehearsal.acts.judging import draw_of, hour
from config.rehearsal.season import Season
from config.rehearsal.words import english

SOON = timedelta(hours=2)  # after the call
AT_LEAST = timedelta(hours=20)  # from the call to the test
ROOM = "https://visio.example.org/jury"
LOWEST, HIGHEST, HALF_POINT = 6, 40, 50  # marks of 3 to 20, by half points, in hundredths


def plan(season: Season) -> None:
    """Once after the results that call to a test, once after those told late."""
    tests = Assessment.objects.filter(stage__selection__campaign=season.campaign)
    for assessment in tests.select_related("called_with", "window", "stage"):
        told_at = hour(assessment.called_with)
        for since in (told_at, told_at + LATE):
            hours = f"Hours set: {english(assessment.label)}"
            season.agenda.plan(since + SOON, "schedule", hours, partial(_schedule, season, assessment, since))


def _schedule(season: Season, assessment: Assessment, since: datetime, at: datetime) -> int:
    """Each of those called since then sits at a moment of the test's window."""
    title = f"Tests: {english(assessment.label)}"
    told = 0
    called = Sitting.objects.filter(
        assessment=assessment,
        state=SittingState.CALLED.value,
        called_at__gte=since,
        candidacy__stage=assessment.stage_id,
    )
    for sitting in called.select_related("candidacy__application__person__user", "candidacy__programme"):
        draw = draw_of(season, sitting.candidacy, "sit", assessment.key)
        start = max(at + AT_LEAST, assessment.window.starts_at or at)
        end = max(start, (assessment.window.ends_at or start) - AT_LEAST)
        moment = (start + (end - start) * draw.random()).replace(second=0, microsecond=0)
        season.agenda.plan(moment, "sit", title, partial(_sit, season, sitting))
        if assessment.booking != Booking.NONE.value and moment <= (assessment.window.ends_at or moment):
            _set_time(season, sitting, moment, at)
            told += 1
    return told


def _set_time(season: Season, sitting: Sitting, starts_at: datetime, at: datetime) -> None:
    clerk = season.cast.clerks[0]
    set_sitting_time(sitting_ref=sitting.ref, starts_at=starts_at, place=ROOM, actor=clerk, now=at)


def _sit(season: Season, sitting: Sitting, at: datetime) -> int:
    """Unless the candidate has left meanwhile."""
    candidacy, key = sitting.candidacy, sitting.assessment.key
    candidacy.refresh_from_db(fields=["state", "stage"])
    if candidacy.state != CandidacyState.IN_SELECTION.value:
        return 0
    draw = draw_of(season, candidacy, "presence", key)
    chosen = draw.random()
    presence = SittingAction.SIT
    if chosen < behaviour.MISSED:
        presence = SittingAction.MISS
    elif chosen < behaviour.MISSED + behaviour.EXCUSED:
        presence = SittingAction.EXCUSE
    juror = season.cast.president
    record_presence(candidacy_ref=candidacy.ref, assessment_key=key, presence=presence, actor=juror, now=at)
    if presence is SittingAction.SIT:
        mark = draw.randint(LOWEST, HIGHEST) * HALF_POINT
        give_mark(candidacy_ref=candidacy.ref, assessment_key=key, hundredths=mark, actor=juror, now=at)
    return 1
