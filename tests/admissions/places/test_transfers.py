"""The option follows the company: transfer between programmes that share their places (R-ELI-8, R-PLA-5)."""

import pytest

from admissions.models import Candidacy
from admissions.places.services.transfers import transfer_candidacy
from campaigns.models import Pool, Programme
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as seats

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def candidacy() -> Candidacy:
    """Holds a place of a pool that two options share, as at Albi."""
    dossiers.campaign()
    shared = Pool.objects.get(key="infres-sr-1")
    Programme.objects.filter(code="INFRES-DL-1").update(pool=shared)
    row = seats.selected("INFRES-SR-1")
    seats.seated(row)
    return row


def transfer(candidacy, code="INFRES-DL-1", actor=None):
    office = actor or accounts.company_office()
    return transfer_candidacy(
        candidacy_ref=candidacy.ref, programme_code=code, actor=office, now=seats.NOW
    )


def test_everything_but_the_programme_stays(candidacy):
    """No new fee, the same seat, the same decisions."""
    application = candidacy.application
    charges, outcome = list(application.charges.values_list("cents", flat=True)), candidacy.outcome

    moved = transfer(candidacy)
    transfer(candidacy)

    moved = Candidacy.objects.get(pk=moved.pk)
    assert (moved.programme.code, moved.state, moved.outcome) == (
        "INFRES-DL-1",
        "selected",
        outcome,
    )
    assert application.seats.get().state == "held"
    assert list(application.charges.values_list("cents", flat=True)) == charges
    [entry] = JournalEntry.objects.filter(verb="transfer")
    assert entry.data == {"from": "INFRES-SR-1", "to": "INFRES-DL-1"}
    [(_, letter)] = compose(list(Notification.objects.filter(kind="admissions.transferred")))
    assert "Développement logiciel" in letter.subject
    assert "l’option suit l’entreprise" in letter.text


def test_there_and_back_and_there_again_is_told_each_time(candidacy):
    for code in ("INFRES-DL-1", candidacy.programme.code, "INFRES-DL-1"):
        transfer(candidacy, code)

    rows = Notification.objects.filter(kind="admissions.transferred").order_by("pk")
    assert list(rows.values_list("dedupe_key", "refs__from")) == [
        (f"admissions.transferred:{candidacy.ref}:1", "INFRES-SR-1"),
        (f"admissions.transferred:{candidacy.ref}:2", "INFRES-DL-1"),
        (f"admissions.transferred:{candidacy.ref}:3", "INFRES-SR-1"),
    ]


def test_only_where_places_and_selection_are_shared(candidacy):
    for code in ("BAT-1", "INFRES-SR-2", "NOWHERE"):
        with pytest.raises(DomainError, match="programme_shares_no_place"):
            transfer(candidacy, code)


def test_not_where_the_dossier_applies_already(candidacy):
    target = Programme.objects.get(code="INFRES-DL-1")
    Candidacy.objects.create(application=candidacy.application, programme=target, state="submitted")
    with pytest.raises(DomainError, match="programme_shares_no_place"):
        transfer(candidacy)


def test_only_the_company_office_transfers(candidacy):
    for stranger in (
        candidacy.application.person.user,
        accounts.programme_head(),
        accounts.clerk(),
    ):
        with pytest.raises(NotAllowedError):
            transfer(candidacy, actor=stranger)


def test_the_office_transfers_on_its_page(candidacy, client):
    client.force_login(accounts.with_second_factor(accounts.company_office()))
    dossier = f"/admin/seats/{candidacy.ref}/"

    assert f"{dossier}transfer/" in client.get(dossier).content.decode()
    assert client.post(f"{dossier}transfer/", {}).status_code == 422
    done = client.post(f"{dossier}transfer/", {"programme_code": "INFRES-DL-1"})
    assert done["Location"] == dossier
    assert Candidacy.objects.get(pk=candidacy.pk).programme.code == "INFRES-DL-1"
