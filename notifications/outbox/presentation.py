from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.outbox.rules import Trouble
from notifications.states import Audience, Bounce, MessageState

STATES: Mapping[MessageState, str | Promise] = {
    MessageState.UNKNOWN: _("In doubt"),
    MessageState.FAILED: _("Refused"),
    MessageState.BOUNCED: _("Came back"),
    MessageState.QUEUED: _("Waiting to leave"),
    MessageState.LEASED: _("About to leave"),
    MessageState.SENDING: _("Leaving"),
    MessageState.SENT: _("Sent"),
    MessageState.CANCELLED: _("Cancelled"),
}
AUDIENCES: Mapping[Audience, str | Promise] = {
    Audience.CANDIDATE: _("Messages to candidates"),
    Audience.EMPLOYER: _("Messages to employers"),
    Audience.HOME_SCHOOL: _("Messages to home schools"),
    Audience.STUDENT: _("Messages to students"),
    Audience.STAFF: _("Messages to staff"),
    Audience.HOLDER: _("Messages to whoever has an account"),
}
BOUNCES: Mapping[Bounce, str | Promise] = {
    Bounce.NO_SUCH_ADDRESS: _("The address does not exist."),
    Bounce.MAILBOX_FULL: _("The mailbox is full."),
    Bounce.REFUSED: _("The recipient’s server refused the message."),
    Bounce.OTHER: _("Another reason."),
}
TROUBLES: Mapping[Trouble, str | Promise] = {
    Trouble.NO_SUCH_ADDRESS: _("The recipient’s server says that this address does not exist."),
    Trouble.MAILBOX_FULL: _("The recipient’s mailbox is full."),
    Trouble.REFUSED: _("The recipient’s server refuses this message."),
    Trouble.ASKED_TO_WAIT: _("The recipient’s server asks us to come back later."),
    Trouble.OUR_SENDER: _(
        "The mail server refuses our own address: tell the administrator of the platform."
    ),
    Trouble.LINE_DROPPED: _(
        "The line to the mail server dropped: nobody can tell whether the message was taken."
    ),
    Trouble.NOT_WRITTEN: _(
        "The message could not be written: tell the administrator of the platform."
    ),
}
