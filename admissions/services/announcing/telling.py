"""Who is told by e-mail: one message per candidacy and decision, one per candidacy called without a decision."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db.models import Count, QuerySet

from accounts.models import RoleGrant, User
from admissions.models import Candidacy
from admissions.models.sealed import Decision, Rectification, Sitting
from campaigns.calendar.permissions import ARMING
from campaigns.models import Milestone
from notifications.mails import Refs
from notifications.queue import Message, enqueue
from notifications.states import Priority

NOTHING: Refs = MappingProxyType({})


def tell_decisions(decisions: Sequence[Decision], *, now: datetime) -> None:
    """The reference of each says which outcome: its message is worded from that, whatever happens afterwards."""
    enqueue(_of_decisions(decisions, now), now=now)


def _of_decisions(decisions: Iterable[Decision], now: datetime, more: Refs = NOTHING) -> Iterator[Message]:
    for decision in decisions:
        candidacy, outcome = decision.candidacy, decision.outcome
        key = f"decision:{candidacy.ref}:{outcome.stage.key}:{decision.version}"
        refs = {"stage": outcome.stage.key, "outcome": outcome.key, "at": now.isoformat(), **more}
        yield from _to_candidate(candidacy, f"decision_{outcome.kind}", key, refs)


def tell_rectification(decision: Decision, rectification: Rectification, *, now: datetime) -> None:
    """The new version of a decision, with what it replaces and why."""
    enqueue(_of_decisions([decision], now, {"rectification": rectification.ref}), now=now)


def ask_to_confirm(rectification: Rectification, *, now: datetime) -> None:
    """Whoever may confirm it, but for who proposed it."""
    candidacy = rectification.decision.candidacy
    campaign, school = candidacy.application.campaign, candidacy.programme.school_id
    grants = RoleGrant.objects.filter(school__in=(campaign.organiser_id, school), role__in=ARMING, user__is_active=True)
    others = User.objects.filter(pk__in=grants.values("user")).exclude(pk=rectification.proposed_by_id)
    enqueue(
        (
            Message(
                kind="admissions.rectification_to_confirm",
                dedupe_key=f"rectification:{rectification.ref}:{user.pk}",
                to=user.email,
                language=user.language,
                refs={"rectification": rectification.ref, "campaign": campaign.slug},
                school_id=campaign.organiser_id,
            )
            for user in others
        ),
        now=now,
    )


def tell_calls(sittings: Sequence[Sitting], *, milestone: Milestone, revision: int, now: datetime) -> None:
    called = {sitting.candidacy_id: sitting.candidacy for sitting in sittings}
    refs = {"at": now.isoformat()}
    messages = (
        message
        for candidacy in called.values()
        for message in _to_candidate(candidacy, "call", f"call:{candidacy.ref}:{milestone.key}:{revision}", refs)
    )
    enqueue(messages, now=now)


def tell_time(sitting: Sitting, *, now: datetime) -> None:
    """Each time that it is set: a message for each, in their order."""
    key = f"time:{sitting.ref}:{now.timestamp():.3f}"
    enqueue(_to_candidate(sitting.candidacy, "sitting_time", key, {"sitting": sitting.ref}), now=now)


def _to_candidate(candidacy: Candidacy, kind: str, key: str, refs: dict[str, str]) -> Iterator[Message]:
    application = candidacy.application
    user = application.person.user
    if user is None:
        return
    yield Message(
        kind=f"admissions.{kind}",
        dedupe_key=key,
        to=user.email,
        language=user.language,
        refs={"application": application.ref, "candidacy": candidacy.ref, **refs},
        school_id=application.campaign.organiser_id,
        about=application.ref,
        priority=Priority.MASS,
    )


def tell_undecided(waiting: QuerySet[Candidacy], *, milestone: Milestone, revision: int, now: datetime) -> int:
    """Staff learn how many have no decision yet: of all at the organiser of the campaign, else of their own school."""
    by_school = dict(waiting.order_by().values_list("programme__school").annotate(Count("pk")))
    total = sum(by_school.values())
    counts = {**by_school, milestone.campaign.organiser_id: total} if total else {}
    grants = RoleGrant.objects.filter(school__in=counts, role__in=ARMING, user__is_active=True)
    concerned: dict[User, int] = {}
    for grant in grants.select_related("user").order_by("user"):
        concerned[grant.user] = max(concerned.get(grant.user, 0), counts[grant.school_id])
    key = f"undecided:{milestone.campaign.slug}:{milestone.key}:{revision}"
    refs = {"campaign": milestone.campaign.slug, "milestone": milestone.key, "at": now.isoformat()}
    enqueue(
        (
            Message(
                kind="admissions.undecided",
                dedupe_key=f"{key}:{user.pk}",
                to=user.email,
                language=user.language,
                refs={**refs, "undecided": str(count)},
                school_id=milestone.campaign.organiser_id,
            )
            for user, count in concerned.items()
        ),
        now=now,
    )
    return total
