"""The states of a message and their moves."""

from enum import IntEnum, StrEnum


class MessageState(StrEnum):
    QUEUED = "queued"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


class MessageAction(StrEnum):
    CLAIM = "claim"
    EXPIRE = "expire"
    START = "start"
    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    DOUBT = "doubt"
    BOUNCE = "bounce"
    RESEND = "resend"
    CANCEL = "cancel"
    DROP = "drop"


class Audience(StrEnum):
    """To whom a mail is written."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    HOME_SCHOOL = "home_school"  # of a student who does a double degree
    STUDENT = "student"
    STAFF = "staff"
    HOLDER = "holder"  # of an account, whoever it is


class Priority(IntEnum):
    """Who goes first when much is due: somebody waits at a screen, one person is told, thousands are told."""

    AWAITED = 1
    NORMAL = 5
    MASS = 9


MESSAGE_MOVES = {
    (MessageState.QUEUED, MessageAction.CLAIM): MessageState.LEASED,
    (MessageState.LEASED, MessageAction.EXPIRE): MessageState.QUEUED,
    (MessageState.LEASED, MessageAction.START): MessageState.SENDING,
    (
        MessageState.LEASED,
        MessageAction.DROP,
    ): MessageState.CANCELLED,  # it has nothing to say any more
    (MessageState.SENDING, MessageAction.ACCEPTED): MessageState.SENT,
    (MessageState.SENDING, MessageAction.LATER): MessageState.QUEUED,
    (MessageState.SENDING, MessageAction.REFUSED): MessageState.FAILED,
    (
        MessageState.SENDING,
        MessageAction.EXPIRE,
    ): MessageState.QUEUED,  # fate unknown: sent again with the same Message-ID
    (
        MessageState.SENDING,
        MessageAction.DOUBT,
    ): MessageState.UNKNOWN,  # the second time, it waits for a person
    (MessageState.SENT, MessageAction.BOUNCE): MessageState.BOUNCED,
    (MessageState.FAILED, MessageAction.RESEND): MessageState.QUEUED,
    (MessageState.UNKNOWN, MessageAction.RESEND): MessageState.QUEUED,
    (MessageState.BOUNCED, MessageAction.RESEND): MessageState.QUEUED,
    (MessageState.QUEUED, MessageAction.CANCEL): MessageState.CANCELLED,
}


class Bounce(StrEnum):
    """What the mail that came back said."""

    NO_SUCH_ADDRESS = "no_such_address"
    MAILBOX_FULL = "mailbox_full"
    REFUSED = "refused"
    OTHER = "other"
