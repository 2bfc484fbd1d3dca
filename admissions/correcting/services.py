"""What was submitted, put right by the central service whatever the day: with a reason that the candidate is told.

Each correction is received at once, as a submission of its own: verdicts and charges are judged again.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import IdentityInput, identity_of
from admissions.correcting.selectors import programmes_submitted, seen_of_programmes, title_said
from admissions.dossier.rules import TITLE_FIELDS, Situation, may_correct, may_recompose
from admissions.dossier.selectors.dossiers import dossier_of, situation_of
from admissions.dossier.services.drafts import (
    TitleInput,
    against_choice,
    begin_candidacies,
    fill_title,
    rewrite_identity,
)
from admissions.dossier.services.endings import leave
from admissions.dossier.services.locking import (
    day_of_dossier,
    lock_candidacies_of,
    lock_handled_dossier,
)
from admissions.dossier.services.pieces import remove_documents
from admissions.dossier.services.submission import receive_correction
from admissions.models import Application, Title
from admissions.states import CandidacyAction
from common.drafts.rules import fingerprint
from common.journal import Stamp, note
from common.moves import move_all
from common.refusals import DomainError, refuse_unless
from common.rules import Verdict


def correct_identity(
    *, ref: str, reason: str, seen: str, actor: User, now: datetime, **said: Any
) -> Application:
    """Put right who a candidate is. `said`: the fields of `IdentityInput`.

    `seen`: the fingerprint of what the page showed; DomainError where it says something else by now.
    """
    with transaction.atomic():
        application, stamp = _lock_to_correct(ref, actor, now, reason, may_correct)
        if fingerprint(identity_of(application)) != seen:
            raise DomainError.of("identity_changed_meanwhile")
        changed = rewrite_identity(application, IdentityInput(**said))
        if not changed:
            raise DomainError.of("nothing_is_corrected")
        application.candidacies.exclude(stage=None).update(sort_key=application.sort_key)
        stamp = stamp.saying(fields=changed)
        note(application, "correct_identity", stamp)
        receive_correction(application, stamp)
        return application


def correct_title(
    *,
    ref: str,
    title_ref: str,
    reason: str,
    seen: str,
    title: TitleInput,
    actor: User,
    now: datetime,
) -> Title:
    """Put right what a title says. `seen`: as of an identity."""
    with transaction.atomic():
        application, stamp = _lock_to_correct(ref, actor, now, reason, may_correct)
        row = _title_seen(application, title_ref, seen)
        before = title_said(row)
        fill_title(row, title, day_of_dossier(application, now))
        if title_said(row) == before:
            raise DomainError.of("nothing_is_corrected")
        row.save(update_fields=TITLE_FIELDS)
        _receive(application, "correct_title", stamp, title=row.ref)
        return row


def supply_title(*, ref: str, reason: str, title: TitleInput, actor: User, now: datetime) -> Title:
    """Add a title that was left out, until the jury has the dossier: its proof may then be asked for."""
    with transaction.atomic():
        application, stamp = _lock_to_correct(ref, actor, now, reason, may_recompose)
        row = Title(application=application)
        fill_title(row, title, day_of_dossier(application, now))
        row.save()
        _receive(application, "supply_title", stamp, title=row.ref)
        return row


def strike_title(
    *, ref: str, title_ref: str, reason: str, seen: str, actor: User, now: datetime
) -> None:
    """Take out a title that is none, with the pieces given for it. One that is gone already is left gone."""
    with transaction.atomic():
        application, stamp = _lock_to_correct(ref, actor, now, reason, may_recompose)
        if not application.titles.filter(ref=title_ref).exists():
            return
        _title_seen(application, title_ref, seen).delete()
        remove_documents(application.documents.filter(subject_key=title_ref), now)
        _receive(application, "strike_title", stamp, title=title_ref)


def correct_programmes(
    *, ref: str, codes: Collection[str], reason: str, seen: str, actor: User, now: datetime
) -> Application:
    """Have these programmes be the ones submitted, until the jury has them. What was charged stays due."""
    with transaction.atomic():
        application, stamp = _lock_to_correct(ref, actor, now, reason, may_recompose)
        dossier = dossier_of(application, now)
        submitted = programmes_submitted(dossier)
        if seen_of_programmes(dossier) != seen:
            raise DomainError.of("programmes_changed_meanwhile")
        before = {row.code for row in submitted}
        added = [row for row in dossier.programmes if row.code in set(codes) - before]
        removed = before - set(codes)
        since = {row.code for row in dossier.added}  # by its candidate, who may submit it yet
        refusals = against_choice(dossier, {*codes, *since}, added)
        if refusals:
            raise DomainError(*refusals)
        if not added and not removed:
            raise DomainError.of("nothing_is_corrected")
        begin_candidacies(application, added, stamp.saying())
        candidacies = list(lock_candidacies_of(application))
        entering = {row.code for row in added}
        move_all(
            [row for row in candidacies if row.programme.code in entering],
            CandidacyAction.SUBMIT,
            stamp,
        )
        leave([row for row in candidacies if row.programme.code in removed], stamp)
        _receive(application, "correct_programmes", stamp, programmes=sorted(set(codes)))
        return application


def _lock_to_correct(
    ref: str, actor: User, now: datetime, reason: str, may: Callable[[Situation], Verdict]
) -> tuple[Application, Stamp]:
    application = lock_handled_dossier(ref, actor)
    refuse_unless(may(situation_of(application, now)))
    if not reason.strip():
        raise DomainError.of("correction_needs_reason")
    return application, Stamp.of(actor, now, reason.strip())


def _title_seen(application: Application, title_ref: str, seen: str) -> Title:
    row = application.titles.select_related("diploma").filter(ref=title_ref).first()
    if row is None or fingerprint(title_said(row)) != seen:
        raise DomainError.of("title_changed_meanwhile")
    return row


def _receive(application: Application, verb: str, stamp: Stamp, **data: object) -> None:
    note(application, verb, stamp.saying(**data))
    receive_correction(application, stamp)
