"""A student whose project is under way, and those who work with them."""

from tests.contratpro.pfe.conftest import head, signed, student, tutor

__all__ = ["head", "signed", "student", "tutor"]
