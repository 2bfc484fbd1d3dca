"""Who hires (`company`). Those of `secrets` are imported by name from there, so that one sees who reads them."""

from companies.models import secrets  # noqa: F401  (Django finds its models through this package)
from companies.models.company import Company

__all__ = ["Company"]
