from datetime import date
from zoneinfo import ZoneInfo

from admissions.models import Candidacy
from apprenticeship.models import LIVE, Contract
from apprenticeship.rules.contracts import AgeLimit, Standing
from apprenticeship.rules.moves import ContractState, SeatState
from apprenticeship.selectors.seats import active_seat
from apprenticeship.selectors.supplementary import sign_by
from campaigns.models import NoticeVersion
from campaigns.notice.selectors import notice
from campaigns.vocabulary import AgeReference

SIGNED = (ContractState.SIGNED.value, ContractState.COUNTERSIGNED.value)


def live_contract(candidacy: Candidacy) -> Contract | None:
    contracts = Contract.objects.filter(project__candidacy=candidacy, state__in=LIVE)
    return contracts.select_related("application__campaign").first()


def has_signed(candidacy: Candidacy) -> bool:
    """Whether a contract of that candidacy stands signed, countersigned or not."""
    return Contract.objects.filter(project__candidacy=candidacy, state__in=SIGNED).exists()


def contract_standing(candidacy: Candidacy) -> Standing:
    seat, contract = active_seat(candidacy.application), live_contract(candidacy)
    if seat and seat.project.candidacy_id != candidacy.pk:
        seat = None
    decided_at = seat.project.decided_at if seat else None
    zone = ZoneInfo(candidacy.application.campaign.zone)
    return Standing(
        approved_on=decided_at.astimezone(zone).date() if decided_at else None,
        seat=SeatState(seat.state) if seat else None,
        contract=ContractState(contract.state) if contract else None,
        signed_on=contract.signed_on if contract else None,
        sign_by=sign_by(candidacy),
    )


def age_limits(candidacy: Candidacy, starts_on: date, signed_on: date | None) -> tuple[AgeLimit, ...]:
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
    version = candidacy.application.accepted_notice_id or candidacy.application.campaign.current_version_id
    if version is None:
        raise NoticeVersion.DoesNotExist(f"{candidacy.application.campaign} has no published notice")
    return version
