"""The tests: hours set by the office or booked by candidates, who came, what marks were given."""

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from admissions.enums import FrenchAbility
from admissions.jury.services.decisions import give_mark
from admissions.jury.services.sittings import record_presence
from admissions.models import Slot
from admissions.models.sealed import Sitting
from admissions.sittings.rules import bookable_day
from admissions.sittings.services import book_slot, open_slots, set_sitting_time
from admissions.states import AWAITED_SITTINGS, CandidacyState, SittingAction
from campaigns.models import Assessment
from campaigns.vocabulary import BY_CANDIDATES, Booking
from rehearsal.campaign import behaviour
from rehearsal.campaign.acts.dates import LATE
from rehearsal.campaign.acts.judging import draw_of, hour
from rehearsal.campaign.season import Season
from rehearsal.stage import english

SOON = timedelta(hours=2)  # after the call
AT_LEAST = timedelta(
    hours=20
)  # from the call to the test, and before its last hour if it lasts long enough
ROOM = "https://visio.example.org/jury"
LENGTH, MINUTE = timedelta(minutes=20), timedelta(minutes=1)
FIRST_START, LAST_START = time(9), timedelta(hours=8)  # of a day; after the first
EVERYONE, AT_ONCE = 500, 20  # candidates of a day, of an hour
LOWEST, HIGHEST, HALF_POINT = 6, 40, 50  # marks of 3 to 20, by half points, in hundredths


def plan(season: Season) -> None:
    """Once after the results that call to a test, once after those told late."""
    tests = Assessment.objects.filter(stage__selection__campaign=season.campaign)
    for assessment in tests.select_related("called_with", "window", "stage"):
        told_at = hour(assessment.called_with)
        for since in (told_at, told_at + LATE):
            hours = f"Hours set or booked: {english(assessment.label)}"
            season.agenda.plan(
                since + SOON, "schedule", hours, partial(_schedule, season, assessment, since)
            )


def _schedule(season: Season, assessment: Assessment, since: datetime, at: datetime) -> int:
    """Each of those called since then sits at a moment of the test's window."""
    title = f"Tests: {english(assessment.label)}"
    told = 0
    opens_at, closes_at = assessment.held
    by_candidates = assessment.booking in BY_CANDIDATES
    called = Sitting.objects.filter(
        assessment=assessment,
        state__in=AWAITED_SITTINGS,  # what is sat with another test is booked with it
        called_at__gte=since,
        candidacy__stage=assessment.stage_id,
    )
    for sitting in called.select_related(
        "candidacy__application__person__user", "candidacy__programme"
    ):
        draw = draw_of(season, sitting.candidacy, "sit", assessment.key, *_nature(sitting))
        start = max(at + AT_LEAST, opens_at)
        end = max(start, closes_at - min(AT_LEAST, (closes_at - opens_at) / 2))
        moment = (start + (end - start) * draw.random()).replace(second=0, microsecond=0)
        if assessment.window.all_day:
            moment = max(start, _by_day(season, moment, draw))
        season.agenda.plan(moment, "sit", title, partial(_sit, season, sitting))
        if moment > closes_at:
            continue
        if by_candidates:
            _book(season, sitting, moment, at)
        elif assessment.booking == Booking.ASSIGNED:
            _set_time(season, sitting, moment, at)
        told += assessment.booking != Booking.NONE
    return told


def _by_day(season: Season, moment: datetime, draw: Random) -> datetime:
    """That day, at an hour at which tests are sat."""
    day = moment.astimezone(season.zone).date()
    minutes = draw.randrange(int(LAST_START / MINUTE))
    return datetime.combine(day, FIRST_START, season.zone) + minutes * MINUTE


def _book(season: Season, sitting: Sitting, moment: datetime, at: datetime) -> None:
    """The office opens what this candidate then books: the hour, or the day for all who come."""
    test, zone = sitting.assessment, season.notice.zone
    day = moment.astimezone(zone).date()
    by_day = test.booking == Booking.DAY
    start = moment - (moment - test.held[0]) % LENGTH  # one after the other, from the first
    span = bookable_day(test.held, day, zone) if by_day else (start, start + LENGTH)
    slot = Slot.objects.filter(assessment=test, starts_at=span[0], place=ROOM).first()
    if slot is None:
        clerk, capacity = season.cast.clerks[0], EVERYONE if by_day else AT_ONCE
        [slot] = open_slots(
            assessment_id=test.pk, spans=[span], capacity=capacity, place=ROOM, actor=clerk, now=at
        )
    user = sitting.candidacy.application.person.user
    assert user, "an invented candidate has an account"
    book_slot(sitting_ref=sitting.ref, slot_ref=slot.ref, actor=user, now=at)


def _set_time(season: Season, sitting: Sitting, starts_at: datetime, at: datetime) -> None:
    clerk = season.cast.clerks[0]
    set_sitting_time(sitting_ref=sitting.ref, starts_at=starts_at, place=ROOM, actor=clerk, now=at)


def _sit(season: Season, sitting: Sitting, at: datetime) -> int:
    """Unless the candidate has left meanwhile."""
    candidacy, key = sitting.candidacy, sitting.assessment.key
    candidacy.refresh_from_db(fields=["state", "stage"])
    if candidacy.state != CandidacyState.IN_SELECTION:
        return 0
    draw = draw_of(season, candidacy, "presence", key, *_nature(sitting))
    chosen = draw.random()
    presence = SittingAction.SIT
    if chosen < behaviour.MISSED:
        presence = SittingAction.MISS
    elif chosen < behaviour.MISSED + behaviour.EXCUSED:
        presence = SittingAction.EXCUSE
    juror = season.cast.president
    which = {"candidacy_ref": candidacy.ref, "assessment_key": key, "nature": sitting.nature}
    record_presence(presence=presence, actor=juror, now=at, **which)
    if presence is SittingAction.SIT:
        mark = draw.randint(LOWEST, HIGHEST) * HALF_POINT
        french = draw.choice(FrenchAbility.values)
        give_mark(hundredths=mark, french=french, actor=juror, now=at, **which)
    return 1


def _nature(sitting: Sitting) -> tuple[str, ...]:
    return (sitting.nature,) if sitting.nature else ()
