"""The year, as it is loaded and kept in versions (`year`)."""

from contratpro.models.year import ContractYear, ContractYearVersion

__all__ = ["ContractYear", "ContractYearVersion"]
