"""More places are opened, never fewer than are held."""

import pytest
from django.db import IntegrityError, transaction

from admissions.models import Seat
from admissions.places.rules import may_open_places
from admissions.places.selectors.pools import count_pool
from admissions.places.services.pools import raise_capacity
from apprenticeship.projects.services.seats import release_seat
from campaigns.document.schema import Pool as PoolOfFile
from campaigns.editing.services.loading import load_campaign
from campaigns.editing.services.setup import change_notice
from campaigns.models import Pool
from common.journal import SYSTEM
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs
from tests.factories.campaigns import ales_2022_document

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
WHY = "Un groupe de plus."


@pytest.fixture
def admin():
    dossiers.campaign()
    return accounts.school_admin()


def test_more_places_serve_those_who_wait_and_are_remembered(admin):
    """R-PLA-4"""
    seats = jobs.many_seated(25)

    for _ in range(2):
        raise_capacity(pool_id=jobs.pool().pk, places=24, reason=WHY, actor=admin, now=jobs.NOW)

    assert [row.place_no for row in Seat.objects.order_by("asked_at")[22:]] == [23, 24, None]
    assert seats[24].application.seats.get().state == "queued"
    entry = JournalEntry.objects.get(verb="raise_capacity")
    assert (entry.actor_ref, entry.at, entry.reason, entry.data) == (
        str(admin.pk),
        jobs.NOW,
        WHY,
        {"from": 22, "to": 24},
    )
    assert dossiers.campaign().current_version.number == 1  # what was announced stays as it was


def test_never_below_what_is_held_or_announced(admin):
    """R-PLA-4"""
    jobs.many_seated(25)
    pool_id = jobs.pool().pk
    raise_capacity(pool_id=pool_id, places=24, reason=WHY, actor=admin, now=jobs.NOW)

    with pytest.raises(DomainError, match="capacity_below_held"):
        raise_capacity(pool_id=pool_id, places=23, reason=WHY, actor=admin, now=jobs.NOW)
    with pytest.raises(DomainError, match="capacity_below_announced"):
        raise_capacity(pool_id=pool_id, places=21, reason=WHY, actor=admin, now=jobs.NOW)
    with pytest.raises(DomainError, match="reason_is_missing"):
        raise_capacity(pool_id=pool_id, places=30, reason=" ", actor=admin, now=jobs.NOW)
    assert Pool.objects.get(pk=pool_id).capacity == 24


def test_a_file_with_fewer_places_than_are_held_is_refused(admin):
    """R-PLA-4: what staff opened outlives the file, as far as it allows."""
    office = accounts.company_office()
    seats = jobs.many_seated(25)
    raise_capacity(pool_id=jobs.pool().pk, places=24, reason=WHY, actor=admin, now=jobs.NOW)
    load_campaign(document=ales_2022_document(), actor=SYSTEM, now=jobs.NOW)
    assert jobs.pool().capacity == 24
    firm = with_pool(floor=20, ceiling=22)

    with pytest.raises(DomainError, match="capacity_below_held"):
        load_campaign(document=firm, actor=SYSTEM, now=jobs.NOW)
    assert jobs.pool().capacity == 24

    for seat in seats[:3]:
        release_seat(candidacy_ref=seat.candidacy.ref, reason="Défaut.", actor=office, now=jobs.NOW)
    load_campaign(document=firm, actor=SYSTEM, now=jobs.NOW)
    assert jobs.pool().capacity == 22


def with_pool(**figures):
    document = ales_2022_document()
    pools = document.pools | {"infres-sr-1": PoolOfFile(**figures)}
    return document.model_copy(update={"pools": pools})


def test_of_a_range_the_floor_is_open_and_the_ceiling_never_passed(admin):
    """R-PLA-2: by the command, and by the database."""
    load_campaign(document=with_pool(floor=20, ceiling=24), actor=SYSTEM, now=jobs.NOW)
    jobs.many_seated(26)
    by = {"pool_id": jobs.pool().pk, "reason": WHY, "actor": admin, "now": jobs.NOW}
    count = count_pool(jobs.pool().pk, jobs.NOW)
    assert (count.capacity, count.held, count.queued, count.left) == (20, 20, 6, 0)

    raise_capacity(places=24, **by)

    assert Seat.objects.filter(state="held").count() == 24
    with pytest.raises(DomainError, match="capacity_above_most"):
        raise_capacity(places=25, **by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(pk=by["pool_id"]).update(opened=25)
    assert jobs.pool().capacity == 24


def test_year_2_never_passes_its_number(admin):
    """R-PLA-4: a few more places are for year 1 alone."""
    pool = Pool.objects.get(key="bat-2")
    by = {"pool_id": pool.pk, "reason": WHY, "actor": admin, "now": jobs.NOW}

    with pytest.raises(DomainError, match="capacity_above_most"):
        raise_capacity(places=2, **by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(pk=pool.pk).update(opened=2)
    assert Pool.objects.get(pk=pool.pk).capacity == 1


@pytest.mark.parametrize(
    ("places", "floor", "most", "held", "against"),
    [
        (42, 42, None, 40, []),
        (44, 42, None, 44, []),
        (10, 5, 10, 5, []),
        (11, 5, 10, 5, ["capacity_above_most"]),
        (4, 5, 10, 5, ["capacity_below_announced", "capacity_below_held"]),
        (6, 5, 10, 7, ["capacity_below_held"]),
        (2, 1, 1, 1, ["capacity_above_most"]),
    ],
)
def test_how_many_places_may_be_open(places, floor, most, held, against):
    """R-PLA-2, R-PLA-4"""
    verdict = may_open_places(places, pool="p", floor=floor, most=most, held=held)
    assert [refusal.code for refusal in verdict.refusals] == against


@pytest.mark.parametrize(
    "who", ["company_office", "programme_head", "clerk", "juror", "administrator"]
)
def test_only_the_organiser_s_administrator_opens_places(admin, who):
    with pytest.raises(NotAllowedError, match="not_your_seats"):
        raise_capacity(
            pool_id=jobs.pool().pk,
            places=24,
            reason=WHY,
            actor=getattr(accounts, who)(),
            now=jobs.NOW,
        )


def test_a_number_edited_meanwhile_leaves_open_what_was_opened(admin):
    """R-PLA-4: the form was read before; what was opened since stands, and is said."""
    edited = jobs.pool()
    raise_capacity(pool_id=edited.pk, places=24, reason=WHY, actor=admin, now=jobs.NOW)
    edited.floor = edited.ceiling = 25
    edited.full_clean()

    with pytest.raises(DomainError, match="open_places_are_left_out"):
        change_notice(
            campaign_id=edited.campaign_id,
            save=[(edited, ["floor", "ceiling"])],
            reason=WHY,
            actor=admin,
            now=jobs.NOW,
        )
    assert (jobs.pool().floor, jobs.pool().opened) == (22, 24)
