from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from common.fields import Subject
from common.models import DocumentVersion, LocalizedTextField


class ContractYear(models.Model):
    """A school's year of contrats pro. What it says is the document of its version; the columns are what lists need."""

    slug = models.SlugField(_("identifier"), unique=True)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="contract_years", verbose_name=_("school")
    )
    title = LocalizedTextField(_("title"))
    begins_in = models.PositiveSmallIntegerField(_("begins in"))
    current_version = models.OneToOneField(
        "ContractYearVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("year of contrat pro")
        verbose_name_plural = _("years of contrat pro")
        ordering = ("-begins_in", "slug")

    def __str__(self) -> str:
        return self.slug

    def in_journal(self) -> Subject:
        return Subject("contract_year", self.slug, self.slug)


class ContractYearVersion(DocumentVersion):
    """The whole year as it stood: the scale and the rules that its students were told. Never changed."""

    year = models.ForeignKey(
        ContractYear, on_delete=models.PROTECT, related_name="versions", verbose_name=_("year")
    )

    class Meta:
        verbose_name = _("version of a year")
        verbose_name_plural = _("versions of a year")
        ordering = ("year", "number")
        constraints = [models.UniqueConstraint("year", "number", name="year_version_number_once")]

    def __str__(self) -> str:
        return f"{self.year}, version {self.number}"
