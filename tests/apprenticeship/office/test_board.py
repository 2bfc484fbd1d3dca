"""The board of places, and the way of a candidate to an admission."""

from datetime import datetime, timedelta

import pytest

from admissions.models import Candidacy, Seat
from apprenticeship.models import Commitment, Contract, PlacesNews
from campaigns.models import Programme
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = [pytest.mark.usefixtures("in_july"), pytest.mark.servers]

BOARD = "/admin/seats/"
POOL = f"{BOARD}?campaign=ales-2022&pool=infres-sr-1"
QUERIES = 22
DAY = timedelta(days=1)


def shown(response):
    return [(row.seat.state, row.seat.place_no) for row in response.context["rows"]]


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_board_costs_the_same_at_three_and_at_three_hundred(
    signed_in, office, django_assert_num_queries
):
    client = signed_in(office)
    jobs.many_seated(3)
    client.get(POOL)

    with django_assert_num_queries(QUERIES):
        few = client.get(POOL)
    jobs.many_waiting(297)
    with django_assert_num_queries(QUERIES):
        plenty = client.get(POOL)

    assert (len(shown(few)), len(shown(plenty))) == (3, 50)
    assert "3 places tenues sur 22" in text(plenty)
    assert "297 en attente" in text(plenty)


def test_places_come_first_then_those_who_wait_in_their_order(signed_in, office):
    seats = jobs.many_seated(24)

    page = signed_in(office).get(POOL)

    assert shown(page) == [("held", n) for n in range(1, 23)] + [("queued", None)] * 2
    assert [row.seat for row in page.context["rows"]][22:] == seats[22:]


def test_a_board_without_a_seat_says_when_the_first_comes(signed_in, office):
    page = signed_in(office).get(BOARD)

    assert page.status_code == 200
    assert "Aucune place n’est tenue ni demandée" in text(page)
    assert "0 place tenue sur 40" in text(page)


@pytest.mark.parametrize("query", ["campaign=nope", "pool=nope", "page=99", "page=x"])
def test_what_is_not_known_shows_the_first(signed_in, office, query):
    assert signed_in(office).get(f"{BOARD}?{query}").status_code == 200


def test_a_board_says_what_each_lacks(signed_in, office):
    ready, started = jobs.ready(office), jobs.selected(nationality="FR")
    jobs.seated(started)
    jobs.drafted(started, office)

    rows = {row.seat.candidacy_id: row for row in signed_in(office).get(POOL).context["rows"]}

    assert (rows[ready.pk].checklist.ready, rows[started.pk].checklist.ready) == (True, False)
    lacks = {item.condition: len(item.lacks) for item in rows[started.pk].checklist.items}
    assert lacks == {"project": 0, "seat": 0, "contract": 1, "proofs": 3}


def test_those_selected_without_a_place_are_listed_beside(signed_in, office):
    seated, waits, looking = jobs.selected(), jobs.selected(), jobs.selected()
    jobs.seated(seated)
    jobs.pool().__class__.objects.filter(pk=jobs.pool().pk).update(floor=1, ceiling=1)
    jobs.seated(waits)
    jobs.selected("BAT-1")  # of other places
    client = signed_in(office)

    page = client.get(f"{POOL}&show=without")

    assert [row.candidacy for row in page.context["rows"]] == [looking]
    assert f"{BOARD}{looking.ref}/" in text(page)
    assert "1 candidat retenu sans place" in text(client.get(POOL))
    jobs.seated(looking)
    assert "Aucun candidat retenu n’est sans place" in text(client.get(f"{POOL}&show=without"))


def test_a_school_of_a_shared_campaign_sees_its_own(signed_in, office):
    mine, other = jobs.selected("BAT-1"), jobs.selected("INFRES-SR-1")
    jobs.seated(mine)
    jobs.seated(other)
    school = accounts.other_school()
    Programme.objects.filter(code="BAT-1").update(school=school)
    client = signed_in(accounts.company_office(school))

    assert shown(client.get(f"{BOARD}?pool=bat-1")) == [("held", 1)]
    assert shown(client.get(f"{BOARD}?pool=infres-sr-1")) == []
    assert client.get(f"{BOARD}{mine.ref}/").status_code == 200
    assert client.get(f"{BOARD}{other.ref}/").status_code == 404


@pytest.mark.parametrize("who", ["clerk", "juror", "president", "administrator", "candidate"])
def test_for_anyone_else_the_board_does_not_exist(signed_in, office, who):
    candidacy = jobs.selected()
    jobs.seated(candidacy)
    client = signed_in(getattr(accounts, who)())

    assert [client.get(path).status_code for path in (BOARD, f"{BOARD}{candidacy.ref}/")] == [
        404,
        404,
    ]


@pytest.mark.parametrize(
    ("who", "acts"), [("company_office", True), ("school_admin", False), ("programme_head", False)]
)
def test_who_reads_is_not_always_who_acts(signed_in, office, who, acts):
    candidacy = jobs.selected()
    jobs.seated(candidacy)
    path = f"{BOARD}{candidacy.ref}/"
    client = signed_in(getattr(accounts, who)())

    page = client.get(path)

    assert page.status_code == 200
    assert (f"{path}release/" in text(page)) is acts
    assert client.get(f"{path}release/").status_code == (200 if acts else 404)
    assert client.post(f"{path}release/", {"reason": "Non."}).status_code == (302 if acts else 404)


def test_one_whom_the_jury_still_studies_is_not_shown(signed_in, office):
    candidacy = jobs.selected("BAT-1", also=("MKX-1",))
    studied = candidacy.application.candidacies.get(programme__code="MKX-1")

    assert signed_in(office).get(f"{BOARD}{studied.ref}/").status_code == 404


def test_a_file_says_every_reason_against_an_admission(signed_in, office):
    """R-JOB-5"""
    candidacy = jobs.selected()
    client = signed_in(office)

    page = text(client.get(f"{BOARD}{candidacy.ref}/"))
    locked = client.get(f"{BOARD}{candidacy.ref}/admit/")
    refused = client.post(f"{BOARD}{candidacy.ref}/admit/")

    for sentence in (
        "Aucun projet d’emploi n’est validé.",
        "Aucune place n’est tenue.",
        "Aucun contrat n’est préparé.",
    ):
        assert sentence in page
        assert sentence in text(locked)
    assert '<form class="confirm' not in text(locked)
    assert refused.status_code == 422
    assert jobs.reread(candidacy).state == "selected"


def test_the_office_leads_a_candidate_from_the_place_to_the_admission(signed_in, office):
    """R-JOB-3, R-JOB-5, R-JOB-10"""
    candidacy = jobs.selected(also=("MKX-1",))
    jobs.seated(candidacy)
    jobs.prove(candidacy)
    path = f"{BOARD}{candidacy.ref}/"
    client = signed_in(office)

    for address, data in (
        ("contract/", {"starts_on": "05/09/2022"}),
        ("contract/sign/", {"signed_on": "04/07/2022"}),
        ("contract/countersign/", {"countersigned_on": "08/07/2022"}),
    ):
        assert f"{path}{address}" in text(client.get(path))
        assert client.get(f"{path}{address}").status_code == 200
        assert client.post(f"{path}{address}", {}).status_code == 422
        assert client.post(f"{path}{address}", data)["Location"] == path
    confirm = text(client.get(f"{path}admit/"))
    done = client.post(f"{path}admit/", follow=True)

    assert "1 autre candidature de cette personne à la campagne est retirée." in confirm
    assert "L’admission est prononcée" in text(done)
    assert jobs.reread(candidacy).state == "admitted"
    assert Contract.objects.get().state == "countersigned"


def test_an_admission_is_taken_back_and_the_contract_broken(signed_in, office):
    candidacy = jobs.ready(office)
    path = f"{BOARD}{candidacy.ref}/"
    client = signed_in(office)
    client.post(f"{path}admit/")

    assert client.post(f"{path}revert/", {"reason": ""}).status_code == 422
    assert client.post(f"{path}revert/", {"reason": "Diplôme non obtenu."}).status_code == 302
    assert client.post(f"{path}contract/break/", {"reason": "Erreur."}).status_code == 302

    assert jobs.reread(candidacy).state == "selected"
    assert (Contract.objects.get().state, Seat.objects.get().state) == ("broken", "held")
    assert "Un contrat a été rompu" in text(client.get(path))


def test_a_school_administrator_admits_but_touches_no_contract(signed_in, office):
    candidacy = jobs.ready(office)
    path = f"{BOARD}{candidacy.ref}/"
    client = signed_in(accounts.school_admin())

    assert client.post(f"{path}contract/break/", {"reason": "Non."}).status_code == 404
    assert client.post(f"{path}admit/").status_code == 302
    assert jobs.reread(candidacy).state == "admitted"


def test_an_age_over_the_notice_s_asks_for_a_derogation(signed_in, office):
    """R-ELI-5"""
    candidacy = jobs.selected("MKX-1", born_on=jobs.STARTS_ON.replace(year=1990))
    jobs.seated(candidacy)
    path = f"{BOARD}{candidacy.ref}/contract/"
    client = signed_in(office)

    refused = client.post(path, {"starts_on": "05/09/2022", "derogation": ""})
    done = client.post(path, {"starts_on": "05/09/2022", "derogation": "RQTH"})

    assert refused.status_code == 422
    assert "30 ans ou plus (Brochure Mécatronique 2022)" in text(refused)
    assert done.status_code == 302


def test_one_who_withdrew_stays_readable(signed_in, office):
    candidacy = jobs.selected()
    jobs.seated(candidacy)
    Candidacy.objects.filter(pk=candidacy.pk).update(state="withdrawn")

    assert signed_in(office).get(f"{BOARD}{candidacy.ref}/").status_code == 200


def test_the_screens_read_in_english(signed_in, office):
    candidacy = jobs.ready(office)
    client = signed_in(office)

    for path in (BOARD, f"{BOARD}{candidacy.ref}/", f"{BOARD}{candidacy.ref}/admit/"):
        assert '<html lang="en">' in client.get(f"/en{path}").content.decode()


def test_reading_takes_no_other_verb(signed_in, office):
    client = signed_in(office)

    assert client.post(BOARD).status_code == 405


def test_a_file_says_whether_the_commitment_is_firm(signed_in, office):
    """R-JOB-4"""
    seat = jobs.seated(jobs.selected())
    page = f"{BOARD}{seat.candidacy.ref}/"
    row = Commitment.objects.create(
        application=seat.application,
        project=seat.candidacy.job_projects.get(),
        company_agreed_at=jobs.TOLD,
        school_agreed_at=jobs.APPROVED,
    )
    client = signed_in(office)
    waiting = client.get(page).content.decode()
    Commitment.objects.filter(pk=row.pk).update(state="firm", candidate_agreed_at=jobs.APPROVED)
    firm = client.get(page).content.decode()
    assert "le candidat ne s’est pas encore engagé" in waiting
    assert "Ferme depuis le vendredi 20 mai 2022" in firm.replace("\N{NO-BREAK SPACE}", " ")


def test_a_board_says_what_those_who_search_were_told(signed_in, office):
    """R-JOB-3: the last times that a letter went out, and what it said of these places."""
    campaign, at = dossiers.campaign(), datetime(2022, 5, 17, 10, tzinfo=dossiers.PARIS)
    places = {"infres-sr-1": {"left": 21, "capacity": 22}}
    for days, people in ((0, 12), (7, 0)):
        PlacesNews.objects.create(
            campaign=campaign, day=at + days * DAY, at=at + days * DAY, people=people, places=places
        )

    page = signed_in(office).get(POOL).content.decode()

    assert "Places restantes, telles qu’indiquées aux candidats en recherche" in page
    assert "12 candidats informés · ici, 21 sur 22" in page
    assert "24\u00a0mai" not in page


def test_a_board_of_places_added_since_says_what_was_told_without_them(signed_in, office):
    """R-JOB-3: a later load of the file added this group."""
    at = datetime(2022, 5, 17, 10, tzinfo=dossiers.PARIS)
    places = {"another-group": {"left": 3, "capacity": 4}}
    PlacesNews.objects.create(campaign=dossiers.campaign(), day=at, at=at, people=12, places=places)

    page = signed_in(office).get(POOL)

    assert page.status_code == 200
    assert "12 candidats informés</span>" in page.content.decode()
