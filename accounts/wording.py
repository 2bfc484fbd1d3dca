from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_platform_administrator": _("Only an administrator of the platform may do this."),
    "not_school_administrator": _("Only an administrator of %(school)s may do this."),
    "not_this_person": _("Only the person themselves may change these details."),
    "own_account": _("You cannot close your own account."),
}
