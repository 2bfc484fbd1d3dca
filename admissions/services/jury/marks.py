"""Marks: each juror gives an own one, and corrects it until the decision is announced (R-SEL-6)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.models.sealed import Mark, Sitting
from admissions.rules.jury import may_mark
from admissions.rules.moves import SittingState
from admissions.services.access import refuse_unless
from admissions.services.jury.access import assessment_of, judged, note_sealed, stamped
from admissions.services.jury.eliminating import follow_marks


def give_mark(*, candidacy_ref: str, assessment_key: str, hundredths: int, actor: User, now: datetime) -> Mark:
    """Give or correct the actor's own mark. Once the decision is announced, the candidacy has left the stage."""
    with transaction.atomic():
        candidacy = judged(candidacy_ref, actor)
        assessment = assessment_of(candidacy, assessment_key)
        state = Sitting.objects.filter(candidacy=candidacy, assessment=assessment).values_list("state", flat=True)
        sat = state.first()
        refuse_unless(may_mark(SittingState(sat) if sat else None, hundredths, assessment.scale))
        known = Mark.objects.filter(candidacy=candidacy, assessment=assessment, by=actor).first()
        if known and known.hundredths == hundredths:
            return known
        written = {"hundredths": hundredths, "scale": assessment.scale, "given_at": now}
        mark, created = Mark.objects.update_or_create(
            candidacy=candidacy, assessment=assessment, by=actor, defaults=written
        )
        verb = "give_mark" if created else "correct_mark"
        note_sealed(candidacy, verb, "mark", stamped(actor, now, assessment=assessment.key))
        follow_marks(candidacy, actor, stamped(actor, now))
        return mark
