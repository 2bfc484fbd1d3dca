from django import forms
from django.utils.translation import gettext_lazy as _

from contratpro.models.certificates import POST_LENGTH, SIGNATORY_LENGTH, TOWN_LENGTH


class CertificateOrderForm(forms.Form):
    """Who signs the certificates for the school, and where."""

    use_required_attribute = False
    signatory = forms.CharField(
        label=_("First name and surname of who signs the certificates"), max_length=SIGNATORY_LENGTH
    )
    post = forms.CharField(
        label=_("Position of who signs the certificates"), max_length=POST_LENGTH
    )
    town = forms.CharField(label=_("Made in (town)"), max_length=TOWN_LENGTH)
