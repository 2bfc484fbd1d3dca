"""How a dossier ends: withdrawn, refused, lapsed, admitted; and what ends with it, registered by who knows it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from admissions.dossier.mails import tell_admission, tell_refusal, tell_reversal, tell_withdrawal
from admissions.dossier.rules import (
    may_refuse,
    may_reopen,
    may_withdraw,
    may_withdraw_candidacy,
)
from admissions.dossier.selectors.dossiers import situation_of
from admissions.dossier.services.drafts import unchoose
from admissions.dossier.services.locking import (
    lock_candidacies_of,
    lock_handled_dossier,
    lock_own_dossier,
    stamp_for,
)
from admissions.dossier.services.pieces import answer_if_nothing_lacks
from admissions.models import Application, Candidacy
from admissions.states import (
    LIVE_STATES,
    ApplicationAction,
    ApplicationState,
    CandidacyAction,
    CandidacyState,
)
from common.journal import SYSTEM, Stamp
from common.moves import move, move_all
from common.refusals import DomainError, refuse_unless

LeavingHook = Callable[[Sequence[Candidacy], Stamp], None]
_leavings: dict[str, LeavingHook] = {}


def register_leaving(name: str, leaving: LeavingHook) -> None:
    """Have `leaving(candidacies, stamp)` called in the transaction in which locked candidacies leave."""
    _leavings[name] = leaving


def leave(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Withdraw locked candidacies, with all that was sealed or held for them."""
    move_all(candidacies, CandidacyAction.WITHDRAW, stamp)
    end_what_follows(candidacies, stamp)


def close(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """End the search of locked candidacies that found no place, with what was under way for them (R-JOB-5)."""
    move_all(candidacies, CandidacyAction.CLOSE, stamp)
    end_what_follows(candidacies, stamp)


def end_what_follows(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Have the parts that registered end what they hold for locked candidacies."""
    for leaving in _leavings.values():
        leaving(candidacies, stamp)


UNDER_WAY = [state for state in LIVE_STATES if state is not CandidacyState.DRAFT]
# A request received in the last second may still be at work for a while: its draft is not taken from under it.
AFTER_DEADLINE = timedelta(minutes=10)
BATCH = 500


def withdraw_application(*, ref: str, actor: User, now: datetime) -> Application:
    """Withdraw from all programmes. Acts at once; what was charged stays due (R-APP-2, R-APP-9)."""
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        if application.state == ApplicationState.WITHDRAWN:
            return application
        refuse_unless(may_withdraw(situation_of(application, now)))
        _withdraw_all(application, stamp_for(application, actor, now))
        return application


def withdraw_candidacy(*, ref: str, candidacy_ref: str, actor: User, now: datetime) -> Candidacy:
    """Withdraw from one programme; from the last one submitted, it is the dossier that is withdrawn."""
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        candidacy = lock_candidacies_of(application).get(ref=candidacy_ref)
        if candidacy.state == CandidacyState.WITHDRAWN:
            return candidacy
        refuse_unless(may_withdraw_candidacy(situation_of(application, now), candidacy.state))
        stamp = stamp_for(application, actor, now)
        others = application.candidacies.exclude(pk=candidacy.pk)
        if others.filter(state__in=UNDER_WAY).exists():
            leave([candidacy], stamp)
            answer_if_nothing_lacks(application, stamp)  # what lacked may have been its own
            tell_withdrawal(application, [candidacy], now)
        else:
            _withdraw_all(application, stamp)
            candidacy.refresh_from_db(fields=["state"])
        return candidacy


def reopen_application(*, ref: str, actor: User, now: datetime) -> Application:
    """Make a draft of a dossier withdrawn, or lapsed before its deadline was moved (R-CAL-6)."""
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        if application.state == ApplicationState.DRAFT:
            return application
        refuse_unless(may_reopen(situation_of(application, now)))
        stamp = stamp_for(application, actor, now)
        anew = {"ended_at": None, "completed_at": None, "handed_over_at": None}
        move(application, ApplicationAction.REOPEN, stamp, **anew, sent_back_reason="")
        return application


def refuse_application(*, ref: str, actor: User, reason: str, now: datetime) -> Application:
    """The central service refuses a dossier, for a reason that the candidate is told (R-APP-5)."""
    with transaction.atomic():
        application = lock_handled_dossier(ref, actor)
        if application.state == ApplicationState.REFUSED:
            return application
        refuse_unless(may_refuse(situation_of(application, now)))
        if not reason.strip():
            raise DomainError.of("refusal_needs_reason")
        stamp = Stamp.of(actor, now)
        rows = application.candidacies.select_related("programme", "application__campaign")
        refused = list(rows.filter(state=CandidacyState.SUBMITTED))
        move_all(refused, CandidacyAction.REFUSE, stamp)
        unchoose(list(rows.filter(state=CandidacyState.DRAFT)), stamp)
        move(
            application,
            ApplicationAction.REFUSE,
            stamp,
            ended_at=now,
            refusal_reason=reason.strip(),
        )
        tell_refusal(application, refused, now)
        return application


def lapse_drafts(now: datetime) -> None:
    """Close the drafts of campaigns whose deadline has passed, and their own where they have one."""
    while _lapse_batch(now) == BATCH:
        pass


def _lapse_batch(now: datetime) -> int:
    with transaction.atomic():
        before = now - AFTER_DEADLINE
        due = Application.objects.filter(
            Q(late_until=None) | Q(late_until__lt=before),
            state=ApplicationState.DRAFT,
            campaign__last_second__lt=before,
        )
        drafts = list(
            due.select_for_update(of=("self",)).select_related("campaign").order_by("pk")[:BATCH]
        )
        move_all(drafts, ApplicationAction.LAPSE, Stamp.of(SYSTEM, now), ended_at=now)
        return len(drafts)


def _withdraw_all(application: Application, stamp: Stamp) -> None:
    live = list(lock_candidacies_of(application).filter(state__in=LIVE_STATES))
    submitted = [candidacy for candidacy in live if candidacy.state in UNDER_WAY]
    leave(live, stamp)
    move(application, ApplicationAction.WITHDRAW, stamp, ended_at=stamp.at)
    if submitted:
        tell_withdrawal(application, submitted, stamp.at)


def admit_candidacy(candidacy: Candidacy, stamp: Stamp) -> None:
    """Admit a locked candidacy of a locked dossier: the other ones withdraw, and the candidate is told (R-JOB-5)."""
    move(candidacy, CandidacyAction.ADMIT, stamp)
    others = list(
        lock_candidacies_of(candidacy.application)
        .exclude(pk=candidacy.pk)
        .filter(state__in=LIVE_STATES)
    )
    leave(others, stamp)
    tell_admission(candidacy, others, stamp.at)


def revert_admission(candidacy: Candidacy, stamp: Stamp) -> None:
    """Take an admission back, for the reason in the stamp, which the candidate is told. What withdrew stays so."""
    move(candidacy, CandidacyAction.REVERT, stamp)
    tell_reversal(candidacy, stamp.reason, stamp.at)
