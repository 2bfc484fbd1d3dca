"""Contracts: drafted on a held seat, signed, countersigned, broken."""

from datetime import date

import pytest

from admissions.places.services.admission import admit
from apprenticeship.contracts.services import (
    break_contract,
    countersign_contract,
    draft_contract,
    sign_contract,
)
from apprenticeship.models import Contract
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
JULY_4, JULY_8 = date(2022, 7, 4), date(2022, 7, 8)


@pytest.fixture
def office():
    dossiers.campaign()
    return accounts.company_office()


@pytest.fixture
def candidacy(office):
    row = jobs.selected()
    jobs.seated(row)
    return row


def verbs():
    entries = JournalEntry.objects.filter(object_type="contract").order_by("pk")
    return list(entries.values_list("verb", "from_state", "to_state"))


def test_a_contract_goes_from_draft_to_countersigned(office, candidacy):
    """R-JOB-3, R-JOB-10"""
    jobs.countersigned(candidacy, office)

    contract = Contract.objects.get()
    assert (contract.state, contract.starts_on, contract.signed_on, contract.countersigned_on) == (
        "countersigned",
        jobs.STARTS_ON,
        JULY_4,
        JULY_8,
    )
    assert contract.project.candidacy == candidacy
    assert verbs() == [
        ("draft", "", "draft"),
        ("sign", "draft", "signed"),
        ("countersign", "signed", "countersigned"),
    ]


def test_a_draft_is_written_again_and_each_step_done_again_changes_nothing(office, candidacy):
    jobs.drafted(candidacy, office)
    draft_contract(
        candidacy_ref=candidacy.ref, starts_on=date(2022, 9, 1), actor=office, now=jobs.NOW
    )
    for _ in range(2):
        sign_contract(candidacy_ref=candidacy.ref, signed_on=JULY_4, actor=office, now=jobs.NOW)
    for _ in range(2):
        countersign_contract(
            candidacy_ref=candidacy.ref, countersigned_on=JULY_8, actor=office, now=jobs.NOW
        )

    assert Contract.objects.get().starts_on == date(2022, 9, 1)
    assert [verb for verb, _, _ in verbs()] == ["draft", "draft", "sign", "countersign"]


def test_nothing_is_drafted_for_one_who_waits(office):
    """R-JOB-3"""
    waiting = jobs.many_seated(23)[-1].candidacy

    with pytest.raises(DomainError, match="seat_is_not_held"):
        jobs.drafted(waiting, office)


def test_nothing_is_drafted_before_the_approval(office):
    """R-JOB-3"""
    candidacy = jobs.selected()
    jobs.project(candidacy, "submitted")

    with pytest.raises(DomainError, match="no_approved_project"):
        jobs.drafted(candidacy, office)


def test_a_signature_is_not_dated_before_the_approval(office, candidacy):
    """R-JOB-3"""
    with pytest.raises(DomainError, match="signed_before_approval"):
        jobs.signed(candidacy, office, on=date(2022, 5, 19))


@pytest.mark.parametrize(
    "who", ["clerk", "juror", "president", "programme_head", "school_admin", "administrator"]
)
def test_contracts_are_the_company_office_s(candidacy, who):
    with pytest.raises(NotAllowedError, match="not_your_seats"):
        jobs.drafted(candidacy, getattr(accounts, who)())


def test_another_school_s_office_has_no_say(candidacy):
    with pytest.raises(NotAllowedError, match="not_your_seats"):
        jobs.drafted(candidacy, accounts.company_office(accounts.other_school()))


def test_over_the_age_a_derogation_is_typed(office):
    """R-ELI-5: under 30 at the start of training, 5 September 2022 (Mechatronics brochure)."""
    candidacy = jobs.selected("MKX-1", born_on=date(1992, 9, 5))
    jobs.seated(candidacy)

    with pytest.raises(DomainError, match="age_needs_derogation"):
        jobs.drafted(candidacy, office)
    draft_contract(
        candidacy_ref=candidacy.ref,
        starts_on=jobs.STARTS_ON,
        derogation=" RQTH ",
        actor=office,
        now=jobs.NOW,
    )
    sign_contract(candidacy_ref=candidacy.ref, signed_on=JULY_4, actor=office, now=jobs.NOW)

    assert Contract.objects.get().derogation == "RQTH"


def test_no_age_is_asked_where_the_notice_sets_none(office):
    """R-ELI-5"""
    candidacy = jobs.selected("BAT-1", born_on=date(1970, 1, 1))
    jobs.seated(candidacy)

    jobs.drafted(candidacy, office)

    assert Contract.objects.get().derogation == ""


def test_a_broken_contract_leaves_the_seat_and_another_may_be_drafted(office, candidacy):
    jobs.signed(candidacy, office)

    break_contract(
        candidacy_ref=candidacy.ref, reason="Erreur de date.", actor=office, now=jobs.NOW
    )
    jobs.drafted(candidacy, office)

    broken, draft = Contract.objects.order_by("pk")
    assert (broken.state, broken.broken_why, broken.broken_on) == (
        "broken",
        "Erreur de date.",
        jobs.NOW.date(),
    )
    assert draft.state == "draft"
    assert candidacy.application.seats.get().state == "held"


def test_breaking_the_contract_of_an_admitted_candidate_takes_the_admission_back(office):
    candidacy = jobs.ready(office)
    admit(candidacy_ref=candidacy.ref, actor=office, now=jobs.NOW)

    break_contract(candidacy_ref=candidacy.ref, reason="Faillite.", actor=office, now=jobs.NOW)

    assert jobs.reread(candidacy).state == "selected"
    assert Notification.objects.filter(kind="admissions.reversal").count() == 1


def test_only_a_signed_contract_is_broken_and_for_a_reason(office, candidacy):
    jobs.drafted(candidacy, office)
    with pytest.raises(DomainError, match="contract_is_not_signed"):
        break_contract(candidacy_ref=candidacy.ref, reason="Non.", actor=office, now=jobs.NOW)

    sign_contract(candidacy_ref=candidacy.ref, signed_on=JULY_4, actor=office, now=jobs.NOW)
    with pytest.raises(DomainError, match="reason_is_missing"):
        break_contract(candidacy_ref=candidacy.ref, reason="", actor=office, now=jobs.NOW)
