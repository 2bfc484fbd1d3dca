"""Dossiers that the school's office has before it, in a campaign of Alès that is given one."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from admissions.models import Application
from campaigns.models import Campaign
from tests.factories import accounts
from tests.factories import admissions as dossiers

NOW = dossiers.CHECKED + timedelta(days=1)
REASON = "Le relevé de notes est celui d’une autre personne."


def campaign() -> Campaign:
    """That of Alès, as if its notice had a school's office."""
    row = dossiers.campaign()
    Campaign.objects.filter(pk=row.pk).update(school_office=True)
    row.refresh_from_db()
    return row


def waiting(**changes: Any) -> Application:
    """Declared complete: the office is to hand it over."""
    campaign()
    return dossiers.handed_over(**changes)


def office() -> User:
    """An administrator of the school, with the second factor: always the same one."""
    school = campaign().organiser
    found = User.objects.filter(grants__school=school, grants__role="school_admin").first()
    return found or accounts.with_second_factor(accounts.school_admin(school))
