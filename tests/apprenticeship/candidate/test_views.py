"""The candidate's search for a company."""

import pytest

from admissions.models import Candidacy
from apprenticeship.models import JobProject
from tests.factories import accounts, projects
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as seats

pytestmark = pytest.mark.usefixtures("while_companies_are_looked_for")


def page(candidacy) -> str:
    return f"/dossiers/{candidacy.application.ref}/company/"


def words(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("state", ["submitted", "in_selection", "rejected"])
def test_before_one_is_selected_the_page_does_not_exist(signed_in, state):
    """Nothing of a sealed decision shows: recorded or not, it is the same 404."""
    application = dossiers.submitted(programmes=("INFRES-SR-1",))
    row = application.candidacies.get()
    stage = row.programme.selection.stages.first() if state == "in_selection" else None
    application.candidacies.update(state=state, stage=stage)
    client = signed_in(application.person.user)

    assert client.get(f"/dossiers/{application.ref}/company/").status_code == 404
    assert (
        client.post(f"/dossiers/{application.ref}/company/", {"email": "a@b.fr"}).status_code == 404
    )


def test_places_left_are_told_with_the_moment_and_no_promise(signed_in):
    """R-JOB-3, R-JOB-5."""
    seats.seated(seats.selected())
    candidacy = seats.selected()

    html = words(signed_in(candidacy.application.person.user).get(page(candidacy)))

    assert "21 sur 22" in html
    assert "Compté le vendredi 20 mai 2022 à 15 h, heure de Paris" in html
    assert "Ce n’est pas encore l’admission" in html


def test_the_six_steps_of_the_search_are_given(signed_in):
    """R-JOB-8."""
    candidacy = seats.selected()
    html = words(signed_in(candidacy.application.person.user).get(page(candidacy)))

    steps = ["Réfléchir", "Candidater", "Convaincre", "Se positionner", "Décider", "Signer"]
    assert [step for step in steps if f"<strong>{step}</strong>" in html] == steps


def test_an_employer_is_invited_from_the_page(signed_in):
    candidacy = seats.selected()
    client = signed_in(candidacy.application.person.user)

    wrong = client.post(page(candidacy), {"candidacy": candidacy.ref, "email": "rh"})
    done = client.post(page(candidacy), {"candidacy": candidacy.ref, "email": projects.EMPLOYER})

    assert wrong.status_code == 422
    assert (done.status_code, done["Location"]) == (302, page(candidacy))
    assert JobProject.objects.get().employer_email == projects.EMPLOYER


def test_a_candidacy_of_someone_else_is_not_taken(signed_in):
    mine, other = seats.selected(), seats.selected()
    client = signed_in(mine.application.person.user)

    answer = client.post(page(mine), {"candidacy": other.ref, "email": projects.EMPLOYER})

    assert (answer.status_code, JobProject.objects.count()) == (422, 0)


def test_remarks_are_told_to_the_candidate(signed_in):
    project = projects.sent_back("Précisez la troisième année.")
    candidacy = project.candidacy

    html = words(signed_in(candidacy.application.person.user).get(page(candidacy)))

    assert "Précisez la troisième année." in html
    assert "Modifications demandées" in html


def test_a_place_and_a_rank_are_told(signed_in):
    pool = seats.selected().programme.pool
    pool.floor = pool.ceiling = 1
    pool.save()
    first, second = projects.approved().candidacy, projects.approved().candidacy

    held = words(signed_in(first.application.person.user).get(page(first)))
    queued = words(signed_in(second.application.person.user).get(page(second)))

    assert "Vous tenez la place 1" in held
    assert "en file d’attente : rang 1" in queued


def test_a_project_is_abandoned_after_a_question(signed_in):
    project = projects.invited()
    candidacy = project.candidacy
    client = signed_in(candidacy.application.person.user)
    path = f"/dossiers/{candidacy.application.ref}/projects/{project.ref}/abandon/"

    assert "est abandonné" in words(client.get(path))
    assert client.post(path)["Location"] == page(candidacy)
    assert projects.reread(project).state == "abandoned"


def test_a_new_link_is_sent(signed_in):
    project = projects.invited()
    candidacy = project.candidacy
    client = signed_in(candidacy.application.person.user)
    before = projects.link_of(project)

    client.post(f"/dossiers/{candidacy.application.ref}/projects/{project.ref}/resend/")

    assert projects.link_of(project) != before


def test_a_project_of_another_dossier_does_not_exist(signed_in):
    project, other = projects.invited(), seats.selected()
    client = signed_in(other.application.person.user)
    base = f"/dossiers/{other.application.ref}/projects/{project.ref}"

    assert [client.post(f"{base}/{act}/").status_code for act in ("resend", "abandon")] == [
        404,
        404,
    ]


def test_staff_and_strangers_do_not_reach_it(signed_in):
    candidacy = seats.selected()
    for user in (accounts.candidate(), accounts.with_second_factor(accounts.company_office())):
        assert signed_in(user).get(page(candidacy)).status_code == 404


def test_a_project_that_is_approved_is_not_abandoned_and_the_page_says_why(signed_in):
    project = projects.approved()
    client = signed_in(project.candidacy.application.person.user)

    html = words(
        client.get(f"/dossiers/{project.candidacy.application.ref}/projects/{project.ref}/abandon/")
    )

    assert "Abandonner et prévenir" not in html


def test_once_the_search_is_over_its_page_leads_to_the_dossier(signed_in):
    """R-JOB-5: a link of an older message stays good."""
    candidacy = seats.selected()
    Candidacy.objects.filter(pk=candidacy.pk).update(state="closed")
    dossier = f"/dossiers/{candidacy.application.ref}/"
    answer = signed_in(candidacy.application.person.user).get(f"{dossier}company/")
    assert (answer.status_code, answer["Location"]) == (302, dossier)
    assert (
        signed_in(seats.selected().application.person.user).get(f"{dossier}company/").status_code
        == 404
    )
