"""Remind those who have not submitted: once for each date of the calendar that says so."""

from collections.abc import Iterator, Mapping, Sequence

from admissions.models import Application
from admissions.states import ApplicationState
from campaigns.calendar.effects import Due
from notifications.queue import Message, enqueue

CHUNK = 500


def remind_drafts(due: Due) -> Mapping[str, int]:
    """Write to whoever has a draft in the campaign."""
    reminded = 0
    for drafts in _in_chunks(due):
        messages = list(_messages(drafts, due))
        enqueue(messages, now=due.now)
        reminded += len(messages)
    return {"reminded": reminded}


def _in_chunks(due: Due) -> Iterator[Sequence[Application]]:
    drafts = Application.objects.filter(campaign=due.campaign, state=ApplicationState.DRAFT)
    ordered = drafts.select_related("person__user").order_by("pk")
    last = 0
    while chunk := list(ordered.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _messages(drafts: Sequence[Application], due: Due) -> Iterator[Message]:
    for draft in drafts:
        user = draft.person.user
        if user is None:
            continue
        yield Message(
            kind="admissions.draft_reminder",
            dedupe_key=f"reminder:{draft.ref}:{due.milestone.key}:{due.run.revision}",
            to=user.email,
            language=user.language,
            refs={"application": draft.ref},
            school_id=due.campaign.organiser_id,
            about=draft.ref,
        )
