from django.utils.translation import gettext_lazy as _

from apprenticeship.rules.moves import ContractState, SeatState

SEAT_STATES = {
    SeatState.QUEUED: _("Waiting for a place"),
    SeatState.HELD: _("Place held"),
    SeatState.RELEASED: _("Place given back"),
}
CONTRACT_STATES = {
    ContractState.DRAFT: _("Being drafted"),
    ContractState.SIGNED: _("Signed, to be countersigned"),
    ContractState.COUNTERSIGNED: _("Countersigned"),
    ContractState.BROKEN: _("Broken"),
    ContractState.ENDED: _("Ended"),
}
# Why a seat is given back or a contract broken, where nobody types a reason.
WITHDRAWN = "withdrawn"
MOVED = "moved"
REASONS = {
    WITHDRAWN: _("The candidate withdrew."),
    MOVED: _("A project approved since is for another group of places."),
}
