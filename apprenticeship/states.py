"""Legal moves of a job project, a commitment and a contract (domain-model.md, Legal moves)."""

from enum import StrEnum

from common.rules import sources


class ProjectState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    APPROVED = "approved"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    DEFAULTED = "defaulted"
    REPLACED = "replaced"


class ProjectAction(StrEnum):
    SUBMIT = "submit"
    ASK_CHANGES = "ask_changes"
    APPROVE = "approve"
    REFUSE = "refuse"
    ABANDON = "abandon"
    DEFAULT = "default"  # the employer goes back on it
    REPLACE = "replace"  # another project of the candidate was approved
    LEAVE = "leave"  # the candidate goes


class CommitmentState(StrEnum):
    OPEN = "open"
    FIRM = "firm"
    ENDED = "ended"


class CommitmentAction(StrEnum):
    AGREE = "agree"  # the candidate, once the company and the school have
    END = "end"
    DEFAULT = "default"  # the employer goes back on it
    RENOUNCE = "renounce"  # the candidate does, which is to give up the place


class ContractState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"
    BROKEN = "broken"
    ENDED = "ended"


class ContractAction(StrEnum):
    SIGN = "sign"
    COUNTERSIGN = "countersign"
    BREAK = "break"
    END = "end"


PROJECT_MOVES = {
    (ProjectState.DRAFT, ProjectAction.SUBMIT): ProjectState.SUBMITTED,
    (ProjectState.SUBMITTED, ProjectAction.ASK_CHANGES): ProjectState.CHANGES_ASKED,
    (ProjectState.CHANGES_ASKED, ProjectAction.SUBMIT): ProjectState.SUBMITTED,
    (ProjectState.SUBMITTED, ProjectAction.APPROVE): ProjectState.APPROVED,
    (ProjectState.SUBMITTED, ProjectAction.REFUSE): ProjectState.REFUSED,
    (ProjectState.DRAFT, ProjectAction.ABANDON): ProjectState.ABANDONED,
    (ProjectState.CHANGES_ASKED, ProjectAction.ABANDON): ProjectState.ABANDONED,
    (ProjectState.SUBMITTED, ProjectAction.ABANDON): ProjectState.ABANDONED,
    (ProjectState.APPROVED, ProjectAction.DEFAULT): ProjectState.DEFAULTED,
    (ProjectState.APPROVED, ProjectAction.REPLACE): ProjectState.REPLACED,
    (ProjectState.APPROVED, ProjectAction.LEAVE): ProjectState.ABANDONED,
}
OPEN_PROJECTS = sources(PROJECT_MOVES, ProjectAction.ABANDON)  # neither approved nor ended

# A commitment begins with a row: – –open→ open, when the school approves what the company sent (R-JOB-4).
COMMITMENT_MOVES = {
    (CommitmentState.OPEN, CommitmentAction.AGREE): CommitmentState.FIRM,
    (CommitmentState.OPEN, CommitmentAction.END): CommitmentState.ENDED,
    (CommitmentState.FIRM, CommitmentAction.DEFAULT): CommitmentState.ENDED,
    (CommitmentState.FIRM, CommitmentAction.RENOUNCE): CommitmentState.ENDED,
}
LIVE_COMMITMENTS = (CommitmentState.OPEN, CommitmentState.FIRM)

# A draft that is given up is deleted, and journalled: nobody signed it.
CONTRACT_MOVES = {
    (ContractState.DRAFT, ContractAction.SIGN): ContractState.SIGNED,
    (ContractState.SIGNED, ContractAction.COUNTERSIGN): ContractState.COUNTERSIGNED,
    (ContractState.SIGNED, ContractAction.BREAK): ContractState.BROKEN,
    (ContractState.COUNTERSIGNED, ContractAction.BREAK): ContractState.BROKEN,
    (ContractState.COUNTERSIGNED, ContractAction.END): ContractState.ENDED,
}
LIVE_CONTRACTS = (ContractState.DRAFT, ContractState.SIGNED, ContractState.COUNTERSIGNED)
SIGNED_CONTRACTS = sources(CONTRACT_MOVES, ContractAction.BREAK)  # countersigned or not
