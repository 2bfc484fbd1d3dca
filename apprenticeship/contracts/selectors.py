"""The contract of a dossier, and where it stands on the way to the admission."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet

from admissions.models import Candidacy
from admissions.places.rules import Item
from admissions.places.selectors.lists import last_days, sign_by
from admissions.places.selectors.pools import active_seat
from apprenticeship.contracts.rules import AgeLimit, ContractFacts, contract_item
from apprenticeship.models import LIVE_CONTRACT_STATES, Contract, JobProject
from apprenticeship.states import SIGNED_CONTRACTS, ProjectState
from campaigns.models import NoticeVersion
from campaigns.notice.selectors import notice
from campaigns.vocabulary import AgeReference


def approved_project(candidacy: Candidacy) -> JobProject | None:
    """The project that a seat is held or waited for: one at most."""
    return JobProject.objects.filter(candidacy=candidacy, state=ProjectState.APPROVED).first()


def live_contract(candidacy: Candidacy) -> Contract | None:
    contracts = Contract.objects.filter(
        project__candidacy=candidacy, state__in=LIVE_CONTRACT_STATES
    )
    return contracts.select_related("application__campaign").first()


def has_signed(candidacy: Candidacy) -> bool:
    """Whether a contract of that candidacy stands signed, countersigned or not."""
    return Contract.objects.filter(
        project__candidacy=candidacy, state__in=SIGNED_CONTRACTS
    ).exists()


def contract_standing(candidacy: Candidacy) -> ContractFacts:
    seat, contract = active_seat(candidacy.application), live_contract(candidacy)
    if seat and seat.candidacy_id != candidacy.pk:
        seat = None
    project = approved_project(candidacy) if seat else None
    decided_at = project.decided_at if project else None
    zone = ZoneInfo(candidacy.application.campaign.zone)
    return ContractFacts(
        approved_on=decided_at.astimezone(zone).date() if decided_at else None,
        seat=seat.state if seat else None,
        contract=contract.state if contract else None,
        signed_on=contract.signed_on if contract else None,
        sign_by=sign_by(candidacy),
    )


def age_limits(
    candidacy: Candidacy, starts_on: date, signed_on: date | None
) -> tuple[AgeLimit, ...]:
    """Those of the notice that binds the dossier, each on the day that it counts from (R-ELI-5)."""
    document = notice(_version_id(candidacy))
    programme = next(row for row in document.programmes if row.code == candidacy.programme.code)
    days = {AgeReference.CONTRACT_START: starts_on, AgeReference.SIGNING: signed_on}
    limits = []
    for rule in document.ages.values():
        if programme in document.concerned(rule.scope):
            window = document.window(rule.milestone)
            start = window.starts_at or window.ends_at
            fixed = start.astimezone(document.zone).date() if start else None
            limits.append(AgeLimit(rule.under, days.get(rule.at, fixed), rule.source))
    return tuple(limits)


def _version_id(candidacy: Candidacy) -> int:
    version = (
        candidacy.application.accepted_notice_id
        or candidacy.application.campaign.current_version_id
    )
    if version is None:
        raise NoticeVersion.DoesNotExist(
            f"{candidacy.application.campaign} has no published notice"
        )
    return version


def read_contracts(candidacies: Sequence[Candidacy]) -> Mapping[int, Item]:
    """Where the contracts of candidacies stand on the way to the admission, by key."""
    contracts = Contract.objects.filter(
        project__candidacy__in=candidacies, state__in=LIVE_CONTRACT_STATES
    )
    states = {row.project.candidacy_id: row.state for row in contracts.select_related("project")}
    days = last_days(candidacies)
    return {row.pk: contract_item(states.get(row.pk), days.get(row.pk)) for row in candidacies}


def signed_in_time() -> QuerySet[Contract]:
    """Of an entry of a supplementary list: see `register_signatures`."""
    stood = Q(broken_on__isnull=True) | Q(broken_on__gt=OuterRef("until"))
    signed = Contract.objects.filter(
        application=OuterRef("candidacy__application"), signed_on__lte=OuterRef("until")
    )
    return signed.filter(stood)
