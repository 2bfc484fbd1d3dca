"""The employer's page: a link, no account, a phone, 23:50."""

import pytest

from apprenticeship.models import JobProject
from apprenticeship.projects.services import writing
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

    application = candidacy.application
    assert response.status_code == 200
    assert application.full_name in html
    assert candidacy.programme.title["fr"] in html
    for hidden in (
        application.email,
        application.ref,
        str(application.phone),
        application.city,
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

    saved = client.post(f"{path}save/", half, follow=True)

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
        f"{path}send/",
        projects.typed(siret="73282932000075", missions="", starts_on="31/02/2023"),
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

    sent = client.post(f"{path}send/", projects.typed(), follow=True)

    html = words(sent)
    assert sent.redirect_chain == [(path, 302)]
    assert "Votre fiche est à l’école" in html
    assert "lundi 5 septembre 2022" in html
    assert "732 829 320 00074" in html
    assert "<textarea" not in html
    assert projects.reread(project).versions.get().content == projects.SHEET


def test_what_is_sent_is_not_written_again(client):
    project = projects.submitted()

    answer = client.post(projects.address_of(project) + "send/", projects.typed(missions="Autre"))

    assert answer.status_code == 200
    assert project.versions.get().content["missions"] == projects.SHEET["missions"]


def test_another_sheet_with_the_school_is_said_and_this_one_saved(client):
    candidacy = seats.selected()
    projects.submitted(candidacy)
    other = projects.invited(candidacy, "rh@autre.exemple.fr")

    answer = client.post(projects.address_of(other) + "send/", projects.typed())

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

    answer = client.post(f"{path}decline/", follow=True)

    assert projects.reread(project).state == "abandoned"
    assert "Cette fiche est close" in words(answer)


def test_each_act_has_its_button_and_its_address(client):
    path = projects.address_of(projects.invited())

    html = words(client.get(path))

    assert f'action="{path}save/" novalidate data-keep=' in html
    assert f'data-keep-at="{path}"' in html
    assert f'formaction="{path}send/"' in html
    assert f'action="{path}decline/"' in html
    assert 'name="send"' not in html


@pytest.mark.parametrize("act", ["save", "send", "decline"])
def test_the_address_of_an_act_leads_to_the_page_when_it_is_read(client, act):
    """The language is changed, or the page reloaded, after an answer with mistakes."""
    project = projects.invited()
    path = projects.address_of(project)

    answer = client.get(f"{path}{act}/")

    assert (answer.status_code, answer["Location"]) == (302, path)
    assert projects.reread(project).state == "draft"


def test_there_are_three_acts(client):
    path = projects.address_of(projects.invited())

    assert client.post(f"{path}approve/").status_code == 404


@pytest.mark.parametrize("button", ["save", "send"])
def test_a_page_opened_before_the_acts_had_addresses_is_saved(client, button):
    project = projects.invited()
    path = projects.address_of(project)

    answer = client.post(path, projects.typed() | {button: "1"})

    assert (answer.status_code, answer["Location"]) == (302, path)
    kept = projects.reread(project)
    assert (kept.state, kept.draft["job_title"]) == ("draft", projects.SHEET["job_title"])


def test_the_former_button_that_gives_up_empties_nothing(client):
    project = projects.invited()
    path = projects.address_of(project)
    client.post(f"{path}save/", projects.typed())

    answer = client.post(path, {"decline": "1"})

    kept = projects.reread(project)
    assert answer.status_code == 200
    assert (kept.state, kept.draft["job_title"]) == ("draft", projects.SHEET["job_title"])


def test_a_link_whose_project_is_gone_leads_nowhere(client):
    path = projects.address_of(projects.invited())
    JobProject.objects.all().delete()

    assert client.get(path).status_code == 404


def test_a_candidate_who_was_admitted_elsewhere_closes_the_sheet(client):
    candidacy = seats.selected()
    project = projects.invited(candidacy)
    candidacy.application.candidacies.update(state="admitted")

    assert "Cette fiche est close" in words(client.get(projects.address_of(project)))


# --- Someone else was quicker -------------------------------------------------------


def opened_then_saved_by_a_colleague(client, **theirs: str) -> tuple[JobProject, str, dict]:
    """A page that is open, and another text that is saved meanwhile."""
    project = projects.invited()
    path = projects.address_of(project)
    mine = fields_of(client.get(path))
    client.post(f"{path}save/", mine | projects.typed(**theirs))
    return project, path, mine


def test_a_text_that_was_not_seen_is_shown_beside_mine_and_kept(client):
    project, path, mine = opened_then_saved_by_a_colleague(client, missions="Leurs missions")

    answer = client.post(
        f"{path}save/",
        mine | projects.typed(missions="Mes missions\r\nà moi", starts_on="sept"),
    )

    html = words(answer)
    assert answer.status_code == 409
    assert "Quelqu’un a enregistré un autre texte pendant que vous remplissiez cette page" in html
    rows = [(row.label, row.before, row.after) for row in answer.context["both"]]
    assert rows == [
        ("Missions confiées", "Leurs missions", "Mes missions\r\nà moi"),
        ("Début du contrat", "05/09/2022", "sept"),
    ]
    assert projects.reread(project).draft["missions"] == "Leurs missions"


def test_mine_is_put_in_its_place_word_for_word(client):
    project, path, mine = opened_then_saved_by_a_colleague(client, missions="Leurs missions")
    answer = client.post(
        f"{path}save/", mine | projects.typed(missions="Les miennes,\r\nà « moi »")
    )

    client.post(f"{path}save/", fields_of(answer))

    kept = projects.reread(project)
    assert kept.draft == projects.typed(missions="Les miennes,\r\nà « moi »")
    assert kept.state == "draft"


def test_theirs_is_kept_by_going_back_to_the_form(client):
    _, path, mine = opened_then_saved_by_a_colleague(client, missions="Leurs missions")
    answer = client.post(f"{path}send/", mine | projects.typed(missions="Les miennes"))

    assert answer.status_code == 409
    assert f'<a class="btn btn-secondary" href="{path}">Garder l’autre</a>' in words(answer)
    assert fields_of(client.get(path))["missions"].strip() == "Leurs missions"


def test_a_colleague_who_saves_again_is_seen_again(client):
    project, path, mine = opened_then_saved_by_a_colleague(client, missions="Un")
    answer = client.post(f"{path}save/", mine | projects.typed(missions="Deux"))
    link = projects.link_of(project).pk
    writing.save_draft(link_id=link, content=projects.typed(missions="Trois"), now=projects.SENT)

    again = client.post(f"{path}save/", fields_of(answer))

    assert again.status_code == 409
    assert projects.reread(project).draft["missions"] == "Trois"


def test_the_same_form_goes_on_after_an_answer_with_mistakes(client):
    """The page that says what lacks has seen what it saved: the next attempt is not taken for another's."""
    project = projects.invited()
    path = projects.address_of(project)
    first = client.post(f"{path}send/", fields_of(client.get(path)) | projects.typed(missions=""))
    assert first.status_code == 422

    second = client.post(f"{path}send/", fields_of(first) | {"missions": "Suivre."})

    assert second.status_code == 302
    assert projects.reread(project).state == "submitted"


def test_what_was_typed_after_a_colleague_sent_the_sheet_is_shown_once_more(client):
    project = projects.invited()
    path = projects.address_of(project)
    mine = fields_of(client.get(path)) | projects.typed(missions="Autre chose")
    projects.send(project)

    answer = client.post(f"{path}save/", mine)

    assert answer.status_code == 409
    assert "Cette page a été fermée pendant que vous la remplissiez" in words(answer)
    assert [row.after for row in answer.context["both"]] == ["Autre chose"]
    assert "Mettre le mien" not in words(answer)


def test_a_sheet_sent_by_two_clicks_is_just_sent(client):
    project = projects.invited()
    path = projects.address_of(project)
    mine = fields_of(client.get(path)) | projects.typed()
    client.post(f"{path}send/", mine)

    answer = client.post(f"{path}send/", mine)

    assert answer.status_code == 200
    assert "Votre fiche est à l’école" in words(answer)


def test_a_draft_of_yesterday_is_still_read(client):
    """Kept before a field was added, with one that is asked no more, and opened by a page that says nothing of it."""
    project = projects.invited()
    path = projects.address_of(project)
    JobProject.objects.filter(pk=project.pk).update(
        draft={"company_name": "Bâtisseurs", "starts_on": "2022-09-05", "fax": "04", "fit": None}
    )

    shown = fields_of(client.get(path))
    assert (shown["company_name"], shown["starts_on"]) == ("Bâtisseurs", "05/09/2022")
    before = {name: text for name, text in shown.items() if name != "seen"}
    assert client.post(f"{path}save/", before | {"city": "Alès"}).status_code == 302
    assert projects.reread(project).draft["city"] == "Alès"
