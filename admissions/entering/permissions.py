"""Whose central service types a dossier for somebody."""

from accounts.enums import Role
from accounts.models import School, User
from accounts.selectors import schools_of
from campaigns.models import Campaign


def entering_school(user: User, campaign: Campaign) -> School | None:
    """For which of their schools a clerk types a dossier: the organiser, else one that the campaign is for."""
    schools = schools_of(user, Role.CLERK)
    organiser = schools.filter(pk=campaign.organiser_id).first()
    return organiser or schools.filter(programmes__campaign=campaign).order_by("slug").first()
