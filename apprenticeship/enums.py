from django.utils.translation import gettext_lazy as _

from apprenticeship.states import ContractState, ProjectState

PROJECT_STATES = {
    ProjectState.DRAFT: _("With the employer"),
    ProjectState.SUBMITTED: _("With the school"),
    ProjectState.CHANGES_ASKED: _("Changes asked for"),
    ProjectState.APPROVED: _("Approved"),
    ProjectState.REFUSED: _("Refused"),
    ProjectState.ABANDONED: _("Abandoned"),
    ProjectState.DEFAULTED: _("Given up by the employer"),
    ProjectState.REPLACED: _("Replaced by another project"),
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
RECTIFIED = "rectified"
CLOSED = "closed"
REASONS = {
    WITHDRAWN: _("The candidate withdrew."),
    RECTIFIED: _("The jury’s answer to the candidate was rectified."),
    CLOSED: _("The search for a company is over."),
    MOVED: _("A project approved since is for another group of places."),
}
