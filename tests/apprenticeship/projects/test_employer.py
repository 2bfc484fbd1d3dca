"""The employer's page: a link, no account, a phone, 23:50."""

import pytest

from apprenticeship.models import JobProject
from tests.factories import apprenticeship as seats
from tests.factories import projects
from tests.forms import fields_of

pytestmark = pytest.mark.usefixtures("while_companies_are_looked_for")


def words(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_form_tells_the_name_and_the_programme_and_nothing_else(client):
    candidacy = seats.selected(city="Perpignan")  # not where the school is, which the page names
    path = projects.address_of(projects.invited(candidacy))

    response = client.get(path)
    html = words(response)

    person = candidacy.application.person
    assert response.status_code == 200
    assert person.full_name in html
    assert candidacy.programme.title["fr"] in html
    for hidden in (
        person.user.email,
        candidacy.application.ref,
        str(person.phone),
        person.city,
        "/dossiers/",
    ):
        assert hidden not in html
    assert '<html lang="en">' in client.get(f"/en{path}").content.decode()


def test_a_half_filled_form_is_kept_word_for_word(client):
    """R-JOB-2: nothing that was typed is lost, readable or not."""
    project = projects.invited()
    path = projects.address_of(project)
    half = fields_of(client.get(path)) | {
        "siret": "732 829",
        "missions": "Préparer\r\nles chantiers",
        "starts_on": "sept",
    }

    saved = client.post(path, half | {"save": "1"}, follow=True)

    assert saved.redirect_chain == [(path, 302)]
    assert "Vous pouvez fermer cette page" in words(saved)
    shown = fields_of(saved)
    assert (shown["siret"], shown["starts_on"]) == ("732 829", "sept")
    assert shown["missions"].splitlines() == ["Préparer", "les chantiers"]
    assert projects.reread(project).state == "draft"


def test_a_form_that_cannot_be_sent_is_saved_and_says_what_lacks(client):
    project = projects.invited()
    path = projects.address_of(project)

    answer = client.post(
        path,
        projects.typed(siret="73282932000075", missions="", starts_on="31/02/2023") | {"send": "1"},
    )

    html = words(answer)
    assert answer.status_code == 422
    assert "Ce que vous avez saisi est enregistré, mais pas encore envoyé" in html
    assert set(answer.context["form"].errors) == {"siret", "missions", "starts_on"}
    for name in ("siret", "missions", "starts_on"):
        assert f'href="#id_{name}"' in html
    kept = projects.reread(project)
    assert (kept.state, kept.draft["company_name"], kept.draft["siret"]) == (
        "draft",
        "Bâtisseurs du Gard",
        "73282932000075",
    )


def test_a_form_is_sent_then_read(client):
    project = projects.invited()
    path = projects.address_of(project)

    sent = client.post(path, projects.typed() | {"send": "1"}, follow=True)

    html = words(sent)
    assert sent.redirect_chain == [(path, 302)]
    assert "Votre fiche est à l’école" in html
    assert "lundi 5 septembre 2022" in html
    assert "732 829 320 00074" in html
    assert "<textarea" not in html
    assert projects.reread(project).versions.get().content == projects.SHEET


def test_what_is_sent_is_not_written_again(client):
    project = projects.submitted()

    answer = client.post(
        projects.address_of(project), projects.typed(missions="Autre") | {"send": "1"}
    )

    assert answer.status_code == 200
    assert project.versions.get().content["missions"] == projects.SHEET["missions"]


def test_another_sheet_with_the_school_is_said_and_this_one_saved(client):
    candidacy = seats.selected()
    projects.submitted(candidacy)
    other = projects.invited(candidacy, "rh@autre.exemple.fr")

    answer = client.post(projects.address_of(other), projects.typed() | {"send": "1"})

    assert answer.status_code == 422
    assert "L’école étudie la fiche d’une autre entreprise" in words(answer)
    assert projects.reread(other).draft["job_title"] == projects.SHEET["job_title"]


def test_the_form_comes_back_with_the_remarks_and_what_was_sent(client):
    project = projects.sent_back("Précisez la troisième année.")

    response = client.get(projects.address_of(project))

    shown = fields_of(response)
    assert "Précisez la troisième année." in words(response)
    assert (shown["missions"].strip(), shown["starts_on"]) == (
        projects.SHEET["missions"],
        "05/09/2022",
    )


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("approved", "L’école a validé cet emploi le 20 mai 2022"),
        ("refused", "Les missions ne sont pas celles d’un ingénieur."),
    ],
)
def test_the_link_shows_what_became_of_it(client, made, said):
    project = getattr(projects, made)()

    assert said in words(client.get(projects.address_of(project)))


def test_an_employer_gives_up(client):
    project = projects.invited()
    path = projects.address_of(project)

    answer = client.post(path, {"decline": "1"}, follow=True)

    assert projects.reread(project).state == "abandoned"
    assert "Cette fiche est close" in words(answer)


def test_a_link_whose_project_is_gone_leads_nowhere(client):
    path = projects.address_of(projects.invited())
    JobProject.objects.all().delete()

    assert client.get(path).status_code == 404


def test_a_candidate_who_was_admitted_elsewhere_closes_the_sheet(client):
    candidacy = seats.selected()
    project = projects.invited(candidacy)
    candidacy.application.candidacies.update(state="admitted")

    assert "Cette fiche est close" in words(client.get(projects.address_of(project)))
