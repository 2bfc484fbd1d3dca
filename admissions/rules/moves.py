"""Legal moves of a dossier and of a candidacy, up to the submission and its withdrawal."""

from enum import StrEnum


class ApplicationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


ENDED_STATES = (ApplicationState.REFUSED, ApplicationState.LAPSED, ApplicationState.WITHDRAWN)


class ApplicationAction(StrEnum):
    SUBMIT = "submit"
    REFUSE = "refuse"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class CandidacyState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CandidacyAction(StrEnum):
    SUBMIT = "submit"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CHOOSE_AGAIN = "choose_again"


APPLICATION_MOVES = {
    (ApplicationState.DRAFT, ApplicationAction.SUBMIT): ApplicationState.SUBMITTED,
    (ApplicationState.SUBMITTED, ApplicationAction.SUBMIT): ApplicationState.SUBMITTED,  # a programme added in time
    (ApplicationState.SUBMITTED, ApplicationAction.REFUSE): ApplicationState.REFUSED,
    (ApplicationState.DRAFT, ApplicationAction.LAPSE): ApplicationState.LAPSED,
    (ApplicationState.DRAFT, ApplicationAction.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.SUBMITTED, ApplicationAction.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.WITHDRAWN, ApplicationAction.REOPEN): ApplicationState.DRAFT,
    (ApplicationState.LAPSED, ApplicationAction.REOPEN): ApplicationState.DRAFT,  # the deadline was moved
}

CANDIDACY_MOVES = {
    (CandidacyState.DRAFT, CandidacyAction.SUBMIT): CandidacyState.SUBMITTED,
    (CandidacyState.SUBMITTED, CandidacyAction.REFUSE): CandidacyState.REFUSED,
    (CandidacyState.DRAFT, CandidacyAction.WITHDRAW): CandidacyState.WITHDRAWN,
    (CandidacyState.SUBMITTED, CandidacyAction.WITHDRAW): CandidacyState.WITHDRAWN,
    (CandidacyState.WITHDRAWN, CandidacyAction.CHOOSE_AGAIN): CandidacyState.DRAFT,
}
