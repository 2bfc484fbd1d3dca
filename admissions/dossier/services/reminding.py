"""Remind those who have not submitted: once for each date of the calendar that says so."""

from collections.abc import Iterator, Mapping, Sequence

from admissions.dossier.mails import reminders
from admissions.models import Application
from admissions.states import ApplicationState
from campaigns.calendar.effects import Due
from notifications.queue import enqueue

CHUNK = 500


def remind_drafts(due: Due) -> Mapping[str, int]:
    """Write to whoever has a draft in the campaign."""
    reminded = 0
    for drafts in _in_chunks(due):
        mails = reminders(drafts, milestone=due.milestone.key, revision=due.run.revision)
        enqueue(mails, now=due.now)
        reminded += len(mails)
    return {"reminded": reminded}


def _in_chunks(due: Due) -> Iterator[Sequence[Application]]:
    drafts = Application.objects.filter(campaign=due.campaign, state=ApplicationState.DRAFT)
    ordered = drafts.select_related("person__user", "campaign").order_by("pk")
    last = 0
    while chunk := list(ordered.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk
