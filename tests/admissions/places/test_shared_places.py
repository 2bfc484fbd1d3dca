"""Contrat pro at Albi, entered by staff: one of the five places that it shares with continuing education (B21)."""

from datetime import date, datetime

import pytest

from admissions.models import Candidacy, Seat
from admissions.places.selectors.pools import count_pools
from admissions.places.services.admission import admit
from admissions.places.services.agreements import record_agreement
from campaigns.models import Outcome
from companies.services import CompanyInput
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts, entering
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 6, 1, 11, 0, tzinfo=dossiers.PARIS)
COMPANY = CompanyInput(siret="", name="Ateliers", street="", postcode="", city="", country="BE")


def selected(application) -> Candidacy:
    """As after the announcement of the academic results."""
    accepted = Outcome.objects.get(stage__selection__key="albi", kind="accepted")
    application.candidacies.update(state="selected", outcome=accepted, told_at=NOW, stage=None)
    return jobs.reread(application.candidacies.get())


def test_it_reaches_a_place_of_the_five_that_it_shares():
    candidacy = selected(entering.submitted())
    office = accounts.company_office(entering.campaign().organiser)

    record_agreement(
        candidacy_ref=candidacy.ref,
        company=COMPANY,
        agreed_on=date(2021, 5, 31),
        actor=office,
        now=NOW,
    )

    counts = {count.pool.key: count for count in count_pools(entering.campaign(), NOW)}
    assert (counts["fc-cp"].held, counts["fc-cp"].left) == (1, 4)
    assert {row.status for row in counts["fc-cp"].programmes} == {"continuing", "contrat_pro"}
    assert counts["apprentis"].held == 0
    [(row, said)] = compose(list(Notification.objects.filter(kind="admissions.agreement_recorded")))
    assert row.to == entering.EMAIL  # that of the dossier: nobody has an account
    assert "vous tenez la place 1" in said.text

    entering.claimed(candidacy.application, accounts.UserFactory())
    jobs.prove(candidacy)
    admitted = admit(candidacy_ref=candidacy.ref, actor=office, now=NOW)
    assert admitted.state == "admitted"
    assert Seat.objects.get().candidacy == candidacy
