"""How long an announcement takes: 5,000 decisions, or as many as the first argument says.

On a database of its own beside that of DATABASE_URL, or in memory; prints one line.
"""

import resource
import time

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from admissions.announcing.services.opening import announce
from campaigns.models import Milestone
from notifications.models import Notification
from tests.factories.announcing import FILE_RESULTS, Due, Run
from tests.notifications.population import decided


def main(count: int = 5_000) -> None:
    held = setup_databases(verbosity=0, interactive=False)
    try:
        decided(count)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does while a jury decides
        milestone = Milestone.objects.select_related("campaign").get(key="file-results")
        due = Due(run=Run(), milestone=milestone, campaign=milestone.campaign, now=FILE_RESULTS)
        seconds, statements = measured(due)
        told = Notification.objects.count()
        print(
            f"{connection.vendor}: {told} announced in {seconds:.1f} s, {statements} statements, {_peak():.0f} MB"
        )
    finally:
        teardown_databases(held, verbosity=0)


def measured(due: Due) -> tuple[float, int]:
    """Seconds and statements, each of a run of its own: counting takes time."""
    with transaction.atomic():
        start = time.perf_counter()
        announce(due)
        seconds = time.perf_counter() - start
        transaction.set_rollback(True)
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        announce(due)
    return seconds, len(asked)


def _peak() -> float:
    """Of the whole process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
