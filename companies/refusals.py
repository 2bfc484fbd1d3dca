from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "siret_is_wrong": _("This SIRET number is not valid: check its fourteen digits."),
    # pay
    "pay_under_minimum": _(
        "The pay typed, %(gross_cents)s, is under the minimum of the month that begins on %(month)s: "
        "%(minimum_cents)s (%(article)s)."
    ),
    "minimum_pay_unknown": _(
        "The minimum pay of a contract concluded on %(concluded_on)s is not known: its tables lack that time."
    ),
}
