"""Whom the offers of companies are for, and which of them a week brought."""

from datetime import date, datetime

from django.db.models import QuerySet

from companies.models import JobOffer
from companies.offers.selectors import open_offers
from companies.states import OfferAudience
from contratpro.models import ContractYear, StudentFile
from contratpro.offers.rules import DigestWeek
from contratpro.states import LIVE_STUDENTS, StudentState
from contratpro.year.selectors import year_now


def is_running(year: ContractYear, today: date) -> bool:
    """Until the last day of its last semester, where its file gives one."""
    ends = [one.until for one in year_now(year).curriculum.semesters.values() if one.until]
    return not ends or today <= max(ends)


def offers_of_week(year: ContractYear, week: DigestWeek, today: date) -> QuerySet[JobOffer]:
    """Published in that week, and open still."""
    rows = open_offers(year.school, OfferAudience.CONTRAT_PRO, today)
    return rows.filter(published_at__gte=week.since, published_at__lt=week.until)


def told_of_offers(year: ContractYear) -> QuerySet[StudentFile]:
    """The students of the year to whom the school has written and who have not left the digest."""
    states = set(LIVE_STUDENTS) - {StudentState.LISTED}
    rows = year.students.filter(state__in=states, offers_by_mail=True)
    return rows.select_related("year", "user").order_by("pk")


def today_in(year: ContractYear, now: datetime) -> date:
    return now.astimezone(year_now(year).zone).date()
