"""Legal moves of a dossier, a candidacy, a decision, a sitting and a seat (domain-model.md, Legal moves)."""

from enum import StrEnum

from common.rules import sources


class ApplicationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"  # pieces were asked for
    AT_OFFICE = "at_office"  # complete: the school’s office is to hand it over to the jury
    COMPLETE = "complete"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


CHECKED_STATES = (ApplicationState.AT_OFFICE, ApplicationState.COMPLETE)
ENDED_STATES = (ApplicationState.REFUSED, ApplicationState.LAPSED, ApplicationState.WITHDRAWN)


class ApplicationAction(StrEnum):
    SUBMIT = "submit"
    ASK_PIECES = "ask_pieces"
    ANSWER = "answer"
    DECLARE_COMPLETE = "declare_complete"
    SEND_TO_OFFICE = "send_to_office"  # the same, where the notice has a school’s office
    HAND_OVER = "hand_over"
    SEND_BACK = "send_back"
    REFUSE = "refuse"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class CandidacyState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_SELECTION = "in_selection"
    SELECTED = "selected"
    TRAINEE = "trainee"  # on the supplementary list: begins the course, still without a contract
    REJECTED = "rejected"
    ADMITTED = "admitted"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CandidacyAction(StrEnum):
    SUBMIT = "submit"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CHOOSE_AGAIN = "choose_again"
    ENTER = "enter"
    ANNOUNCE_NEXT = "announce_next"  # one action for each kind of outcome
    ANNOUNCE_ACCEPTED = "announce_accepted"
    ANNOUNCE_REJECTED = "announce_rejected"
    RECTIFY_NEXT = "rectify_next"
    RECTIFY_ACCEPTED = "rectify_accepted"
    RECTIFY_REJECTED = "rectify_rejected"
    LIST_AS_TRAINEE = "list_as_trainee"
    ADMIT = "admit"
    REVERT = "revert"
    CLOSE = "close"  # the search is over, without a place


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    RECORDED = "recorded"
    ANNOUNCED = "announced"
    RECTIFIED = "rectified"
    CANCELLED = "cancelled"


class DecisionAction(StrEnum):
    RECORD = "record"
    UNDO = "undo"
    ANNOUNCE = "announce"
    RECTIFY = "rectify"


class RectificationState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    GIVEN_UP = "given_up"


class RectificationAction(StrEnum):
    CONFIRM = "confirm"
    GIVE_UP = "give_up"


class SittingState(StrEnum):
    PLANNED = "planned"
    CALLED = "called"
    BOOKED = "booked"
    SAT = "sat"
    ABSENT = "absent"
    EXCUSED = "excused"


class SittingAction(StrEnum):
    CALL = "call"
    BOOK = "book"
    FREE = "free"
    SIT = "sit"
    MISS = "miss"
    EXCUSE = "excuse"


class SeatState(StrEnum):
    QUEUED = "queued"
    HELD = "held"
    RELEASED = "released"


class SeatAction(StrEnum):
    RISE = "rise"
    RELEASE = "release"


class EmployerAgreementState(StrEnum):
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


class EmployerAgreementAction(StrEnum):
    WITHDRAW = "withdraw"


APPLICATION_MOVES = {
    (ApplicationState.DRAFT, ApplicationAction.SUBMIT): ApplicationState.SUBMITTED,
    (
        ApplicationState.SUBMITTED,
        ApplicationAction.SUBMIT,
    ): ApplicationState.SUBMITTED,  # a programme added in time
    (ApplicationState.SUBMITTED, ApplicationAction.ASK_PIECES): ApplicationState.INCOMPLETE,
    (
        ApplicationState.INCOMPLETE,
        ApplicationAction.ASK_PIECES,
    ): ApplicationState.INCOMPLETE,  # again, by another day
    (
        ApplicationState.INCOMPLETE,
        ApplicationAction.SUBMIT,
    ): ApplicationState.INCOMPLETE,  # a programme added in time
    (ApplicationState.INCOMPLETE, ApplicationAction.ANSWER): ApplicationState.SUBMITTED,
    (ApplicationState.SUBMITTED, ApplicationAction.DECLARE_COMPLETE): ApplicationState.COMPLETE,
    (ApplicationState.SUBMITTED, ApplicationAction.SEND_TO_OFFICE): ApplicationState.AT_OFFICE,
    (ApplicationState.AT_OFFICE, ApplicationAction.HAND_OVER): ApplicationState.COMPLETE,
    (ApplicationState.AT_OFFICE, ApplicationAction.SEND_BACK): ApplicationState.SUBMITTED,
    (ApplicationState.SUBMITTED, ApplicationAction.REFUSE): ApplicationState.REFUSED,
    (ApplicationState.INCOMPLETE, ApplicationAction.REFUSE): ApplicationState.REFUSED,
    (ApplicationState.DRAFT, ApplicationAction.LAPSE): ApplicationState.LAPSED,
    (ApplicationState.DRAFT, ApplicationAction.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.SUBMITTED, ApplicationAction.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.INCOMPLETE, ApplicationAction.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.AT_OFFICE, ApplicationAction.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.COMPLETE, ApplicationAction.WITHDRAW): ApplicationState.WITHDRAWN,
    (ApplicationState.WITHDRAWN, ApplicationAction.REOPEN): ApplicationState.DRAFT,
    (
        ApplicationState.LAPSED,
        ApplicationAction.REOPEN,
    ): ApplicationState.DRAFT,  # the deadline was moved
}

CANDIDACY_MOVES = {
    (CandidacyState.DRAFT, CandidacyAction.SUBMIT): CandidacyState.SUBMITTED,
    (CandidacyState.WITHDRAWN, CandidacyAction.CHOOSE_AGAIN): CandidacyState.DRAFT,
    (CandidacyState.SUBMITTED, CandidacyAction.REFUSE): CandidacyState.REFUSED,
    (CandidacyState.SUBMITTED, CandidacyAction.ENTER): CandidacyState.IN_SELECTION,
    (CandidacyState.IN_SELECTION, CandidacyAction.ANNOUNCE_NEXT): CandidacyState.IN_SELECTION,
    (CandidacyState.IN_SELECTION, CandidacyAction.ANNOUNCE_ACCEPTED): CandidacyState.SELECTED,
    (CandidacyState.IN_SELECTION, CandidacyAction.ANNOUNCE_REJECTED): CandidacyState.REJECTED,
    **{
        (state, action): target
        for state in (CandidacyState.IN_SELECTION, CandidacyState.SELECTED, CandidacyState.REJECTED)
        for action, target in (
            (CandidacyAction.RECTIFY_NEXT, CandidacyState.IN_SELECTION),
            (CandidacyAction.RECTIFY_ACCEPTED, CandidacyState.SELECTED),
            (CandidacyAction.RECTIFY_REJECTED, CandidacyState.REJECTED),
        )
    },
    (CandidacyState.SELECTED, CandidacyAction.LIST_AS_TRAINEE): CandidacyState.TRAINEE,
    (CandidacyState.SELECTED, CandidacyAction.ADMIT): CandidacyState.ADMITTED,
    (CandidacyState.TRAINEE, CandidacyAction.ADMIT): CandidacyState.ADMITTED,
    (CandidacyState.ADMITTED, CandidacyAction.REVERT): CandidacyState.SELECTED,
    (CandidacyState.SELECTED, CandidacyAction.CLOSE): CandidacyState.CLOSED,
    (CandidacyState.TRAINEE, CandidacyAction.CLOSE): CandidacyState.CLOSED,
    (CandidacyState.DRAFT, CandidacyAction.WITHDRAW): CandidacyState.WITHDRAWN,
    (CandidacyState.SUBMITTED, CandidacyAction.WITHDRAW): CandidacyState.WITHDRAWN,
    (CandidacyState.IN_SELECTION, CandidacyAction.WITHDRAW): CandidacyState.WITHDRAWN,
    (CandidacyState.SELECTED, CandidacyAction.WITHDRAW): CandidacyState.WITHDRAWN,
    (CandidacyState.TRAINEE, CandidacyAction.WITHDRAW): CandidacyState.WITHDRAWN,
    (CandidacyState.ADMITTED, CandidacyAction.WITHDRAW): CandidacyState.WITHDRAWN,
}

LIVE_STATES = sources(CANDIDACY_MOVES, CandidacyAction.WITHDRAW)
SEARCHING_STATES = sources(
    CANDIDACY_MOVES, CandidacyAction.ADMIT
)  # look for a company, or for its signature
ACCEPTED_STATES = (*SEARCHING_STATES, CandidacyState.ADMITTED)
APPLIED_STATES = (
    tuple(  # submitted once, and neither refused nor withdrawn since, whatever the jury decided
        state
        for state in CandidacyState
        if state not in {CandidacyState.DRAFT, CandidacyState.REFUSED, CandidacyState.WITHDRAWN}
    )
)

# A decision and a sitting begin with a row: – –propose→ proposed, – –record→ recorded, – –plan→ planned.
DECISION_MOVES = {
    (DecisionState.PROPOSED, DecisionAction.RECORD): DecisionState.RECORDED,
    (DecisionState.PROPOSED, DecisionAction.UNDO): DecisionState.CANCELLED,
    (DecisionState.RECORDED, DecisionAction.UNDO): DecisionState.CANCELLED,
    (DecisionState.RECORDED, DecisionAction.ANNOUNCE): DecisionState.ANNOUNCED,
    (DecisionState.ANNOUNCED, DecisionAction.RECTIFY): DecisionState.RECTIFIED,
}

# A rectification begins with a row: – –propose→ proposed.
RECTIFICATION_MOVES = {
    (RectificationState.PROPOSED, RectificationAction.CONFIRM): RectificationState.CONFIRMED,
    (RectificationState.PROPOSED, RectificationAction.GIVE_UP): RectificationState.GIVEN_UP,
}

# A planned sitting that is undone is deleted, and journalled: nobody but the jury ever knew of it.
SITTING_MOVES = {
    (SittingState.PLANNED, SittingAction.CALL): SittingState.CALLED,
    (SittingState.CALLED, SittingAction.BOOK): SittingState.BOOKED,
    (SittingState.BOOKED, SittingAction.FREE): SittingState.CALLED,
    **{
        (state, action): target
        for state in (SittingState.CALLED, SittingState.BOOKED)
        for action, target in (
            (SittingAction.SIT, SittingState.SAT),
            (SittingAction.MISS, SittingState.ABSENT),
            (SittingAction.EXCUSE, SittingState.EXCUSED),
        )
    },
    (
        SittingState.EXCUSED,
        SittingAction.CALL,
    ): SittingState.CALLED,  # by a rectification: the hour is to be set anew
}
AWAITED_SITTINGS = sources(
    SITTING_MOVES, SittingAction.SIT
)  # called, and nobody noted yet who came

# A seat begins with a row: – –take→ held, – –queue→ queued.
SEAT_MOVES = {
    (SeatState.QUEUED, SeatAction.RISE): SeatState.HELD,
    (SeatState.QUEUED, SeatAction.RELEASE): SeatState.RELEASED,
    (SeatState.HELD, SeatAction.RELEASE): SeatState.RELEASED,
}
ACTIVE_SEATS = sources(SEAT_MOVES, SeatAction.RELEASE)

# An agreement begins with a row: – –record→ in force.
EMPLOYER_AGREEMENT_MOVES = {
    (
        EmployerAgreementState.IN_FORCE,
        EmployerAgreementAction.WITHDRAW,
    ): EmployerAgreementState.WITHDRAWN,
}
