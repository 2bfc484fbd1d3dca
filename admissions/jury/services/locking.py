"""The first lines of every command of a jury: the candidacy under lock, and a right to study it."""

from dataclasses import replace

from accounts.models import User
from admissions.jury.permissions import can_judge
from admissions.models import Candidacy
from campaigns.models import Assessment, Stage
from common.journal import Stamp, note
from common.refusals import DomainError, require


def lock_studied_candidacy(candidacy_ref: str, actor: User) -> Candidacy:
    """The candidacy, locked: an announcement must not move it meanwhile. Nothing of its row is written.

    Raises NotAllowedError unless the actor studies it at its stage.
    """
    rows = Candidacy.objects.select_for_update(of=("self",))
    related = rows.select_related("application__campaign", "programme", "stage")
    candidacy = related.get(ref=candidacy_ref)
    require(can_judge(actor, candidacy))
    return candidacy


def stage_of(candidacy: Candidacy) -> Stage:
    """Where a candidacy that is studied stands."""
    assert candidacy.stage, "nobody studies a candidacy that is at no stage"
    return candidacy.stage


def assessment_of(candidacy: Candidacy, key: str) -> Assessment:
    """A test of the stage at which it stands."""
    rows = Assessment.objects.filter(stage=candidacy.stage_id, key=key)
    found = rows.select_related("called_with").first()
    if found is None:
        raise DomainError.of("assessment_not_offered", key=key)
    return found


def note_sealed(candidacy: Candidacy, verb: str, kind: str, stamp: Stamp) -> None:
    """Journal what has no state: a mark, a conflict."""
    note(replace(candidacy.in_journal(), kind=kind), verb, stamp)
