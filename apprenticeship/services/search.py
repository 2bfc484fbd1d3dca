"""The search for a company begins: on that date of the calendar, every selected candidate is told (R-JOB-1)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from admissions.models import Candidacy
from admissions.states import CandidacyState
from apprenticeship.selectors.pools import count_pools
from apprenticeship.services.letters import letter, said_of
from campaigns.calendar.effects import Due, Effect
from campaigns.models import Campaign, Milestone, MilestoneRun
from campaigns.states import RunState
from campaigns.vocabulary import MilestoneAction
from notifications.mails import Context, Kind, Refs
from notifications.models import Notification
from notifications.queue import Message, enqueue

KIND = "apprenticeship.search_open"
BATCH = 500
LONGEST = timedelta(days=1)  # an announcement bears the hour at which it began, and may end after the search did


def start_search(due: Due) -> Mapping[str, int]:
    """Tell all who are selected in the milestone's scope, batch by batch: once each, however often it is called."""
    left = _places(due.campaign, due.now)
    told = 0
    for rows in _in_batches(searching(due.milestone)):
        enqueue(_letters(rows, due.milestone, left), now=due.now)
        told += len(rows)
    return {"told": told}


def preview(milestone: Milestone, now: datetime) -> Mapping[str, int]:  # noqa: ARG001 (what an action previews with)
    return {"told": searching(milestone).count()}


def tell_those_selected_since(now: datetime) -> None:
    """Sweep: whoever was selected once the search had begun, by a late announcement or a rectification."""
    done = MilestoneRun.objects.filter(
        milestone__action=MilestoneAction.START_SEARCH.value, state=RunState.DONE.value, finished_at__lte=now
    )
    for run in done.select_related("milestone__campaign").order_by("pk"):
        key = Concat(Value(f"{KIND}:{run.milestone_id}:"), OuterRef("ref"))
        told = Exists(Notification.objects.filter(dedupe_key=key))
        assert run.finished_at, "a run that is done has an end"
        since = run.finished_at - LONGEST
        rows = list(searching(run.milestone).filter(~told, told_at__gt=since)[:BATCH])
        if rows:
            left = _places(run.milestone.campaign, now)
            enqueue(_letters(rows, run.milestone, left), now=now)


def searching(milestone: Milestone, *, with_account: bool = True) -> QuerySet[Candidacy]:
    """Those selected for the programmes that a milestone concerns; those alone whom one can write to, or all."""
    rows = Candidacy.objects.filter(programme__campaign=milestone.campaign_id, state=CandidacyState.SELECTED.value)
    if with_account:
        rows = rows.filter(application__person__user__isnull=False)
    if milestone.scope:
        rows = rows.filter(Q(programme__code__in=milestone.scope) | Q(programme__selection__key__in=milestone.scope))
    return rows.select_related("application__person__user", "programme").order_by("pk")


def _places(campaign: Campaign, now: datetime) -> dict[int, Refs]:
    """What is left for each programme, by its id."""
    return {
        programme.pk: {"left": str(count.left), "capacity": str(count.capacity), "at": now.isoformat()}
        for count in count_pools(campaign, now)
        for programme in count.programmes
    }


def _in_batches(rows: QuerySet[Candidacy]) -> Iterator[Sequence[Candidacy]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _letters(rows: Sequence[Candidacy], milestone: Milestone, left: Mapping[int, Refs]) -> list[Message]:
    return [one for row in rows for one in letter(row, KIND, left[row.programme_id], key=f"{milestone.pk}:{row.ref}")]


def build(batch: Sequence[Refs]) -> Sequence[Context]:
    related = ("application__campaign", "application__person", "programme")
    rows = Candidacy.objects.select_related(*related).filter(ref__in={refs["candidacy"] for refs in batch})
    candidacies = {row.ref: row for row in rows}
    return [_context(candidacies[refs["candidacy"]], refs) for refs in batch]


def _context(candidacy: Candidacy, refs: Refs) -> Context:
    return {
        **said_of(candidacy),
        "left": int(refs["left"]),
        "capacity": int(refs["capacity"]),
        "at": datetime.fromisoformat(refs["at"]),
    }


START_SEARCH = Effect(perform=start_search, preview=preview)
KINDS = (
    Kind(
        name=KIND,
        template="apprenticeship/mail/search_open",
        build=build,
        readable=True,
        label=_("Start of the search"),
    ),
)
