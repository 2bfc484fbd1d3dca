"""From the campaign to the receipt, as a browser without script does it."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services.recap import html_of
from admissions.models import Application, Charge
from campaigns.notice.selectors import notice
from campaigns.vocabulary import Needed
from notifications.models import Notification
from tests.admissions.candidate.test_steps import IDENTITY
from tests.admissions.conftest import OPEN_DAY
from tests.factories import admissions as dossiers
from tests.factories import jury
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.usefixtures("while_applications_are_open")

DECLARATIONS = {
    "accepts_notice": "on",
    "tells_the_truth": "on",
    "lets_contact_be_passed_on": "on",
    "agrees_to_be_filmed": "on",
}


@pytest.fixture
def complete() -> Application:
    return dossiers.complete()


def submit(client, application, **changes):
    page = client.get(f"/dossiers/{application.ref}/review/")
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("notice", "shown_as_filmed")}
    return client.post(f"/dossiers/{application.ref}/submit/", shown | DECLARATIONS | changes)


def test_a_candidate_goes_from_the_campaign_to_the_receipt(signed_in):
    """R-APP-1, R-APP-2, R-APP-6."""
    dossiers.campaign()
    user = UserFactory()
    client = signed_in(user)

    started = client.post("/apply/ales-2022/")
    application = Application.objects.get()
    base = f"/dossiers/{application.ref}/"
    client.post(f"{base}identity/", IDENTITY)
    client.post(f"{base}studies/", {"baccalaureate": "STI2D", "baccalaureate_year": "2019"})
    client.post(
        f"{base}studies/add/",
        {"diploma": "DUT-GCCD", "status": "expected", "on": "30/06/2022", "country": "FR"},
    )
    client.post(f"{base}programmes/", {"programmes": ["BAT-1", "MKX-1"], "grant_holder": "no"})
    for piece in get_dossier(ref=application.ref, now=OPEN_DAY).pieces:
        if piece.needed is Needed.SUBMISSION:
            path = "/".join(
                part for part in ("documents", piece.key, piece.subject_key, "give") if part
            )
            assert (
                client.post(f"{base}{path}/", {"uploads": dossiers.believable(piece)}).status_code
                == 302
            )
    answer = submit(client, application)
    page = client.get(base).content.decode()

    application.refresh_from_db()
    assert started["Location"] == f"{base}identity/"
    assert (answer.status_code, answer["Location"]) == (302, base)
    assert (application.state, application.received_at, application.accepted_notice.number) == (
        "submitted",
        OPEN_DAY,
        1,
    )
    assert sorted(Charge.objects.values_list("cents", flat=True)) == [2200, 7700]
    assert "Votre candidature est reçue" in page
    assert "vendredi 25\xa0février 2022 à 14\xa0h, heure de Paris" in page
    assert user.email in page
    assert Notification.objects.filter(to=user.email).count() == 1


def test_what_is_missing_leads_to_the_very_field(signed_in):
    dossiers.campaign()
    application = dossiers.started(user=UserFactory())

    html = (
        signed_in(application.person.user)
        .get(f"/dossiers/{application.ref}/review/")
        .content.decode()
    )

    base = f"/dossiers/{application.ref}/"
    links = re.findall(rf'<li><a href="{base}([^"]*)">', html)
    assert links[:2] == ["identity/#div_id_birth_name", "identity/#div_id_first_names"]
    assert {"studies/#div_id_baccalaureate", "studies/add/", "programmes/#programmes"} < set(links)
    assert {"programmes/#div_id_grant_holder", "documents/#piece-cv"} < set(links)
    assert "Déposer ma candidature" not in html


def test_the_fields_that_links_lead_to_are_there(signed_in):
    application = dossiers.filled()
    client = signed_in(application.person.user)
    html = client.get(f"/dossiers/{application.ref}/review/").content.decode()

    targets = re.findall(rf'<li><a href="(/dossiers/{application.ref}/[^"#]*)#([^"]*)">', html)

    assert targets
    for path, anchor in targets:
        assert f'id="{anchor}"' in client.get(path).content.decode()


def test_what_one_accepts_is_a_click_away(signed_in, complete):
    """R-APP-6: the version that is recorded, with all that it states."""
    client = signed_in(complete.person.user)
    review = client.get(f"/dossiers/{complete.ref}/review/").content.decode()
    [address] = re.findall(r'<a href="([^"]*/versions/\d+/)">', review)

    submit(client, complete)

    accepted = Application.objects.get().accepted_notice
    assert address == f"/campaigns/{accepted.campaign.slug}/versions/{accepted.number}/"
    stated = unescape(client.get(address).content.decode())
    for rule in notice(accepted.pk).rules.values():
        assert rule.text["fr"] in stated


@pytest.mark.parametrize("box", DECLARATIONS)
def test_each_declaration_is_asked_for_in_words(signed_in, complete, box):
    """R-APP-6, R-ELI-7."""
    client = signed_in(complete.person.user)

    response = submit(client, complete, **{box: ""})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [box])
    assert f'href="#id_{box}"' in response.content.decode()
    assert dossiers.reread(complete).state == "draft"


def test_a_notice_that_changed_meanwhile_is_read_first(signed_in, complete):
    """R-APP-6: what is accepted is the version that was shown."""
    response = submit(signed_in(complete.person.user), complete, notice="7")

    assert response.status_code == 422
    assert "La notice de la campagne a changé" in response.content.decode()
    assert dossiers.reread(complete).state == "draft"
    shown = {name: response.context["form"][name].value() for name in ("notice", *DECLARATIONS)}
    assert shown == {
        "notice": 1,
        "accepts_notice": False,
        "tells_the_truth": True,
        "lets_contact_be_passed_on": True,
        "agrees_to_be_filmed": True,
    }


def test_whoever_may_be_filmed_agrees_to_it_with_its_term(signed_in, complete):
    """R-APP-6, R-SEL-9: kept with the submission, and printed on its recap."""
    client = signed_in(complete.person.user)
    page = client.get(f"/dossiers/{complete.ref}/review/").content.decode()
    assert "conservation jusqu’à la fin de l’année 2022 au plus tard" in page

    submit(client, complete)

    received = complete.submissions.get()
    assert received.content["filmed"] == [
        {
            "test": {
                "fr": "Entretien de motivation (entretien vidéo différé)",
                "en": "Motivation interview (recorded on video)",
            },
            "until": {"fr": "la fin de l’année 2022", "en": "the end of 2022"},
        }
    ]
    assert "est conservé jusqu’à la fin de l’année 2022" in html_of(received)


def test_nobody_is_asked_about_a_film_that_is_not_made(signed_in):
    """R-APP-6: in 2022, year 2 is filmed at no test."""
    application = dossiers.complete(programmes=("BAT-2",), title=jury.M1)
    client = signed_in(application.person.user)

    page = client.get(f"/dossiers/{application.ref}/review/")
    answer = submit(client, application, agrees_to_be_filmed="")

    assert "agrees_to_be_filmed" not in page.context["form"].fields
    assert answer.status_code == 302
    assert application.submissions.get().content["filmed"] == []


def test_an_incomplete_dossier_is_not_submitted(signed_in):
    application = dossiers.filled()

    response = submit(signed_in(application.person.user), application)

    assert response.status_code == 422
    assert dossiers.reread(application).state == "draft"


@pytest.mark.parametrize(
    ("at", "status", "state"),
    [
        (dossiers.LAST_SECOND, 302, "submitted"),
        (dossiers.LAST_SECOND + timedelta(microseconds=999_999), 302, "submitted"),
        (dossiers.LAST_SECOND + timedelta(seconds=1), 403, "draft"),
    ],
)
def test_the_last_second_is_in_time_and_the_next_is_not(signed_in, complete, at, status, state):
    """R-CAL-1, through the browser."""
    client = signed_in(complete.person.user)

    with time_machine.travel(at, tick=False):
        response = submit(client, complete)

    assert (response.status_code, dossiers.reread(complete).state) == (status, state)


def test_pressing_twice_comes_to_one_receipt(signed_in, complete):
    client = signed_in(complete.person.user)
    filmed = " ".join(get_dossier(ref=complete.ref, now=OPEN_DAY).filmed)
    data = {"notice": 1, "shown_as_filmed": filmed} | DECLARATIONS

    answers = [client.post(f"/dossiers/{complete.ref}/submit/", data)["Location"] for _ in range(2)]

    assert answers == [f"/dossiers/{complete.ref}/"] * 2
    assert complete.submissions.count() == 1
    assert Notification.objects.count() == 1


def test_a_film_that_was_not_shown_is_asked_about_first(signed_in, complete):
    """R-APP-6: a programme added in another tab has its test read before it is agreed to."""
    client = signed_in(complete.person.user)

    refused = submit(client, complete, shown_as_filmed="")

    form = refused.context["form"]
    assert refused.status_code == 422
    assert "Les candidats sont filmés pendant l’épreuve" in refused.content.decode()
    assert form["agrees_to_be_filmed"].value() is False
    again = {"shown_as_filmed": form["shown_as_filmed"].value()}
    assert submit(client, complete, **again).status_code == 302
