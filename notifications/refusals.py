from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_your_message": _(
        "Only the central service or an administrator of the school may decide on this message."
    ),
    "message_not_to_resend": _(
        "Only a message that was refused, came back or is in doubt is sent again."
    ),
    "message_forgotten": _(
        "This message held a code or a link, which is not kept: it cannot be sent again. "
        "Whoever was to receive it asks for a new one."
    ),
    "message_not_sent": _("Only a message that was sent can come back."),
    "message_not_waiting": _("Only a message that still waits to leave can be cancelled."),
}
