"""What the messages of an announcement say: facts, from a batch of references, in as many queries as for one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from admissions.models import Application, Candidacy
from admissions.models.sealed import Rectification
from admissions.selectors.announced import calls
from admissions.selectors.rows import Call
from admissions.services.messages import about
from campaigns.document.schema import TERM, CampaignDocument, Programme, Stage
from campaigns.models import Campaign
from campaigns.notice.selectors import notice
from campaigns.vocabulary import MilestoneAction, OutcomeKind
from notifications.mails import Context, Kind, Refs

Called = Mapping[int, Sequence[Call]]


def build_decisions(batch: Sequence[Refs]) -> Sequence[Context]:
    """An outcome, with what comes next as it stands when the message is written."""
    candidacies, called = _gather(batch)
    replaced = _rectifications(batch)
    return [
        {**_decision(candidacies[refs["candidacy"]], refs, called), "replaces": replaced.get(refs.get("rectification"))}
        for refs in batch
    ]


def build_to_confirm(batch: Sequence[Refs]) -> Sequence[Context]:
    """For staff: neither the name nor any outcome, which the page says to who may read it."""
    campaigns = Campaign.objects.in_bulk({refs["campaign"] for refs in batch}, field_name="slug")
    return [{"campaign": campaigns[refs["campaign"]].title, "rectification": refs["rectification"]} for refs in batch]


def build_calls(batch: Sequence[Refs]) -> Sequence[Context]:
    candidacies, called = _gather(batch)
    return [_called(candidacies[refs["candidacy"]], refs, called) for refs in batch]


def build_times(batch: Sequence[Refs]) -> Sequence[Context]:
    """The hour of a test as it stands when the message is written."""
    candidacies, called = _gather(batch)
    return [_time(candidacies[refs["candidacy"]], refs, called) for refs in batch]


def _time(candidacy: Candidacy, refs: Refs, called: Called) -> Context:
    call = next(call for call in called[candidacy.pk] if call.ref == refs["sitting"])
    return {**_about(candidacy), "call": call}


def build_reminders(batch: Sequence[Refs]) -> Sequence[Context]:
    """A draft, with its deadline as it stands when the message is written."""
    related = ("campaign__organiser", "person")
    rows = Application.objects.filter(ref__in={refs["application"] for refs in batch}).select_related(*related)
    drafts = {row.ref: row for row in rows}
    return [_reminder(drafts[refs["application"]]) for refs in batch]


def _reminder(application: Application) -> Context:
    return {**about(application, ()), "deadline": application.campaign.last_second}


def build_undecided(batch: Sequence[Refs]) -> Sequence[Context]:
    campaigns = Campaign.objects.in_bulk({refs["campaign"] for refs in batch}, field_name="slug")
    return [_undecided(campaigns[refs["campaign"]], refs) for refs in batch]


def _gather(batch: Sequence[Refs]) -> tuple[Mapping[str, Candidacy], Called]:
    related = ("application__campaign__organiser", "application__person", "programme__school", "programme__selection")
    rows = Candidacy.objects.select_related(*related).filter(ref__in={refs["candidacy"] for refs in batch})
    candidacies = {row.ref: row for row in rows}
    return candidacies, calls([row.pk for row in candidacies.values()])


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
        **_about(candidacy),
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
        if milestone.action is MilestoneAction.START_SEARCH and programme in document.concerned(milestone.scope)
    ]
    return {
        "help_from": min((at for at in helps if at), default=None),
        "term": document.window(TERM).starts_at if TERM in document.calendar else None,
        "term_firm": TERM in document.calendar and document.is_firm(TERM),
    }


def _called(candidacy: Candidacy, refs: Refs, called: Called) -> Context:
    return {**_about(candidacy), "calls": _told_then(candidacy, refs, called)}


def _told_then(candidacy: Candidacy, refs: Refs, called: Called) -> list[Call]:
    at = datetime.fromisoformat(refs["at"])
    return [call for call in called.get(candidacy.pk, ()) if call.called_at == at]


def _about(candidacy: Candidacy) -> Context:
    programme = {"code": candidacy.programme.code, "title": candidacy.programme.title}
    return {**about(candidacy.application, [programme]), "programme": candidacy.programme.title}


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


SITTING_KINDS = (
    Kind(
        name="admissions.sitting_time",
        template="admissions/mail/time",
        build=build_times,
        readable=True,
        label=_("Hour of a test"),
    ),
)
REMINDER_KINDS = (
    Kind(
        name="admissions.draft_reminder",
        template="admissions/mail/reminder",
        build=build_reminders,
        readable=True,
        label=_("Reminder of a draft"),
    ),
)
KINDS = (
    *(
        Kind(
            name=f"admissions.decision_{kind.value}",
            template=f"admissions/mail/decision/{kind.value}",
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
        template="admissions/mail/rectification",
        build=build_to_confirm,
        label=_("Rectification to confirm, to staff"),
    ),
    Kind(
        name="admissions.call",
        template="admissions/mail/call",
        build=build_calls,
        readable=True,
        label=_("Call to a test"),
    ),
    Kind(
        name="admissions.undecided",
        template="admissions/mail/undecided",
        build=build_undecided,
        label=_("Decisions missing, to staff"),
    ),
)
