from typing import Any

from django import template
from django.utils.translation import gettext as _

from apprenticeship.enums import CONTRACT_STATES
from apprenticeship.models import Contract
from apprenticeship.states import ContractState

register = template.Library()
CONTRACTS = {
    ContractState.DRAFT: ("action", "pencil"),
    ContractState.SIGNED: ("due", "clock"),
    ContractState.COUNTERSIGNED: ("done", "check-circle"),
    ContractState.BROKEN: ("refused", "x-circle"),
    ContractState.ENDED: ("quiet", "circle"),
}


@register.inclusion_tag("pieces/chip.html")
def contract_chip(contract: Contract | None) -> dict[str, Any]:
    if contract is None:
        return {"tone": "quiet", "icon": "circle", "word": _("No contract"), "date": ""}
    tone, icon = CONTRACTS[contract.state]
    return {"tone": tone, "icon": icon, "word": str(CONTRACT_STATES[contract.state]), "date": ""}
