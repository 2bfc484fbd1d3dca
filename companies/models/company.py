from django.db import models
from django.db.models import Q
from django_countries.fields import CountryField


class Company(models.Model):
    """An establishment that hires: what both kinds of contract share. Known by its SIRET when it is French."""

    siret = models.CharField(max_length=14, blank=True)
    name = models.CharField(max_length=160)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = CountryField(default="FR")

    class Meta:
        verbose_name_plural = "companies"
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint("siret", name="company_one_per_siret", condition=~Q(siret="")),
            models.CheckConstraint(name="company_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
