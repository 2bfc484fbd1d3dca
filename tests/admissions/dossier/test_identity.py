"""Who applies is as they were in each dossier: neither another dossier nor the account changes it."""

import pytest

from accounts.services import update_person
from admissions.candidate.selectors import own_applications
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, recap
from admissions.dossier.services.endings import refuse_application
from admissions.models import Application
from campaigns.models import Campaign
from common.models import JournalEntry
from common.refusals import NotAllowedError
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories.campaigns import albi_2021_document, load

NOW = dossiers.STARTED
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_applications_are_open")]
MOVED = {"birth_name": "Ben Youssef", "usual_name": "", "city": "Sète", "nationality": "TN"}


@pytest.fixture
def elsewhere() -> Campaign:
    """Another campaign, open at the same time."""
    load(albi_2021_document())
    campaign = Campaign.objects.get(slug="albi-2021")
    first = dossiers.campaign()
    Campaign.objects.filter(pk=campaign.pk).update(
        opens_at=first.opens_at, last_second=first.last_second
    )
    return campaign


def write(application: Application, **changes) -> None:
    """The candidate says who they are in one dossier."""
    said = accounts.identity(7, **changes)
    drafts.save_identity(identity=said, now=NOW, **dossiers.whose(application))


def read(application: Application) -> tuple[str, str, str, str]:
    said = get_dossier(ref=application.ref, now=NOW).application
    return said.full_name, said.city, said.nationality.code, said.search_text


def test_a_draft_elsewhere_changes_nothing_of_what_was_submitted_here(signed_in, clerk, elsewhere):
    here = dossiers.submitted(user=accounts.candidate())
    before, papers = read(here), recap.html_of(dossiers.last_submission(here))

    there = drafts.start_application(campaign_slug=elsewhere.slug, actor=here.person.user, now=NOW)
    write(there, **MOVED)

    assert read(here) == before
    assert recap.html_of(dossiers.last_submission(here)) == papers
    screen = signed_in(clerk)
    page = screen.get(f"/admin/dossiers/{here.ref}/").content.decode()
    assert here.full_name in page
    assert "Ben Youssef" not in page
    found = screen.get("/admin/dossiers/", {"q": "ben youssef", "campaign": here.campaign.slug})
    assert here.ref not in found.content.decode()
    assert read(there)[1:3] == ("Sète", "TN")
    assert read(there)[0].endswith("Ben Youssef")


def test_what_was_written_last_is_offered_to_the_next_dossier(elsewhere):
    here = dossiers.started(user=accounts.candidate())
    write(here, **MOVED)

    there = drafts.start_application(campaign_slug=elsewhere.slug, actor=here.person.user, now=NOW)

    assert read(there) == read(here)
    assert there.sort_key == dossiers.reread(here).sort_key


def test_a_person_changed_outside_changes_no_dossier():
    application = dossiers.submitted(user=accounts.candidate())
    before, person = read(application), application.person

    update_person(
        person_id=person.pk, identity=accounts.identity(7, **MOVED), actor=person.user, now=NOW
    )

    assert read(application) == before


def test_a_changed_account_leaves_the_address_of_a_dossier_until_its_candidate_says_so(signed_in):
    application = dossiers.submitted(user=accounts.candidate())
    user, before = application.person.user, application.email
    user.email = "nouvelle@exemple.fr"
    user.save()
    client, page = signed_in(user), f"/dossiers/{application.ref}/"

    for where in ("/dossiers/", page, f"{page}messages/"):
        assert before in client.get(where).content.decode()
    done = client.post(f"{page}address/", follow=True).content.decode()
    client.post(f"{page}address/")  # pressed twice

    assert "nouvelle@exemple.fr" in done
    assert before not in client.get(page).content.decode()
    assert before in recap.html_of(dossiers.last_submission(application))  # what was submitted
    refuse_application(
        ref=application.ref,
        actor=accounts.clerk(application.campaign.organiser),
        reason="Incomplet",
        now=NOW,
    )
    assert Notification.objects.get(kind="admissions.refusal").to == "nouvelle@exemple.fr"
    assert JournalEntry.objects.filter(verb="write_to_account").count() == 1


def test_nobody_else_says_where_a_dossier_is_written_to():
    application = dossiers.submitted()
    for stranger in (accounts.candidate(), accounts.clerk(application.campaign.organiser)):
        with pytest.raises(NotAllowedError):
            drafts.write_to_account(ref=application.ref, actor=stranger, now=NOW)


def test_a_dossier_is_sorted_and_found_without_accents():
    application = dossiers.started(user=accounts.candidate())
    said = accounts.identity(3, ine="0ABC1234567")
    drafts.save_identity(identity=said, now=NOW, **dossiers.whose(application))

    row = dossiers.reread(application)
    assert row.full_name == "Élodie Cœur-Lebœuf"
    assert row.sort_key == "coeur leboeuf elodie"
    assert row.search_text == "elodie coeur leboeuf coeur 0abc1234567"


def test_the_longest_names_fit():
    application = dossiers.started(user=accounts.candidate())
    write(application, birth_name="ß" * 80, usual_name="ß" * 80, first_names="ﬃ" * 80)
    row = dossiers.reread(application)
    assert (len(row.sort_key), len(row.search_text)) == (170, 400)


def test_own_dossiers_are_a_person_s_even_under_another_name():
    application = dossiers.started(user=accounts.candidate())
    write(application, **MOVED)
    assert list(own_applications(application.person.user)) == [application]
