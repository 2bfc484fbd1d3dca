"""All that leads one candidate to an admission, read whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from admissions.dossier.selectors.facts import ProofRow, proofs_of
from admissions.models import ACCEPTED, Candidacy, Document
from admissions.states import CandidacyState
from apprenticeship.models import ACTIVE, Commitment, Contract, JobProject, Seat
from apprenticeship.rules.admission import Standing, may_admit
from apprenticeship.rules.contracts import may_draft
from apprenticeship.rules.moves import ContractState, SeatState
from apprenticeship.selectors.admission import standing_of
from apprenticeship.selectors.commitments import live_commitment
from apprenticeship.selectors.contracts import contract_standing, live_contract
from apprenticeship.selectors.transfers import open_to_transfer
from common.rules.refusals import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionFile:
    candidacy: Candidacy
    standing: Standing
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
        return self.candidacy.state == CandidacyState.ADMITTED.value

    @property
    def signed(self) -> bool:
        return self.contract is not None and self.contract.state != ContractState.DRAFT.value

    @property
    def drafted(self) -> bool:
        return self.contract is not None and self.contract.state == ContractState.DRAFT.value

    @property
    def to_countersign(self) -> bool:
        return self.contract is not None and self.contract.state == ContractState.SIGNED.value

    @property
    def may_release(self) -> bool:
        return self.seat is not None and not self.signed and not self.admitted


def followed(ref: str) -> Candidacy | None:
    """A candidacy that was selected, or that an employer was found for."""
    related = ("application__campaign__organiser", "application__person__user", "programme")
    candidacy = Candidacy.objects.select_related(*related).filter(ref=ref).first()
    if candidacy and (candidacy.state in ACCEPTED or candidacy.job_projects.exists()):
        return candidacy
    return None


def admission_file(candidacy: Candidacy) -> AdmissionFile:
    standing = standing_of(candidacy)
    seats = Seat.objects.filter(project__candidacy=candidacy, state__in=ACTIVE)
    seat = seats.select_related("project__company", "pool").first()
    project = seat.project if seat else candidacy.job_projects.select_related("company").last()
    version = project.versions.last() if project else None
    contract = live_contract(candidacy)
    broken = Contract.objects.filter(project__candidacy=candidacy, state=ContractState.BROKEN.value)
    return AdmissionFile(
        candidacy=candidacy,
        standing=standing,
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
        may_admit=may_admit(standing),
        may_draft=may_draft(contract_standing(candidacy)),
    )


def _documents(candidacy: Candidacy) -> Iterable[Document]:
    rows = Document.objects.filter(application=candidacy.application_id, files__isnull=False).distinct()
    elsewhere = Candidacy.objects.filter(application=candidacy.application_id).exclude(pk=candidacy.pk).values("ref")
    return rows.exclude(subject_key__in=elsewhere).select_related("requirement").prefetch_related("files__file")


def _commitment(project: JobProject | None) -> Commitment | None:
    live = live_commitment(project.candidacy.application) if project else None
    return live if live and project and live.project_id == project.pk else None


def _waiting_before(seat: Seat | None) -> int:
    if seat is None or seat.state != SeatState.QUEUED.value:
        return 0
    queue = Seat.objects.filter(pool=seat.pool_id, state=SeatState.QUEUED.value)
    return queue.filter(asked_at__lt=seat.asked_at).count()
