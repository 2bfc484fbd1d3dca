"""More places are opened, never fewer than are held."""

import pytest

from admissions.models import Seat
from admissions.places.services.pools import raise_capacity
from apprenticeship.projects.services.seats import release_seat
from campaigns.editing.services.loading import load_campaign
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
        raise_capacity(pool_id=jobs.pool().pk, ceiling=24, reason=WHY, actor=admin, now=jobs.NOW)

    assert [row.place_no for row in Seat.objects.order_by("asked_at")[22:]] == [23, 24, None]
    assert seats[24].application.seats.get().state == "queued"
    entry = JournalEntry.objects.get(verb="raise_capacity")
    assert (entry.actor_ref, entry.at, entry.reason, entry.data) == (
        str(admin.pk),
        jobs.NOW,
        WHY,
        {"from": 22, "to": 24},
    )
    campaign = dossiers.campaign()
    assert (campaign.current_version.number, campaign.current_version.reason) == (2, WHY)


def test_never_below_what_is_held_or_announced(admin):
    """R-PLA-4"""
    jobs.many_seated(25)
    pool_id = jobs.pool().pk
    raise_capacity(pool_id=pool_id, ceiling=24, reason=WHY, actor=admin, now=jobs.NOW)

    with pytest.raises(DomainError, match="capacity_below_held"):
        raise_capacity(pool_id=pool_id, ceiling=23, reason=WHY, actor=admin, now=jobs.NOW)
    with pytest.raises(DomainError, match="capacity_below_announced"):
        raise_capacity(pool_id=pool_id, ceiling=21, reason=WHY, actor=admin, now=jobs.NOW)
    with pytest.raises(DomainError, match="reason_is_missing"):
        raise_capacity(pool_id=pool_id, ceiling=30, reason=" ", actor=admin, now=jobs.NOW)
    assert Pool.objects.get(pk=pool_id).ceiling == 24


def test_a_file_with_fewer_places_than_are_held_is_refused(admin):
    """R-PLA-4"""
    office = accounts.company_office()
    seats = jobs.many_seated(25)
    raise_capacity(pool_id=jobs.pool().pk, ceiling=24, reason=WHY, actor=admin, now=jobs.NOW)

    with pytest.raises(DomainError, match="capacity_below_held"):
        load_campaign(document=ales_2022_document(), actor=SYSTEM, now=jobs.NOW)
    assert jobs.pool().ceiling == 24

    for seat in seats[:3]:
        release_seat(candidacy_ref=seat.candidacy.ref, reason="Défaut.", actor=office, now=jobs.NOW)
    load_campaign(document=ales_2022_document(), actor=SYSTEM, now=jobs.NOW)
    assert jobs.pool().ceiling == 22


@pytest.mark.parametrize(
    "who", ["company_office", "programme_head", "clerk", "juror", "administrator"]
)
def test_only_the_organiser_s_administrator_opens_places(admin, who):
    with pytest.raises(NotAllowedError, match="not_your_seats"):
        raise_capacity(
            pool_id=jobs.pool().pk,
            ceiling=24,
            reason=WHY,
            actor=getattr(accounts, who)(),
            now=jobs.NOW,
        )
