from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_platform_administrator": _("Only an administrator of the platform may do this."),
    "not_school_administrator": _("Only an administrator of %(school)s may do this."),
    "not_this_person": _("Only the person themselves may change these details."),
    "link_unknown": _(
        "This address leads nowhere. Open it again from the message, or copy it whole."
    ),
    "link_used": _(
        "What this link is for has been done already: it worked once. "
        "To change something, reply to the message that held it."
    ),
    "link_revoked": _(
        "This link has been closed. If a newer message holds another, use that one. "
        "If not, reply to the message that held it to ask for a new link."
    ),
    "link_expired": _(
        "This link is too old. Reply to the message that held it to ask for a new one."
    ),
    "own_account": _("You cannot close your own account."),
}
