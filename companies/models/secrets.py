"""What an employment contract must say and few may read: the social security number and disability (R-PRO-10).

Read by `companies.secrets.services.read_secrets` alone, which writes each reading in the journal.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.refs import REF_LENGTH
from common.secrets.fields import EncryptedTextField

BY_LENGTH = 60


class EmploymentSecrets(models.Model):
    """The secrets of one contract, apart from it: known by the kind and the reference that the journal gives it."""

    kind = models.CharField(max_length=60)
    ref = models.CharField(max_length=REF_LENGTH)
    nir = EncryptedTextField(blank=True, help_text="social security number")
    nir_at = models.DateTimeField(null=True, blank=True)
    nir_by = models.CharField(max_length=BY_LENGTH, blank=True, help_text="kind and reference")
    nir_notes = models.JSONField(
        default=list, blank=True, help_text="codes of what is to be looked at in the number"
    )
    disability = EncryptedTextField(blank=True, help_text="yes or no")
    disability_at = models.DateTimeField(null=True, blank=True)
    disability_by = models.CharField(
        max_length=BY_LENGTH, blank=True, help_text="kind and reference"
    )

    class Meta:
        verbose_name = _("secrets of an employment contract")
        verbose_name_plural = _("secrets of employment contracts")
        constraints = [
            models.UniqueConstraint("kind", "ref", name="secrets_once_per_contract"),
            models.CheckConstraint(
                name="secrets_nir_by_iff_typed",
                condition=Q(nir_at__isnull=True, nir_by="")
                | (Q(nir_at__isnull=False) & ~Q(nir_by="")),
            ),
            models.CheckConstraint(
                name="secrets_disability_by_iff_typed",
                condition=Q(disability_at__isnull=True, disability_by="")
                | (Q(disability_at__isnull=False) & ~Q(disability_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
