"""Seats: taken or queued for, replaced, given back, counted."""

from datetime import timedelta

import pytest

from admissions.dossier.services import endings
from admissions.models import Seat
from admissions.places.selectors.pools import count_pool, count_pools
from admissions.places.services.pools import fill_pools
from apprenticeship.models import Contract, JobProject
from apprenticeship.projects.services.seats import release_seat, take_seat
from campaigns.models import Pool
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
BAT_1, BAT_2 = "BAT-1", "BAT-2"  # pools of 40 and of 1


@pytest.fixture
def office():
    dossiers.campaign()
    return accounts.company_office()


def seats():
    return list(Seat.objects.order_by("asked_at", "pk").values_list("state", "place_no"))


def told():
    return list(
        Notification.objects.filter(kind__regex=r"^apprenticeship\.|\.place_")
        .order_by("pk")
        .values_list("kind", "to")
    )


def test_an_approved_project_takes_the_lowest_place(office):
    """R-JOB-3, R-PLA-5"""
    first, second = jobs.many_seated(2)

    assert seats() == [("held", 1), ("held", 2)]
    assert (first.held_at, second.application.seats.get()) == (jobs.APPROVED, second)
    assert list(
        JournalEntry.objects.filter(object_type="seat")
        .order_by("pk")
        .values_list("verb", "from_state", "to_state")
    ) == [("take", "", "held"), ("take", "", "held")]


def test_placed_again_it_is_the_same_seat(office):
    seat = jobs.seated(jobs.selected())

    assert take_seat(JobProject.objects.get(), stamp=jobs.STAMP) == seat
    assert seats() == [("held", 1)]


def test_beyond_the_ceiling_one_waits_in_the_order_asked_for(office):
    jobs.many_seated(24)

    assert seats() == [("held", n) for n in range(1, 23)] + [("queued", None)] * 2
    assert told() == []


def test_a_place_given_back_goes_to_the_first_who_waits_and_is_told(office):
    """R-JOB-3"""
    rows = jobs.many_seated(24)
    fifth, waiting = rows[4], rows[22]

    release_seat(
        candidacy_ref=fifth.candidacy.ref,
        reason="L’entreprise renonce.",
        actor=office,
        now=jobs.NOW,
    )

    fifth.refresh_from_db()
    waiting.refresh_from_db()
    assert (fifth.state, fifth.place_no, fifth.released_why) == (
        "released",
        None,
        "L’entreprise renonce.",
    )
    project = fifth.candidacy.job_projects.get()
    assert (project.state, project.reason) == ("defaulted", "L’entreprise renonce.")
    assert (waiting.state, waiting.place_no, waiting.held_at) == ("held", 5, jobs.NOW)
    assert rows[23].application.seats.get().state == "queued"
    assert told() == [
        ("admissions.place_held", waiting.application.person.user.email),
        ("apprenticeship.employer_news", waiting.candidacy.job_projects.get().employer_email),
        ("admissions.place_lost", fifth.application.person.user.email),
    ]


def test_a_seat_given_back_twice_is_given_back_once(office):
    rows = jobs.many_seated(24)
    ref = rows[0].candidacy.ref
    for _ in range(2):
        release_seat(candidacy_ref=ref, reason="Défaut.", actor=office, now=jobs.NOW)

    assert Seat.objects.filter(state="held").count() == 22
    assert Seat.objects.filter(state="released").count() == 1


def test_a_seat_is_given_back_for_a_reason_and_by_the_office_alone(office):
    candidacy = jobs.selected()
    jobs.seated(candidacy)

    with pytest.raises(DomainError, match="reason_is_missing"):
        release_seat(candidacy_ref=candidacy.ref, reason="  ", actor=office, now=jobs.NOW)
    for actor in (
        accounts.programme_head(),
        accounts.school_admin(),
        accounts.juror(),
        accounts.administrator(),
    ):
        with pytest.raises(NotAllowedError, match="not_your_seats"):
            release_seat(candidacy_ref=candidacy.ref, reason="Non.", actor=actor, now=jobs.NOW)
    assert seats() == [("held", 1)]


def test_a_second_project_of_the_same_pool_replaces_the_first_on_its_seat(office):
    jobs.many_seated(3)
    candidacy = jobs.reread(Seat.objects.get(place_no=2).candidacy)
    jobs.drafted(candidacy, office)

    seat = jobs.seated(candidacy, at=jobs.NOW)

    assert (seat.place_no, seat.asked_at) == (2, jobs.APPROVED + timedelta(minutes=1))
    assert list(candidacy.job_projects.order_by("pk").values_list("state", flat=True)) == [
        "replaced",
        "approved",
    ]
    assert seat.candidacy.job_projects.get(state="approved") == candidacy.job_projects.get(
        state="approved"
    )
    assert Contract.objects.count() == 0  # its draft was for the first project


def test_one_who_waits_keeps_the_rank_with_another_project(office):
    rows = jobs.many_seated(24)
    waiting = jobs.reread(rows[22].candidacy)

    jobs.seated(waiting, at=jobs.NOW)
    release_seat(candidacy_ref=rows[0].candidacy.ref, reason="Défaut.", actor=office, now=jobs.NOW)

    assert waiting.application.seats.get().place_no == 1


def test_a_project_of_another_pool_gives_back_the_first_seat(office):
    candidacy = jobs.selected("INFRES-SR-1", also=("INFRES-DL-1",))
    other = candidacy.application.candidacies.get(programme__code="INFRES-DL-1")
    jobs.select(candidacy.application, "INFRES-DL-1")
    before = jobs.seated(candidacy)

    seat = jobs.seated(jobs.reread(other), at=jobs.NOW)

    before.refresh_from_db()
    assert (before.state, before.released_why) == ("released", "moved")
    assert (seat.state, seat.place_no, seat.pool.key) == ("held", 1, "infres-dl-1")
    assert JobProject.objects.get(candidacy=candidacy).state == "replaced"


def test_a_project_under_a_signed_contract_is_not_replaced(office):
    candidacy = jobs.selected()
    jobs.seated(candidacy)
    jobs.signed(candidacy, office)

    with pytest.raises(DomainError, match="contract_to_break_first"):
        jobs.seated(candidacy, at=jobs.NOW)


def test_a_seat_under_a_signed_contract_or_an_admission_is_not_given_back(office):
    signed, admitted = jobs.selected(), jobs.ready(office)
    jobs.seated(signed)
    jobs.signed(signed, office)
    type(admitted).objects.filter(pk=admitted.pk).update(state="admitted")

    with pytest.raises(DomainError, match="contract_to_break_first"):
        release_seat(candidacy_ref=signed.ref, reason="Défaut.", actor=office, now=jobs.NOW)
    with pytest.raises(DomainError, match="admission_to_revert_first"):
        release_seat(candidacy_ref=admitted.ref, reason="Défaut.", actor=office, now=jobs.NOW)


@pytest.mark.parametrize(
    ("contract", "left"), [("drafted", None), ("signed", "broken"), ("countersigned", "broken")]
)
def test_with_a_withdrawal_all_is_given_back(office, contract, left):
    """R-APP-9"""
    candidacy = jobs.selected()
    jobs.project(candidacy, "submitted")
    jobs.seated(candidacy)
    getattr(jobs, contract)(candidacy, office)
    waiting = jobs.many_seated(22)[-1]

    endings.withdraw_application(now=jobs.NOW, **dossiers.whose(candidacy.application))

    assert list(candidacy.job_projects.values_list("state", flat=True)) == [
        "abandoned",
        "abandoned",
    ]
    assert candidacy.application.seats.get().released_why == "withdrawn"
    assert [row.state for row in Contract.objects.all()] == ([left] if left else [])
    waiting.refresh_from_db()
    assert (waiting.state, waiting.place_no) == ("held", 1)
    closed = Notification.objects.filter(
        kind="apprenticeship.employer_news", dedupe_key__endswith=":left"
    )
    assert closed.count() == 2


def test_withdrawing_from_another_programme_leaves_the_seat(office):
    candidacy = jobs.selected(BAT_1, also=("MKX-1",))
    seat = jobs.seated(candidacy)
    other = candidacy.application.candidacies.get(programme__code="MKX-1")

    endings.withdraw_candidacy(
        candidacy_ref=other.ref, now=jobs.NOW, **dossiers.whose(candidacy.application)
    )

    seat.refresh_from_db()
    assert seat.state == "held"


def test_a_pool_is_counted_with_the_moment(office, django_assert_num_queries):
    """R-PLA-5"""
    jobs.many_seated(24)
    campaign = dossiers.campaign()

    with django_assert_num_queries(2):
        counts = {count.pool.key: count for count in count_pools(campaign, jobs.NOW)}
    one = count_pool(jobs.pool().pk, jobs.NOW)

    assert counts["infres-sr-1"] == one
    assert (one.capacity, one.held, one.left, one.queued, one.at) == (22, 22, 0, 2, jobs.NOW)
    assert [row.code for row in one.programmes] == ["INFRES-SR-1"]
    assert (counts["bat-2"].capacity, counts["bat-2"].left) == (1, 1)


def test_places_opened_meanwhile_go_to_those_who_wait(office):
    """R-PLA-4"""
    jobs.many_seated(26)
    Pool.objects.filter(pk=jobs.pool().pk).update(floor=25, ceiling=25)

    late = jobs.seated(jobs.reread(jobs.many_selected(1)[0]), at=jobs.NOW)
    fill_pools(jobs.NOW)
    fill_pools(jobs.NOW)

    assert Seat.objects.filter(state="held").count() == 25
    assert late.state == "queued"
    assert (
        sorted(kind for kind, _ in told())
        == ["admissions.place_held"] * 3 + ["apprenticeship.employer_news"] * 3
    )
