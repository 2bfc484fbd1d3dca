"""The report of a season: its timeline, and what its rows came to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, QuerySet

from admissions.dossier.selectors.dossiers import get_dossier
from admissions.enums import DocumentState
from admissions.models import Candidacy, Document, EmployerAgreement, Seat
from admissions.models.sealed import Decision
from admissions.places.selectors.pools import count_pools
from admissions.states import CandidacyState, EmployerAgreementState, SeatState
from apprenticeship.models import Contract
from apprenticeship.states import ContractState
from campaigns.calendar.effects import effect_named
from campaigns.models import MilestoneRun, Outcome, Selection
from campaigns.states import RunState
from campaigns.vocabulary import AdmissionWay, OutcomeKind
from notifications.models import Notification
from rehearsal.campaign.reading import figures_from_nowhere
from rehearsal.campaign.season import Season
from rehearsal.invariants import (
    Admission,
    Glimpse,
    OutboxRow,
    PlayedFacts,
    PoolFact,
    ToldDecision,
    check,
)
from rehearsal.report import Funnel, FunnelRow, PlayedPool, Report
from rehearsal.stage import RecordingBackend, english

PROOFS = ("diploma", "diploma-to-come")


def report_of(season: Season, candidates: int) -> Report:
    return Report(
        campaign=season.campaign.slug,
        candidates=candidates,
        seed=season.seed,
        timeline=tuple(sorted(season.steps.values(), key=lambda step: step.at)),
        funnel=tuple(_funnel(selection) for selection in season.campaign.selections.all()),
        seats=tuple(_pools(season)),
        invariants=check(facts_of(season)),
    )


def facts_of(season: Season) -> PlayedFacts:
    outbox = Notification.objects.values_list("dedupe_key", "message_id", "state", "kind")
    return PlayedFacts(
        pools=[
            PoolFact(row.pool, row.capacity, season.most_held.get(row.pool, 0))
            for row in _pools(season)
        ],
        outbox=[OutboxRow(*row) for row in outbox],
        letters=RecordingBackend.letters,
        told=list(_told(season)),
        glimpses=season.glimpses,
        seats=[seat.application.ref for seat in _active_seats(season)],
        admissions=list(_admissions(season)),
        trainees=list(_left_over()),
        waiting=list(_without_an_answer(season)),
        strange=list(figures_from_nowhere(season)),
        skips=list(_skipped(season)),
    )


def _without_an_answer(season: Season) -> "QuerySet[Candidacy, str]":
    rows = Candidacy.objects.filter(
        programme__campaign=season.campaign, state=CandidacyState.IN_SELECTION
    )
    return rows.values_list("ref", flat=True)


def _left_over() -> "QuerySet[Candidacy, str]":
    """Trainees at the end, long after their last day, who neither signed nor hold a place for another candidacy."""
    elsewhere = Seat.objects.filter(application=OuterRef("application"), state=SeatState.HELD)
    signed = Contract.objects.filter(application=OuterRef("application"), signed_on__isnull=False)
    rows = Candidacy.objects.filter(state=CandidacyState.TRAINEE).exclude(Exists(signed))
    return rows.exclude(Exists(elsewhere.exclude(candidacy=OuterRef("pk")))).values_list(
        "ref", flat=True
    )


def _active_seats(season: Season) -> "QuerySet[Seat]":
    seats = Seat.objects.filter(pool__campaign=season.campaign).exclude(state=SeatState.RELEASED)
    return seats.select_related("application")


def _admissions(season: Season) -> Iterator[Admission]:
    """What each admission rests on, read from the rows and not by the rule that allowed it."""
    held = set(
        _active_seats(season).filter(state=SeatState.HELD).values_list("candidacy", flat=True)
    )
    countersigned = set(
        Contract.objects.filter(state=ContractState.COUNTERSIGNED).values_list(
            "project__candidacy", flat=True
        )
    )
    agreed = EmployerAgreement.objects.filter(state=EmployerAgreementState.IN_FORCE)
    accepted = Candidacy.objects.filter(outcome__kind=OutcomeKind.ACCEPTED)
    grounds = {
        AdmissionWay.CONTRACT: countersigned,
        AdmissionWay.AGREEMENT: set(agreed.values_list("candidacy", flat=True)),
        AdmissionWay.RESULTS: set(accepted.values_list("pk", flat=True)),
    }
    proofs = Document.objects.filter(requirement__key__in=PROOFS).exclude(
        state=DocumentState.ACCEPTED
    )
    unproved = set(proofs.values_list("application", flat=True))
    admitted = Candidacy.objects.filter(
        programme__campaign=season.campaign, state=CandidacyState.ADMITTED
    )
    for row in admitted.select_related("programme"):
        yield Admission(
            row.ref,
            has_seat=row.pk in held,
            has_ground=row.pk in grounds[row.programme.admission],
            has_proof=row.application_id not in unproved,
        )


def _skipped(season: Season) -> Iterator[str]:
    runs = MilestoneRun.objects.filter(milestone__campaign=season.campaign).exclude(
        state=RunState.DONE
    )
    for run in runs.select_related("milestone"):
        if effect_named(run.action):
            yield f"{run.milestone.key} ({run.state})"


def _told(season: Season) -> Iterator[ToldDecision]:
    """What was announced, with the hour that its milestone gives."""
    announced = Decision.objects.filter(
        stage__selection__campaign=season.campaign, announced_at__isnull=False
    )
    for decision in announced.select_related("candidacy", "stage__announce"):
        hour = decision.stage.announce.starts_at
        assert hour
        assert decision.announced_at
        key = f"decision:{decision.candidacy.ref}:{decision.stage.key}:{decision.version}"
        yield ToldDecision(key, hour, decision.announced_at)


def _funnel(selection: Selection) -> Funnel:
    candidacies = Candidacy.objects.filter(programme__selection=selection)
    submitted = candidacies.exclude(verdict="").count()
    counts = [
        (0, "Submitted", submitted),
        (0, "Complete, handed to the jury", candidacies.exclude(sort_key="").count()),
        *_outcomes(selection),
        (0, "Accepted", candidacies.filter(outcome__kind=OutcomeKind.ACCEPTED).count()),
        (
            0,
            "With a seat",
            candidacies.filter(seats__state=SeatState.HELD).distinct().count(),
        ),
        (0, "Admitted", candidacies.filter(state=CandidacyState.ADMITTED).count()),
    ]
    rows = tuple(
        FunnelRow(title, count, count / submitted if submitted else 0, depth)
        for depth, title, count in counts
    )
    return Funnel(selection.key, english(selection.title), rows)


def _outcomes(selection: Selection) -> Iterator[tuple[int, str, int]]:
    """What was announced at each stage."""
    announced = Decision.objects.filter(stage__selection=selection, announced_at__isnull=False)
    counts = Counter(announced.values_list("outcome", flat=True))
    for stage in selection.stages.all():
        outcomes = list(Outcome.objects.filter(stage=stage))
        yield 0, english(stage.label), sum(counts[outcome.pk] for outcome in outcomes)
        for outcome in outcomes:
            yield 1, english(outcome.label), counts[outcome.pk]


def _pools(season: Season) -> Iterator[PlayedPool]:
    for count in count_pools(season.campaign, season.notice.opens_at):
        yield PlayedPool(count.pool.key, count.capacity, count.held, count.queued)


def seen_by(candidacy_ref: str, now: datetime) -> object:
    """All that the candidate could read at that moment: the dossier whole, and the messages."""
    candidacy = Candidacy.objects.select_related("application__person__user").get(ref=candidacy_ref)
    user = candidacy.application.person.user
    messages = Notification.objects.filter(to=user.email if user else "").order_by("pk")
    return plain(get_dossier(ref=candidacy.application.ref, now=now)), list(messages.values_list())


def compared(candidacy_ref: str, before: object, now: datetime) -> Glimpse:
    return Glimpse(candidacy_ref, same=seen_by(candidacy_ref, now) == before)


def plain(value: object) -> object:
    """Values that compare whole: a model instance equals another by its key alone, whatever its columns."""
    if isinstance(value, Model):
        return {
            field.attname: plain(getattr(value, field.attname))
            for field in value._meta.concrete_fields  # noqa: SLF001
        }
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    return value
