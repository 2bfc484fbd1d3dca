"""The data sheet: its boxes in the order of the form, on the version with which the contract was made (R-PRO-10)."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest

from companies.employment import selectors as forms
from companies.employment.selectors import form_in_force
from contratpro.contracts.services.deciding import reopen_contract
from contratpro.contracts.services.printing import data_sheet, data_sheet_html
from contratpro.models import EmploymentContract
from tests.factories import contracts


def printed(contract):
    """The text of the sheet, between one space."""
    html = data_sheet_html(EmploymentContract.objects.get(pk=contract.pk))
    said = re.sub(r"<[^>]+>", " ", html)
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def contract(student, office):
    return contracts.whole(student, office)


def test_it_has_every_box_in_the_order_of_the_form(contract, office):
    contracts.completed(contract, office)
    text = printed(contract)
    places = [text.index(str(field.label["fr"])) for field in form_in_force().fields[:10]]
    assert places == sorted(places)
    for words in (
        "Fiche de données CERFA 12434*03",
        "Version 1, déclarée complète par le service des contrats pro le 12 juin 2025",
        "732 829 320 00074",
        "1er septembre 2025",
        "1 480,50 €",
        "35 h 00",
        "RNCP38677",
        "Le ministère a annoncé en janvier 2025",
    ):
        assert words in text.replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_its_notes_are_for_the_opco_with_the_branch_agreement(student, office):
    """R-PRO-10: 480 h of 12 months, with the reference of the agreement."""
    contract = contracts.whole(student, office, branch_reference="Accord du 1er juillet 2014")
    contracts.completed(contract, office)
    assert (
        "480 heures, dépasse 25 % du contrat (401 heures) : à confirmer auprès de l’OPCO, "
        "selon l’accord de branche Accord du 1er juillet 2014"
    ) in printed(contract)


def test_a_draft_says_that_it_is_one(contract):
    assert "Brouillon : le service des contrats pro ne l’a pas déclaré complet." in printed(
        contract
    )


def test_what_was_found_complete_is_printed_as_it_was(contract, student, office, monkeypatch):
    """A later version of the form changes nothing of it, nor does a name that the file changes."""
    contracts.completed(contract, office)
    student.birth_name = "Autre"
    student.save()
    before = form_in_force()
    versions = {"03": before, "04": replace(before, version="04", sections=before.sections[:1])}
    monkeypatch.setattr(forms, "_versions", lambda: versions)
    text = printed(contract)
    assert "CERFA 12434*03" in text
    assert "Le Guénédal" in text.split("Le salarié")[1]

    reopen_contract(ref=contract.ref, reason="x", actor=office, now=contracts.RECEIVED)
    assert "CERFA 12434*04" in printed(contract)


@pytest.mark.parametrize(
    "name", ["Le Guénédal", "Ouédraogo-de La Rochefoucauld-Montmorency-Laval-Saint-Exup"]
)
def test_it_is_a_tagged_pdf_whatever_the_length_of_names(student, office, name):
    student.birth_name = name
    student.save()
    job = "Ingénieure d’études et de développement de systèmes embarqués critiques " * 3
    contract = contracts.whole(student, office, job=job)
    content = data_sheet(contracts.completed(contract, office))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "fr"
