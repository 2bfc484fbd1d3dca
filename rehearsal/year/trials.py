"""What people try before its time in a played year. It is refused, and what is checked says that nothing came of it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from common.refusals import DomainError
from contratpro.agreements.selectors import company_address, last_agreement
from contratpro.agreements.services.sending import send_to_company
from contratpro.agreements.services.signing import sign_for_school
from contratpro.projects.services.marking import publish_mark
from contratpro.vocabulary import CopyChannel
from rehearsal.year.cast import PlayedYear
from rehearsal.year.papers import PREPARED, SIGNS_FOR_SCHOOL, scan_of
from rehearsal.year.students import CohortStudent

Trial = Callable[[PlayedYear, CohortStudent, datetime], object]
NOON = 12 * 60
SIGNED = PREPARED - 1  # days before the first one: nobody has signed
PUBLISHED = timedelta(days=7)  # before the mark of the conduct closes


def plan_trials(year: PlayedYear) -> None:
    for one in year.under_contract:
        at = year.stage.days.hour(SIGNED, NOON)
        year.plan(at, "Refused: signing for the school first", partial(_try, _sign, year, one))
        year.plan(at, "Refused: sending what is not signed", partial(_try, _send, year, one))
        closes = year.last_day_of_conduct(one.department)
        at = year.hour(closes - PUBLISHED, NOON)
        year.plan(at, "Refused: publishing before its time", partial(_try, _publish, year, one))


def _try(act: Trial, year: PlayedYear, one: CohortStudent, at: datetime) -> int:
    """How many were refused."""
    with suppress(DomainError):
        act(year, one, at)
        return 0
    return 1


def _sign(year: PlayedYear, one: CohortStudent, at: datetime) -> None:
    agreement = last_agreement(year.stage.row(one))
    assert agreement, "it is prepared"
    sign_for_school(
        ref=agreement.ref,
        signed_by=SIGNS_FOR_SCHOOL,
        signed_on=at.date(),
        scan=scan_of("Convention de formation", one),
        actor=year.cast.office,
        now=at,
    )


def _send(year: PlayedYear, one: CohortStudent, at: datetime) -> None:
    agreement = last_agreement(year.stage.row(one))
    assert agreement, "it is prepared"
    send_to_company(
        ref=agreement.ref,
        channel=CopyChannel.SCAN,
        email=company_address(agreement),
        actor=year.cast.office,
        now=at,
    )


def _publish(year: PlayedYear, one: CohortStudent, at: datetime) -> None:
    publish_mark(ref=year.stage.row(one).ref, actor=year.cast.office, now=at)
