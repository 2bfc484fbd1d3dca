"""Identity, studies, programmes: each step saves what it can read and says what is missing."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from admissions.dossier.selectors.dossiers import get_dossier
from admissions.models import Application
from campaigns.models import Campaign
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ales_2022_document

pytestmark = pytest.mark.usefixtures("while_applications_are_open")

IDENTITY = {
    "first_names": "Maëlys  Anne",
    "birth_name": "Le Guénédal",
    "usual_name": "",
    "born_on": "08/03/2001",
    "nationality": "FR",
    "french_mother_tongue": "yes",
    "phone": "06 12 34 56 78",
    "street": "12 rue des Lices",
    "postcode": "56000",
    "city": "Vannes",
    "country": "FR",
    "ine": "",
}
TITLE = {
    "diploma": "BTS-FED",
    "status": "obtained",
    "on": "30/06/2021",
    "country": "FR",
    "institution": "",
    "name": "",
}


@pytest.fixture
def application() -> Application:
    dossiers.campaign()
    return dossiers.started(user=UserFactory())


@pytest.fixture
def ask(signed_in, application):
    """GET or POST one of the pages of the dossier."""
    client = signed_in(application.person.user)

    def send(name, data=None, **headers):
        path = f"/dossiers/{application.ref}/{name}/"
        return (
            client.get(path, headers=headers)
            if data is None
            else client.post(path, data, headers=headers)
        )

    return send


def test_identity_is_kept_and_the_next_step_opens(ask, application):
    response = ask("identity", {**IDENTITY, "continue": "1"})

    person = dossiers.reread(application)
    assert (response.status_code, response["Location"]) == (
        302,
        f"/dossiers/{application.ref}/studies/",
    )
    assert (person.first_names, person.birth_name, person.born_on) == (
        "Maëlys Anne",
        "Le Guénédal",
        date(2001, 3, 8),
    )
    assert (str(person.phone), person.nationality.code, person.french_mother_tongue) == (
        "+33612345678",
        "FR",
        True,
    )


def test_saving_without_going_on_stays(ask, application):
    assert ask("identity", IDENTITY)["Location"] == f"/dossiers/{application.ref}/identity/"


def test_an_empty_draft_is_saved(ask, application):
    response = ask("identity", dict.fromkeys(IDENTITY, ""))

    assert response.status_code == 302
    assert dossiers.reread(application).birth_name == ""


def test_what_cannot_be_read_is_said_and_the_rest_is_kept(ask, application):
    response = ask("identity", IDENTITY | {"phone": "06 12", "ine": "123"})

    html = response.content.decode()
    person = dossiers.reread(application)
    assert response.status_code == 422
    assert (person.birth_name, person.city, str(person.phone)) == ("Le Guénédal", "Vannes", "")
    assert 'href="#id_phone"' in html
    assert 'href="#id_ine"' in html
    assert 'value="0612"' in html
    assert "Un INE compte 11 chiffres et lettres\xa0: vous en avez saisi 3." in html
    assert "Le reste est enregistré" in html


def test_no_field_keeps_a_browser_from_saving(ask):
    for step in ("identity", "studies", "studies/add", "programmes"):
        assert not re.search(
            r"<(input|select|textarea)[^>]*\srequired\b", ask(step).content.decode()
        )


def test_a_draft_keeps_what_was_typed_apart_in_the_tab(ask):
    """The script compares this stamp: it changes with what is stored, and only then."""
    first, second = (
        ask("identity").context["form"].fingerprint,
        ask("identity").context["form"].fingerprint,
    )
    ask("identity", IDENTITY)

    assert first == second
    assert ask("identity").context["form"].fingerprint != first


def test_the_baccalaureate_is_kept(ask, application):
    response = ask(
        "studies", {"baccalaureate": "STI2D", "baccalaureate_year": "2019", "continue": "1"}
    )

    application.refresh_from_db()
    assert response["Location"] == f"/dossiers/{application.ref}/programmes/"
    assert (application.baccalaureate, application.baccalaureate_year) == ("STI2D", 2019)


@pytest.mark.parametrize("year", ["19", "deux mille", "1899"])
def test_a_year_that_cannot_be_is_said_and_the_series_is_kept(ask, application, year):
    response = ask("studies", {"baccalaureate": "STI2D", "baccalaureate_year": year})

    application.refresh_from_db()
    assert response.status_code == 422
    assert (application.baccalaureate, application.baccalaureate_year) == ("STI2D", None)


def test_a_listed_diploma_is_added(ask, application):
    response = ask("studies/add", TITLE)

    title = application.titles.get()
    assert response["Location"] == f"/dossiers/{application.ref}/studies/"
    assert (title.diploma.code, title.kind, title.status, title.on) == (
        "BTS-FED",
        "BTS",
        "obtained",
        date(2021, 6, 30),
    )


def test_another_diploma_of_a_family_has_its_name(ask, application):
    ask("studies/add", TITLE | {"diploma": "kind:BTS", "name": "BTS Opticien lunetier"})

    title = application.titles.get()
    assert (title.diploma, title.kind, title.name) == (None, "BTS", "BTS Opticien lunetier")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"diploma": ""}, "diploma"),
        ({"status": ""}, "status"),
        ({"diploma": "kind:BTS"}, "name"),
        ({"on": "hier"}, "on"),
    ],
)
def test_a_diploma_that_says_too_little_is_not_added(ask, application, typed, field):
    response = ask("studies/add", TITLE | typed)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not application.titles.exists()


def test_a_diploma_is_changed_then_removed(ask, application):
    ask("studies/add", TITLE)
    title = application.titles.get()
    shown = ask(f"studies/{title.ref}").content.decode()

    changed = ask(f"studies/{title.ref}", TITLE | {"institution": "Lycée Mermoz"})
    title.refresh_from_db()
    removed = ask(f"studies/{title.ref}/remove", {})

    assert '<option value="BTS-FED" selected>' in shown
    assert 'value="30/06/2021"' in shown
    assert title.institution == "Lycée Mermoz"
    assert changed["Location"] == removed["Location"] == f"/dossiers/{application.ref}/studies/"
    assert not application.titles.exists()


def test_the_diploma_of_another_dossier_does_not_exist(ask):
    other = dossiers.filled()

    assert ask(f"studies/{other.titles.get().ref}").status_code == 404


def test_programmes_are_chosen_with_the_grant_and_the_fees(ask, application):
    """R-APP-2: 22 € then 11 € for a grant holder."""
    ask("studies/add", TITLE)

    response = ask(
        "programmes", {"programmes": ["BAT-1", "MKX-1"], "grant_holder": "yes", "continue": "1"}
    )

    html = ask("programmes").content.decode()
    assert response["Location"] == f"/dossiers/{application.ref}/documents/"
    assert [row.code for row in get_dossier(ref=application.ref, now=dossiers.STARTED).chosen] == [
        "BAT-1",
        "MKX-1",
    ]
    assert [text in html for text in ("22\xa0€", "11\xa0€", "33\xa0€")] == [True, True, True]


def test_which_grants_lower_the_fees_is_what_the_notice_says(ask, application):
    data = ales_2022_document().model_dump(mode="json", by_alias=True)
    data["fees"]["grants"] = {"fr": "bourse de la Région"}
    Campaign.objects.get().versions.update(document=data)

    assert "Ce qui réduit les frais\xa0: bourse de la Région." in ask("programmes").content.decode()


def test_the_grant_may_stay_unanswered(ask, application):
    ask("studies/add", TITLE)
    ask("programmes", {"programmes": ["BAT-1"]})

    assert dossiers.reread(application).grant_holder is None


def test_a_programme_that_the_notice_closes_is_refused_in_words(ask, application):
    ask("studies/add", TITLE)

    response = ask("programmes", {"programmes": ["BAT-1", "BAT-2"]})

    assert response.status_code == 422
    assert "Bâtiment – deuxième année" in response.content.decode()
    assert not application.candidacies.exists()


def test_a_code_that_is_not_offered_is_an_error(ask, application):
    assert ask("programmes", {"programmes": ["NOPE"]}).status_code == 422
    assert not application.candidacies.exists()


@pytest.mark.parametrize("step", ["identity", "studies", "programmes"])
def test_after_the_deadline_a_step_is_read_only_and_says_whom_to_write_to(ask, application, step):
    """R-CAL-1, on the screen."""
    with time_machine.travel(dossiers.LAST_SECOND.replace(microsecond=999_999), tick=False):
        assert ask(step, {"baccalaureate": "STI2D"}).status_code == 302
    with time_machine.travel(dossiers.LAST_SECOND + timedelta(seconds=1), tick=False):
        read, written = ask(step), ask(step, IDENTITY)

    html = read.content.decode()
    assert (read.status_code, written.status_code) == (200, 403)
    assert "<fieldset disabled>" in html
    assert "Enregistrer" not in html
    assert 'href="mailto:apprentissage@mines-ales.fr"' in html
    assert dossiers.reread(application).birth_name == ""


def test_the_identity_of_a_complete_dossier_is_read_only(signed_in):
    application = dossiers.handed_over()
    client = signed_in(application.person.user)

    response = client.post(f"/dossiers/{application.ref}/identity/", IDENTITY)

    assert response.status_code == 403
    assert dossiers.reread(application).city == application.city


def test_names_of_sixty_letters_are_shown_whole(signed_in):
    name = "Wolfeschlegelsteinhausenbergerdorffvonhohenstaufenzuschwarzw"
    application = dossiers.started(user=accounts.candidate(birth_name=name))

    html = (
        signed_in(application.person.user)
        .get(f"/dossiers/{application.ref}/identity/")
        .content.decode()
    )

    assert f'value="{name}"' in html
