"""The board of places, and all that leads one candidate to an admission. Index: `seat_of_pool`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.selectors import schools_of
from admissions.dossier.selectors.read_model import ProofRow, proofs_of
from admissions.models import (
    ACCEPTED,
    ACTIVE_SEAT_STATES,
    SEARCHING,
    Candidacy,
    Document,
    EmployerAgreement,
    Seat,
)
from admissions.places.permissions import READERS
from admissions.places.rules import Checklist, may_admit
from admissions.places.selectors.agreements import agreement_in_force
from admissions.places.selectors.checklist import checklist_of, checklists
from admissions.places.selectors.pools import open_to_transfer, rank_of
from admissions.states import SeatState
from apprenticeship.contracts.rules import may_draft
from apprenticeship.contracts.selectors import contract_standing, live_contract
from apprenticeship.models import Commitment, Contract, JobProject
from apprenticeship.projects.selectors import live_commitment
from apprenticeship.states import ContractState, ProjectState
from campaigns.models import Campaign, Pool, Programme
from campaigns.vocabulary import AdmissionWay
from common.rules import Verdict


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Someone selected, with what they still lack; the seat, if there is one."""

    candidacy: Candidacy
    checklist: Checklist
    seat: Seat | None = None


def seat_campaigns(user: User) -> QuerySet[Campaign]:
    """The campaigns whose places, or some of them, are followed by the user's school."""
    schools = schools_of(user, *READERS)
    concerned = Q(organiser__in=schools) | Q(programmes__school__in=schools)
    return (
        Campaign.objects.filter(concerned)
        .select_related("organiser")
        .order_by("-opens_at", "slug")
        .distinct()
    )


def seats_of(user: User, pool: Pool) -> QuerySet[Seat]:
    """By place, then those who wait in their order: all for the organiser, else those of the school's programmes."""
    related = ("company", "candidacy__programme", "candidacy__application__campaign")
    seats = Seat.objects.filter(pool=pool, state__in=ACTIVE_SEAT_STATES).select_related(*related)
    seats = seats.filter(candidacy__programme__in=_programmes_of(user, pool))
    return seats.order_by("state", "place_no", "asked_at", "pk")


def without_a_place(user: User, pool: Pool) -> QuerySet[Candidacy]:
    """Those selected, by name, who neither hold a place nor wait for one. Index: `candidacy_of_programme`."""
    seats = Seat.objects.filter(application=OuterRef("application"), state__in=ACTIVE_SEAT_STATES)
    rows = Candidacy.objects.filter(
        ~Exists(seats), programme__in=_programmes_of(user, pool), state__in=SEARCHING
    )
    related = ("programme", "application__campaign")
    return rows.select_related(*related).order_by("sort_key", "pk")


def _programmes_of(user: User, pool: Pool) -> QuerySet[Programme]:
    rows, schools = Programme.objects.filter(pool=pool), schools_of(user, *READERS)
    organises = schools.filter(pk=pool.campaign.organiser_id).exists()
    return rows if organises else rows.filter(school__in=schools)


def board_rows(seats: Iterable[Seat]) -> list[BoardRow]:
    rows = list(seats)
    by_candidacy = checklists(row.candidacy for row in rows)
    return [BoardRow(row.candidacy, by_candidacy[row.candidacy_id], row) for row in rows]


def rows_without_a_place(candidacies: Iterable[Candidacy]) -> list[BoardRow]:
    rows = list(candidacies)
    by_candidacy = checklists(rows)
    return [BoardRow(row, by_candidacy[row.pk]) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionFile:
    candidacy: Candidacy
    checklist: Checklist
    agreement: EmployerAgreement | None  # where the admission rests on one
    ended_agreements: tuple[EmployerAgreement, ...]
    project: JobProject | None  # the one that holds or asks for a seat, else the last one
    content: Mapping[str, str]  # its last version
    commitment: Commitment | None  # to that project, where the notice makes it firm
    seat: Seat | None
    waiting_before: int
    contract: Contract | None
    broken_contracts: tuple[Contract, ...]
    proofs: tuple[ProofRow, ...]
    documents: tuple[Document, ...]  # of the dossier, but for those about its other programmes
    transfers: bool  # whether another programme shares its places
    may_admit: Verdict
    may_draft: Verdict

    @property
    def admitted(self) -> bool:
        return self.checklist.admitted

    @property
    def approved(self) -> bool:
        return self.project is not None and self.project.state == ProjectState.APPROVED

    @property
    def may_agree(self) -> bool:
        """Whether an employer's agreement is still to be recorded."""
        waits = self.checklist.way is AdmissionWay.AGREEMENT and self.seat is None
        return waits and self.candidacy.state in SEARCHING

    @property
    def signed(self) -> bool:
        return self.contract is not None and self.contract.state != ContractState.DRAFT

    @property
    def drafted(self) -> bool:
        return self.contract is not None and self.contract.state == ContractState.DRAFT

    @property
    def to_countersign(self) -> bool:
        return self.contract is not None and self.contract.state == ContractState.SIGNED

    @property
    def by_results(self) -> bool:
        """Whether the place rests on the results alone, and the candidate is not admitted."""
        return self.checklist.way is AdmissionWay.RESULTS and not self.admitted

    @property
    def may_release(self) -> bool:
        """Of a job project; the place of an agreement goes with the agreement."""
        return self.seat is not None and self.approved and not self.signed and not self.admitted


def followed(ref: str) -> Candidacy | None:
    """A candidacy that was selected, or that an employer was found for."""
    related = ("application__campaign__organiser", "application__person__user", "programme")
    candidacy = Candidacy.objects.select_related(*related).filter(ref=ref).first()
    if candidacy and (candidacy.state in ACCEPTED or candidacy.job_projects.exists()):
        return candidacy
    return None


def admission_file(candidacy: Candidacy) -> AdmissionFile:
    checklist = checklist_of(candidacy)
    seats = Seat.objects.filter(candidacy=candidacy, state__in=ACTIVE_SEAT_STATES)
    seat = seats.select_related("company", "pool").first()
    projects = candidacy.job_projects.select_related("company")
    project = projects.filter(state=ProjectState.APPROVED).first() or projects.last()
    version = project.versions.last() if project else None
    contract = live_contract(candidacy)
    broken = Contract.objects.filter(project__candidacy=candidacy, state=ContractState.BROKEN)
    return AdmissionFile(
        candidacy=candidacy,
        checklist=checklist,
        agreement=agreement_in_force(candidacy),
        ended_agreements=tuple(
            candidacy.agreements.filter(withdrawn_at__isnull=False).select_related("company")
        ),
        project=project,
        content=version.content if version else {},
        commitment=_commitment(project),
        seat=seat,
        waiting_before=_waiting_before(seat),
        contract=contract,
        broken_contracts=tuple(broken.order_by("pk")),
        proofs=proofs_of(candidacy),
        documents=tuple(_documents(candidacy)),
        transfers=open_to_transfer(candidacy).exists(),
        may_admit=may_admit(checklist),
        may_draft=may_draft(contract_standing(candidacy)),
    )


def _documents(candidacy: Candidacy) -> Iterable[Document]:
    rows = Document.objects.filter(
        application=candidacy.application_id, files__isnull=False
    ).distinct()
    elsewhere = (
        Candidacy.objects.filter(application=candidacy.application_id)
        .exclude(pk=candidacy.pk)
        .values("ref")
    )
    return (
        rows.exclude(subject_key__in=elsewhere)
        .select_related("requirement")
        .prefetch_related("files__file")
    )


def _commitment(project: JobProject | None) -> Commitment | None:
    live = live_commitment(project.candidacy.application) if project else None
    return live if live and project and live.project_id == project.pk else None


def _waiting_before(seat: Seat | None) -> int:
    if seat is None or seat.state != SeatState.QUEUED:
        return 0
    return rank_of(seat) - 1
