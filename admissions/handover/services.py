"""The school's office: complete dossiers given to the jury, one or many, or back to the central service."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.rules import AWAITING_OFFICE, may_hand_over
from admissions.dossier.selectors.dossiers import situation_of
from admissions.dossier.services.locking import lock_dossier
from admissions.dossier.services.selections import enter_selections
from admissions.handover.permissions import can_hand_over, come_to
from admissions.handover.selectors import waiting_at, waiting_now
from admissions.models import Application
from admissions.states import ApplicationAction, ApplicationState
from campaigns.models import Campaign
from common.journal import Stamp
from common.moves import move, move_all
from common.refusals import DomainError, refuse_unless, require


def hand_over(*, ref: str, actor: User, now: datetime) -> Application:
    """Give one dossier to the jury, which sees it from then on; its candidate reads it on their page."""
    with transaction.atomic():
        application = lock_dossier(ref)
        require(can_hand_over(actor, application))
        if application.state == ApplicationState.COMPLETE:
            return application
        refuse_unless(may_hand_over(situation_of(application, now)))
        _hand_over([application], actor, now)
        return application


def hand_over_many(*, refs: Collection[str], actor: User, now: datetime) -> int:
    """Those of these dossiers that still wait, in one go; how many they were."""
    with transaction.atomic():
        rows = Application.objects.filter(come_to(actor), ref__in=refs)
        return _hand_over(_still_waiting(rows.values_list("pk", flat=True)), actor, now)


def hand_over_all(*, slug: str, seen: str, actor: User, now: datetime) -> int:
    """All that wait of a campaign, as its page said (`seen`). Raises DomainError when others do by now, or none."""
    with transaction.atomic():
        campaign = Campaign.objects.get(slug=slug)
        keys = waiting_at(actor, campaign).values_list("pk", flat=True)
        waiting = _still_waiting(keys)
        if not waiting:
            raise DomainError.of("nothing_to_hand_over")
        if waiting_now(actor, campaign).seen != seen:
            raise DomainError.of("waiting_changed_meanwhile")
        return _hand_over(waiting, actor, now)


def send_back(*, ref: str, reason: str, actor: User, now: datetime) -> Application:
    """Have the central service check it again, and read why: that service asks the candidate for what lacks."""
    with transaction.atomic():
        application = lock_dossier(ref)
        require(can_hand_over(actor, application))
        why = reason.strip()
        is_back = application.state == ApplicationState.SUBMITTED
        if is_back and why and application.sent_back_reason == why:
            return application
        refuse_unless(may_hand_over(situation_of(application, now)))
        if not why:
            raise DomainError.of("sending_back_needs_reason")
        stamp = Stamp.of(actor, now, why)
        back = {"completed_at": None, "sent_back_reason": why}
        move(application, ApplicationAction.SEND_BACK, stamp, **back)
        return application


def _still_waiting(keys: Collection[int]) -> list[Application]:
    """Locked in the order of their keys, as everywhere; what left meanwhile is none of them."""
    rows = Application.objects.filter(pk__in=list(keys), state__in=AWAITING_OFFICE)
    return list(rows.select_for_update(of=("self",)).select_related("campaign").order_by("pk"))


def _hand_over(applications: Collection[Application], actor: User, now: datetime) -> int:
    stamp = Stamp.of(actor, now)
    enter_selections(applications, stamp)
    move_all(applications, ApplicationAction.HAND_OVER, stamp, handed_over_at=now)
    return len(applications)
