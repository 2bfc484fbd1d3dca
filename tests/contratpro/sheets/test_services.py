"""Student and company fill in one contact sheet over days; the head answers it (R-PRO-8)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.links.services import revoke_links
from common.drafts.rules import QuickerError, seen_of
from common.journal import SYSTEM
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from companies.models import Company
from contratpro.models import ContactSheet, HomeSchoolSignature, StepRecord
from contratpro.sheets.rules import FIELDS
from contratpro.sheets.selectors import due_of
from contratpro.sheets.services.deciding import return_sheet, validate_sheet
from contratpro.sheets.services.inviting import invite_company
from contratpro.sheets.services.locking import LASTS, PURPOSE
from contratpro.sheets.services.signing import sign_for_home_school
from contratpro.states import StudentState
from contratpro.steps.rules import CONTACT_SHEET, HEAD_APPROVAL, HOME_APPROVAL
from contratpro.steps.services import declare_by_hand
from notifications.models import Notification
from tests.factories import accounts, files, sheets
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers
REMARKS = "Précisez les activités."


@pytest.fixture
def sheet(student):
    return sheets.invited(student)


@pytest.fixture
def head(year):
    return contracts.head(year)


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def told():
    """To whom each mail goes about what, in the order in which they were queued."""
    rows = Notification.objects.filter(kind__startswith="contratpro.sheet").order_by("pk")
    return [(row.kind.partition(".")[2], row.to) for row in rows]


def acts(sheet):
    entries = JournalEntry.objects.filter(object_type="contact_sheet", object_ref=sheet.ref)
    return list(entries.order_by("pk").values_list("actor_kind", "verb"))


def answer(command, sheet, actor, version=1, **said):
    return command(ref=sheet.ref, version=version, actor=actor, now=sheets.ANSWERED, **said)


def scan():
    return SimpleUploadedFile("signature.pdf", files.pdf(), "application/pdf")


def sign(sheet, office, version=1):
    return answer(
        sign_for_home_school,
        sheet,
        office,
        version,
        signed_by="Prof. Rossi",
        signed_on=date(2025, 6, 5),
        scan=scan(),
    )


def test_a_company_is_invited_by_a_link_of_thirty_days(student):
    """R-PRO-8."""
    sheet = sheets.invited(student, email=" RH@Batisseurs.exemple.fr ")
    link = sheets.link_of(sheet)

    assert (sheet.state, sheet.company_email) == ("draft", "rh@batisseurs.exemple.fr")
    assert (link.email, link.expires_at) == (sheet.company_email, sheets.INVITED + LASTS)
    assert told() == [("sheet_link", "rh@batisseurs.exemple.fr")]
    assert acts(sheet) == [("user", "begin"), ("user", "invite_company")]


def test_the_office_invites_for_the_student_and_the_journal_says_so(student, office):
    sheet = invite_company(ref=student.ref, email=sheets.COMPANY, actor=office, now=sheets.INVITED)
    entry = JournalEntry.objects.get(object_ref=sheet.ref, verb="invite_company")
    assert entry.on_behalf_of == f"contract_student:{student.ref}"


def test_strangers_heads_and_other_students_invite_nobody(year, student, head):
    other = contracts.student(year, StudentState.INTENDS)
    for actor in (accounts.UserFactory(), head, other.user):
        with pytest.raises(NotAllowedError):
            invite_company(ref=student.ref, email=sheets.COMPANY, actor=actor, now=sheets.INVITED)
    assert not ContactSheet.objects.exists()


def test_another_link_takes_the_place_of_the_one_before(student, sheet):
    """The link before it is revoked, and its page says so; what was typed stays."""
    former = sheets.by_link(sheet)
    sheets.saved(former, at=sheets.INVITED)
    sheets.invited(student, email="paie@batisseurs.exemple.fr", at=sheets.SAVED)

    assert refusal(sheets.saved, former, city="Nîmes") == ["link_revoked"]
    again = sheets.saved(sheets.by_link(sheet))
    assert (again.company_email, again.draft["city"]) == ("paie@batisseurs.exemple.fr", "Alès")


def test_the_same_address_waits_five_minutes_for_another_link(student, sheet):
    soon = sheets.INVITED + timedelta(minutes=4)
    assert refusal(sheets.invited, student, at=soon) == ["sheet_link_just_sent"]
    sheets.invited(student, at=sheets.INVITED + timedelta(minutes=5))
    assert len(told()) == 2


def test_the_company_is_not_the_student(student):
    assert refusal(sheets.invited, student, email=student.email.upper()) == [
        "sheet_company_is_student"
    ]


def test_who_has_no_project_invites_nobody(year):
    student = contracts.student(year, StudentState.CONFIRMED)
    assert refusal(sheets.invited, student) == ["sheet_of_no_project"]


def test_both_write_one_text_over_days(student, sheet):
    """R-PRO-8: what one typed, the other finds; what cannot be read yet is kept as it was typed."""
    sheets.saved(sheets.own(student), tutor_phone="04 66", company_name="")
    stored = ContactSheet.objects.get()
    assert (stored.draft["tutor_phone"], stored.draft["company_name"]) == ("04 66", "")

    seen = seen_of(stored.draft, FIELDS)
    sheets.saved(sheets.by_link(sheet), at=sheets.SENT, seen=seen)

    stored.refresh_from_db()
    assert (stored.draft, stored.draft_at) == (sheets.WHOLE, sheets.SENT)
    assert acts(sheet)[2:] == [("user", "save_draft"), ("link", "save_draft")]
    assert JournalEntry.objects.latest("pk").data == {"fields": ["company_name", "tutor_phone"]}


def test_saving_the_same_text_again_writes_nothing(student, sheet):
    sheets.saved(sheets.own(student))
    sheets.saved(sheets.own(student), at=sheets.SENT)

    assert ContactSheet.objects.get().draft_at == sheets.SAVED
    assert len(acts(sheet)) == 3


@pytest.mark.parametrize("command", [sheets.saved, sheets.sent])
@pytest.mark.parametrize("quicker_is_company", [False, True])
def test_what_the_other_party_typed_is_never_written_over_unseen(
    student, sheet, command, quicker_is_company
):
    """R-PRO-8: two people on one sheet."""
    writers = [sheets.own(student), sheets.by_link(sheet)]
    quicker, slower = reversed(writers) if quicker_is_company else writers
    seen = seen_of({}, FIELDS)
    sheets.saved(quicker, seen=seen, tutor_name="Inès Martin-Roux")

    with pytest.raises(QuickerError) as caught:
        command(slower, seen=seen, tutor_name="Luc Petit")

    assert caught.value.theirs["tutor_name"] == "Inès Martin-Roux"
    stored = ContactSheet.objects.get()
    assert (stored.state, stored.draft["tutor_name"]) == ("draft", "Inès Martin-Roux")


def test_it_is_sent_with_both_parts_by_whoever_completes_it(student, sheet, head):
    """R-PRO-8: a version, the one company of that SIRET, the step declared, the head told."""
    sheets.sent(sheets.own(student))

    stored = ContactSheet.objects.select_related("company").get()
    assert (stored.state, stored.draft, stored.sent_at) == ("sent", {}, sheets.SENT)
    assert (stored.company.siret, stored.company.name) == (
        "73282932000074",
        "Bâtisseurs du Gard",
    )
    [version] = stored.versions.all()
    assert (version.number, version.content, version.by) == (
        1,
        sheets.WHOLE,
        f"user:{student.user.pk}",
    )
    step = StepRecord.objects.get(student=student, key="contact-sheet")
    assert (step.state, step.done_on, step.done_by) == ("done", date(2025, 6, 4), student.user)
    assert told()[1:] == [("sheet_work", head.email)]


def test_the_company_sends_it_by_its_link(student, sheet):
    sheets.sent(sheets.by_link(sheet))

    step = StepRecord.objects.get(student=student, key="contact-sheet")
    assert (step.state, step.done_by) == ("done", None)
    entry = JournalEntry.objects.get(object_type="contract_step", verb="declare")
    assert (entry.actor_kind, entry.actor_ref) == ("link", str(sheets.link_of(sheet).pk))
    assert sheets.link_of(sheet).used_at == sheets.SENT


def test_sent_twice_it_is_sent_once(student, sheet):
    sheets.sent(sheets.own(student))
    sheets.sent(sheets.by_link(sheet), at=sheets.ANSWERED)
    assert ContactSheet.objects.get().versions.count() == 1


def test_all_that_is_missing_is_said_at_once_and_of_which_part(student, sheet):
    lacking = {"tutor_name": "", "student_phone": " "}
    assert refusal(sheets.sent, sheets.own(student), **lacking) == [
        "sheet_lacks_of_company",
        "sheet_lacks_of_student",
    ]


def test_a_siret_is_checked(student, sheet):
    assert refusal(sheets.sent, sheets.own(student), siret="73282932000075") == ["siret_is_wrong"]
    assert not Company.objects.exists()


def test_a_company_that_is_known_stays_as_it_is_kept(student, sheet):
    known = Company.objects.create(siret="73282932000074", name="Bâtisseurs SA")
    sheets.sent(sheets.own(student))
    assert (ContactSheet.objects.get().company, Company.objects.count()) == (known, 1)


def test_a_company_abroad_stays_the_same_from_one_version_to_the_next(student, sheet, head):
    abroad = {"siret": "", "country": "BE"}
    sheets.sent(sheets.own(student), **abroad)
    answer(return_sheet, sheet, head, reason=REMARKS)
    sheets.sent(sheets.own(student), at=sheets.ANSWERED, **abroad, city="Liège")
    assert Company.objects.count() == 1


def test_once_it_is_sent_nobody_writes(student, sheet):
    sheets.sent(sheets.own(student))
    for writer in (sheets.own(student), sheets.by_link(sheet)):
        assert refusal(sheets.saved, writer, city="Nîmes") == ["sheet_is_sent"]
        assert refusal(sheets.sent, writer, city="Nîmes") == ["sheet_is_sent"]


def test_another_student_writes_nothing(year, student, sheet):
    other = contracts.student(year, StudentState.INTENDS)
    stranger = sheets.SheetWriter(ref=student.ref, user=other.user)
    with pytest.raises(NotAllowedError):
        sheets.saved(stranger)


def test_a_link_that_works_no_more_writes_nothing(sheet):
    writer = sheets.by_link(sheet)
    too_late = sheets.INVITED + LASTS + timedelta(seconds=1)
    assert refusal(sheets.saved, writer, at=too_late) == ["link_expired"]
    revoke_links(purpose=PURPOSE, subject_ref=sheet.ref, actor=SYSTEM, now=sheets.SAVED)
    assert refusal(sheets.saved, writer) == ["link_revoked"]


def test_a_link_to_something_else_is_no_link_to_a_sheet(sheet):
    link = sheets.link_of(sheet)
    link.purpose = "job_project"
    link.save(update_fields=["purpose"])
    assert refusal(sheets.saved, sheets.SheetWriter(link_id=link.pk)) == ["sheet_of_another_link"]


def test_a_student_who_gave_up_has_a_sheet_to_read_alone(student, sheet):
    type(student).objects.filter(pk=student.pk).update(state=StudentState.WITHDRAWN)
    assert refusal(sheets.saved, sheets.by_link(sheet)) == ["sheet_of_no_project"]


def test_the_head_validates_it_and_the_step_is_declared(student, sheet, head):
    """R-PRO-8: of the two who are told, the company reads no address of the school's pages."""
    sheets.sent(sheets.own(student))
    for _ in range(2):
        answer(validate_sheet, sheet, head)

    stored = ContactSheet.objects.get()
    assert (stored.state, stored.decided_by, stored.decided_at) == (
        "validated",
        head,
        sheets.ANSWERED,
    )
    step = StepRecord.objects.get(student=student, key="head-approval")
    assert (step.state, step.done_on, step.done_by) == ("done", date(2025, 6, 5), head)
    assert told()[2:] == [
        ("sheet_news", student.user.email),
        ("sheet_company", sheets.COMPANY),
    ]


def test_sent_back_it_goes_on_from_what_was_sent_by_a_fresh_link(student, sheet, head):
    """R-PRO-8: the remarks are told to both, and the next version is another one."""
    former = sheets.by_link(sheet)
    sheets.sent(sheets.own(student))
    for _ in range(2):
        answer(return_sheet, sheet, head, reason=REMARKS)

    stored = ContactSheet.objects.get()
    assert (stored.state, stored.remarks, stored.draft) == ("returned", REMARKS, sheets.WHOLE)
    assert told()[2:] == [("sheet_news", student.user.email), ("sheet_link", sheets.COMPANY)]
    assert refusal(sheets.saved, former) == ["link_revoked"]

    sheets.sent(sheets.by_link(sheet), at=sheets.ANSWERED, project_activities="Tout le détail.")
    stored.refresh_from_db()
    assert (stored.state, stored.remarks, stored.decided_by) == ("sent", "", None)
    assert [one.number for one in stored.versions.all()] == [1, 2]
    step = StepRecord.objects.get(student=student, key="contact-sheet")
    assert step.done_on == date(2025, 6, 4)


def test_a_sheet_that_no_company_was_invited_to_is_sent_back_to_the_student(student, head):
    sheet = sheets.sent(sheets.own(student))
    answer(return_sheet, sheet, head, reason=REMARKS)
    assert told() == [("sheet_work", head.email), ("sheet_news", student.user.email)]


def test_it_is_sent_back_with_remarks_alone(student, sheet, head):
    sheets.sent(sheets.own(student))
    assert refusal(answer, return_sheet, sheet, head, reason="  ") == ["sheet_return_needs_remarks"]


def test_long_remarks_are_kept_and_the_journal_has_their_beginning(student, sheet, head):
    sheets.sent(sheets.own(student))
    answer(return_sheet, sheet, head, reason="a" * 1500)
    assert len(ContactSheet.objects.get().remarks) == 1500
    assert len(JournalEntry.objects.get(verb="return").reason) == 500


@pytest.mark.parametrize("said", [{}, {"reason": REMARKS}])
def test_a_head_answers_the_version_that_they_read(student, sheet, head, said):
    sheets.sent(sheets.own(student))
    command = return_sheet if said else validate_sheet
    assert refusal(answer, command, sheet, head, version=2, **said) == ["moved_meanwhile"]


@pytest.mark.parametrize("said", [{}, {"reason": REMARKS}])
def test_nobody_answers_but_a_head_of_the_department_or_of_the_option(
    year, student, sheet, office, said
):
    sheets.sent(sheets.own(student))
    command = return_sheet if said else validate_sheet
    elsewhere = contracts.head(year, department="GCBD")
    for actor in (student.user, office, elsewhere, accounts.UserFactory()):
        with pytest.raises(NotAllowedError):
            answer(command, sheet, actor, **said)
    answer(command, sheet, contracts.head(year, option="IL"), **said)
    assert ContactSheet.objects.get().state != "sent"


def test_of_a_double_degree_the_home_school_signs_first(year, office, head):
    """R-PRO-8, R-PRO-5 row 3': from a scan, which another version needs again."""
    student = contracts.student(year, StudentState.FEASIBLE, double_degree=True)
    sheet = sheets.invited(student)
    sheets.sent(sheets.own(student))
    assert refusal(answer, validate_sheet, sheet, head) == ["sheet_not_signed_by_home_school"]

    assert sign(sheet, office) == sign(sheet, office)
    [signature] = HomeSchoolSignature.objects.all()
    assert (signature.signed_by, signature.recorded_by) == ("Prof. Rossi", office)
    step = StepRecord.objects.get(student=student, key="home-school-approval")
    assert step.done_on == date(2025, 6, 5)

    answer(return_sheet, sheet, head, reason=REMARKS)
    sheets.sent(sheets.own(student), at=sheets.ANSWERED, city="Nîmes")
    assert refusal(answer, validate_sheet, sheet, head, version=2) == [
        "sheet_not_signed_by_home_school"
    ]
    sign(sheet, office, version=2)
    assert answer(validate_sheet, sheet, head, version=2).state == "validated"


def test_the_office_alone_records_what_a_home_school_signed(year, student, sheet, office, head):
    sheets.sent(sheets.own(student))
    assert refusal(sign, sheet, office) == ["sheet_without_home_school"]
    for actor in (student.user, head, accounts.UserFactory()):
        with pytest.raises(NotAllowedError):
            sign(sheet, actor)


def test_a_year_without_these_steps_has_sheets_all_the_same(db):
    document = contracts.firm(contracts.ales_2025_document())
    declared = {CONTACT_SHEET, HEAD_APPROVAL, HOME_APPROVAL}
    steps = {key: step for key, step in document.steps.items() if key not in declared}
    year = contracts.load(document.model_copy(update={"steps": steps}))
    student = contracts.student(year, StudentState.FEASIBLE, double_degree=True)
    sheet = sheets.sent(sheets.own(student))
    sign(sheet, accounts.contract_service(year.school))

    assert answer(validate_sheet, sheet, contracts.head(year)).state == "validated"
    assert (due_of(student), StepRecord.objects.count()) == (None, 0)


def test_what_follows_the_sheet_is_said_by_the_office_alone(student, office, head):
    """By hand, without a sheet, whoever acts says it; once there is one, the office from paper."""
    other = contracts.student(student.year, StudentState.INTENDS)
    declare_by_hand(student=other, key=CONTACT_SHEET, actor=other.user, now=sheets.SENT)
    sheets.saved(sheets.own(student))
    for key, actor in ((CONTACT_SHEET, student.user), (HEAD_APPROVAL, head)):
        said = {"student": student, "key": key, "now": sheets.SENT}
        assert refusal(declare_by_hand, actor=actor, **said) == ["step_follows_its_paper"]
        assert declare_by_hand(actor=office, **said).state == "done"


def test_nothing_is_answered_before_it_is_sent(sheet, head):
    assert refusal(answer, validate_sheet, sheet, head) == ["moved_meanwhile"]
