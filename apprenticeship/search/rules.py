"""The rhythm at which those who search are told the places left (R-JOB-3)."""

from datetime import date, timedelta


def day_of_telling(first: date, every: int, today: date) -> date | None:
    """The last day of the rhythm that has come; none in its first days, whose letter was that of the beginning."""
    periods = (today - first).days // every
    return first + timedelta(days=periods * every) if periods > 0 else None
