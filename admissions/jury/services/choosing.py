"""What someone chooses for a candidacy: an outcome of a stage, and the tests that go with it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max

from accounts.models import User
from admissions.jury.rules import OfferedAssessment, may_choose, to_sit
from admissions.models import Candidacy
from admissions.models.sealed import Decision
from campaigns.models import Assessment, Outcome, Stage
from campaigns.vocabulary import Who
from common.refusals import DomainError, refuse_unless


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChoice:
    """An outcome of the stage, with the tests that go with it."""

    candidacy: Candidacy
    outcome: Outcome
    offered: tuple[Assessment, ...]
    chosen: tuple[str, ...]
    note: str
    actor: User

    def equals(self, decision: Decision) -> bool:
        same = decision.outcome_id == self.outcome.pk and tuple(decision.assessments) == self.chosen
        return same and self.note in {"", decision.note}

    @property
    def sat(self) -> list[Assessment]:
        wanted = to_sit(_facts(self.offered), self.chosen)
        return [assessment for assessment in self.offered if assessment.key in wanted]


def choice_at(
    stage: Stage,
    candidacy: Candidacy,
    outcome_key: str,
    assessments: Collection[str],
    note: str,
    actor: User,
) -> OutcomeChoice:
    """Raises DomainError if the stage has no such outcome, or the outcome no such test."""
    outcome = (
        Outcome.objects.filter(stage=stage, key=outcome_key)
        .select_related("next_stage", "stage")
        .first()
    )
    if outcome is None:
        raise DomainError.of("outcome_not_of_stage", key=outcome_key)
    told = Assessment.objects.filter(stage=outcome.next_stage_id, called_with=stage.announce_id)
    offered = tuple(told) if outcome.next_stage_id else ()
    refuse_unless(may_choose(_facts(offered), assessments))
    return OutcomeChoice(
        candidacy=candidacy,
        outcome=outcome,
        offered=offered,
        chosen=tuple(row.key for row in offered if row.key in assessments and row.who == Who.JURY),
        note=note.strip(),
        actor=actor,
    )


def new_decision(choice: OutcomeChoice) -> Decision:
    """The next version for that candidacy and stage, not written yet."""
    earlier = Decision.objects.filter(candidacy=choice.candidacy, stage=choice.outcome.stage_id)
    last = earlier.aggregate(last=Max("version"))["last"] or 0
    return Decision(
        candidacy=choice.candidacy,
        stage_id=choice.outcome.stage_id,
        outcome=choice.outcome,
        version=last + 1,
        by=choice.actor,
        assessments=list(choice.chosen),
        note=choice.note,
    )


def not_planned_yet(choice: OutcomeChoice) -> list[Assessment]:
    known = set(choice.candidacy.sittings.values_list("assessment", flat=True))
    return [assessment for assessment in choice.sat if assessment.pk not in known]


def _facts(offered: Collection[Assessment]) -> tuple[OfferedAssessment, ...]:
    return tuple(OfferedAssessment(key=row.key, for_all=row.who == Who.ALL) for row in offered)
