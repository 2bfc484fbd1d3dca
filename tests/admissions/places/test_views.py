"""The screen on which the supplementary list of a programme is drawn up (R-JOB-6)."""

from datetime import datetime, timedelta

import pytest
import time_machine

from admissions.models import SupplementaryEntry
from admissions.places.selectors.lists import lists_read
from apprenticeship.contracts.services import draft_contract, sign_contract
from campaigns.models import Milestone, Pool
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = pytest.mark.usefixtures("in_july")

A_WEEK_BEFORE = datetime(2022, 8, 29, tzinfo=dossiers.PARIS)
PAGE = "/admin/seats/list/ales-2022/INFRES-SR-1/"


@pytest.fixture(autouse=True)
def _a_week_before(in_july):
    with time_machine.travel(A_WEEK_BEFORE, tick=False):
        yield


@pytest.fixture
def group():
    campaign = dossiers.campaign()
    Milestone.objects.filter(campaign=campaign, key="term").update(status="firm")
    Pool.objects.filter(key="infres-sr-1").update(floor=2, ceiling=2)
    return [jobs.selected() for _ in range(3)]


@pytest.fixture
def office(group, signed_in):
    return signed_in(accounts.company_office())


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_office_ranks_those_who_search_and_reads_the_list(office, group):
    first, second, third = group
    page = text(office.get(PAGE))
    assert all(row.application.full_name in page for row in group)
    assert "lundi 5 décembre 2022" in page
    assert "encore accueillir 2 personnes" in page

    sent = office.post(PAGE, {first.ref: "2", second.ref: "1", third.ref: ""})

    assert (sent.status_code, sent["Location"]) == (302, PAGE)
    assert list(SupplementaryEntry.objects.values_list("candidacy", flat=True)) == [
        second.pk,
        first.pk,
    ]
    assert Notification.objects.filter(kind="admissions.trainee_listed").count() == 2
    page = text(office.get(PAGE))
    assert "Sur la liste complémentaire" in page
    assert "Aucune place n’est vacante" in page


def test_what_was_typed_stays_when_it_is_refused(office, group):
    first, second, _third = group
    answer = office.post(PAGE, {first.ref: "1", second.ref: "4"})
    assert answer.status_code == 422
    assert "Les rangs se suivent à partir de 1" in text(answer)
    assert 'value="4"' in text(answer)
    assert not SupplementaryEntry.objects.exists()


@pytest.mark.parametrize("typed", ["0", "-1", "un", "1000"])
def test_a_rank_is_a_number_from_one(office, group, typed):
    answer = office.post(PAGE, {group[0].ref: typed})
    assert answer.status_code == 422
    assert not SupplementaryEntry.objects.exists()


def test_before_its_day_the_page_says_when(office):
    with time_machine.travel(A_WEEK_BEFORE - timedelta(minutes=1), tick=False):
        page = text(office.get(PAGE))
    assert "se dresse à partir du 29 août 2022" in page
    assert "<input" not in page.split("draw-title")[1].split("</main>")[0]


def test_a_head_reads_it_only(group, signed_in):
    client = signed_in(accounts.programme_head())
    assert "service des entreprises" in text(client.get(PAGE))
    assert client.post(PAGE, {group[0].ref: "1"}).status_code == 403
    assert not SupplementaryEntry.objects.exists()


def test_the_board_leads_to_it_where_the_notice_has_one(office):
    board = "/admin/seats/?campaign=ales-2022&pool=infres-sr-1"
    assert PAGE in text(office.get(board))
    Milestone.objects.first().campaign.search_rule.delete()
    assert PAGE not in text(office.get(board))
    assert office.get(PAGE).status_code == 404


def test_the_candidate_reads_the_rank_and_the_last_day(office, group, signed_in):
    office.post(PAGE, {group[0].ref: "1"})
    owner = signed_in(group[0].application.person.user)
    page = text(owner.get(f"/dossiers/{group[0].application.ref}/company/"))
    assert "au rang 1" in page
    assert "jusqu’au lundi 5 décembre 2022 inclus" in page


def test_a_rank_typed_beside_someone_who_left_meanwhile_is_told(office, group):
    first, second, _third = group
    jobs.seated(first)
    answer = office.post(PAGE, {first.ref: "1", second.ref: "2"})
    assert answer.status_code == 422
    assert "sont parties entre-temps : 1." in text(answer)
    assert 'value="2"' in text(answer)
    assert not SupplementaryEntry.objects.exists()


def test_whoever_takes_back_places_reads_how_many_trainees_leave(office, group, signed_in):
    office.post(PAGE, {group[0].ref: "1"})
    admin = signed_in(accounts.school_admin())
    assert "1 stagiaire de la liste complémentaire" in text(
        admin.get("/admin/seats/capacity/ales-2022/infres-sr-1/")
    )


def test_whoever_fills_places_reads_how_many_others_leave(office, group, signed_in):
    first, second, third = group
    office.post(PAGE, {first.ref: "1", second.ref: "2"})
    projects = {row.ref: jobs.project(row, "submitted") for row in (first, third)}
    head = signed_in(accounts.programme_head())
    pages = {
        ref: text(head.get(f"/admin/projects/{project.ref}/approve/"))
        for ref, project in projects.items()
    }
    assert "1 stagiaire de la liste complémentaire" in pages[first.ref]
    assert "2 stagiaires de la liste complémentaire" in pages[third.ref]


def test_the_same_list_posted_twice_is_answered_as_the_first_time(office, group):
    posted = {"csrfmiddlewaretoken": "x", group[0].ref: "2", group[1].ref: "1", group[2].ref: ""}
    answers = [office.post(PAGE, posted) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert SupplementaryEntry.objects.count() == 2


def test_whoever_signed_reads_that_they_stay(office, group, signed_in):
    office.post(PAGE, {group[0].ref: "1"})
    trainee = jobs.reread(group[0])
    jobs.seated(trainee)
    by = {"candidacy_ref": trainee.ref, "actor": accounts.company_office(), "now": A_WEEK_BEFORE}
    draft_contract(starts_on=A_WEEK_BEFORE.date(), **by)
    sign_contract(signed_on=A_WEEK_BEFORE.date(), **by)
    owner = signed_in(trainee.application.person.user)
    page = text(owner.get(f"/dossiers/{trainee.application.ref}/company/"))
    assert "Votre contrat est signé : vous restez dans la formation." in page
    assert "vous quittez la formation" not in page


def test_another_school_reads_no_list_of_this_one(office, group):
    pool = Pool.objects.get(key="infres-sr-1")
    codes = {row.code for row in lists_read(accounts.company_office(), pool)}
    assert codes == {row.code for row in pool.programmes.all()}
    assert not lists_read(accounts.company_office(accounts.other_school()), pool)


def test_constant_queries(office, group, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as few:
        office.get(PAGE)
    jobs.many_selected(300)
    with django_assert_max_num_queries(len(few)):
        assert "<input" in text(office.get(PAGE))
