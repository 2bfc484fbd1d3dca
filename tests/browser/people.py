"""The people of a journey: candidates who have submitted, and the staff. Run in the product's own settings.

Told what the journey needs of them, as JSON: the slug, and by role who applies, to what, with which title.
"""

import json
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from accounts.models import User
from admissions.dossier.services import drafts
from admissions.jury.services.members import seat_juror
from admissions.models.sealed import JuryMember
from campaigns.models import Campaign, Selection
from tests.factories import accounts
from tests.factories import admissions as dossiers

PARIS = ZoneInfo("Europe/Paris")


def main(wanted: str) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # nobody types a password here
    told = json.loads(wanted)
    now = datetime.now(PARIS)
    campaign = Campaign.objects.get(slug=told["slug"])
    candidates = {role: submitted(campaign, now, **who) for role, who in told["candidates"].items()}
    sys.stdout.write(json.dumps(candidates | staff(campaign, now)))


def submitted(
    campaign: Campaign,
    now: datetime,
    *,
    programme: str,
    title: dict[str, Any],
    checked: bool,
    identity: dict[str, str],
) -> dict[str, str]:
    """Their account, their name, the references of their dossier and of its one candidacy."""
    user = accounts.candidate(nationality="FR", **identity)
    who = {"actor": user, "now": now}
    application = drafts.start_application(campaign_slug=campaign.slug, **who)
    who["ref"] = application.ref
    drafts.save_studies(baccalaureate="STI2D", baccalaureate_year=now.year - 3, **who)
    held = replace(dossiers.TITLE, on=now.date() + timedelta(days=30), **title)
    drafts.add_title(title=held, **who)
    drafts.choose_programmes(codes=(programme,), **who)
    drafts.declare_grant_holder(grant_holder=False, **who)
    dossiers.give_all(application, now=now)
    dossiers.submit(application, received_at=now)
    if checked:
        dossiers.checked(application, now=now)
    references = {"ref": application.ref, "candidacy": application.candidacies.get().ref}
    return {**account(user), "name": user.person.full_name, **references}


def staff(campaign: Campaign, now: datetime) -> dict[str, dict[str, str]]:
    """By role, their accounts."""
    school = campaign.organiser
    juror = accounts.juror(school)
    for selection in Selection.objects.filter(campaign=campaign):
        seat_juror(
            member=JuryMember(user=juror, selection=selection),
            actor=accounts.administrator(),
            now=now,
        )
    members = {
        "clerk": accounts.clerk(school),
        "president": accounts.president(school),
        "head": accounts.programme_head(school),
        "office": accounts.company_office(school),
        "admissions": accounts.school_admin(school),
    }
    return {"juror": {**account(juror), "campaign": campaign.slug}} | {
        role: account(user) for role, user in members.items()
    }


def account(user: User) -> dict[str, str]:
    """An address, and a session that is open already: other journeys sign in by the form."""
    client = Client()
    client.force_login(user)
    return {"email": user.email, "session": client.cookies[settings.SESSION_COOKIE_NAME].value}


def apart() -> None:
    """Accounts that are made from now on have other addresses than those that another journey made there."""
    accounts.UserFactory.reset_sequence(User.objects.count())
