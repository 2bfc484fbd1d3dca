"""Which programmes the dossier applies to."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.models import Application, Candidacy
from admissions.rules.moves import CandidacyAction
from admissions.selectors.dossiers import dossier_of
from admissions.selectors.rows import Dossier, ProgrammeRow
from admissions.services.access import note_change, own_application
from admissions.services.moves import move_candidacies
from admissions.services.pieces import remove_documents
from campaigns.models import Programme
from common.journal import Actor, Stamp
from common.refusals import DomainError
from common.rules.refusals import Refusal


def choose_programmes(*, ref: str, actor: User, codes: Collection[str], now: datetime) -> Application:
    """Have the dossier apply to these programmes, beside those it was submitted for: these stay."""
    with transaction.atomic():
        application = own_application(ref, actor)
        dossier = dossier_of(application, now)
        rows = {row.code: row for row in dossier.programmes}
        added = [rows[code] for code in codes if code in rows and not rows[code].chosen]
        refusals = [*dossier.acts.choose.refusals, *_unknown(codes, rows)]
        refusals += [refusal for row in added for refusal in row.may_choose.refusals]
        refusals += _too_many(dossier, {*codes, *(row.code for row in dossier.chosen if row not in dossier.to_submit)})
        if refusals:
            raise DomainError(*refusals)
        removed = [row.candidacy for row in dossier.to_submit if row.code not in codes and row.candidacy]
        stamp = Stamp(actor=Actor.user(actor), at=now)
        _add(application, added, stamp)
        _remove(removed, stamp)
        if added or removed:
            chosen = sorted(set(codes))
            note_change(application, actor, now, "choose_programmes", programmes=chosen)
        return application


def _too_many(dossier: Dossier, codes: Collection[str]) -> list[Refusal]:
    """Of a selection of which the notice lets one choose only so many programmes."""
    chosen = Counter(row.selection for row in dossier.programmes if row.code in codes)
    return [
        Refusal("too_many_programmes", {"at_most": choice.at_most, "selection": dossier.notice.selections[key].title})
        for key, choice in dossier.notice.choose.items()
        if chosen[key] > choice.at_most
    ]


def _unknown(codes: Collection[str], rows: dict[str, ProgrammeRow]) -> list[Refusal]:
    return [Refusal("unknown_programme", {"key": code}) for code in codes if code not in rows]


def _add(application: Application, added: Sequence[ProgrammeRow], stamp: Stamp) -> None:
    again = [row.candidacy for row in added if row.candidacy]
    move_candidacies(again, CandidacyAction.CHOOSE_AGAIN, stamp)
    new = [row.code for row in added if row.candidacy is None]
    programmes = Programme.objects.filter(campaign=application.campaign_id, code__in=new)
    Candidacy.objects.bulk_create([Candidacy(application=application, programme=programme) for programme in programmes])


def _remove(removed: Sequence[Candidacy], stamp: Stamp) -> None:
    """A draft goes without a trace; one that was submitted once, then withdrawn, is withdrawn again."""
    move_candidacies([candidacy for candidacy in removed if candidacy.verdict], CandidacyAction.WITHDRAW, stamp)
    remove_drafts([candidacy for candidacy in removed if not candidacy.verdict], stamp.at)


def remove_drafts(drafts: Iterable[Candidacy], now: datetime) -> None:
    """Remove candidacies that were never submitted, and the pieces given for them."""
    for draft in drafts:
        remove_documents(draft.application.documents.filter(subject_key=draft.ref), now)
        draft.delete()
