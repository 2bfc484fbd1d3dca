"""Where the results alone admit: they take the places, and no more are announced than are left (R-PLA-5)."""

import pytest

from admissions.announcing.services.opening import against_announcing
from admissions.announcing.services.rectifying import confirm_rectification, propose_rectification
from admissions.dossier.services.endings import withdraw_candidacy
from admissions.models import Seat
from admissions.places.selectors.checklist import checklist_of
from admissions.places.services.admission import admit
from admissions.places.services.seats import give_place, release_place
from campaigns.calendar.services.arming import arm_run
from campaigns.models import Milestone, MilestoneRun, Pool, Programme
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
    assert (refusal.code, refusal.params) == ("more_accepted_than_places", {})
    assert MilestoneRun.objects.get(pk=run.pk).armed_by is None

    told.decide(last, "rejected")
    assert against_announcing(milestone, AT)
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

    withdraw_candidacy(
        ref=application.ref,
        candidacy_ref=rows[0].ref,
        actor=application.person.user,
        now=jobs.NOW,
    )
    seats = Seat.objects.order_by("pk").values_list("candidacy", "state", "place_no")
    assert list(seats) == [(rows[0].pk, "released", None), (rows[1].pk, "held", 1)]


def test_arming_counts_one_place_for_a_dossier():
    application = dossiers.submitted(programmes=("BAT-1", "INFRES-SR-1"))
    both = [told.jury.put(row) for row in application.candidacies.order_by("pk")]
    other = told.candidacy("INFRES-SR-1")
    Pool.objects.filter(key__in=("bat-1", "infres-sr-1")).update(floor=1, ceiling=1)
    for row in (*both, other):
        told.decide(row, "excellence")
    milestone = Milestone.objects.select_related("campaign").get(key="file-results")

    assert against_announcing(milestone, AT)
    told.run("file-results", AT)
    assert dict(Seat.objects.values_list("candidacy", "state")) == {
        both[0].pk: "held",
        other.pk: "held",
    }


def test_the_office_gives_a_place_back_and_again():
    first, second = accepted(1, 2)
    told.run("file-results", AT)
    office = accounts.company_office()

    release_place(candidacy_ref=first.ref, reason="Il renonce.", actor=office, now=jobs.NOW)
    assert Seat.objects.get(candidacy=second).place_no == 1
    assert Notification.objects.filter(kind="admissions.place_lost").count() == 1
    again = give_place(candidacy_ref=first.ref, actor=office, now=jobs.NOW)
    assert again == give_place(candidacy_ref=first.ref, actor=office, now=jobs.NOW)
    assert again.state == "queued"

    jobs.prove(jobs.reread(second))
    admit(candidacy_ref=second.ref, actor=office, now=jobs.NOW)
    with pytest.raises(DomainError) as caught:
        release_place(candidacy_ref=second.ref, reason="Non.", actor=office, now=jobs.NOW)
    assert [refusal.code for refusal in caught.value.refusals] == ["admission_to_revert_first"]


def test_the_place_of_a_project_is_given_back_with_it():
    Programme.objects.update(admission="contract")
    candidacy, office = jobs.selected("BAT-1"), accounts.company_office()
    jobs.seated(candidacy)

    with pytest.raises(DomainError) as caught:
        release_place(candidacy_ref=candidacy.ref, reason="Non.", actor=office, now=jobs.NOW)

    assert [row.code for row in caught.value.refusals] == ["place_rests_on_more_than_results"]
    assert Seat.objects.get().state == "held"


def test_a_rectification_takes_and_gives_back_the_place():
    [candidacy] = accepted(1, 1)
    told.run("file-results", AT)
    assert Seat.objects.get().state == "held"

    rectify(candidacy, "rejected")
    assert Seat.objects.get().state == "released"
    rectify(candidacy, "excellence")
    assert list(Seat.objects.order_by("pk").values_list("state", flat=True)) == ["released", "held"]


def rectify(candidacy, outcome: str) -> None:
    row = propose_rectification(
        candidacy_ref=candidacy.ref,
        stage_key="file",
        outcome_key=outcome,
        assessments=(),
        reason="Erreur de saisie.",
        actor=told.president(),
        now=jobs.NOW,
    )
    confirm_rectification(ref=row.ref, actor=accounts.clerk(), now=jobs.NOW)


def test_the_letter_asks_for_no_company():
    candidacy = told.candidacy("BAT-1")
    version = candidacy.application.campaign.current_version
    version.document["admission"] = {"year-1": "results"}
    type(version).objects.filter(pk=version.pk).update(document=version.document)
    told.decide(candidacy, "excellence")

    told.run("file-results", AT)

    [(_row, said)] = compose(list(Notification.objects.filter(kind="admissions.decision_accepted")))
    assert "La place vient des résultats seuls" in said.text
    assert "entreprise d’accueil" not in said.text
    assert "contrat" not in said.text
