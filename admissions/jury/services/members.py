"""Who sits on a jury, and who says that they know a candidate."""

from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import can_set_up, has_role
from admissions.jury.services.decisions import SEALED
from admissions.jury.services.locking import lock_studied_candidacy, note_sealed
from admissions.models.sealed import Conflict, Decision, JuryMember
from campaigns.models import Programme
from common.journal import Stamp, note
from common.refusals import DomainError, require


def check_member(member: JuryMember) -> None:
    """Raises DomainError unless that person may sit on that jury."""
    if member.programme and member.programme.selection_id != member.selection_id:
        raise DomainError.of("programme_of_another_selection")
    judged = Programme.objects.filter(selection=member.selection).select_related("school")
    schools = (
        {member.programme.school}
        if member.programme
        else {programme.school for programme in judged}
    )
    if not any(has_role(member.user, school, Role.JUROR) for school in schools):
        raise DomainError.of("not_a_juror")


def seat_juror(*, member: JuryMember, actor: User, now: datetime) -> JuryMember:
    """Have someone study the candidacies of a selection, or of one of its programmes."""
    with transaction.atomic():
        require(can_set_up(actor, member.selection.campaign.organiser))
        check_member(member)
        member.save()
        note(member, "seat_juror", Stamp.of(actor, now))
        return member


def unseat_juror(*, member: JuryMember, actor: User, now: datetime) -> None:
    """What they decided and marked stays; they see no more of it."""
    with transaction.atomic():
        require(can_set_up(actor, member.selection.campaign.organiser))
        note(member, "unseat_juror", Stamp.of(actor, now))
        member.delete()


def declare_conflict(*, candidacy_ref: str, actor: User, now: datetime) -> Conflict:
    """Close a dossier to the actor, for good. What they decided of it stays, and the president is told."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        conflict = Conflict.objects.create(
            user=actor, application=candidacy.application, declared_at=now
        )
        theirs = Decision.objects.filter(
            candidacy__application=candidacy.application_id, by=actor, state__in=SEALED
        ).count()
        note_sealed(
            candidacy, "declare_conflict", "conflict", Stamp.of(actor, now, decisions=theirs)
        )
        return conflict
