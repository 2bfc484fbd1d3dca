"""What is kept apart: typed by the student, read by the contract service alone, on no other page (R-PRO-10)."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from common.models import JournalEntry, StoredFile
from common.refusals import DomainError, NotAllowedError
from companies.secrets.rules import Reading
from contratpro.contracts.presentation.acts import before_completing
from contratpro.contracts.services import printing
from contratpro.contracts.services.deciding import reopen_contract
from contratpro.contracts.services.printing import data_sheet_html
from contratpro.contracts.services.reading import read_contract_secrets
from contratpro.contracts.services.writing import type_disability, type_nir
from contratpro.models import EmploymentContract
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts, contracts
from tests.factories import contratpro as years
from tests.forms import fields_of

NIR = contracts.NIR
SHOWN = "2 03 05 75 034 123 60"


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(contracts.RECEIVED, tick=False):
        yield


@pytest.fixture
def contract(student, office):
    """Found complete, both secrets typed by the student."""
    contract = contracts.whole(student, office)
    contracts.invited(student)
    type_nir(writer=contracts.signed_in_as(student), nir=SHOWN, now=contracts.SAVED)
    type_disability(writer=contracts.signed_in_as(student), is_disabled=True, now=contracts.SAVED)
    return contracts.completed(contract, office)


def page(student):
    return f"/admin/contrat-pro/students/{student.ref}/contract/"


def readings(contract):
    rows = JournalEntry.objects.filter(object_ref=contract.ref, verb="read_secrets")
    return list(rows.order_by("pk").values_list("actor_ref", "data"))


def test_the_student_types_the_number_and_never_sees_it_again(signed_in, student):
    client, address = signed_in(student.user), f"/contrat-pro/{student.ref}/contract/"
    contracts.saved(contracts.signed_in_as(student))
    answer = client.post(f"{address}nir/", {"nir": SHOWN}, follow=True)

    assert answer.redirect_chain == [(address, 302)]
    text = answer.content.decode()
    assert "Saisi le 20\N{NO-BREAK SPACE}juin 2025. Seul le service des contrats pro peut" in text
    assert not [one for one in (NIR, SHOWN) if one in text]
    assert not readings(EmploymentContract.objects.get())


def test_a_wrong_number_is_refused_in_words_and_not_shown_either(signed_in, student):
    client, address = signed_in(student.user), f"/contrat-pro/{student.ref}/contract/"
    answer = client.post(f"{address}nir/", {"nir": "203057503412361"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "n’est pas valable" in text
    assert "203057503412361" not in text


def test_what_is_odd_in_it_is_said_to_whoever_types_it(signed_in, student):
    contracts.saved(contracts.signed_in_as(student), sex="m")
    client, address = signed_in(student.user), f"/contrat-pro/{student.ref}/contract/"
    answer = client.post(f"{address}nir/", {"nir": NIR}, follow=True)
    assert "n’est pas celui qui est saisi" in answer.content.decode()


def test_the_office_knows_what_is_odd_in_it_without_reading_it(
    signed_in, student, office, contract
):
    """The note was made when the number was typed; the company knows nothing of it."""
    student.born_on = date(2003, 6, 10)
    student.save()
    reopen_contract(ref=contract.ref, reason="x", actor=office, now=contracts.RECEIVED)
    type_nir(writer=contracts.signed_in_as(student), nir=NIR, now=contracts.RECEIVED)
    words = "La naissance qu’indique le numéro de sécurité sociale n’est pas celle du dossier."
    assert words in signed_in(office).get(page(student)).content.decode()
    assert words not in Client().get(contracts.address_of(contract)).content.decode()
    assert readings(contract) == []


def test_disability_is_yes_or_no(signed_in, student):
    client, address = signed_in(student.user), f"/contrat-pro/{student.ref}/contract/"
    assert client.post(f"{address}disability/", {}).status_code == 422
    assert client.post(f"{address}disability/", {"is_disabled": "no"}).status_code == 302
    secrets = read_contract_secrets(
        ref=EmploymentContract.objects.get().ref,
        reading=Reading.PAGE,
        actor=accounts.contract_service(student.year.school),
        now=contracts.RECEIVED,
    )
    assert secrets.is_disabled is False


def test_the_company_types_none_of_it(student):
    contract = contracts.invited(student)
    for act, said in ((type_nir, {"nir": NIR}), (type_disability, {"is_disabled": True})):
        with pytest.raises(NotAllowedError):
            act(writer=contracts.by_link(contract), now=contracts.SAVED, **said)
    address = contracts.address_of(contract)
    assert Client().post(f"{address}nir/", {"nir": NIR}).status_code == 404


def test_it_may_be_typed_until_the_contract_is_signed(signed_in, student, office):
    """It is in no version: what was forgotten need not reopen what was found complete."""
    contract = contracts.completed(contracts.whole(student, office), office)
    address = f"/contrat-pro/{student.ref}/contract/"
    client = signed_in(student.user)
    shown = fields_of(client.get(address))
    assert ("nir" in shown, "job" in shown) == (True, False)
    assert client.post(f"{address}nir/", {"nir": NIR}).status_code == 302
    assert (
        signed_in(office).post(f"{page(student)}disability/", {"is_disabled": "no"}).status_code
        == 302
    )

    contracts.signed(contract, office)
    assert "nir" not in fields_of(client.get(address))
    for user in (student.user, office):
        writer = contracts.signed_in_as(student, user)
        with pytest.raises(DomainError, match="employment_is_signed"):
            type_nir(writer=writer, nir=NIR, now=contracts.RECEIVED)
        with pytest.raises(DomainError, match="employment_is_signed"):
            type_disability(writer=writer, is_disabled=True, now=contracts.RECEIVED)


def test_the_sex_of_what_was_found_complete_is_held_against_the_number(student, office):
    contracts.completed(contracts.whole(student, office, sex="m"), office)
    writer = contracts.signed_in_as(student)
    assert type_nir(writer=writer, nir=NIR, now=contracts.RECEIVED) == ("nir_sex_differs",)


def test_a_number_may_have_the_letter_of_corsica(signed_in, student):
    client, address = signed_in(student.user), f"/contrat-pro/{student.ref}/contract/"
    html = client.get(address).content.decode()
    box = re.search(r'<input[^>]+name="nir"[^>]*>', html)[0]
    assert "inputmode" not in box
    assert client.post(f"{address}nir/", {"nir": "2 03 05 2A 004 001 72"}).status_code == 302


def test_whether_it_was_typed_is_said_before_the_contract_is_found_complete(student, office):
    """Whether, never what."""
    contract = contracts.whole(student, office)
    assert known_lines(contract) == [
        "Le numéro de sécurité sociale n’est pas saisi.",
        "La réponse sur la qualité de travailleur handicapé (RQTH) n’est pas saisie.",
        REMAINS,
    ]
    type_nir(writer=contracts.signed_in_as(student), nir=NIR, now=contracts.SAVED)
    for is_disabled in (True, False):
        writer = contracts.signed_in_as(student)
        type_disability(writer=writer, is_disabled=is_disabled, now=contracts.SAVED)
        assert known_lines(contract) == [
            "Le numéro de sécurité sociale est saisi.",
            "La réponse sur la qualité de travailleur handicapé (RQTH) est saisie.",
        ]


REMAINS = (
    "Ce qui n’est pas saisi peut l’être jusqu’à la signature du contrat, "
    "ou se porte à la main sur le formulaire."
)


def known_lines(contract):
    return before_completing(contract)[2:-1]


def test_the_office_reads_it_on_a_page_that_says_so_first(signed_in, student, office, contract):
    """R-PRO-10: each reading is in the log."""
    client, address = signed_in(office), f"{page(student)}apart/"
    before = client.get(address)
    assert "enregistrée" in before.content.decode()
    assert not [one for one in (NIR, SHOWN) if one in before.content.decode()]
    assert readings(contract) == []

    shown = client.post(address)
    assert SHOWN in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert readings(contract) == [(str(office.pk), {"reading": "page"})]
    assert f"{office.email}, sur une page" in client.get(page(student)).content.decode()


@pytest.fixture
def _plain_pdf(monkeypatch):
    """The engine gives back the HTML that it is asked to print."""
    monkeypatch.setattr(printing, "pdf_of", str.encode)


@pytest.mark.usefixtures("_plain_pdf")
def test_the_office_prints_it_and_nothing_is_kept(signed_in, student, office, contract):
    client, address = signed_in(office), f"{page(student)}sheet/whole/"
    assert "enregistrée" in client.get(address).content.decode()
    printed = client.post(address)
    assert (printed["Content-Type"], printed["Cache-Control"]) == (
        "application/pdf",
        "private, no-store",
    )
    assert SHOWN in printed.content.decode()
    assert readings(contract) == [(str(office.pk), {"reading": "sheet"})]
    assert not StoredFile.objects.exists()


@pytest.mark.usefixtures("_plain_pdf")
def test_all_other_sheets_leave_room_to_write_it(signed_in, student, office, contract):
    """R-PRO-10: the copies of student and company, and that of the office which asks for no secret."""
    sheets = [
        signed_in(student.user).get(f"/contrat-pro/{student.ref}/contract/sheet/"),
        Client().post(f"{contracts.address_of(contract)}sheet/"),
        signed_in(office).get(f"{page(student)}sheet/"),
    ]
    for sheet in sheets:
        text = sheet.content.decode()
        assert text.count("à porter à la main") == 11  # nine codes, and both secrets
        assert SHOWN not in text
    assert readings(contract) == []


@pytest.mark.parametrize("who", ["head", "tutor", "student", "direction", "stranger"])
def test_nobody_else_reads_it(signed_in, year, student, contract, who):
    """R-PRO-10: for them neither the page nor the act is there."""
    users = {
        "head": lambda: accounts.with_second_factor(years.head(year)),
        "tutor": lambda: accounts.with_second_factor(accounts.UserFactory()),
        "student": lambda: student.user,
        "direction": lambda: accounts.with_second_factor(accounts.direction(year.school)),
        "stranger": accounts.UserFactory,
    }
    user = users[who]()
    if who == "tutor":
        student.tutor = user
        student.save(update_fields=["tutor"])
    client = signed_in(user)
    for act in ("", "apart/", "sheet/", "sheet/whole/"):
        assert client.get(page(student) + act).status_code == 404
    for act in ("apart/", "sheet/whole/"):
        assert client.post(page(student) + act).status_code == 404
    with pytest.raises(NotAllowedError):
        read_contract_secrets(
            ref=contract.ref, reading=Reading.PAGE, actor=user, now=contracts.RECEIVED
        )
    assert readings(contract) == []


def test_it_is_on_no_other_page_in_no_mail_and_in_no_entry(signed_in, student, office, contract):
    """R-PRO-10: in nobody else's page, export or mail."""
    contracts.signed(contract, office)
    pages = [
        Client().get(contracts.address_of(contract)),
        signed_in(student.user).get(f"/contrat-pro/{student.ref}/contract/"),
        signed_in(student.user).get(f"/contrat-pro/{student.ref}/"),
        signed_in(office).get(page(student)),
        signed_in(office).get(f"/admin/contrat-pro/students/{student.ref}/"),
    ]
    texts = [response.content.decode() for response in pages]
    assert [response.status_code for response in pages] == [200] * 5
    for mail in Notification.objects.all():
        composed = compose([mail])[0][1]
        texts += [composed.subject, composed.text, composed.html, json.dumps(mail.refs)]
    texts += [json.dumps(row) for row in JournalEntry.objects.values_list("data", flat=True)]
    texts.append(data_sheet_html(EmploymentContract.objects.get()))
    for secret in (NIR, SHOWN, SHOWN.replace(" ", "\N{NO-BREAK SPACE}")):
        assert [text for text in texts if secret in text] == []


def test_no_row_of_any_table_holds_it_plain(student, office, contract):
    contracts.signed(contract, office)
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            assert NIR not in repr(cursor.fetchall())


def test_the_company_does_not_learn_whether_it_is_there(student, contract):
    text = Client().get(contracts.address_of(contract)).content.decode()
    assert "Saisi le" not in text
    assert "À porter à la main" in text
