"""The option follows the company: a candidacy goes to another programme of the same places (domain-model.md §2.11)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from admissions.dossier.mails import about
from admissions.models import Candidacy
from apprenticeship import permissions
from apprenticeship.selectors.transfers import open_to_transfer
from apprenticeship.services.access import locked_candidacy
from apprenticeship.services.letters import letter
from common.journal import Actor, Entry, note
from common.refusals import DomainError
from notifications.mails import Context, Kind, Refs
from notifications.queue import enqueue

KIND = "apprenticeship.transferred"


def transfer_candidacy(*, candidacy_ref: str, programme_code: str, actor: User, now: datetime) -> Candidacy:
    """Keep stage, decisions, project and seat; no fee is due. The candidate is told. Again, nothing more happens.

    Raises DomainError unless the programme shares the places and the selection, and is not applied to already.
    """
    with transaction.atomic():
        candidacy = locked_candidacy(candidacy_ref, permissions.can_manage_seat, actor)
        if candidacy.programme.code == programme_code:
            return candidacy
        target = open_to_transfer(candidacy).filter(code=programme_code).first()
        if target is None:
            raise DomainError.of("programme_shares_no_place")
        source, candidacy.programme = candidacy.programme, target
        candidacy.save(update_fields=["programme"])
        entry = Entry(
            at=now,
            actor=Actor.user(actor),
            verb="transfer",
            scope=candidacy.application.campaign.slug,
            object_type="candidacy",
            object_ref=candidacy.ref,
            data={"from": source.code, "to": target.code},
        )
        note(entry)
        refs = {"from": source.code, "to": target.code}
        enqueue(letter(candidacy, KIND, refs, key=f"{candidacy.ref}:{now.timestamp():.3f}"), now=now)
        return candidacy


def build(batch: Sequence[Refs]) -> Sequence[Context]:
    related = ("application__campaign__organiser", "application__person", "programme__campaign")
    rows = Candidacy.objects.select_related(*related).filter(ref__in={refs["candidacy"] for refs in batch})
    candidacies = {row.ref: row for row in rows.prefetch_related("programme__campaign__programmes")}
    return [_context(candidacies[refs["candidacy"]], refs) for refs in batch]


def _context(candidacy: Candidacy, refs: Refs) -> Context:
    titles = {row.code: row.title for row in candidacy.programme.campaign.programmes.all()}
    return {**about(candidacy.application, ()), "source": titles[refs["from"]], "target": titles[refs["to"]]}


KINDS = (
    Kind(
        name=KIND,
        template="apprenticeship/mail/transferred",
        build=build,
        readable=True,
        label=_("Transfer to another programme"),
    ),
)
