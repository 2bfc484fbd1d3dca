"""What the jury decides of a candidacy: marked, proposed, recorded, undone. Nothing else is written until announced."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from admissions.jury.permissions import can_undo
from admissions.jury.rules import (
    Chosen,
    JuryTest,
    may_choose,
    may_mark,
    may_select,
    rates_french,
    to_sit,
)
from admissions.jury.selectors.jury_tests import facts_of, jury_tests_of
from admissions.jury.selectors.marks import eliminating
from admissions.jury.services.locking import (
    assessment_of,
    lock_studied_candidacy,
    note_sealed,
    stage_of,
)
from admissions.jury.services.sittings import jury_sitting, plan, unplan
from admissions.models import Candidacy
from admissions.models.sealed import STANDING, Decision, Mark, Rectification, Sitting
from admissions.states import DecisionAction, DecisionState
from campaigns.models import Assessment, Outcome, Stage
from campaigns.vocabulary import OutcomeKind, Who
from common.journal import Stamp
from common.moves import begin, move, move_all
from common.refusals import DomainError, refuse_unless, require
from common.rules import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChoice:
    """An outcome of the stage, with the tests that go with it."""

    candidacy: Candidacy
    outcome: Outcome
    offered: tuple[Assessment, ...]
    chosen: tuple[str, ...]
    jury_tests: tuple[JuryTest, ...]
    note: str
    actor: User

    def equals(self, decision: Decision | Rectification) -> bool:
        tests = (tuple(decision.assessments), tuple(jury_tests_of(decision)))
        return decision.outcome_id == self.outcome.pk and tests == (self.chosen, self.jury_tests)

    @property
    def written(self) -> dict[str, Any]:
        """The tests, as their columns hold them."""
        return {
            "assessments": list(self.chosen),
            "jury_tests": [asdict(test) for test in self.jury_tests],
        }

    @property
    def sat(self) -> list[Sitting]:
        """What the candidate sits with that outcome, not written yet."""
        wanted = to_sit(facts_of(self.offered), self.chosen)
        by_key = {assessment.key: assessment for assessment in self.offered}
        usual = [Sitting(candidacy=self.candidacy, assessment=by_key[key]) for key in wanted]
        return [*usual, *(jury_sitting(self.candidacy, by_key[t.key], t) for t in self.jury_tests)]


def choice_at(
    stage: Stage,
    candidacy: Candidacy,
    outcome_key: str,
    assessments: Collection[Chosen],
    note: str,
    actor: User,
) -> OutcomeChoice:
    """Raises DomainError if the stage has no such outcome, or the outcome no such test, or too few."""
    outcome = (
        Outcome.objects.filter(stage=stage, key=outcome_key)
        .select_related("next_stage", "stage")
        .first()
    )
    if outcome is None:
        raise DomainError.of("outcome_not_of_stage", key=outcome_key)
    told = Assessment.objects.filter(stage=outcome.next_stage_id, called_with=stage.announce_id)
    offered = tuple(told) if outcome.next_stage_id else ()
    keys = [test for test in assessments if isinstance(test, str)]
    described = tuple(_in_one_line(test) for test in assessments if isinstance(test, JuryTest))
    refuse_unless(may_choose(facts_of(offered), keys, described))
    return OutcomeChoice(
        candidacy=candidacy,
        outcome=outcome,
        offered=offered,
        chosen=tuple(row.key for row in offered if row.key in keys and row.who == Who.JURY),
        jury_tests=described,
        note=note.strip(),
        actor=actor,
    )


def refuse_if_eliminated(choice: OutcomeChoice) -> None:
    """Raises DomainError if a mark eliminates the candidate whom the outcome would select (R-SEL-5)."""
    if choice.outcome.kind is OutcomeKind.ACCEPTED:
        refuse_unless(may_select([test.label for test in eliminating(choice.candidacy)]))


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
        note=choice.note,
        **choice.written,
    )


def not_planned_yet(choice: OutcomeChoice) -> list[Sitting]:
    """A nature said in other letters is the same: `Maths` is planned where `maths` is."""
    sittings = choice.candidacy.sittings.values_list("assessment", "nature")
    known = {(test, fold(nature)) for test, nature in sittings}
    return [row for row in choice.sat if (row.assessment_id, fold(row.nature)) not in known]


def _in_one_line(test: JuryTest) -> JuryTest:
    return replace(test, nature=" ".join(test.nature.split()))


SEALED = {DecisionState.PROPOSED, DecisionState.RECORDED}


def propose_decision(
    *,
    candidacy_ref: str,
    outcome_key: str,
    assessments: Collection[Chosen] = (),
    note: str = "",
    seen: str | None = None,
    actor: User,
    now: datetime,
) -> Decision:
    """Propose an outcome to the rest of the jury: it announces nothing until someone records it."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        choice = choice_at(stage_of(candidacy), candidacy, outcome_key, assessments, note, actor)
        standing = _standing(candidacy)
        if standing and _repeats(choice, standing, DecisionState.PROPOSED):
            return standing
        _refuse_unless_seen(standing, seen)
        refuse_if_eliminated(choice)
        if standing and standing.state == DecisionState.RECORDED:
            raise DomainError.of("decision_is_recorded")
        stamp = Stamp.of(actor, now)
        if standing:
            _cancel(standing, actor, stamp)
        decision = new_decision(choice)
        _propose(decision, stamp)
        return decision


def record_decision(
    *,
    candidacy_ref: str,
    outcome_key: str,
    assessments: Collection[Chosen] = (),
    note: str = "",
    seen: str | None = None,
    actor: User,
    now: datetime,
) -> Decision:
    """Record the outcome that the milestone of the stage will announce, with the tests that it calls to.

    Over a proposal, it records or replaces it. Over a recorded decision, it undoes that one first, which needs the
    right to. `seen` is the `token` of what the actor was shown: another one stands if a colleague was quicker.
    """
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        choice = choice_at(stage_of(candidacy), candidacy, outcome_key, assessments, note, actor)
        standing = _standing(candidacy)
        if standing and _repeats(choice, standing, DecisionState.RECORDED):
            return standing
        _refuse_unless_seen(standing, seen)
        refuse_if_eliminated(choice)
        stamp = Stamp.of(actor, now)
        decision = _recorded(choice, standing, stamp)
        plan(not_planned_yet(choice), stamp)
        return decision


def _repeats(choice: OutcomeChoice, standing: Decision, state: DecisionState) -> bool:
    same_note = choice.note in {"", standing.note}
    return standing.state == state and same_note and choice.equals(standing)


def undo_decision(*, candidacy_ref: str, actor: User, now: datetime) -> Decision | None:
    """Take back what stands, still sealed, with the sittings planned by it. None if nothing stands."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        standing = _standing(candidacy)
        if standing:
            require(can_undo(actor, standing))
            _cancel(standing, actor, Stamp.of(actor, now))
        return standing


def _propose(decision: Decision, stamp: Stamp) -> None:
    decision.proposed_at = stamp.at
    begin(decision, DecisionState.PROPOSED, stamp, verb="propose")


def record_new(decision: Decision, stamp: Stamp) -> None:
    """Write a new decision of a locked candidacy as recorded."""
    decision.recorded_at = stamp.at
    begin(decision, DecisionState.RECORDED, stamp, verb=DecisionAction.RECORD)


def _standing(candidacy: Candidacy) -> Decision | None:
    decision = Decision.objects.filter(
        candidacy=candidacy, stage=candidacy.stage_id, state__in=STANDING
    ).first()
    if decision and decision.state not in SEALED:
        raise DomainError.of("decision_is_announced")
    if decision:
        decision.candidacy = candidacy
    return decision


def token(standing: Decision | None) -> str:
    """What stands for a candidacy, so that a form can say what it was filled in front of."""
    return f"{standing.version}-{standing.state}" if standing else ""


def _refuse_unless_seen(standing: Decision | None, seen: str | None) -> None:
    if seen is not None and seen != token(standing):
        raise DomainError.of("decided_meanwhile")


def _recorded(choice: OutcomeChoice, standing: Decision | None, stamp: Stamp) -> Decision:
    if (
        standing
        and standing.state == DecisionState.PROPOSED
        and choice.outcome.pk == standing.outcome_id
    ):
        fields = {"by": choice.actor, "note": choice.note or standing.note, **choice.written}
        move(standing, DecisionAction.RECORD, stamp, recorded_at=stamp.at, **fields)
        return standing
    if standing:
        if standing.state == DecisionState.RECORDED and not can_undo(choice.actor, standing):
            raise DomainError.of("recorded_by_another")
        _cancel(standing, choice.actor, stamp)
    decision = new_decision(choice)
    record_new(decision, stamp)
    return decision


def _cancel(decision: Decision, actor: User, stamp: Stamp) -> None:
    """With the sittings of later stages, which only a decision plans."""
    move(decision, DecisionAction.UNDO, stamp, by=actor)
    later = Sitting.objects.filter(candidacy=decision.candidacy_id).exclude(
        assessment__stage=decision.candidacy.stage_id
    )
    unplan(later, stamp)


def follow_marks(candidacy: Candidacy, actor: User, stamp: Stamp) -> None:
    """Propose the rejection that the marks of a locked candidacy call for, or take back one that they no longer do.

    What a member of the jury proposed or recorded stands.
    """
    stage = stage_of(candidacy)
    test = next((row for row in eliminating(candidacy) if row.stage_id == stage.pk), None)
    standing = Decision.objects.filter(candidacy=candidacy, stage=stage, state__in=STANDING).first()
    if standing:
        by_itself = (
            standing.eliminated_by_id is not None and standing.state == DecisionState.PROPOSED
        )
        if not by_itself or standing.eliminated_by == test:
            return
        standing.candidacy = candidacy
        move(standing, DecisionAction.UNDO, stamp, by=actor)
    if test:
        _propose_rejection(stage, candidacy, test, actor, stamp)


def _propose_rejection(
    stage: Stage, candidacy: Candidacy, test: Assessment, actor: User, stamp: Stamp
) -> None:
    rejection = stage.outcomes.filter(kind=OutcomeKind.REJECTED)[0]
    decision = new_decision(choice_at(stage, candidacy, rejection.key, (), "", actor))
    decision.eliminated_by = test
    _propose(decision, stamp)


def give_mark(
    *,
    candidacy_ref: str,
    assessment_key: str,
    nature: str = "",
    hundredths: int,
    french: str = "",
    actor: User,
    now: datetime,
) -> Mark:
    """Give or correct the actor's own mark. Once the decision is announced, the candidacy has left the stage."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        assessment = assessment_of(candidacy, assessment_key)
        of: dict[str, Any] = {"candidacy": candidacy, "assessment": assessment, "nature": nature}
        state = Sitting.objects.filter(**of).values_list("state", flat=True).first()
        refuse_unless(may_mark(state, hundredths, assessment.scale))
        asked = rates_french(assessment.rates_french, candidacy.application.french_mother_tongue)
        if asked and not french:
            raise DomainError.of("french_is_not_rated")
        french = french if asked else ""
        known = Mark.objects.filter(**of, by=actor).first()
        if known and (known.hundredths, known.french) == (hundredths, french):
            return known
        written = {
            "hundredths": hundredths,
            "french": french,
            "scale": assessment.scale,
            "given_at": now,
        }
        mark, created = Mark.objects.update_or_create(**of, by=actor, defaults=written)
        verb = "give_mark" if created else "correct_mark"
        note_sealed(candidacy, verb, "mark", Stamp.of(actor, now, assessment=assessment.key))
        refuse_if_selected(candidacy)
        follow_marks(candidacy, actor, Stamp.of(actor, now))
        return mark


def refuse_if_selected(candidacy: Candidacy) -> None:
    """Raises DomainError if a mark just written eliminates someone whom a recorded decision selects."""
    selecting = Decision.objects.filter(
        candidacy=candidacy, state=DecisionState.RECORDED, outcome__kind=OutcomeKind.ACCEPTED
    )
    if selecting.exists() and eliminating(candidacy):
        raise DomainError.of("mark_eliminates_selected")


def drop_sealed(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Cancel what was decided and planned for candidacies that leave, and never told (domain-model.md §2.8)."""
    sealed = Decision.objects.filter(
        candidacy__in=candidacies,
        state__in=(DecisionState.PROPOSED, DecisionState.RECORDED),
    )
    move_all(sealed.select_related("candidacy__application__campaign"), DecisionAction.UNDO, stamp)
    unplan(Sitting.objects.filter(candidacy__in=candidacies), stamp)
