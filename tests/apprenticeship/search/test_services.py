"""The search for a company begins on its date (R-JOB-1), and what the messages say."""

from datetime import timedelta

import pytest

from admissions.models import Candidacy, Seat
from apprenticeship.projects.mails import tell_left, tell_risen
from apprenticeship.search.selectors import searching
from apprenticeship.search.services.closing import CLOSE_SEARCH
from apprenticeship.search.services.opening import START_SEARCH, tell_those_selected_since
from campaigns.calendar.effects import Due
from campaigns.models import Milestone, MilestoneRun
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as seats
from tests.factories import jury, projects

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
DATE = projects.INVITED


def due() -> Due:
    milestone = Milestone.objects.get(campaign__slug=dossiers.SLUG, key="y1-search")
    return Due(run=None, milestone=milestone, campaign=dossiers.campaign(), now=DATE, late=False)


def letters(kind: str, language: str = "fr"):
    rows = list(Notification.objects.filter(kind=f"apprenticeship.{kind}").order_by("pk"))
    for row in rows:
        row.language = language
    composed = [letter for _row, letter in compose(rows)]
    assert not [letter for letter in composed if isinstance(letter, Exception)], composed
    return composed


def flat(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_all_who_are_selected_in_scope_are_told_once():
    """R-JOB-1."""
    told = seats.selected()
    seats.selected("BAT-2", title=jury.M1)
    dossiers.submitted()

    counts = [START_SEARCH.perform(due()), START_SEARCH.perform(due())]

    rows = Notification.objects.filter(kind="apprenticeship.search_open")
    assert counts == [{"told": 1}, {"told": 0}]
    assert [(row.to, row.about) for row in rows] == [
        (told.application.person.user.email, told.application.ref)
    ]
    assert START_SEARCH.preview(due().milestone, DATE) == {"told": 0}


def test_thousands_are_told_in_few_queries(django_assert_max_num_queries):
    seats.many_selected(1200)

    with django_assert_max_num_queries(50):
        counts = START_SEARCH.perform(due())
    assert (counts, searching(due().milestone).count()) == ({"told": 1200}, 1200)


def test_the_message_gives_the_places_left_and_their_moment():
    """R-JOB-3, R-JOB-5."""
    seats.seated(seats.selected(), at=DATE - timedelta(days=1))
    START_SEARCH.perform(due())

    text = flat(letters("search_open")[0].text)

    assert "Places restantes, comptées le jeudi 12 mai 2022 à 9 h, heure de Paris :" in text
    assert "Systèmes et réseaux – première année : 21 sur 22" in text
    assert text.startswith("Une aide à la recherche d’une entreprise d’accueil commence")
    assert "Ce n’est pas encore l’admission" in text
    assert "plus nombreuses que les places" not in text
    assert "/company/" in text
    assert "first year: 21 of 22" in flat(letters("search_open", "en")[0].text)


def test_an_invitation_says_who_what_until_when_and_whom_to_call_in_both_languages():
    """R-JOB-2."""
    project = projects.invited()
    name = project.candidacy.application.full_name
    letter = letters("employer_link")[0]
    text, address = flat(letter.text), projects.address_of(project)

    assert name in letter.subject
    assert f"{name}, à l’issue de la sélection pour « " in text
    assert "avant le samedi 11 juin 2022 à 9 h, heure de Paris" in text
    assert "would like to be your apprentice" in text
    assert f"/en{address}" in text
    assert "+33 4 66 78 50 00" in text
    assert letter.html.count(address) == 2


def test_one_selected_later_is_told_once_by_the_next_tick():
    """R-JOB-1: a late announcement, a rectification."""
    earlier = seats.selected()
    START_SEARCH.perform(due())
    runs = MilestoneRun.objects.filter(milestone=due().milestone)
    runs.update(state="done", finished_at=DATE)
    later = seats.selected()
    Candidacy.objects.filter(pk=later.pk).update(told_at=DATE + timedelta(days=1))

    tell_those_selected_since(DATE + timedelta(days=1))
    tell_those_selected_since(DATE + timedelta(days=2))

    told = (
        Notification.objects.filter(kind="apprenticeship.search_open")
        .order_by("pk")
        .values_list("about", flat=True)
    )
    assert list(told) == [earlier.application.ref, later.application.ref]


@pytest.mark.parametrize("before", [timedelta(0), timedelta(minutes=20)])
def test_one_whose_announcement_ended_after_the_search_had_begun_is_told(before):
    """R-JOB-1: it bears the hour at which it began, while another scheduler was already telling the others."""
    dossiers.campaign()
    START_SEARCH.perform(due())
    MilestoneRun.objects.filter(milestone=due().milestone).update(state="done", finished_at=DATE)
    missed = seats.selected()
    Candidacy.objects.filter(pk=missed.pk).update(told_at=DATE - before)

    tell_those_selected_since(DATE + timedelta(minutes=1))

    told = Notification.objects.filter(kind="apprenticeship.search_open").values_list(
        "about", flat=True
    )
    assert list(told) == [missed.application.ref]


def test_nobody_is_told_of_a_search_that_has_not_begun():
    seats.selected()
    tell_those_selected_since(DATE)
    assert not Notification.objects.filter(kind="apprenticeship.search_open").exists()


def test_every_message_about_a_project_is_written():
    projects.refused("Missions sans rapport.")
    approved = projects.approved()
    tell_left([approved], DATE)
    tell_risen([approved.candidacy.seats.get()], DATE)
    projects.sent_back("Précisez la troisième année.")

    told = flat(
        " ".join(letter.text for letter in [*letters("project_news"), *letters("employer_news")])
    )
    work = flat(" ".join(letter.text for letter in letters("project_work", "en")))

    assert "vous tenez la place n° 1 sur 22" in told
    assert "Missions sans rapport." in told
    assert "Précisez la troisième année." in told
    assert "Une place s’est libérée pour l’emploi" in told
    assert "le projet d’emploi est clos et aucun contrat n’est à signer" in told
    assert "It is for you to approve" in work


def closing() -> Due:
    """As at Albi on 20 September."""
    milestone = Milestone.objects.get(campaign__slug=dossiers.SLUG, key="term")
    return Due(
        run=None, milestone=milestone, campaign=dossiers.campaign(), now=seats.NOW, late=False
    )


def test_the_list_closes_on_those_without_a_place():
    """R-JOB-5: the first accepted by a company, until the places or the day run out."""
    held, queued, looking = (
        seats.many_seated(24)[0],
        Seat.objects.filter(state="queued")[0],
        seats.selected("BAT-1"),
    )
    project = projects.submitted(looking)
    undecided = dossiers.submitted(programmes=("MKX-1",)).candidacies.get()

    previewed = CLOSE_SEARCH.preview(closing().milestone, seats.NOW)
    counts = [CLOSE_SEARCH.perform(closing()), CLOSE_SEARCH.perform(closing())]

    states = {row.pk: row.state for row in Candidacy.objects.all()}
    assert counts == [previewed, {"closed": 0}] == [{"closed": 3}, {"closed": 0}]
    assert states[held.candidacy_id] == "selected"
    assert states[queued.candidacy_id] == states[looking.pk] == "closed"
    assert states[undecided.pk] == "submitted"
    project.refresh_from_db()
    assert project.state == "abandoned"
    assert Seat.objects.filter(state="queued").count() == 0
    assert {row.released_why for row in Seat.objects.filter(state="released")} == {"closed"}
    assert "ne tenez pas de place" in flat(letters("search_closed")[0].text)


def test_the_dossier_says_that_the_list_is_final_and_expects_nothing_more(client):
    """R-JOB-5"""
    application = seats.selected("BAT-1").application
    client.force_login(application.person.user)
    before = flat(client.get(f"/dossiers/{application.ref}/").content.decode())

    CLOSE_SEARCH.perform(closing())

    after = flat(client.get(f"/dossiers/{application.ref}/").content.decode())
    said = ("Attendu de vous", "La recherche d’une entreprise est terminée pour cette formation")
    assert [words in before for words in said] == [True, False]
    assert [words in after for words in said] == [False, True]


def test_a_thousand_are_closed_in_few_queries(django_assert_max_num_queries):
    seats.many_selected(1200)

    with django_assert_max_num_queries(120):
        assert CLOSE_SEARCH.perform(closing()) == {"closed": 1200}
