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
