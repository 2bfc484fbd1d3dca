"""Where the results alone admit: they take the places, and no more are announced than are left (R-PLA-5)."""

import pytest

from admissions.announcing.services.opening import against
from admissions.models import Seat
from admissions.places.selectors.checklist import checklist_of
from admissions.places.services.admission import admit
from campaigns.calendar.services.arming import arm_run
from campaigns.models import Milestone, MilestoneRun, Programme
from common.refusals import DomainError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import announcing as told
from tests.factories import apprenticeship as jobs

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
AT = told.FILE_RESULTS


@pytest.fixture(autouse=True)
def on_results(db):
    dossiers.campaign()
    Programme.objects.update(admission="results")


def accepted(places: int, count: int):
    jobs.pool("BAT-1").__class__.objects.filter(programmes__code="BAT-1").update(
        floor=places, ceiling=places
    )
    rows = [told.candidacy("BAT-1") for _ in range(count)]
    for row in rows:
        told.decide(row, "excellence")
    return rows


def test_who_is_accepted_holds_a_place_at_once_and_is_admitted_once_proved():
    first, second = accepted(2, 2)
    assert not Seat.objects.exists()

    told.run("file-results", AT)

    seats = {seat.candidacy_id: seat for seat in Seat.objects.all()}
    assert [(seats[row.pk].state, seats[row.pk].place_no) for row in (first, second)] == [
        ("held", 1),
        ("held", 2),
    ]
    met = {item.condition: item.met for item in checklist_of(jobs.reread(first)).items}
    assert met == {"seat": True, "proofs": False}
    jobs.prove(jobs.reread(first))
    office = accounts.company_office()
    assert admit(candidacy_ref=first.ref, actor=office, now=jobs.NOW).state == "admitted"


def test_arming_is_refused_while_more_are_accepted_than_places_are_left():
    *_others, last = accepted(2, 3)
    milestone = Milestone.objects.select_related("campaign").get(key="file-results")
    run = MilestoneRun.objects.get(milestone=milestone)
    president = accounts.president()

    with pytest.raises(DomainError) as caught:
        arm_run(run_id=run.pk, actor=president, now=AT)
    [refusal] = caught.value.refusals
    assert (refusal.code, refusal.params) == ("more_accepted_than_places", {"pools": "bat-1"})
    assert MilestoneRun.objects.get(pk=run.pk).armed_by is None

    told.decide(last, "rejected")
    assert against(milestone, AT)
    assert arm_run(run_id=run.pk, actor=president, now=AT).armed_by == president


def test_a_decision_that_goes_on_takes_no_place():
    candidacy = told.candidacy("BAT-1")
    told.decide(candidacy, "standard")
    told.run("file-results", AT)
    assert not Seat.objects.exists()


def test_two_programmes_of_one_dossier_take_one_place():
    application = dossiers.submitted(programmes=("BAT-1", "INFRES-SR-1"))
    rows = [told.jury.put(row) for row in application.candidacies.order_by("pk")]
    for row in rows:
        told.decide(row, "excellence")

    told.run("file-results", AT)

    assert Seat.objects.get().candidacy == rows[0]
    assert [jobs.reread(row).state for row in rows] == ["selected", "selected"]


def test_the_letter_asks_for_no_company():
    candidacy = told.candidacy("BAT-1")
    version = candidacy.application.campaign.current_version
    version.document["admission"] = {"year-1": "results"}
    type(version).objects.filter(pk=version.pk).update(document=version.document)
    told.decide(candidacy, "excellence")

    told.run("file-results", AT)

    [(_row, said)] = compose(list(Notification.objects.filter(kind="admissions.decision_accepted")))
    assert "Les résultats vous donnent la place" in said.text
    assert "entreprise d’accueil" not in said.text
    assert "contrat" not in said.text
