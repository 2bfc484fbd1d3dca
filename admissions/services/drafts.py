"""Start a dossier and fill in what is neither a programme nor a piece."""

from datetime import datetime

from django.db import transaction

from accounts.models import Person, User
from accounts.services import Identity, create_person_for, update_person
from admissions.models import Application
from admissions.selectors.situations import takes_applications
from admissions.services.access import editable, note_change
from campaigns.models import Campaign
from common.refusals import DomainError


def start_application(*, campaign_slug: str, actor: User, now: datetime) -> Application:
    """The actor's dossier in the campaign: made if there is none, while the campaign takes applications."""
    with transaction.atomic():
        person = create_person_for(user=actor, now=now)
        campaign = Campaign.objects.get(slug=campaign_slug)
        application, created = Application.objects.get_or_create(
            campaign=campaign, person=person, defaults={"started_at": now}
        )
        if not created:
            return application
        if not takes_applications(campaign, now):
            raise DomainError.of("campaign_is_closed")
        note_change(application, actor, now, "start")
        return application


def save_identity(*, ref: str, actor: User, identity: Identity, now: datetime) -> Person:
    with transaction.atomic():
        application = editable(ref, actor, now)
        return update_person(person_id=application.person_id, identity=identity, actor=actor, now=now)


def save_studies(
    *, ref: str, actor: User, baccalaureate: str, baccalaureate_year: int | None, now: datetime
) -> Application:
    with transaction.atomic():
        application = editable(ref, actor, now)
        application.baccalaureate = baccalaureate
        application.baccalaureate_year = baccalaureate_year
        application.save(update_fields=["baccalaureate", "baccalaureate_year"])
        note_change(application, actor, now, "save_studies")
        return application


def declare_experience(
    *, ref: str, actor: User, technician_years: int | None, employer_agrees: bool | None, now: datetime
) -> Application:
    """What only some routes of a notice look at (R-ELI-4); None is "not said"."""
    with transaction.atomic():
        application = editable(ref, actor, now)
        application.technician_years = technician_years
        application.employer_agrees = employer_agrees
        application.save(update_fields=["technician_years", "employer_agrees"])
        note_change(application, actor, now, "declare_experience")
        return application


def declare_grant_holder(*, ref: str, actor: User, grant_holder: bool, now: datetime) -> Application:
    with transaction.atomic():
        application = editable(ref, actor, now)
        application.grant_holder = grant_holder
        application.save(update_fields=["grant_holder"])
        note_change(application, actor, now, "declare_grant_holder")
        return application
