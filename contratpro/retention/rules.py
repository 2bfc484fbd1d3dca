"""How long what excuses an absence is kept. The term is a reading of ours: docs/retention.md."""

from datetime import date

YEARS = 3  # from the end of the year of the last payment, as on the form of the certificate


def settled_by(today: date) -> date:
    """The day by which training and last payment must have been for what excuses an absence to be destroyed today."""
    return date(today.year - YEARS - 1, 12, 31)
