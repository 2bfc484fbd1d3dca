"""Documents destroyed once their term is over, for a whole year of contrat pro at once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from common.files.services import destroy
from common.jobs import schedule
from common.journal import SYSTEM, Stamp, note
from contratpro.models import ContractYear
from contratpro.retention.rules import settled_by
from contratpro.retention.selectors import excuses_of, has_ended
from contratpro.steps.selectors import today_of
from contratpro.year.selectors import year_by_slug

JOB = "contratpro.destroy_excuses"


def order_destruction(now: datetime) -> None:
    """At each tick: look once a calendar year at each year that ended long ago, since a term ends with a year."""
    for year in ContractYear.objects.filter(current_version__isnull=False):
        today = today_of(year, now)
        if has_ended(year, settled_by(today)):
            key = f"{JOB}:{year.slug}:{today.year}"
            schedule(kind=JOB, key=key, ids={"year": year.slug}, run_at=now)


@transaction.atomic
def destroy_excuses(ids: Mapping[str, str], now: datetime) -> None:
    """Destroy the documents of absences and incidents; that the absence was excused stays on record."""
    year = year_by_slug(ids["year"])
    if year is None:
        return
    count = destroy(files=excuses_of(year, settled_by(today_of(year, now))), now=now)
    if count:
        note(year, "destroy_excuses", Stamp.of(SYSTEM, now, count=count))
