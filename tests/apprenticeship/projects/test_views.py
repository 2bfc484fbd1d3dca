"""The list of projects and their pages, for the pedagogical head and the company office."""

import pytest

from apprenticeship.models import JobProject
from tests.factories import accounts, projects
from tests.factories import apprenticeship as seats
from tests.factories.campaigns import ales_2024_document, load

pytestmark = pytest.mark.usefixtures("while_companies_are_looked_for")

LIST = "/admin/projects/"
QUERIES = 11


@pytest.fixture
def head(db):
    seats.dossiers.campaign()
    return accounts.with_second_factor(accounts.programme_head())


@pytest.fixture
def office(db):
    seats.dossiers.campaign()
    return accounts.with_second_factor(accounts.company_office())


def listed(response) -> list[str]:
    return [row.ref for row in response.context["page"].object_list]


def words(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_list_costs_the_same_at_three_and_at_three_hundred(
    signed_in, head, django_assert_num_queries
):
    client = signed_in(head)
    projects.many(3)
    client.get(LIST)

    with django_assert_num_queries(QUERIES):
        few = client.get(LIST)
    projects.many(297)
    with django_assert_num_queries(QUERIES):
        plenty = client.get(LIST)

    assert (len(listed(few)), len(listed(plenty))) == (3, 50)
    assert "300 projets" in words(plenty)


def test_the_list_opens_on_what_waits_longest(signed_in, head):
    projects.many(60)
    projects.refused()
    client = signed_in(head)

    refs = listed(client.get(LIST)) + listed(client.get(f"{LIST}?page=2"))

    waiting = JobProject.objects.filter(state="submitted").order_by("submitted_at")
    assert refs == list(waiting.values_list("ref", flat=True))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=TISSEURS", True),
        ("q=batisseurs.exemple", True),
        ("q=dupont", False),
        ("programme=INFRES-SR-1", True),
        ("programme=BAT-1", False),
        ("state=approved", False),
        ("state=&order=newest", True),
        ("campaign=nope", True),
        ("page=99", True),
    ],
)
def test_the_list_is_narrowed(signed_in, head, query, found):
    project = projects.submitted()

    assert (listed(signed_in(head).get(f"{LIST}?{query}")) == [project.ref]) is found


def test_the_list_finds_a_candidate(signed_in, head):
    project = projects.submitted(
        seats.selected(first_names="Élodie", birth_name="Cœur", usual_name="")
    )
    projects.submitted(seats.selected(first_names="Noé", birth_name="Garnier", usual_name=""))

    assert listed(signed_in(head).get(f"{LIST}?q=coeur+elodie")) == [project.ref]


def test_approving_says_before_what_it_does(signed_in, head):
    """R-JOB-3."""
    project = projects.submitted()
    client = signed_in(head)

    shown = words(client.get(f"{LIST}{project.ref}/approve/"))
    done = client.post(f"{LIST}{project.ref}/approve/", follow=True)

    assert "prend l’une des 22 places restantes, sur 22" in shown
    assert "Tient la place n° 1." in words(done)
    assert projects.reread(project).state == "approved"


def test_approving_says_when_there_is_a_queue(signed_in, head):
    projects.approved()
    pool = seats.pool()
    pool.floor = pool.ceiling = 1
    pool.save()
    project = projects.submitted()
    client = signed_in(head)

    assert "entrera en file d’attente" in words(client.get(f"{LIST}{project.ref}/approve/"))
    assert "rang 1 de la file" in words(client.post(f"{LIST}{project.ref}/approve/", follow=True))


@pytest.mark.parametrize(("act", "state"), [("changes", "changes_asked"), ("refuse", "refused")])
def test_a_sheet_is_sent_back_or_refused_with_words(signed_in, head, act, state):
    """R-JOB-2."""
    project = projects.submitted()
    client, path = signed_in(head), f"{LIST}{project.ref}/{act}/"

    silent = client.post(path, {"reason": " "})
    done = client.post(path, {"reason": "Missions à préciser."}, follow=True)

    kept = projects.reread(project)
    assert silent.status_code == 422
    assert (kept.state, kept.reason) == (state, "Missions à préciser.")
    assert words(done).count("Missions à préciser.") == 2  # as it stands, and in the history


def test_what_changed_between_versions_is_shown(signed_in, head):
    project = projects.send(projects.sent_back(), missions="Conduire un chantier.")

    html = words(signed_in(head).get(f"{LIST}{project.ref}/"))

    assert "Ce que la version 2 change à la version 1" in html
    assert html.count("Conduire un chantier.") == 2
    assert html.count(projects.SHEET["missions"]) == 1
    assert html.count(projects.SHEET["fit"]) == 1


def test_only_the_head_sees_the_buttons_of_a_decision(signed_in, head, office):
    project = projects.submitted()
    address = f"{LIST}{project.ref}/"

    assert f"{address}approve/" in words(signed_in(head).get(address))
    shown = words(signed_in(office).get(address))
    assert f"{address}approve/" not in shown
    assert f"{address}abandon/" in shown
    for act in ("approve", "changes", "refuse"):
        assert signed_in(office).post(f"{address}{act}/", {"reason": "Non."}).status_code == 404


def test_a_decided_project_says_why_nothing_can_be_done(signed_in, head):
    project = projects.refused()

    for act in ("approve", "changes", "refuse"):
        page = signed_in(head).get(f"{LIST}{project.ref}/{act}/")
        assert "Ce projet d’emploi a été refusé." in words(page)
        assert 'class="confirm' not in words(page)
    late = signed_in(head).post(f"{LIST}{project.ref}/approve/")
    assert (late.status_code, projects.reread(project).state) == (422, "refused")


def test_the_office_invites_for_a_candidate(signed_in, office):
    candidacy = seats.selected(first_names="Élodie", birth_name="Cœur", usual_name="")
    client = signed_in(office)
    path = f"{LIST}invite/?q=coeur"

    assert "Élodie Cœur" in words(client.get(path))
    assert "Élodie Cœur" not in words(client.get(f"{LIST}invite/"))
    done = client.post(path, {"candidacy": candidacy.ref, "email": projects.EMPLOYER})

    assert (done.status_code, JobProject.objects.get().candidacy) == (302, candidacy)


def test_the_office_sends_a_link_again_and_abandons(signed_in, office):
    project = projects.invited()
    client, former = signed_in(office), projects.link_of(project)

    client.post(f"{LIST}{project.ref}/resend/")
    assert projects.link_of(project) != former
    assert "le journal le dit" in words(client.get(f"{LIST}{project.ref}/abandon/"))
    client.post(f"{LIST}{project.ref}/abandon/")
    assert projects.reread(project).state == "abandoned"


def test_another_school_and_jurors_see_nothing(signed_in):
    """R-ELI-8."""
    project = projects.submitted()
    others = [
        accounts.juror(),
        accounts.president(),
        accounts.clerk(),
        accounts.programme_head(accounts.other_school()),
        accounts.company_office(accounts.other_school()),
        accounts.administrator(),
    ]
    for user in others:
        client = signed_in(accounts.with_second_factor(user))
        assert client.get(f"{LIST}{project.ref}/").status_code == 404
        assert project.ref not in words(client.get(LIST))


def test_the_screens_read_in_english(signed_in, head, office):
    project = projects.submitted()
    for user, paths in (
        (head, ("", f"{project.ref}/", f"{project.ref}/approve/")),
        (office, ("invite/",)),
    ):
        for path in paths:
            assert '<html lang="en">' in signed_in(user).get(f"/en{LIST}{path}").content.decode()


def test_showing_all_keeps_the_campaign_and_says_so_when_there_is_none(signed_in, head):
    client = signed_in(head)

    first = client.get("/admin/projects/").content.decode()
    everything = client.get("/admin/projects/?campaign=ales-2022&state=").content.decode()

    assert "?campaign=ales-2022&amp;state=" in first
    assert "une fois que les candidats ont invité" in everything


def test_the_first_campaign_is_one_with_projects(signed_in, head):
    projects.submitted()
    load(ales_2024_document())

    assert "Admissions 2022" in signed_in(head).get("/admin/projects/").content.decode()
