"""Who hires (`company`), what they offer. Those of `secrets` are imported by name: one sees who reads them."""

from companies.models import secrets  # noqa: F401  (Django finds its models through this package)
from companies.models.company import Company
from companies.models.offers import JobOffer

__all__ = ["Company", "JobOffer"]
