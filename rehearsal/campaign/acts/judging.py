"""The jury at work: sessions from the day a stage can be judged to some days before its results."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from admissions.jury.rules import Chosen, JuryTest
from admissions.jury.services.decisions import propose_decision, record_decision, undo_decision
from admissions.jury.services.members import declare_conflict
from admissions.jury.services.sittings import plan_sitting
from admissions.models import Candidacy
from admissions.models.sealed import Conflict, Decision
from admissions.states import CandidacyState, DecisionState
from campaigns.models import Assessment, Milestone, Outcome, Stage
from campaigns.vocabulary import Who
from rehearsal.campaign import behaviour, gathering
from rehearsal.campaign.season import Season
from rehearsal.people.someone import chance
from rehearsal.stage import english

READING = timedelta(days=6)  # after the deadline: the first dossiers are complete
REST = timedelta(days=3)  # before the results
CALLS_BEFORE = timedelta(days=1)
DECIDED_AFTER = timedelta(days=4)  # the results, for those that were not decided in time
SESSIONS = 6
NATURES = ("Résistance des matériaux", "Algorithmique", "Automatique", "Analyse de plans")


def plan(season: Season) -> None:
    stages = Stage.objects.filter(selection__campaign=season.campaign)
    for stage in stages.select_related("selection", "announce"):
        title = f"Decisions recorded: {english(stage.selection.title)}, {english(stage.label)}"
        for number, at in enumerate(_sessions(season, stage)):
            season.agenda.plan(at, "decide", title, partial(_session, season, stage, number))
        late = partial(_session, season, stage, SESSIONS)
        season.agenda.plan(hour(stage.announce) + DECIDED_AFTER, "decide", f"{title}, late", late)
        for assessment in _called_inside(stage):
            called = f"Calls planned: {english(assessment.label)}"
            at = hour(assessment.called_with) - CALLS_BEFORE
            season.agenda.plan(at, "call", called, partial(_call, season, assessment))


def hour(milestone: Milestone) -> datetime:
    assert milestone.starts_at
    return milestone.starts_at


def _sessions(season: Season, stage: Stage) -> list[datetime]:
    """Evenly between the last test of the stage, or the first complete dossiers, and its results."""
    windows = Assessment.objects.filter(stage=stage).values_list("window__ends_at", flat=True)
    start = max((end for end in windows if end), default=season.notice.last_second + READING)
    end = hour(stage.announce) - REST
    return [start + (end - start) * part / (SESSIONS - 1) for part in range(SESSIONS)]


def _called_inside(stage: Stage) -> Iterator[Assessment]:
    """Tests that candidates already at the stage are called to (domain-model.md §2.5)."""
    leading = Outcome.objects.filter(next_stage=stage).values_list("stage__announce", flat=True)
    tests = Assessment.objects.filter(stage=stage, who=Who.JURY).exclude(called_with__in=leading)
    yield from tests.select_related("called_with")


def _at(stage: Stage) -> "QuerySet[Candidacy]":
    rows = Candidacy.objects.filter(stage=stage, state=CandidacyState.IN_SELECTION)
    return rows.select_related("application__person__user", "programme").order_by("pk")


def draw_of(season: Season, candidacy: Candidacy, *about: object) -> Random:
    user = candidacy.application.person.user
    return chance(season.seed, user.email if user else "", candidacy.programme.code, *about)


def _session(season: Season, stage: Stage, number: int, at: datetime) -> int:
    """Decide those whose turn it is; at the last session in time, all but a few; at the very last, these."""
    recorded = Decision.objects.filter(
        candidacy=OuterRef("pk"),
        stage=stage,
        state__in=(DecisionState.RECORDED, DecisionState.ANNOUNCED),
    )
    outcomes = list(Outcome.objects.filter(stage=stage).select_related("stage", "next_stage"))
    decided = 0
    for candidacy in _at(stage).exclude(Exists(recorded)):
        draw = draw_of(season, candidacy, stage.key)
        turn = SESSIONS if draw.random() < behaviour.DECIDED_LATE else draw.randrange(SESSIONS)
        if turn > number:
            continue
        before = gathering.seen_by(candidacy.ref, at) if decided < season.watched else None
        _decide(season, outcomes, candidacy, draw, at)
        if before is not None:
            season.glimpses.append(gathering.compared(candidacy.ref, before, at))
        decided += 1
    return decided


def _decide(
    season: Season, outcomes: Sequence[Outcome], candidacy: Candidacy, draw: Random, at: datetime
) -> None:
    """By a juror, sometimes after a proposal or over a decision taken back; as an eliminatory mark proposes."""
    ref, drawn = candidacy.ref, _outcome(season, candidacy, outcomes, draw)
    proposed = _eliminated(candidacy)
    outcome = next((row for row in outcomes if row.pk == proposed), drawn)
    tests = tuple(test for row in _offered(outcome) for test in chosen(row, draw))
    juror = _juror(season, candidacy, draw, at)
    if draw.random() < behaviour.PROPOSED_FIRST:
        propose_decision(
            candidacy_ref=ref, outcome_key=outcome.key, assessments=tests, actor=juror, now=at
        )
    if draw.random() < behaviour.CHANGED_MIND:
        record_decision(candidacy_ref=ref, outcome_key=outcomes[-1].key, actor=juror, now=at)
        undo_decision(candidacy_ref=ref, actor=juror, now=at)
    record_decision(
        candidacy_ref=ref, outcome_key=outcome.key, assessments=tests, actor=juror, now=at
    )


def _eliminated(candidacy: Candidacy) -> int | None:
    """The outcome that an eliminatory mark proposes."""
    proposed = Decision.objects.filter(
        candidacy=candidacy, stage=candidacy.stage_id, eliminated_by__isnull=False
    )
    found = proposed.filter(state=DecisionState.PROPOSED).values_list("outcome", flat=True).first()
    return int(found) if found else None


def _outcome(
    season: Season, candidacy: Candidacy, outcomes: Sequence[Outcome], draw: Random
) -> Outcome:
    drawn = draw.choices(outcomes, weights=behaviour.weights(outcomes))[0]
    fate = season.fate_of(candidacy.application)
    settled = fate.outcomes.get(drawn.stage.key) if fate else None
    return next((outcome for outcome in outcomes if outcome.key == settled), drawn)


def _offered(outcome: Outcome) -> list[Assessment]:
    """The tests that the jury may choose with that outcome."""
    if outcome.next_stage_id is None:
        return []
    tests = Assessment.objects.filter(
        stage=outcome.next_stage, called_with=outcome.stage.announce_id, who=Who.JURY
    )
    return list(tests)


def chosen(test: Assessment, draw: Random) -> list[Chosen]:
    """Whether a candidate sits it; of several, which, as many as are asked and now and then one more."""
    called = draw.random() < behaviour.CALLED
    if not test.several:
        return [test.key] if called else []
    natures = draw.sample(NATURES, min(len(NATURES), (test.at_least or 0) + called))
    return [
        JuryTest(key=test.key, nature=nature, medium=draw.choice(test.media)) for nature in natures
    ]


def _juror(season: Season, candidacy: Candidacy, draw: Random, at: datetime) -> User:
    """One who does not know the candidate; now and then another says that they do."""
    jurors = list(season.cast.jurors)
    draw.shuffle(jurors)
    knowing = set(
        Conflict.objects.filter(application=candidacy.application_id).values_list("user", flat=True)
    )
    free = [juror for juror in jurors if juror.pk not in knowing]
    if not knowing and draw.random() < behaviour.CONFLICT:
        declare_conflict(candidacy_ref=candidacy.ref, actor=free.pop(0), now=at)
    return free[0]


def _call(season: Season, assessment: Assessment, at: datetime) -> int:
    called = 0
    for candidacy in _at(assessment.stage):
        draw = draw_of(season, candidacy, "call", assessment.key)
        tests = chosen(assessment, draw)
        if tests:
            juror = _juror(season, candidacy, draw, at)
            before = gathering.seen_by(candidacy.ref, at) if called < season.watched else None
            for test in tests:
                which: dict[str, Any] = (
                    {} if isinstance(test, str) else {"nature": test.nature, "medium": test.medium}
                )
                plan_sitting(
                    candidacy_ref=candidacy.ref,
                    assessment_key=assessment.key,
                    actor=juror,
                    now=at,
                    **which,
                )
            if before is not None:
                season.glimpses.append(gathering.compared(candidacy.ref, before, at))
            called += 1
    return called
