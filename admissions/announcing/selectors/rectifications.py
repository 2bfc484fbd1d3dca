"""What was announced at a stage, and what is proposed instead."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.selectors import schools_of
from admissions.announcing.rules import AnnouncedDecision
from admissions.jury.selectors.candidacies import Bench
from admissions.models import Candidacy
from admissions.models.sealed import ONCE_ANNOUNCED, Conflict, Decision, Mark, Rectification
from admissions.states import DecisionState, RectificationState
from campaigns.calendar.permissions import ARMING
from campaigns.models import Stage
from common.rules import fold


def announced_at(bench: Bench, stage: Stage, words: str = "") -> QuerySet[Any]:
    """The decisions of a stage that stand announced, of those over whom `bench` presides; the last told first."""
    rows = Decision.objects.filter(
        stage=stage, state=DecisionState.ANNOUNCED, candidacy__programme__in=bench.presided
    )
    for word in fold(words).split():
        rows = rows.filter(candidacy__application__search_text__contains=word)
    known = Conflict.objects.filter(user=bench.user).values("application")
    related = ("outcome", "candidacy__application", "candidacy__programme")
    ordered = rows.exclude(candidacy__application__in=known).select_related(*related)
    return ordered.order_by("-announced_at", "-pk")


def to_confirm(user: User) -> QuerySet[Rectification]:
    """What waits for somebody to confirm it, in the schools where `user` may; the oldest first."""
    schools = schools_of(user, *ARMING)
    mine = Q(decision__candidacy__application__campaign__organiser__in=schools) | Q(
        decision__candidacy__programme__school__in=schools
    )
    rows = Rectification.objects.filter(mine, state=RectificationState.PROPOSED)
    known = Conflict.objects.filter(user=user).values("application")
    return (
        whole(rows.exclude(decision__candidacy__application__in=known))
        .distinct()
        .order_by("proposed_at", "pk")
    )


def whole(rows: QuerySet[Rectification]) -> QuerySet[Rectification]:
    return rows.select_related(
        "outcome",
        "proposed_by",
        "decision__outcome",
        "decision__stage",
        "decision__candidacy__programme",
        "decision__candidacy__application__campaign",
        "decision__candidacy__application__person__user",
    )


def proposed_for(decision: Decision) -> Rectification | None:
    return (
        decision.rectifications.filter(state=RectificationState.PROPOSED)
        .select_related("outcome")
        .first()
    )


def told_of(candidacy: Candidacy, decision: Decision) -> AnnouncedDecision:
    """What the rule reads of a decision."""
    others = Decision.objects.filter(candidacy=candidacy, state__in=ONCE_ANNOUNCED).exclude(
        stage=decision.stage_id
    )
    return AnnouncedDecision(
        state=candidacy.state,
        announced=decision.state == DecisionState.ANNOUNCED,
        superseded=others.filter(announced_at__gt=decision.announced_at).exists(),
    )


def marks_behind(decision: Decision) -> QuerySet[Mark]:
    """Those on which it may rest: given at its stage or at an earlier one."""
    rows = Mark.objects.filter(
        candidacy=decision.candidacy_id,
        assessment__stage__selection=decision.stage.selection_id,
        assessment__stage__position__lte=decision.stage.position,
    )
    return rows.select_related("assessment", "by").order_by(
        "assessment__stage__position", "assessment__position", "nature", "pk"
    )
