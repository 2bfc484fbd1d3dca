"""Trainees leave once their time, or the places, are over: the sweep sees it."""

import logging
from datetime import datetime

from django.db import transaction

from admissions.dossier.services.endings import close
from admissions.dossier.services.moves import lock_dossier
from apprenticeship.models import SupplementaryEntry
from apprenticeship.rules.supplementary import Leaving, leaving
from apprenticeship.selectors.supplementary import Trainee, trainees
from apprenticeship.services.access import day_of
from apprenticeship.services.pools import lock_pools
from apprenticeship.services.supplementary.letters import tell_left
from common.journal import SYSTEM, Stamp

logger = logging.getLogger(__name__)


def end_trainees(now: datetime) -> None:
    """Sweep: one at a time, since whoever leaves may give back the place that another waits for."""
    for trainee in trainees():
        if _leaving(trainee, now):
            try:
                _end(trainee.entry, now)
            except Exception:
                logger.exception("%s could not leave the supplementary list", trainee.entry.candidacy.ref)


def _end(entry: SupplementaryEntry, now: datetime) -> None:
    """Looked at again once the dossier and its places are locked: a place may have come, or a signature."""
    with transaction.atomic():
        application = lock_dossier(entry.candidacy.application.ref)
        lock_pools([entry.candidacy.programme.pool_id])
        for trainee in trainees(entry):
            why = _leaving(trainee, now)
            if why:
                candidacy = trainee.entry.candidacy
                candidacy.application = application
                close([candidacy], Stamp(actor=SYSTEM, at=now, data={"why": why.value}))
                tell_left(trainee.entry, why, now)


def _leaving(trainee: Trainee, now: datetime) -> Leaving | None:
    return leaving(
        today=day_of(trainee.entry.candidacy, now),
        until=trainee.entry.until,
        signed=trainee.signed,
        held=trainee.held,
        vacant=trainee.vacant,
    )
