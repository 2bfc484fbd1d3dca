"""The data sheet of a contract: a PDF of its boxes in the order of the form, made when it is asked for."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User
from common.pdf import pdf_of
from common.refusals import say
from companies.secrets.rules import Reading
from contratpro.contracts.presentation.boxes import (
    BoxList,
    BoxSection,
    secret_words,
    sections_of,
    with_secrets,
)
from contratpro.contracts.selectors import (
    draft_content,
    form_of,
    notes_of,
    review_of,
    version_in_force,
)
from contratpro.contracts.services.reading import read_contract_secrets
from contratpro.models import EmploymentContract, EmploymentContractVersion
from contratpro.year.selectors import year_now

FRENCH = "fr"  # the form is in French, and its boxes are copied word for word


def data_sheet(contract: EmploymentContract) -> bytes:
    """Without what is kept apart: there is room to write it by hand."""
    return pdf_of(data_sheet_html(contract))


def whole_data_sheet(*, ref: str, actor: User, now: datetime) -> bytes:
    """With what is kept apart, for the contract service alone. Nothing of it is stored; the reading is on record."""
    secrets = read_contract_secrets(ref=ref, reading=Reading.SHEET, actor=actor, now=now)
    contract = EmploymentContract.objects.select_related("student__year__school").get(ref=ref)
    with translation.override(FRENCH):
        return pdf_of(_html(contract, with_secrets(_sections(contract), secret_words(secrets))))


def data_sheet_html(contract: EmploymentContract) -> str:
    with translation.override(FRENCH):
        return _html(contract, _sections(contract))


def _sections(contract: EmploymentContract) -> list[BoxSection]:
    version = version_in_force(contract)
    content = version.content if version else draft_content(contract)
    return sections_of(form_of(version), content, BoxList(bound={}))


def _html(contract: EmploymentContract, sections: list[BoxSection]) -> str:
    version = version_in_force(contract)
    context = {
        "contract": contract,
        "said": year_now(contract.student.year),
        "name": contract.student.full_name,
        "form": form_of(version),
        "version": version,
        "sections": sections,
        "notes": _notes(contract, version),
    }
    return render_to_string("contratpro/contracts/data_sheet.html", context)


def _notes(contract: EmploymentContract, version: EmploymentContractVersion | None) -> list[str]:
    """Those of what was found complete, or of a draft as it stands."""
    found = (
        notes_of(contract, version)
        if version
        else review_of(contract, draft_content(contract)).notes
    )
    return [say(beside.said) for beside in found]
