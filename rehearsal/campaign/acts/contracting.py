"""From a seat to the first day of term: contracts, employers who go back on it, proofs of the title, admissions."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from admissions.checking.services import accept_document
from admissions.enums import DocumentState
from admissions.models import SEARCHING, Candidacy, Document, Seat
from admissions.places.rules import may_admit
from admissions.places.selectors.checklist import checklist_of
from admissions.places.selectors.lists import sign_by
from admissions.places.selectors.pools import count_pools
from admissions.places.services.admission import admit
from admissions.states import SeatState
from apprenticeship.contracts.services import (
    countersign_contract,
    draft_contract,
    sign_contract,
)
from apprenticeship.models import Contract, JobProject
from apprenticeship.projects.services.seats import release_seat
from apprenticeship.states import ContractState
from campaigns.document.schema import TERM
from campaigns.vocabulary import Needed
from rehearsal.campaign import behaviour
from rehearsal.campaign.acts.applying import give_again
from rehearsal.campaign.acts.judging import draw_of
from rehearsal.campaign.season import Season

DRAFTED, SIGNED, COUNTERSIGNED = (
    timedelta(days=6),
    timedelta(days=15),
    timedelta(days=20),
)  # after the approval
DEFAULTS = timedelta(days=3)
PROOFS_FROM, PROOFS_UNTIL = (
    timedelta(days=55),
    timedelta(days=20),
)  # before the start of term: diplomas are out
GIVEN_WITHIN = timedelta(days=14)
CHECKED, MORNING = timedelta(days=1), timedelta(hours=9)
ADMISSIONS = (timedelta(days=28), timedelta(days=14), timedelta(days=3))  # before the start of term
GONE = "L’entreprise renonce à recruter."
DEROGATION = "Reconnaissance de la qualité de travailleur handicapé."


def term(season: Season) -> datetime:
    window = season.notice.window(TERM)
    start = window.starts_at or window.ends_at
    assert start
    return start + MORNING


def plan(season: Season) -> None:
    for before in (PROOFS_FROM, PROOFS_UNTIL):
        season.agenda.plan(term(season) - before, "", "", partial(plan_proofs, season))
    for before in ADMISSIONS:
        season.agenda.plan(
            term(season) - before, "admit", "Candidates admitted", partial(admit_all, season)
        )


def count_seats(season: Season) -> None:
    """The most that each pool ever held."""
    for count in count_pools(season.campaign, season.notice.opens_at):
        key = count.pool.key
        season.most_held[key] = max(season.most_held.get(key, 0), count.held)


def plan_contract(season: Season, project: JobProject, draw: Random, at: datetime) -> None:
    """Drafted, signed and countersigned once the seat is held; or given up by the employer."""
    if draw.random() < behaviour.EMPLOYER_DEFAULTS:
        season.agenda.plan(
            at + DEFAULTS, "release", "Seats given back", partial(_release, season, project)
        )
        return
    for after, title, act in (
        (DRAFTED, "Contracts drafted", _draft),
        (SIGNED, "Contracts signed", _sign),
        (COUNTERSIGNED, "Contracts countersigned", _countersign),
    ):
        season.agenda.plan(at + after, "contract", title, partial(act, season, project))


def _seat(project: JobProject) -> Seat | None:
    return (
        Seat.objects.filter(candidacy=project.candidacy_id)
        .exclude(state=SeatState.RELEASED)
        .first()
    )


def _release(season: Season, project: JobProject, at: datetime) -> int:
    if _seat(project) is None:
        return 0
    release_seat(candidacy_ref=project.candidacy.ref, reason=GONE, actor=season.cast.office, now=at)
    count_seats(season)
    return 1


def _draft(season: Season, project: JobProject, at: datetime) -> int:
    """One who waits for a place is looked at again a week later, until the start of term."""
    seat = _seat(project)
    if seat is None:
        return 0
    if seat.state == SeatState.QUEUED:
        later = at + timedelta(days=7)
        if later < term(season) - ADMISSIONS[1]:
            for after, title, act in (
                (timedelta(), "Contracts drafted", _draft),
                (SIGNED - DRAFTED, "Contracts signed", _sign),
                (COUNTERSIGNED - DRAFTED, "Contracts countersigned", _countersign),
            ):
                season.agenda.plan(later + after, "contract", title, partial(act, season, project))
        return 0
    draft_contract(
        candidacy_ref=project.candidacy.ref,
        starts_on=max(term(season), at).date(),
        derogation=DEROGATION,
        actor=season.cast.office,
        now=at,
    )
    return 1


def _sign(season: Season, project: JobProject, at: datetime) -> int:
    """Nothing is signed once the time of a supplementary list is over."""
    day, last = at.astimezone(season.zone).date(), sign_by(project.candidacy)
    if not _has(project, ContractState.DRAFT) or (last and day > last):
        return 0
    sign_contract(
        candidacy_ref=project.candidacy.ref, signed_on=day, actor=season.cast.office, now=at
    )
    return 1


def _countersign(season: Season, project: JobProject, at: datetime) -> int:
    if not _has(project, ContractState.SIGNED):
        return 0
    day = at.astimezone(season.zone).date()
    countersign_contract(
        candidacy_ref=project.candidacy.ref, countersigned_on=day, actor=season.cast.office, now=at
    )
    return 1


def _has(project: JobProject, state: ContractState) -> bool:
    return Contract.objects.filter(project=project, state=state).exists()


def plan_proofs(season: Season, at: datetime) -> int:
    """Those who hold or wait for a seat give what their admission needs; a few never obtain their title."""
    seats = Seat.objects.filter(pool__campaign=season.campaign).exclude(state=SeatState.RELEASED)
    related = ("candidacy__application__person__user", "candidacy__programme")
    for seat in seats.select_related(*related).order_by("pk"):
        candidacy = seat.candidacy
        draw = draw_of(season, candidacy, "proof")
        if candidacy.ref in season.proving:
            continue
        season.proving.add(candidacy.ref)
        if draw.random() >= behaviour.TITLE_NOT_OBTAINED:
            given = at + GIVEN_WITHIN * draw.random()
            season.agenda.plan(
                given, "prove", "Proofs of title given", partial(_prove, season, candidacy)
            )
    return 0


def _prove(season: Season, candidacy: Candidacy, at: datetime) -> int:
    dossier = candidacy.application
    wanted = dossier.documents.filter(requirement__needed=Needed.ADMISSION)
    for document in wanted.filter(state=DocumentState.AWAITED).select_related("requirement"):
        give_again(dossier, document, at)
    season.agenda.plan(
        at + CHECKED, "check", "Proofs of title accepted", partial(_accept, season, candidacy)
    )
    return 1


def _accept(season: Season, candidacy: Candidacy, at: datetime) -> int:
    given = Document.objects.filter(
        application=candidacy.application,
        state=DocumentState.GIVEN,
        requirement__needed=Needed.ADMISSION,
    )
    clerk = season.cast.clerks[0]
    for document in given:
        accept_document(
            ref=candidacy.application.ref, document_ref=document.ref, actor=clerk, now=at
        )
    return 1


def admit_all(season: Season, at: datetime) -> int:
    """Whoever lacks nothing; the rule itself is asked."""
    seats = Seat.objects.filter(
        pool__campaign=season.campaign, state=SeatState.HELD, candidacy__state__in=SEARCHING
    )
    related = ("candidacy__programme", "candidacy__application__campaign")
    admitted = 0
    for seat in seats.select_related(*related).order_by("pk"):
        candidacy = seat.candidacy
        if may_admit(checklist_of(candidacy)):
            admit(candidacy_ref=candidacy.ref, actor=season.cast.office, now=at)
            admitted += 1
    return admitted
