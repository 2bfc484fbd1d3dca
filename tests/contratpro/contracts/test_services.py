"""Student, company and office fill in one contract; the office finds it complete, records its copy (R-PRO-10)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.links.services import revoke_links
from common.drafts.rules import QuickerError, fingerprint, seen_of
from common.journal import SYSTEM
from common.models import JournalEntry
from common.moves import rows_of
from common.refusals import DomainError, NotAllowedError
from companies.employment.rules.form import FormPart
from companies.employment.selectors import form_in_force
from contratpro.contracts.selectors import (
    ContractDates,
    contract_by_ref,
    contract_for,
    contract_of,
    dates_of,
    is_approved,
    notes_of,
    version_in_force,
)
from contratpro.contracts.services.deciding import complete_contract, reopen_contract
from contratpro.contracts.services.inviting import invite_to_contract
from contratpro.contracts.services.locking import LASTS, PURPOSE
from contratpro.contracts.services.recording import correct_copy, record_deposit
from contratpro.models import ContactSheet, EmploymentContract, StepRecord
from contratpro.states import StudentState
from contratpro.steps.services import declare_by_hand, declare_step, return_step
from contratpro.students.services.following import withdraw_student
from contratpro.vocabulary import CopyChannel
from notifications.models import Notification
from tests.factories import accounts, contracts
from tests.factories import contratpro as years

pytestmark = pytest.mark.servers
EMPLOYEE = form_in_force().typed_by(FormPart.EMPLOYEE)
EMPLOYER = form_in_force().typed_by(FormPart.EMPLOYER)


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def told():
    rows = Notification.objects.filter(kind__startswith="contratpro.contract_").order_by("pk")
    return [(row.kind.partition(".")[2], row.to) for row in rows]


def acts(contract):
    entries = JournalEntry.objects.filter(
        object_type="employment_contract", object_ref=contract.ref
    )
    return list(entries.order_by("pk").values_list("actor_kind", "verb"))


def own(student):
    return contracts.signed_in_as(student)


@pytest.fixture
def contract(student, office):
    return contracts.whole(student, office)


def test_it_begins_with_what_the_contact_sheet_says(student):
    """R-PRO-10: company, tutor and signatory are typed there already."""
    unsaved = contract_for(student)
    assert (unsaved.pk, contract_of(student)) == (None, None)
    begun = contracts.invited(student)
    assert begun.draft == unsaved.draft
    said = {key: begun.draft[key] for key in ("siret", "employer_city", "tutor_name", "nature")}
    assert said == {
        "siret": "73282932000074",
        "employer_city": "Alès",
        "tutor_name": "Inès Martin",
        "nature": "",
    }
    assert acts(begun) == [("user", "begin"), ("user", "invite_company")]
    assert contract_by_ref(begun.ref) == begun


@pytest.mark.parametrize("state", [StudentState.INTENDS, StudentState.CONFIRMED])
def test_it_is_not_begun_before_the_project_is_feasible_and_approved(year, state):
    student = years.student(year, state)
    assert refusal(contracts.saved, own(student)) == [
        "contract_needs_feasible",
        "contract_needs_sheet",
    ]
    assert refusal(contracts.invited, student) == [
        "contract_needs_feasible",
        "contract_needs_sheet",
    ]
    assert not EmploymentContract.objects.exists()


def test_a_sheet_that_was_approved_on_paper_is_one(year, office):
    student = years.student(year, StudentState.FEASIBLE)
    assert not is_approved(student)
    declare_step(student=student, key="head-approval", actor=office, now=contracts.INVITED)
    assert is_approved(student)
    assert contracts.saved(own(student)).draft["employer_name"] == ""
    assert not ContactSheet.objects.exists()


def test_of_a_paper_the_students_own_word_opens_nothing(year, office):
    """Whoever answers for it has to have said so: a head, or the office."""
    student = years.student(year, StudentState.FEASIBLE)
    said = {"student": student, "key": "head-approval", "now": contracts.INVITED}
    declare_by_hand(actor=student.user, **said)
    assert not is_approved(student)
    assert refusal(contracts.saved, own(student)) == ["contract_needs_sheet"]
    return_step(reason="Sur papier.", actor=office, **said)
    declare_by_hand(actor=years.head(year), **said)
    assert is_approved(student)


@pytest.mark.parametrize("by_student", [True, False])
def test_of_a_double_degree_the_home_school_has_given_its_permission_too(year, office, by_student):
    student = years.student(year, StudentState.FEASIBLE, double_degree=True)
    declare_step(student=student, key="head-approval", actor=office, now=contracts.INVITED)
    assert not is_approved(student)
    actor = student.user if by_student else office
    declare_by_hand(student=student, key="home-school-approval", actor=actor, now=contracts.INVITED)
    assert is_approved(student) is not by_student


def test_each_types_the_parts_that_are_theirs(student, office):
    """The student what is said of them, the company its own, the office all that is typed."""
    contract = contracts.invited(student)
    contracts.saved(own(student), job="Directeur", sex="m")
    contracts.saved(contracts.by_link(contract), job="Ingénieur", sex="f")

    draft = EmploymentContract.objects.get().draft
    assert (draft["job"], draft["sex"]) == ("Ingénieur", "m")
    contracts.whole(student, office, job="Ingénieure", sex="f")
    draft = EmploymentContract.objects.get().draft
    assert (draft["job"], draft["sex"]) == ("Ingénieure", "f")
    saves = JournalEntry.objects.filter(verb="save_draft").order_by("pk")
    by_whom = [EMPLOYEE, EMPLOYER, (*EMPLOYEE, *EMPLOYER)]
    for entry, names in zip(saves, by_whom, strict=True):
        assert set(entry.data["fields"]) <= set(names)


def test_what_cannot_be_read_is_kept_word_for_word(student, office):
    """R-PRO-10: checks refuse no typing, and nothing typed is lost."""
    contract = contracts.whole(student, office, starts_on="bientôt", gross_pay="le SMIC", siret="1")
    kept = EmploymentContract.objects.get().draft
    assert (kept["starts_on"], kept["gross_pay"], kept["siret"]) == ("bientôt", "le SMIC", "1")
    assert contract.draft == kept


def test_saving_the_same_text_again_writes_nothing(student, office, contract):
    contracts.saved(contracts.signed_in_as(student, office), at=contracts.READY)
    assert EmploymentContract.objects.get().draft_at == contracts.SAVED
    assert [verb for _kind, verb in acts(contract)] == ["begin", "save_draft"]


def test_two_people_on_one_link_lose_nothing(student):
    """R-PRO-10: whoever saves second sees both texts."""
    contract = contracts.invited(student)
    writer = contracts.by_link(contract)
    seen = seen_of(contract.draft, EMPLOYER)
    contracts.saved(writer, seen=seen, job="Ingénieur")
    with pytest.raises(QuickerError) as caught:
        contracts.saved(writer, seen=seen, job="Technicien")
    assert caught.value.theirs["job"] == "Ingénieur"
    assert EmploymentContract.objects.get().draft["job"] == "Ingénieur"


def test_what_another_typed_in_their_own_part_is_in_nobodys_way(student):
    contract = contracts.invited(student)
    seen = seen_of(contract.draft, EMPLOYEE)
    contracts.saved(contracts.by_link(contract))
    contracts.saved(own(student), seen=seen)
    draft = EmploymentContract.objects.get().draft
    assert (draft["sex"], draft["job"]) == ("f", "Ingénieur logiciel en formation")


def test_strangers_heads_and_other_students_write_nothing(year, student):
    contract = contracts.invited(student)
    other = contracts.approved(year)
    for user in (accounts.UserFactory(), years.head(year), other.user):
        with pytest.raises(NotAllowedError):
            contracts.saved(contracts.signed_in_as(student, user))
        with pytest.raises(NotAllowedError):
            invite_to_contract(
                ref=student.ref, email=contracts.COMPANY, actor=user, now=contracts.SAVED
            )
        with pytest.raises(NotAllowedError):
            contracts.completed(contract, user)
        with pytest.raises(NotAllowedError):
            reopen_contract(ref=contract.ref, reason="x", actor=user, now=contracts.SAVED)
        with pytest.raises(NotAllowedError):
            contracts.signed(contract, user)
        said = {"ref": contract.ref, "actor": user, "now": contracts.SAVED}
        with pytest.raises(NotAllowedError):
            record_deposit(deposited_on=date(2025, 6, 1), number="", **said)
        with pytest.raises(NotAllowedError):
            correct_copy(
                signed_on=date(2025, 6, 1),
                channel=CopyChannel.SCAN,
                scan=None,
                reason="x",
                **said,
            )


def test_a_link_that_is_revoked_replaced_or_of_another_kind_writes_nothing(student):
    contract = contracts.invited(student)
    former = contracts.by_link(contract)
    contracts.invited(student, email="autre@batisseurs.exemple.fr", at=contracts.SAVED)
    assert refusal(contracts.saved, former) == ["link_revoked"]
    latest = contracts.by_link(contract)
    assert refusal(contracts.saved, latest, at=contracts.SAVED + LASTS + timedelta(1)) == [
        "link_expired"
    ]
    revoke_links(purpose=PURPOSE, subject_ref=contract.ref, actor=SYSTEM, now=contracts.READY)
    assert refusal(contracts.saved, latest) == ["link_revoked"]
    link = contracts.link_of(contract)
    link.purpose, link.revoked_at = "contact_sheet", None
    link.save()
    assert refusal(contracts.saved, latest) == ["contract_of_another_link"]


def test_the_company_is_invited_as_for_the_sheet(student, office):
    contract = contracts.invited(student)
    assert told() == [("contract_link", contracts.COMPANY)]
    soon = contracts.INVITED + timedelta(minutes=4)
    assert refusal(contracts.invited, student, at=soon) == ["sheet_link_just_sent"]
    assert refusal(contracts.invited, student, email=student.email) == ["sheet_company_is_student"]
    invite_to_contract(ref=student.ref, email="rh@exemple.fr", actor=office, now=contracts.SAVED)
    entry = JournalEntry.objects.filter(object_ref=contract.ref, verb="invite_company").last()
    assert entry.on_behalf_of == f"contract_student:{student.ref}"


def test_it_is_found_complete_as_a_version_with_its_form_and_its_notes(student, office, contract):
    """R-PRO-10: the version of the form is kept with it; 480 h are a note."""
    contracts.completed(contract, office)

    stored = EmploymentContract.objects.get()
    assert (stored.state, stored.draft, stored.ready_at) == ("ready", {}, contracts.READY)
    [version] = stored.versions.all()
    assert (version.number, version.form_number, version.form_version) == (1, "12434", "03")
    said = {
        key: version.content[key]
        for key in ("starts_on", "gross_pay", "siret", "weekly_time", "born_on", "rncp", "nir")
    }
    assert said == {
        "starts_on": "2025-09-01",
        "gross_pay": "1480.50",
        "siret": "73282932000074",
        "weekly_time": "35:00",
        "born_on": "2003-05-10",
        "rncp": "RNCP38677",
        "nir": "",
    }
    assert [note["code"] for note in version.notes] == [
        "deposit_due",
        "training_over_share",
        "wage_may_have_risen",
    ]
    assert dates_of(stored) == ContractDates(starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    assert told() == [("contract_news", student.user.email)]
    assert acts(contract)[-1] == ("user", "complete")


def test_found_complete_again_nothing_more_happens(office, contract):
    contracts.completed(contract, office)
    contracts.completed(contract, office)
    assert EmploymentContract.objects.get().versions.count() == 1
    assert len(told()) == 1


def test_what_is_typed_after_it_was_read_is_not_found_complete_unread(student, office, contract):
    seen = fingerprint(contract.draft)
    contracts.whole(student, office, job="Autre")
    said = {"ref": contract.ref, "seen": seen, "actor": office, "now": contracts.READY}
    assert refusal(complete_contract, **said) == ["moved_meanwhile"]
    assert EmploymentContract.objects.get().state == "draft"


def test_all_that_stands_against_it_is_said_at_once(student, office):
    contract = contracts.whole(
        student, office, naf="", starts_on="bientôt", tutor_years="1", french_law="no"
    )
    assert refusal(contracts.completed, contract, office) == [
        "contract_lacks_of_employer",
        "contract_has_slips",
        "company_not_under_french_law",
        "tutor_lacks_experience",
    ]
    assert dates_of(contract) is None


def test_it_is_taken_up_again_from_what_it_said_with_a_reason(student, office, contract):
    contracts.completed(contract, office)
    said = {"ref": contract.ref, "actor": office, "now": contracts.RECEIVED}
    assert refusal(reopen_contract, reason="  ", **said) == ["contract_reopening_needs_reason"]
    reopen_contract(reason="La date de fin est à corriger.", **said)

    stored = EmploymentContract.objects.get()
    assert (stored.state, stored.reason) == ("draft", "La date de fin est à corriger.")
    assert (stored.draft["starts_on"], stored.draft["gross_pay"]) == ("01/09/2025", "1480,50")
    assert "born_on" not in stored.draft
    assert told()[-1] == ("contract_news", student.user.email)
    contracts.completed(stored, office, at=contracts.RECEIVED)
    stored.refresh_from_db()
    assert (stored.reason, stored.versions.count()) == ("", 2)
    before, after = stored.versions.all()
    assert before.content == after.content
    assert len(told()) == 3


def test_the_company_is_sent_a_fresh_link_with_the_reason(student, office, contract):
    """As when a contact sheet is returned: its former link leads nowhere any more."""
    contracts.invited(student)
    former = contracts.by_link(contract)
    contracts.completed(contract, office)
    said = {"ref": contract.ref, "actor": office, "now": contracts.RECEIVED}
    reopen_contract(reason="La date de fin est à corriger.", **said)
    assert told()[-2:] == [
        ("contract_news", student.user.email),
        ("contract_link", contracts.COMPANY),
    ]
    mail = Notification.objects.latest("pk")
    assert (mail.refs["what"], mail.refs["reason"]) == (
        "reopened",
        "La date de fin est à corriger.",
    )
    assert refusal(contracts.saved, former) == ["link_revoked"]
    assert contracts.saved(contracts.by_link(contract), job="Autre").draft["job"] == "Autre"


def test_the_deposit_is_recorded_again_or_not_at_all(office, contract):
    said = {"ref": contract.ref, "actor": office, "now": contracts.RECEIVED}
    first = {"deposited_on": date(2025, 6, 18), "number": "D-12"}
    assert refusal(record_deposit, **first, **said) == ["employment_is_draft"]
    contracts.completed(contract, office)
    record_deposit(**first, **said)
    record_deposit(**first, **said)
    record_deposit(deposited_on=date(2025, 6, 19), number="", **said)
    stored = EmploymentContract.objects.get()
    assert (stored.deposited_on, stored.deposit_number) == (date(2025, 6, 19), "")
    entries = JournalEntry.objects.filter(verb="record_deposit").order_by("pk")
    assert [entry.data["was"] for entry in entries] == [
        {"deposited_on": "", "deposit_number": ""},
        {"deposited_on": "2025-06-18", "deposit_number": "D-12"},
    ]
    reopen_contract(reason="x", **said)
    assert EmploymentContract.objects.get().deposited_on is None


@pytest.mark.parametrize(
    ("deposited_on", "codes"), [(date(2025, 9, 6), []), (date(2025, 9, 7), ["deposit_late"])]
)
def test_the_note_of_the_deposit_follows_its_day(office, contract, deposited_on, codes):
    contracts.completed(contract, office)
    record_deposit(
        ref=contract.ref,
        deposited_on=deposited_on,
        number="",
        actor=office,
        now=datetime(2025, 9, 10, 9, 0, tzinfo=UTC),
    )
    stored = EmploymentContract.objects.get()
    notes = [one.said.code for one in notes_of(stored, version_in_force(stored))]
    assert [code for code in notes if code.startswith("deposit")] == codes
    assert "training_over_share" in notes


def test_another_scan_replaces_that_of_the_copy_which_is_dropped(office, contract):
    contracts.completed(contract, office)
    said = {"ref": contract.ref, "actor": office, "now": contracts.RECEIVED}
    right = {"signed_on": date(2025, 6, 17), "channel": CopyChannel.SCAN, "scan": None}
    assert refusal(correct_copy, reason="x", **right, **said) == ["employment_is_ready"]
    former = contracts.signed(contract, office).scan
    assert refusal(correct_copy, reason=" ", **right, **said) == [
        "contract_correction_needs_reason"
    ]
    correct_copy(reason="Mauvais jour.", **right, **said)
    correct_copy(reason="Mauvais jour.", **right, **said)
    stored = EmploymentContract.objects.get()
    assert (stored.signed_on, stored.scan) == (date(2025, 6, 17), former)

    correct_copy(reason="Scan d’un autre.", **right | {"scan": contracts.scan()}, **said)
    stored = EmploymentContract.objects.get()
    former.refresh_from_db()
    assert (stored.scan.state, former.state) == ("kept", "dropped")
    entries = JournalEntry.objects.filter(verb="correct_copy").order_by("pk")
    assert [(entry.reason, entry.data["was"]) for entry in entries] == [
        ("Mauvais jour.", {"signed_on": "2025-06-18"}),
        ("Scan d’un autre.", {"scan": str(former)}),
    ]


def test_the_signed_copy_is_a_logged_act_that_proves_two_steps(student, office, contract):
    """R-PRO-10: step 4 on the day of the signature, step 4′ when the copy came."""
    contracts.completed(contract, office)
    contracts.signed(contract, office, channel=CopyChannel.POST)

    stored = EmploymentContract.objects.get()
    assert (stored.state, stored.signed_on, stored.channel, stored.received_at) == (
        "signed",
        date(2025, 6, 18),
        "post",
        contracts.RECEIVED,
    )
    assert stored.scan.purpose == "employment_contract"
    steps = StepRecord.objects.filter(student=student, state="done")
    assert dict(steps.filter(key__startswith="contract").values_list("key", "done_on")) == {
        "contract-copy": date(2025, 6, 19)
    }
    assert steps.get(key="employment-contract").done_on == date(2025, 6, 18)
    entry = JournalEntry.objects.get(object_ref=contract.ref, verb="record_copy")
    assert (entry.from_state, entry.to_state, entry.data) == (
        "ready",
        "signed",
        {"channel": "post"},
    )
    contracts.signed(contract, office, signed_on=date(2025, 6, 1))
    assert EmploymentContract.objects.get().signed_on == date(2025, 6, 18)


def test_a_step_that_is_on_record_keeps_its_day(student, office, contract):
    declare_step(
        student=student, key="employment-contract", actor=student.user, now=contracts.READY
    )
    contracts.completed(contract, office)
    contracts.signed(contract, office)
    step = StepRecord.objects.get(student=student, key="employment-contract")
    assert (step.done_on, step.done_by) == (contracts.READY.date(), student.user)


def test_what_is_no_scan_is_refused(office, contract):
    contracts.completed(contract, office)
    junk = SimpleUploadedFile("contrat.pdf", b"bonjour", "application/pdf")
    assert refusal(contracts.signed, contract, office, scan=junk) == ["file_wrong_type"]
    assert EmploymentContract.objects.get().state == "ready"
    assert not StepRecord.objects.filter(key="contract-copy").exists()


def test_what_is_not_complete_has_no_copy(office, contract):
    assert refusal(contracts.signed, contract, office) == ["employment_is_draft"]


def test_who_gives_up_has_a_contract_to_be_read_alone(student, office, contract):
    withdraw_student(ref=student.ref, reason="Autre voie", actor=office, now=contracts.READY)
    assert refusal(contracts.whole, student, office, job="x") == ["contract_needs_feasible"]
    assert refusal(contracts.completed, contract, office) == ["contract_needs_feasible"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"draft": {"job": "x"}},
        {"reason": "x"},
        {"deposit_number": "D-12"},
        {"state": "draft", "ready_at": None, "ready_by": None, "deposited_on": date(2025, 6, 18)},
        {"ready_at": None},
        {"signed_on": date(2025, 6, 18)},
        {"state": "signed"},
        {"state": "draft"},
    ],
)
def test_the_database_refuses_what_the_rules_forbid(office, contract, wrong):
    contracts.completed(contract, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows_of(EmploymentContract).update(**wrong)
