"""Who is told by e-mail of an announcement, and what: one message per candidacy and decision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleGrant, User
from admissions.models import Candidacy
from admissions.models.sealed import Decision, Rectification, Sitting
from admissions.sittings.mails import Called, about_candidacy, called_candidacies, mail_to_candidate
from admissions.sittings.selectors import Call
from campaigns.calendar.permissions import ARMING
from campaigns.document.schema import TERM, CampaignDocument, Programme, Stage
from campaigns.models import Campaign, Milestone
from campaigns.notice.selectors import notice
from campaigns.vocabulary import MilestoneAction, OutcomeKind
from notifications.mails import Context, Kind, Refs
from notifications.queue import Message, enqueue

NOTHING: Refs = MappingProxyType({})


def tell_decisions(decisions: Sequence[Decision], *, now: datetime) -> None:
    """The reference of each says which outcome: its message is worded from that, whatever happens afterwards."""
    enqueue(_of_decisions(decisions, now), now=now)


def _of_decisions(
    decisions: Iterable[Decision], now: datetime, more: Refs = NOTHING
) -> Iterator[Message]:
    for decision in decisions:
        candidacy, outcome = decision.candidacy, decision.outcome
        key = f"decision:{candidacy.ref}:{outcome.stage.key}:{decision.version}"
        refs = {"stage": outcome.stage.key, "outcome": outcome.key, "at": now.isoformat(), **more}
        yield from mail_to_candidate(candidacy, f"decision_{outcome.kind}", key, refs)


def tell_rectification(decision: Decision, rectification: Rectification, *, now: datetime) -> None:
    """The new version of a decision, with what it replaces and why."""
    enqueue(_of_decisions([decision], now, {"rectification": rectification.ref}), now=now)


def ask_to_confirm(rectification: Rectification, *, now: datetime) -> None:
    """Whoever may confirm it, but for who proposed it."""
    candidacy = rectification.decision.candidacy
    campaign, school = candidacy.application.campaign, candidacy.programme.school_id
    grants = RoleGrant.objects.filter(
        school__in=(campaign.organiser_id, school), role__in=ARMING, user__is_active=True
    )
    others = User.objects.filter(pk__in=grants.values("user")).exclude(
        pk=rectification.proposed_by_id
    )
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


def tell_calls(
    sittings: Sequence[Sitting], *, milestone: Milestone, revision: int, now: datetime
) -> None:
    called = {sitting.candidacy_id: sitting.candidacy for sitting in sittings}
    refs = {"at": now.isoformat()}
    messages = (
        message
        for candidacy in called.values()
        for message in mail_to_candidate(
            candidacy, "call", f"call:{candidacy.ref}:{milestone.key}:{revision}", refs
        )
    )
    enqueue(messages, now=now)


def tell_undecided(
    waiting: QuerySet[Candidacy], *, milestone: Milestone, revision: int, now: datetime
) -> int:
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


def build_decisions(batch: Sequence[Refs]) -> Sequence[Context]:
    """An outcome, with what comes next as it stands when the message is written."""
    candidacies, called = called_candidacies(batch)
    replaced = _rectifications(batch)
    return [
        {
            **_decision(candidacies[refs["candidacy"]], refs, called),
            "replaces": replaced.get(refs.get("rectification")),
        }
        for refs in batch
    ]


def build_to_confirm(batch: Sequence[Refs]) -> Sequence[Context]:
    """For staff: neither the name nor any outcome, which the page says to who may read it."""
    campaigns = Campaign.objects.in_bulk({refs["campaign"] for refs in batch}, field_name="slug")
    return [
        {"campaign": campaigns[refs["campaign"]].title, "rectification": refs["rectification"]}
        for refs in batch
    ]


def build_calls(batch: Sequence[Refs]) -> Sequence[Context]:
    candidacies, called = called_candidacies(batch)
    return [_called(candidacies[refs["candidacy"]], refs, called) for refs in batch]


def build_undecided(batch: Sequence[Refs]) -> Sequence[Context]:
    campaigns = Campaign.objects.in_bulk({refs["campaign"] for refs in batch}, field_name="slug")
    return [_undecided(campaigns[refs["campaign"]], refs) for refs in batch]


def _rectifications(batch: Sequence[Refs]) -> Mapping[str | None, Rectification]:
    """By reference; most batches have none."""
    wanted = {refs["rectification"] for refs in batch if "rectification" in refs}
    if not wanted:
        return {}
    rows = Rectification.objects.filter(ref__in=wanted).select_related("decision")
    return {row.ref: row for row in rows}


def _decision(candidacy: Candidacy, refs: Refs, called: Called) -> Context:
    document = _notice(candidacy)
    stages = document.selections[candidacy.programme.selection.key].stages
    outcome = stages[refs["stage"]].outcomes[refs["outcome"]]
    context = {
        **about_candidacy(candidacy),
        "at": datetime.fromisoformat(refs["at"]),
        "stage": stages[refs["stage"]].label,
        "outcome": outcome.label,
    }
    if outcome.kind is OutcomeKind.NEXT:
        assert outcome.to, "it leads to a stage"
        follows = _what_follows(document, stages[outcome.to])
        return {**context, **follows, "calls": _told_then(candidacy, refs, called)}
    if outcome.kind is OutcomeKind.ACCEPTED:
        return {**context, **_search(document, document.programme(candidacy.programme.code))}
    return {**context, "school": candidacy.programme.school.name}


def _what_follows(document: CampaignDocument, stage: Stage) -> Context:
    """The stage that one goes on to: when its results come."""
    return {
        "next_stage": stage.label,
        "results_at": document.window(stage.announce).starts_at,
        "results_firm": document.is_firm(stage.announce),
    }


def _search(document: CampaignDocument, programme: Programme) -> Context:
    """When the school begins to help with the search for a company, and when the term starts."""
    helps = [
        document.window(key).starts_at
        for key, milestone in document.calendar.items()
        if milestone.action is MilestoneAction.START_SEARCH
        and programme in document.concerned(milestone.scope)
    ]
    return {
        "help_from": min((at for at in helps if at), default=None),
        "term": document.window(TERM).starts_at if TERM in document.calendar else None,
        "term_firm": TERM in document.calendar and document.is_firm(TERM),
    }


def _called(candidacy: Candidacy, refs: Refs, called: Called) -> Context:
    return {**about_candidacy(candidacy), "calls": _told_then(candidacy, refs, called)}


def _told_then(candidacy: Candidacy, refs: Refs, called: Called) -> list[Call]:
    at = datetime.fromisoformat(refs["at"])
    return [call for call in called.get(candidacy.pk, ()) if call.called_at == at]


def _notice(candidacy: Candidacy) -> CampaignDocument:
    version = candidacy.application.campaign.current_version_id
    assert version, "a campaign that announces has a notice"
    return notice(version)


def _undecided(campaign: Campaign, refs: Refs) -> Context:
    assert campaign.current_version_id, "a campaign that announces has a notice"
    milestone = notice(campaign.current_version_id).calendar[refs["milestone"]]
    return {
        "campaign": campaign.title,
        "milestone": milestone.title,
        "at": datetime.fromisoformat(refs["at"]),
        "undecided": int(refs["undecided"]),
        "zone": campaign.zone,
    }


KINDS = (
    *(
        Kind(
            name=f"admissions.decision_{kind}",
            template=f"admissions/announcing/mail/decision/{kind}",
            build=build_decisions,
            readable=True,
            label=label,
        )
        for kind, label in (
            (OutcomeKind.NEXT, _("Decision announced: goes on")),
            (OutcomeKind.ACCEPTED, _("Decision announced: selected")),
            (OutcomeKind.REJECTED, _("Decision announced: not retained")),
        )
    ),
    Kind(
        name="admissions.rectification_to_confirm",
        template="admissions/announcing/mail/rectification",
        build=build_to_confirm,
        label=_("Rectification to confirm, to staff"),
    ),
    Kind(
        name="admissions.call",
        template="admissions/announcing/mail/call",
        build=build_calls,
        readable=True,
        label=_("Call to a test"),
    ),
    Kind(
        name="admissions.undecided",
        template="admissions/announcing/mail/undecided",
        build=build_undecided,
        label=_("Decisions missing, to staff"),
    ),
)
