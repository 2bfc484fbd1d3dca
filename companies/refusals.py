from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "siret_is_wrong": _("This SIRET number is not valid: check its fourteen digits."),
}
