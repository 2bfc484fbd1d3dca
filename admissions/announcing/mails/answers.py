"""What a candidate is told of an announcement: one mail per candidacy and decision, one for the tests to sit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from django.utils.translation import gettext_lazy as _

from admissions.dossier.mails import candidate
from admissions.models import Candidacy
from admissions.models.sealed import Decision, Rectification, Sitting
from admissions.sittings.mails import (
    Called,
    CandidacyMail,
    about_candidacy,
    called_candidacies,
    sample_about_candidacy,
)
from admissions.sittings.selectors import SAMPLE_CALL, Call
from campaigns.document.schema import CampaignDocument, Programme, Stage
from campaigns.document.values import JURY
from campaigns.models import Milestone
from campaigns.notice.selectors import notice
from campaigns.vocabulary import (
    AdmissionWay,
    Booking,
    MilestoneAction,
    Needed,
    OutcomeKind,
    RuleSection,
    TitleStatus,
)
from common.datafile.values import Text
from notifications.mails import SAMPLE_AT, Context
from notifications.queue import enqueue


@dataclass(frozen=True, kw_only=True)
class DecisionMail(CandidacyMail):
    """An outcome, worded from what was announced whatever happens afterwards; what comes next, as it stands then.

    A rectification is the next version, with what it replaces and why.
    """

    stage: str
    outcome: str
    at: datetime
    rectification: str | None
    version: int | None

    @property
    def key(self) -> str:
        return f"decision:{self.candidacy}:{self.stage}:{self.version}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        candidacies, called = called_candidacies(batch)
        replaced = _rectifications(batch)
        return [
            {
                **_decision(candidacies[mail.candidacy], mail, called),
                "replaces": replaced.get(mail.rectification),
            }
            for mail in batch
        ]

    @classmethod
    def samples(cls) -> Sequence[Context]:
        wrong = Decision(announced_at=SAMPLE_AT - timedelta(days=1))
        replaced = Rectification(decision=wrong, reason="Une note a été reportée par erreur.")
        return [cls.sample(), {**cls.sample(), "replaces": replaced}]


@dataclass(frozen=True, kw_only=True)
class DecisionNextMail(DecisionMail):
    name = "admissions.decision_next"
    label = _("Decision announced: goes on")
    when = _("A decision is announced or rectified: the candidate goes on to another stage.")

    @classmethod
    def sample(cls) -> Context:
        return {
            **_sample_decision({"fr": "Admissible à l’entretien", "en": "Called to the interview"}),
            "next_stage": {"fr": "Entretien", "en": "Interview"},
            "results_at": SAMPLE_AT + timedelta(days=30),
            "results_firm": True,
            "results_open": False,
            "calls": [SAMPLE_CALL],
            "search_page": "",
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        uncalled = {**cls.sample(), "calls": []}
        others = ({"results_firm": False}, {"results_open": True}, {"search_page": "exemple"})
        return [*super().samples(), *({**uncalled, **facts} for facts in others)]


@dataclass(frozen=True, kw_only=True)
class DecisionAcceptedMail(DecisionMail):
    name = "admissions.decision_accepted"
    label = _("Decision announced: selected")
    when = _("A decision is announced or rectified: the candidate is selected.")

    @classmethod
    def sample(cls) -> Context:
        return {
            **_sample_decision({"fr": "Admissible", "en": "Admissible"}),
            "help_from": SAMPLE_AT + timedelta(days=7),
            "search_ends": None,
            "last_pieces": [{"fr": "Relevés de notes de la fin de l’année", "en": "Last marks"}],
            "way": AdmissionWay.CONTRACT,
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        others = (AdmissionWay.AGREEMENT, AdmissionWay.RESULTS)
        last_day = {"search_ends": (SAMPLE_AT + timedelta(days=150)).date()}
        by_day = [{**cls.sample(), **last_day}]
        return [*super().samples(), *by_day, *({**cls.sample(), "way": way} for way in others)]


@dataclass(frozen=True, kw_only=True)
class DecisionRejectedMail(DecisionMail):
    name = "admissions.decision_rejected"
    label = _("Decision announced: rejected")
    when = _("A decision is announced or rectified: the application is rejected.")

    @classmethod
    def sample(cls) -> Context:
        outcome = _sample_decision({"fr": "Candidature rejetée", "en": "Application rejected"})
        return {**outcome, "school": "École d’exemple", "body": JURY}


DECISION_MAILS: Mapping[OutcomeKind, type[DecisionMail]] = {
    OutcomeKind.NEXT: DecisionNextMail,
    OutcomeKind.ACCEPTED: DecisionAcceptedMail,
    OutcomeKind.REJECTED: DecisionRejectedMail,
}


def tell_decisions(decisions: Sequence[Decision], *, now: datetime) -> None:
    enqueue(_of_decisions(decisions, now), now=now)


def tell_rectification(decision: Decision, rectification: Rectification, *, now: datetime) -> None:
    enqueue(_of_decisions([decision], now, rectification.ref), now=now)


def _of_decisions(
    decisions: Iterable[Decision], now: datetime, rectification: str | None = None
) -> Iterator[DecisionMail]:
    for decision in decisions:
        candidacy, outcome = decision.candidacy, decision.outcome
        mail = DECISION_MAILS[outcome.kind]
        yield mail(
            recipient=candidate(candidacy.application),
            application=candidacy.application.ref,
            candidacy=candidacy.ref,
            stage=outcome.stage.key,
            outcome=outcome.key,
            at=now,
            rectification=rectification,
            version=decision.version,
        )


def _sample_decision(outcome: Mapping[str, str]) -> Context:
    return {
        **sample_about_candidacy(),
        "at": SAMPLE_AT,
        "stage": {"fr": "Étude des dossiers", "en": "Study of the files"},
        "outcome": outcome,
        "replaces": None,
    }


@dataclass(frozen=True, kw_only=True)
class CallMail(CandidacyMail):
    """To those whose decision is not announced with it."""

    name = "admissions.call"
    label = _("Call to a test")
    when = _("A date of the calendar calls to tests those whom the jury chose, at their stage.")

    at: datetime
    milestone: str | None
    revision: int | None

    @property
    def key(self) -> str:
        return f"call:{self.candidacy}:{self.milestone}:{self.revision}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        candidacies, called = called_candidacies(batch)
        return [_call(candidacies[mail.candidacy], mail.at, called) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about_candidacy(), "calls": [SAMPLE_CALL]}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        to_book = replace(SAMPLE_CALL, booking=Booking.SLOT, starts_at=None, place="")
        return [cls.sample(), {**cls.sample(), "calls": [to_book, SAMPLE_CALL]}]


def tell_calls(
    sittings: Sequence[Sitting], *, milestone: Milestone, revision: int, now: datetime
) -> None:
    called = {sitting.candidacy_id: sitting.candidacy for sitting in sittings}
    mails = [
        CallMail(
            recipient=candidate(candidacy.application),
            application=candidacy.application.ref,
            candidacy=candidacy.ref,
            at=now,
            milestone=milestone.key,
            revision=revision,
        )
        for candidacy in called.values()
    ]
    enqueue(mails, now=now)


def _call(candidacy: Candidacy, at: datetime, called: Called) -> Context:
    return {**about_candidacy(candidacy), "calls": _called_then(candidacy, at, called)}


def _rectifications(batch: Sequence[DecisionMail]) -> Mapping[str | None, Rectification]:
    """By reference; most batches have none."""
    wanted = {mail.rectification for mail in batch if mail.rectification}
    if not wanted:
        return {}
    rows = Rectification.objects.filter(ref__in=wanted).select_related("decision")
    return {row.ref: row for row in rows}


def _decision(candidacy: Candidacy, mail: DecisionMail, called: Called) -> Context:
    document = _notice(candidacy)
    stages = document.selections[candidacy.programme.selection.key].stages
    outcome = stages[mail.stage].outcomes[mail.outcome]
    context = {
        **about_candidacy(candidacy),
        "at": mail.at,
        "stage": stages[mail.stage].label,
        "outcome": outcome.label,
    }
    if outcome.kind is OutcomeKind.NEXT:
        assert outcome.to, "it leads to a stage"
        follows = _what_follows(document, stages[outcome.to])
        page = _search_page(document, candidacy)
        return {
            **context,
            **follows,
            "search_page": page,
            "calls": _called_then(candidacy, mail.at, called),
        }
    if outcome.kind is OutcomeKind.ACCEPTED:
        programme = document.programme(candidacy.programme.code)
        return {**context, **_search(document, programme, mail.at)}
    body = document.body_of(candidacy.programme.selection.key, mail.stage)
    return {**context, "school": candidacy.programme.school.name, "body": body}


def _what_follows(document: CampaignDocument, stage: Stage) -> Context:
    """The stage that one goes on to: when its results come."""
    window = document.window(stage.announce)
    return {
        "next_stage": stage.label,
        "results_at": window.starts_at,
        "results_open": window.open_ended,
        "results_firm": document.is_firm(stage.announce),
    }


def _search_page(document: CampaignDocument, candidacy: Candidacy) -> str:
    """The campaign whose page says how to look for a company; none where the admission needs no contract."""
    programme = document.programme(candidacy.programme.code)
    if document.admission_of(programme) is not AdmissionWay.CONTRACT:
        return ""
    return document.campaign.slug if document.stated(RuleSection.SEARCH, programme) else ""


def _search(document: CampaignDocument, programme: Programme, at: datetime) -> Context:
    """What the admission rests on, until when, and when the school begins to help.

    Help that has begun is told by a letter of its own.
    """
    begins = [
        document.window(key).starts_at
        for key, milestone in document.calendar.items()
        if milestone.action is MilestoneAction.START_SEARCH
        and programme in document.concerned(milestone.scope)
    ]
    help_from = min((moment for moment in begins if moment), default=None)
    return {
        "way": document.admission_of(programme),
        "help_from": help_from if help_from and help_from > at else None,
        "search_ends": document.search_ends_on(programme),
        "last_pieces": _last_pieces(document, programme),
    }


def _last_pieces(document: CampaignDocument, programme: Programme) -> list[Text]:
    """What the admission asks of those whose title is still to come."""
    return [
        piece.title
        for piece in document.documents.values()
        if piece.needed is Needed.ADMISSION
        and piece.when.title
        and piece.when.title.status is TitleStatus.EXPECTED
        and programme in document.concerned(piece.scope)
    ]


def _called_then(candidacy: Candidacy, at: datetime, called: Called) -> list[Call]:
    return [call for call in called.get(candidacy.pk, ()) if call.called_at == at]


def _notice(candidacy: Candidacy) -> CampaignDocument:
    version = candidacy.application.campaign.current_version_id
    assert version, "a campaign that announces has a notice"
    return notice(version)
