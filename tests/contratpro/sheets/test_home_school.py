"""The home school of a double degree signs the contact sheet by a link, or says why not (R-PRO-8, R-PRO-5 row 3')."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.models import HomeSchoolRefusal, HomeSchoolSignature, StepRecord
from contratpro.sheets.rules import may_ask_home_school
from contratpro.sheets.services.deciding import return_sheet, validate_sheet
from contratpro.sheets.services.inviting import invite_home_school
from contratpro.sheets.services.locking import LASTS
from contratpro.sheets.services.signing import HomeSigner, decline_by_link, sign_by_link
from contratpro.states import SheetState, StudentState
from notifications.models import Notification
from tests.contratpro.sheets.test_mails import composed
from tests.factories import accounts, files, sheets
from tests.factories import contratpro as contracts
from tests.forms import fields_of

pytestmark = pytest.mark.servers
ROSSI = HomeSigner(name="Prof. Rossi", function="Directrice des études")
REMARKS = "L’accord ne couvre pas l’année 2026."


@pytest.fixture
def student(year):
    return contracts.student(year, StudentState.FEASIBLE, double_degree=True, home_school="INSAT")


@pytest.fixture
def head(year):
    return contracts.head(year)


@pytest.fixture
def sheet(student, head):
    """Sent, and a link sent to the home school."""
    sheets.sent(sheets.own(student))
    return sheets.asked_home(student)


@pytest.fixture
def browser(sheet):
    """Without an account, on the day after, and the address of the link."""
    with time_machine.travel(sheets.ANSWERED, tick=False):
        yield Client(), sheets.address_of(sheet, "sheet_home")


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def sign(sheet, signer=ROSSI, version=1, **said):
    link = said.pop("link", None) or sheets.home_link_of(sheet)
    said = {"now": sheets.ANSWERED} | said
    return sign_by_link(link_id=link.pk, version=version, signer=signer, **said)


def decline(sheet, remarks=REMARKS, version=1):
    link = sheets.home_link_of(sheet).pk
    said = {"link_id": link, "version": version, "signer": ROSSI}
    return decline_by_link(**said, remarks=remarks, now=sheets.ANSWERED)


def send_back(sheet, head):
    return return_sheet(
        ref=sheet.ref, version=1, reason="Précisez.", actor=head, now=sheets.ANSWERED
    )


def told():
    rows = Notification.objects.filter(kind__startswith="contratpro.sheet").order_by("pk")
    return [(row.kind.partition("sheet_")[2], row.refs["what"], row.to) for row in rows]


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("state", "double_degree", "is_signed", "sent_today", "expected"),
    [
        (SheetState.SENT, True, False, 9, []),
        (SheetState.SENT, True, False, 10, ["sheet_too_many_links"]),
        (SheetState.SENT, False, False, 0, ["sheet_without_home_school"]),
        (SheetState.SENT, True, True, 0, ["sheet_signed_by_home_school"]),
        (SheetState.DRAFT, True, False, 0, ["sheet_is_draft"]),
        (SheetState.RETURNED, True, False, 0, ["sheet_is_returned"]),
    ],
)
def test_a_home_school_is_asked_for_what_was_sent(
    state, double_degree, is_signed, sent_today, expected
):
    verdict = may_ask_home_school(
        state,
        StudentState.FEASIBLE,
        double_degree=double_degree,
        is_signed=is_signed,
        sent_today=sent_today,
    )
    assert [one.code for one in verdict.refusals] == expected


def test_it_is_asked_by_a_link_of_thirty_days_in_both_languages(student, sheet):
    link = sheets.home_link_of(sheet)
    assert (link.email, link.expires_at) == (sheets.HOME_SCHOOL, sheets.SENT + LASTS)
    assert told()[-1] == ("home", "to_sign", sheets.HOME_SCHOOL)
    subject, said = composed("sheet_home")
    assert subject == f"Fiche contact de {student.full_name}, à signer pour votre établissement"
    address = sheets.address_of(sheet, "sheet_home")
    assert address in said
    assert f"/en{address}" in said
    assert "sign it for your school" in said
    assert student.ref not in said


def test_neither_student_nor_company_signs_for_it(student, sheet):
    sheet.company_email = sheets.COMPANY
    sheet.save(update_fields=["company_email"])
    for email in (student.email.upper(), sheets.COMPANY):
        assert refusal(sheets.asked_home, student, email=email) == ["sheet_home_school_is_party"]
    soon = sheets.SENT + timedelta(minutes=4)
    assert refusal(sheets.asked_home, student, at=soon) == ["sheet_link_just_sent"]


def test_the_office_asks_for_the_student_and_nobody_else_does(year, student, sheet, office, head):
    said = {"ref": student.ref, "email": "a@home.example.org", "now": sheets.ANSWERED}
    for actor in (head, accounts.UserFactory()):
        with pytest.raises(NotAllowedError):
            invite_home_school(actor=actor, **said)
    invite_home_school(actor=office, **said)
    entry = JournalEntry.objects.filter(verb="invite_home_school").latest("pk")
    assert entry.on_behalf_of == f"contract_student:{student.ref}"


def test_signed_by_link_the_step_is_done_and_student_and_head_are_told(student, sheet, head):
    """R-PRO-5 row 3': kept with who, as what, how, by which link; twice, it is signed once."""
    before = len(told())
    assert sign(sheet) == sign(sheet)

    [signature] = HomeSchoolSignature.objects.all()
    link = sheets.home_link_of(sheet)
    assert (signature.how, signature.signed_by, signature.function) == (
        "typed",
        ROSSI.name,
        ROSSI.function,
    )
    assert (signature.link, signature.recorded_by, signature.scan) == (link, None, None)
    assert (signature.signed_on, signature.recorded_at) == (date(2025, 6, 5), sheets.ANSWERED)
    assert link.used_at == sheets.ANSWERED
    step = StepRecord.objects.get(student=student, key="home-school-approval")
    assert (step.state, step.done_on, step.done_by) == ("done", date(2025, 6, 5), None)
    assert told()[before:] == [
        ("news", "signed", student.user.email),
        ("work", "signed", head.email),
    ]
    done = validate_sheet(ref=sheet.ref, version=1, actor=head, now=sheets.ANSWERED)
    assert done.state == "validated"


def test_with_a_scan_it_is_kept(sheet):
    scan = SimpleUploadedFile("fiche.pdf", files.pdf(), "application/pdf")
    signature = sign(sheet, scan=scan)
    assert (signature.how, signature.scan.purpose) == ("uploaded", "home_school_signature")


def test_what_is_no_scan_signs_nothing(sheet):
    scan = SimpleUploadedFile("fiche.pdf", b"bonjour", "application/pdf")
    with pytest.raises(DomainError):
        sign(sheet, scan=scan)
    assert not HomeSchoolSignature.objects.exists()


def test_somebody_else_with_the_same_link_is_not_told_that_they_signed(sheet):
    sign(sheet)
    other = HomeSigner(name="Mme Bianchi", function="Secrétaire")
    assert refusal(sign, sheet, other) == ["sheet_signed_by_home_school"]
    assert refusal(decline, sheet) == ["sheet_signed_by_home_school"]
    assert HomeSchoolSignature.objects.get().signed_by == ROSSI.name


def test_declined_the_student_the_head_and_the_office_read_why(student, sheet, head):
    before = len(told())
    assert decline(sheet) == decline(sheet)

    assert told()[before:] == [
        ("news", "declined", student.user.email),
        ("work", "declined", head.email),
        ("office", "declined", "contrats-pro@mines-ales.fr"),
    ]
    for kind in ("sheet_news", "sheet_work", "sheet_office"):
        assert REMARKS in composed(kind)[1]
    assert refusal(decline, sheet, "Autre chose") == ["sheet_declined_by_home_school"]
    validating = {"ref": sheet.ref, "version": 1, "actor": head, "now": sheets.ANSWERED}
    assert refusal(validate_sheet, **validating) == ["sheet_not_signed_by_home_school"]
    assert sign(sheet).signed_by == ROSSI.name
    assert HomeSchoolRefusal.objects.count() == 1


def test_another_version_asks_anew_and_the_old_link_signs_nothing(student, sheet, head):
    sign(sheet)
    former = sheets.home_link_of(sheet)
    send_back(sheet, head)
    sheets.sent(sheets.own(student), at=sheets.ANSWERED, city="Nîmes")

    assert told()[-1] == ("home", "to_sign", sheets.HOME_SCHOOL)
    latest = sheets.home_link_of(sheet)
    assert latest != former
    assert refusal(sign, sheet, version=2, link=former) == ["link_revoked"]
    assert refusal(sign, sheet, version=1) == ["moved_meanwhile"]
    assert sign(sheet, version=2).version.number == 2


def test_sent_back_there_is_nothing_to_sign(sheet, head):
    send_back(sheet, head)
    assert refusal(sign, sheet) == ["sheet_is_returned"]
    assert refusal(decline, sheet) == ["sheet_is_returned"]


def test_the_link_of_a_company_signs_nothing(student, sheet, head):
    sheets.invited(student, at=sheets.ANSWERED)
    with pytest.raises(NotAllowedError):
        sign(sheet, link=sheets.link_of(sheet))
    with pytest.raises(NotAllowedError):
        sheets.saved(sheets.SheetWriter(link_id=sheets.home_link_of(sheet).pk))


@pytest.mark.parametrize(
    "wrong",
    [{"how": "office"}, {"link": None}, {"function": ""}, {"how": "uploaded"}],
)
def test_the_database_keeps_how_it_was_signed_true(sheet, wrong):
    sign(sheet)
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeSchoolSignature.objects.update(**wrong)


def typed_on(browser, act):
    """The fields of one of the two forms of the page."""
    client, link = browser
    version = fields_of(client.get(link))["version"]
    said = {"version": version, "name": ROSSI.name, "function": ROSSI.function}
    return said | ({"may_sign": "on"} if act == "sign" else {"remarks": REMARKS})


def test_the_page_shows_the_whole_sheet_and_nothing_of_the_school_s_pages(student, browser):
    client, link = browser
    page = client.get(link)
    assert student.full_name in text(page)
    assert "Suivi de la qualité des données." in text(page)
    for hidden in (student.ref, "/contrat-pro/", "/admin/", student.user.email):
        assert hidden not in page.content.decode()


def test_it_is_signed_on_the_page_after_a_tick(student, sheet, browser, signed_in, head):
    client, link = browser
    said = typed_on(browser, "sign")
    refused = client.post(f"{link}sign/", said | {"may_sign": ""})
    assert refused.status_code == 422
    assert not HomeSchoolSignature.objects.exists()

    done = client.post(f"{link}sign/", said, follow=True)

    assert "Signé par Prof. Rossi le" in text(done)
    assert f"{link}sign/" not in done.content.decode()
    again = client.post(f"{link}sign/", said | {"name": "Mme Bianchi"})
    assert again.status_code == 422
    assert "Signé par Prof. Rossi" in text(again)
    page = signed_in(student.user).get(f"/contrat-pro/{student.ref}/sheet/")
    assert "Prof. Rossi" in text(page)
    staff = signed_in(accounts.with_second_factor(head))
    read = text(staff.get(f"/admin/contrat-pro/students/{student.ref}/sheet/"))
    assert "Directrice des études" in read
    assert f"Par le lien envoyé à {sheets.HOME_SCHOOL}." in read


def test_it_is_declined_on_the_page_and_may_still_be_signed(student, browser, signed_in, head):
    client, link = browser
    said = typed_on(browser, "decline")
    assert client.post(f"{link}decline/", said | {"remarks": ""}).status_code == 422
    done = client.post(f"{link}decline/", said, follow=True)
    assert REMARKS in text(done)
    assert REMARKS in text(signed_in(student.user).get(f"/contrat-pro/{student.ref}/sheet/"))
    staff = signed_in(accounts.with_second_factor(head))
    assert REMARKS in text(staff.get(f"/admin/contrat-pro/students/{student.ref}/sheet/"))
    client.post(f"{link}sign/", typed_on(browser, "sign"))
    assert REMARKS not in text(client.get(link))


def test_a_program_that_opens_the_link_signs_nothing(browser):
    client, link = browser
    for act in ("", "sign/", "decline/"):
        client.get(f"{link}{act}")
    assert not HomeSchoolSignature.objects.exists()
    assert not HomeSchoolRefusal.objects.exists()


def test_an_old_link_says_in_words_what_it_may(student, sheet, head, browser):
    client, link = browser
    send_back(sheet, head)
    page = client.get(link)
    assert page.status_code == 200
    assert "rien à signer" in text(page)
    assert client.post(f"{link}sign/", typed_on_returned()).status_code == 422
    sheets.sent(sheets.own(student), at=sheets.ANSWERED, city="Nîmes")
    assert client.get(link).status_code == 410
    assert client.post(f"{link}sign/", typed_on_returned()).status_code == 410
    with time_machine.travel(sheets.ANSWERED + LASTS + timedelta(seconds=1), tick=False):
        assert client.get(sheets.address_of(sheet, "sheet_home")).status_code == 410


def typed_on_returned():
    return {"version": 1, "name": ROSSI.name, "function": ROSSI.function, "may_sign": "on"}


def test_a_student_asks_after_reading_what_it_does(year, student, head, signed_in):
    sheets.sent(sheets.own(student))
    client = signed_in(student.user)
    page = f"/contrat-pro/{student.ref}/sheet/"
    assert f"{page}home-school/" in client.get(page).content.decode()
    assert "30 jours" in text(client.get(f"{page}home-school/"))
    client.post(f"{page}home-school/", {"email": sheets.HOME_SCHOOL})
    assert sheets.HOME_SCHOOL in text(client.get(page))
    other = contracts.student(year, StudentState.FEASIBLE)
    none = signed_in(other.user).get(f"/contrat-pro/{other.ref}/sheet/home-school/")
    assert none.status_code == 404
