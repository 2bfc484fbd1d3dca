"""A job sheet to be filled in, and the address of its link. Run in the product's own settings."""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from admissions.models import SEARCHING, Candidacy
from apprenticeship.projects.services.inviting import invite_employer
from apprenticeship.projects.services.locking import new_link
from common.journal import SYSTEM

EMPLOYER = "deux.collegues@entreprise.exemple.fr"


def main(_wanted: str) -> None:
    now = datetime.now(ZoneInfo("Europe/Paris"))
    candidacy = Candidacy.objects.filter(state__in=SEARCHING, job_projects=None).first()
    assert candidacy, "the demonstration has somebody who looks for a company"
    actor = candidacy.application.person.user
    project = invite_employer(candidacy_ref=candidacy.ref, email=EMPLOYER, actor=actor, now=now)
    _, token = new_link(project, SYSTEM, now)
    sys.stdout.write(f"/l/{token}/")
