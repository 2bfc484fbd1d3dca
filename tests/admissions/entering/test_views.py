"""From the paper to the claim, as browsers without script do it."""

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.models import Application
from campaigns.vocabulary import Needed
from common.models import JournalEntry
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.accounts.views.test_sign_up import last_code, sign_up, type_code
from tests.admissions.candidate.test_submission import DECLARATIONS
from tests.factories import accounts, entering
from tests.factories import admissions as dossiers
from tests.forms import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = entering.NOW
ENTER = "/admin/dossiers/enter/"
ENTRY = {
    "campaign": entering.SLUG,
    "how": "paper",
    "on": "19/02/2021",
    "first_names": "Paule",
    "birth_name": "Martin",
    "email": entering.EMAIL,
}
IDENTITY = entering.IDENTITY | {"born_on": "04/05/1998", "french_mother_tongue": "yes"}


@pytest.fixture(autouse=True)
def while_albi_takes_applications(db):
    with time_machine.travel(NOW, tick=False):
        yield


def browser(user: User | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


@pytest.fixture
def clerk():
    return browser(entering.clerk())


def text_of(response) -> str:
    return response.content.decode()


def test_a_contrat_pro_candidate_from_the_paper_to_the_claim(clerk):
    """R-APP-1, R-ELI-4: entered, submitted with its receipt, checked as any other, then claimed by an account."""
    page = clerk.get("/admin/dossiers/")
    assert ENTER in text_of(page)
    begun = clerk.post(ENTER, ENTRY)
    application = Application.objects.get()
    base = f"/dossiers/{application.ref}/"
    assert begun["Location"].endswith(f"{base}identity/")
    assert "Vous saisissez la candidature de Paule Martin" in text_of(clerk.get(f"{base}identity/"))

    clerk.post(f"{base}identity/", IDENTITY)
    clerk.post(f"{base}studies/", {"baccalaureate": "STI2D", "baccalaureate_year": "2016"})
    title = {"diploma": "BTS-BAT", "status": "obtained", "on": "30/06/2018", "country": "FR"}
    clerk.post(f"{base}studies/add/", title | {"ects": "120"})
    clerk.post(f"{base}programmes/", {"programmes": ["SENMBA-CP"], "grant_holder": "no"})
    for piece in get_dossier(ref=application.ref, now=NOW).pieces:
        if piece.needed is Needed.SUBMISSION:
            parts = [part for part in (piece.key, piece.subject_key) if part]
            give = f"{base}documents/{'/'.join(parts)}/give/"
            assert clerk.post(give, {"uploads": dossiers.believable(piece)}).status_code == 302
    review = clerk.get(f"{base}review/")
    assert "La personne candidate a signé" in text_of(review)
    unsigned = clerk.post(f"{base}submit/", fields_of(review))
    assert unsigned.status_code == 422
    clerk.post(f"{base}submit/", fields_of(review) | DECLARATIONS)

    row = dossiers.reread(application)
    assert (row.state, row.received_at) == ("submitted", NOW)
    assert Notification.objects.get(kind="admissions.receipt").to == entering.EMAIL
    assert row.ref in text_of(clerk.get("/admin/dossiers/"))
    entries = JournalEntry.objects.filter(object_ref=row.ref)
    assert set(entries.values_list("on_behalf_of", flat=True)) == {f"person:{row.person_id}"}

    user = accounts.UserFactory()
    candidate = browser(user)
    link = entering.claim_path(row)
    assert "Cette candidature est-elle la vôtre" in text_of(candidate.get(link))
    claimed = candidate.post(f"{link}claim/")
    assert claimed["Location"] == base
    assert row.ref in text_of(candidate.get("/dossiers/"))
    assert candidate.get(base).status_code == 200
    assert clerk.get(base).status_code == 404
    assert clerk.get(f"/admin/dossiers/{row.ref}/").status_code == 200
    assert candidate.get(link)["Location"] == base


OWN_PAGES = (
    "",
    "identity/",
    "studies/",
    "studies/add/",
    "programmes/",
    "documents/",
    "review/",
    "withdraw/",
)
STAFF_PAGES = ("", "claim-link/")


def answers(client, application: Application) -> set[int]:
    paths = [f"/dossiers/{application.ref}/{page}" for page in (*OWN_PAGES, "messages/")]
    paths += [f"/admin/dossiers/{application.ref}/{page}" for page in STAFF_PAGES]
    return {client.get(path).status_code for path in paths}


def test_twins_another_school_s_clerk_and_strangers_find_nothing(clerk):
    application = entering.typed()
    assert answers(clerk, application) == {200}
    other = browser(accounts.with_second_factor(accounts.clerk()))
    assert answers(other, application) == {404}
    assert answers(browser(accounts.candidate()), application) == {404}


def test_a_clerk_opens_no_page_of_a_dossier_that_its_candidate_began(clerk):
    entering.campaign()
    user = accounts.candidate()
    application = dossiers.drafts.start_application(
        campaign_slug=entering.SLUG, actor=user, now=NOW
    )
    found = {clerk.get(f"/dossiers/{application.ref}/{page}").status_code for page in OWN_PAGES}
    assert found == {404}
    assert clerk.get(f"/admin/dossiers/{application.ref}/claim-link/").status_code == 404


def test_the_address_of_the_clerk_s_account_is_not_offered(clerk):
    application = entering.typed()
    page = text_of(clerk.get(f"/dossiers/{application.ref}/"))
    assert "/address/" not in page
    assert clerk.post(f"/dossiers/{application.ref}/address/").status_code == 404


def test_only_clerks_of_a_campaign_type():
    entering.campaign()
    assert browser(accounts.candidate()).get(ENTER).status_code == 404


def test_what_is_wrong_is_said_and_nothing_is_begun(clerk):
    user = accounts.candidate()
    assert clerk.post(ENTER, {}).status_code == 422
    refused = clerk.post(ENTER, ENTRY | {"email": user.email})
    assert refused.status_code == 422
    assert "on ne saisit pas de candidature à cette adresse" in text_of(refused)
    assert not Application.objects.exists()


def test_between_two_campaigns_there_is_nothing_to_type(clerk):
    with time_machine.travel("2021-01-15 12:00+01:00", tick=False):
        page = clerk.get(ENTER)
        assert "Aucune campagne" in text_of(page)
        assert clerk.post(ENTER, ENTRY).status_code == 422


def test_the_link_leads_whoever_has_no_account_to_one_and_back(client, clerk):
    application = entering.typed()
    link = entering.claim_path(application)
    page = text_of(client.get(link))
    assert f"/accounts/signup/?next=%2F{link[1:].replace('/', '%2F')}" in page
    assert client.post(f"{link}claim/")["Location"] == link
    assert dossiers.reread(application).is_unclaimed


def test_the_page_of_a_claimed_dossier_says_so_to_anybody_else(client):
    application = entering.typed()
    link = entering.claim_path(application)
    entering.claimed(application, accounts.candidate())
    assert "est rattachée à un compte" in text_of(client.get(link))
    other = browser(accounts.candidate())
    refused = other.post(f"{link}claim/", follow=True)
    assert "est rattachée à un compte" in text_of(refused)


def test_the_clerk_sends_the_link_again(clerk):
    application = entering.typed()
    path = f"/admin/dossiers/{application.ref}/claim-link/"
    former = entering.claim_path(application)
    with time_machine.travel(NOW.replace(hour=22), tick=False):
        form = fields_of(clerk.get(path))
        assert form["email"] == entering.EMAIL
        assert clerk.post(path, form).status_code == 302
        assert clerk.get(former).status_code == 410
    assert entering.claim_path(application) != former


def letters(kind: str, application: Application) -> list[str]:
    rows = Notification.objects.filter(kind=kind, about=application.ref)
    return [letter.text for _, letter in compose(list(rows))]


HOW = "s’ouvrent une fois que vous l’avez rattachée à un compte"


def test_mails_to_whoever_has_no_account_say_how_their_links_open():
    application = entering.submitted()
    [receipt] = letters("admissions.receipt", application)
    [entered] = letters("admissions.entered", application)
    assert HOW in receipt
    assert HOW not in entered
    assert entering.claim_path(application) in entered

    entering.claimed(application, accounts.candidate())
    [receipt] = letters("admissions.receipt", application)
    assert HOW not in receipt


def test_whoever_has_the_address_is_told_to_claim_rather_than_begin():
    entering.entered()
    candidate = browser(accounts.UserFactory(email=entering.EMAIL))
    page = candidate.post(f"/apply/{entering.SLUG}/", follow=True)
    assert "a commencé pour vous une candidature" in text_of(page)
    assert Application.objects.count() == 1


def test_whoever_signs_up_from_the_link_comes_back_to_it(client):
    application = entering.typed()
    link = entering.claim_path(application)
    response = sign_up(client, "paule@autre.example", next=link)
    response = type_code(client, last_code())
    assert response["Location"] == link
    assert client.post(f"{link}claim/")["Location"] == f"/dossiers/{application.ref}/"
    assert dossiers.reread(application).person.user.email == "paule@autre.example"
