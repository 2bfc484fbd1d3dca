"""The central service goes on for whoever it typed the dossier for: search for a company, too."""

import pytest
import time_machine

from apprenticeship.projects.services.inviting import invite_employer
from common.models import JournalEntry
from common.refusals import NotAllowedError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts, entering, projects
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as seats

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def candidacy():
    row = seats.selected()
    entering.unclaimed(row.application)
    return seats.reread(row)


def test_a_clerk_invites_an_employer_and_abandons_for_the_candidate(candidacy, signed_in):
    clerk = accounts.with_second_factor(accounts.clerk())
    base = f"/dossiers/{candidacy.application.ref}/company/"
    with time_machine.travel(projects.INVITED, tick=False):
        client = signed_in(clerk)
        page = client.get(base).content.decode()
        assert "Vous saisissez la candidature" in page
        client.post(base, {"candidacy": candidacy.ref, "email": projects.EMPLOYER})
        project = candidacy.job_projects.get()
        abandon = f"/dossiers/{candidacy.application.ref}/projects/{project.ref}/abandon/"
        assert "Vous saisissez la candidature" in client.get(abandon).content.decode()
        client.post(abandon)

    entries = JournalEntry.objects.filter(object_ref=project.ref)
    assert [(entry.verb, entry.on_behalf_of) for entry in entries.order_by("pk")] == [
        ("invite", f"person:{candidacy.application.person_id}"),
        ("abandon", f"person:{candidacy.application.person_id}"),
    ]


def test_another_school_s_clerk_does_not(candidacy, signed_in):
    other = accounts.with_second_factor(accounts.clerk(accounts.other_school()))
    with pytest.raises(NotAllowedError):
        invite_employer(
            candidacy_ref=candidacy.ref,
            email=projects.EMPLOYER,
            actor=other,
            now=projects.INVITED,
        )
    page = f"/dossiers/{candidacy.application.ref}/company/"
    assert signed_in(other).get(page).status_code == 404


def test_an_employer_reads_nothing_of_an_account_that_the_candidate_lacks(candidacy):
    clerk = dossiers.clerk_of(candidacy.application)
    invite_employer(
        candidacy_ref=candidacy.ref, email=projects.EMPLOYER, actor=clerk, now=projects.INVITED
    )
    rows = Notification.objects.filter(kind="apprenticeship.employer_link")
    [(_, letter)] = compose(list(rows))
    assert "rattachée à un compte" not in letter.text
