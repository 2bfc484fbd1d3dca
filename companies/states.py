"""The states of a company's offer and their moves: what is not here is not allowed (R-PRO-15)."""

from enum import StrEnum

from common.rules import sources


class OfferAudience(StrEnum):
    """Which contract an offer is for, and so before whom it is put."""

    CONTRAT_PRO = "contrat_pro"
    APPRENTICESHIP = "apprenticeship"


class OfferState(StrEnum):
    DRAFT = "draft"  # a company was sent a link, and has not sent its offer yet
    PROPOSED = "proposed"  # the office has to read it
    REFUSED = "refused"  # with a reason; the company may send it again
    PUBLISHED = "published"
    EXPIRED = "expired"  # its last day is over; prolonged, it is published again
    CLOSED = "closed"


class OfferAction(StrEnum):
    SEND = "send"
    PUBLISH = "publish"
    REFUSE = "refuse"
    PROLONG = "prolong"
    EXPIRE = "expire"
    CLOSE = "close"


class OfferEnding(StrEnum):
    """Why an offer was closed."""

    FILLED = "filled"
    TAKEN_BACK = "taken_back"


OFFER_MOVES = {
    (OfferState.DRAFT, OfferAction.SEND): OfferState.PROPOSED,
    (OfferState.PROPOSED, OfferAction.SEND): OfferState.PROPOSED,
    (OfferState.REFUSED, OfferAction.SEND): OfferState.PROPOSED,
    (OfferState.PUBLISHED, OfferAction.SEND): OfferState.PROPOSED,
    (OfferState.PROPOSED, OfferAction.PUBLISH): OfferState.PUBLISHED,
    (OfferState.PROPOSED, OfferAction.REFUSE): OfferState.REFUSED,
    (OfferState.PUBLISHED, OfferAction.PROLONG): OfferState.PUBLISHED,
    (OfferState.EXPIRED, OfferAction.PROLONG): OfferState.PUBLISHED,
    (OfferState.PUBLISHED, OfferAction.EXPIRE): OfferState.EXPIRED,
    (OfferState.DRAFT, OfferAction.CLOSE): OfferState.CLOSED,
    (OfferState.PROPOSED, OfferAction.CLOSE): OfferState.CLOSED,
    (OfferState.PUBLISHED, OfferAction.CLOSE): OfferState.CLOSED,
}
WRITTEN_OFFERS = sources(OFFER_MOVES, OfferAction.SEND)  # the company may write them
PROLONGED_OFFERS = sources(OFFER_MOVES, OfferAction.PROLONG)
CLOSABLE_OFFERS = sources(OFFER_MOVES, OfferAction.CLOSE)
