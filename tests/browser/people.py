"""The people of a journey: three candidates who have submitted, and the staff. Run in the product's own settings."""

import json
import os
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from admissions import services  # noqa: E402 -- models need what is set up above
from admissions.models.sealed import JuryMember  # noqa: E402
from admissions.services.jury.members import seat_juror  # noqa: E402
from campaigns.models import Selection  # noqa: E402
from tests.factories import accounts  # noqa: E402
from tests.factories import admissions as dossiers  # noqa: E402

SLUG = "ales-parcours"
PARIS = ZoneInfo("Europe/Paris")


def main() -> None:
    now = datetime.now(PARIS)
    sys.stdout.write(json.dumps({**candidates(now), **staff(now)}))


def candidates(now: datetime) -> dict[str, dict[str, str]]:
    """By track: their address, their name, the references of their dossier and of its one candidacy."""
    bts = replace(dossiers.TITLE, on=now.date() + timedelta(days=30))
    m1 = replace(bts, diploma_code="", kind="M1", name="Master Génie civil", ects=240)
    return {
        "excellence": submitted(now, "BAT-1", bts, first_names="Inès", birth_name="Delorme"),
        "standard": submitted(now, "BAT-1", bts, first_names="Noé", birth_name="Garrigue"),
        "year_2": submitted(now, "BAT-2", m1, first_names="Awa", birth_name="Sarr"),
    }


def submitted(now: datetime, code: str, title: object, **identity: str) -> dict[str, str]:

    user = accounts.candidate(nationality="FR", **identity)
    who = {"actor": user, "now": now}
    application = services.start_application(campaign_slug=SLUG, **who)
    who["ref"] = application.ref
    services.save_studies(baccalaureate="STI2D", baccalaureate_year=now.year - 3, **who)
    services.add_title(title=title, **who)
    services.choose_programmes(codes=(code,), **who)
    services.declare_grant_holder(grant_holder=False, **who)
    dossiers.give_all(application, now=now)
    dossiers.submit(application, received_at=now)
    return {
        "email": user.email,
        "name": user.person.full_name,
        "ref": application.ref,
        "candidacy": application.candidacies.get().ref,
    }


def staff(now: datetime) -> dict[str, dict[str, str]]:
    """By role, their addresses."""
    juror = accounts.juror()
    for selection in Selection.objects.filter(campaign__slug=SLUG):
        seat_juror(member=JuryMember(user=juror, selection=selection), actor=accounts.administrator(), now=now)
    others = {
        "clerk": accounts.clerk(),
        "president": accounts.president(),
        "head": accounts.programme_head(),
        "office": accounts.company_office(),
    }
    return {role: {"email": user.email} for role, user in {"juror": juror, **others}.items()}


if __name__ == "__main__":
    main()
