"""Admission: an approved project, a held seat, the title's proof accepted, a contract countersigned."""

import pytest

from admissions.dossier.services import drafts, endings
from admissions.models import Document, Seat
from admissions.places.services.admission import admit, revert
from campaigns.vocabulary import AdmissionWay
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs
from tests.factories.campaigns import ales_2022_document, load

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def office():
    dossiers.campaign()
    return accounts.company_office()


def why_not(candidacy, actor):
    with pytest.raises(DomainError) as caught:
        admit(candidacy_ref=candidacy.ref, actor=actor, now=jobs.NOW)
    return [
        (refusal.code, refusal.params.get("piece", {}).get("fr"))
        for refusal in caught.value.refusals
    ]


def told(kind):
    return list(Notification.objects.filter(kind=f"admissions.{kind}").values_list("to", flat=True))


def test_one_who_has_all_is_admitted_and_told(office):
    """R-JOB-5"""
    candidacy = jobs.ready(office)

    admitted = admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)
    again = admit(candidacy_ref=candidacy.ref, actor=accounts.school_admin(), now=jobs.NOW)

    assert (admitted.state, again.state, jobs.reread(candidacy).state) == (
        "admitted",
        "admitted",
        "admitted",
    )
    assert told("admission") == [candidacy.application.person.user.email]
    assert JournalEntry.objects.filter(verb="admit", object_ref=candidacy.ref).count() == 1


def test_every_reason_against_is_said(office):
    """R-JOB-5, R-JOB-12, R-APP-5: selected is not admitted, and never without a company."""
    candidacy = jobs.selected()

    assert why_not(candidacy, office) == [
        ("no_approved_project", None),
        ("seat_is_not_held", None),
        ("contract_is_not_drafted", None),
        ("proof_is_not_accepted", "Relevés de notes de l’année en cours"),
        ("proof_of_title_is_not_accepted", "Diplôme ou attestation de réussite, dès son obtention"),
        ("proof_of_title_is_not_accepted", "Relevés de notes de la fin de l’année"),
    ]


@pytest.mark.parametrize("state", ["given", "refused", "awaited"])
def test_the_diploma_is_accepted_first(office, state):
    """R-JOB-12"""
    candidacy = jobs.ready(office)
    fields = {"refused": {"reason": "Illisible."}}.get(state, {"checked_at": None})
    Document.objects.filter(requirement__key="diploma-to-come").update(state=state, **fields)

    assert why_not(candidacy, office) == [
        ("proof_of_title_is_not_accepted", "Diplôme ou attestation de réussite, dès son obtention")
    ]


def test_a_diploma_held_already_is_accepted_too(office):
    """R-JOB-12"""
    held = drafts.TitleInput(
        diploma_code="DUT-GCCD",
        institution="IUT de Nîmes",
        status="obtained",
        on=jobs.STARTS_ON.replace(year=2021),
        ects=120,
    )
    candidacy = jobs.ready(office, title=held)
    Document.objects.filter(requirement__key="diploma").update(state="given", checked_at=None)

    assert why_not(candidacy, office) == [
        ("proof_of_title_is_not_accepted", "Diplôme, attestation de réussite ou de crédits validés")
    ]


@pytest.mark.parametrize(
    ("step", "reason"),
    [("drafted", "contract_is_not_signed"), ("signed", "contract_is_not_countersigned")],
)
def test_the_contract_is_countersigned_first(office, step, reason):
    """R-JOB-5, R-JOB-10"""
    candidacy = jobs.selected()
    jobs.seated(candidacy)
    getattr(jobs, step)(candidacy, office)
    jobs.prove(candidacy)

    assert why_not(candidacy, office) == [(reason, None)]


def test_no_one_is_admitted_without_a_place(office):
    """R-JOB-5: more are selected than there are places."""
    waiting = jobs.many_seated(23)[-1].candidacy

    assert ("seat_is_queued", None) in why_not(waiting, office)


def test_the_other_candidacies_withdraw_with_what_they_held(office):
    candidacy = jobs.ready(office, also=("MKX-1",))
    other = candidacy.application.candidacies.get(programme__code="MKX-1")
    jobs.project(other, "draft", company=None, submitted_at=None)

    admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)

    assert (jobs.reread(other).state, other.job_projects.get().state) == ("withdrawn", "abandoned")
    assert Seat.objects.get().state == "held"
    assert dossiers.reread(candidacy.application).state == "submitted"
    assert told("withdrawal") == []  # the message of the admission says it


@pytest.mark.parametrize("who", ["clerk", "juror", "president", "programme_head", "administrator"])
def test_nobody_else_admits(office, who):
    candidacy = jobs.ready(office)

    with pytest.raises(NotAllowedError, match="not_your_seats"):
        admit(candidacy_ref=candidacy.ref, actor=getattr(accounts, who)(), now=jobs.NOW)
    assert jobs.reread(candidacy).state == "selected"


def test_an_admission_is_taken_back_for_a_reason_that_is_told(office):
    candidacy = jobs.ready(office)
    admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)

    with pytest.raises(DomainError, match="reason_is_missing"):
        revert(candidacy_ref=candidacy.ref, reason=" ", actor=office, now=jobs.NOW)
    revert(candidacy_ref=candidacy.ref, reason="Diplôme non obtenu.", actor=office, now=jobs.NOW)

    assert jobs.reread(candidacy).state == "selected"
    assert Seat.objects.get().state == "held"
    assert told("reversal") == [candidacy.application.person.user.email]
    with pytest.raises(DomainError, match="candidacy_is_not_admitted"):
        revert(candidacy_ref=candidacy.ref, reason="Encore.", actor=office, now=jobs.NOW)


def test_admitted_again_is_told_again_whatever_the_clock(office):
    candidacy = jobs.ready(office)
    admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)
    revert(candidacy_ref=candidacy.ref, reason="Erreur.", actor=office, now=jobs.NOW)
    admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)

    rows = Notification.objects.filter(kind__in=["admissions.admission", "admissions.reversal"])
    assert list(rows.order_by("pk").values_list("dedupe_key", flat=True)) == [
        f"admission:{candidacy.ref}:1",
        f"reversal:{candidacy.ref}:1",
        f"admission:{candidacy.ref}:2",
    ]


def test_one_admitted_who_withdraws_gives_all_back(office):
    """R-APP-9"""
    candidacy = jobs.ready(office)
    admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)

    endings.withdraw_application(now=jobs.NOW, **dossiers.whose(candidacy.application))

    assert jobs.reread(candidacy).state == "withdrawn"
    assert Seat.objects.get().state == "released"
    assert candidacy.application.contracts.get().state == "broken"


def test_what_an_admission_rests_on_stays_while_someone_is_selected(office):
    document = ales_2022_document()
    other = document.model_copy(update={"admission": {"year-1": AdmissionWay.RESULTS}})
    selected = jobs.selected()

    with pytest.raises(DomainError) as caught:
        load(other)

    [refusal] = caught.value.refusals
    assert (refusal.code, refusal.params) == (
        "selected_were_told_another_way",
        {"programme": selected.programme.code},
    )
    assert jobs.reread(selected).programme.admission == "contract"


def test_until_then_the_notice_may_say_otherwise(office):
    other = ales_2022_document().model_copy(update={"admission": {"year-1": AdmissionWay.RESULTS}})
    campaign = load(other)
    ways = dict(campaign.programmes.values_list("code", "admission"))
    assert (ways["BAT-1"], ways["BAT-2"]) == ("results", "contract")
