"""A version of a contact sheet as a PDF: what was sent, who signed it for the home school, who validated it."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from common.pdf import pdf_of
from common.signs import Sign
from contratpro.models import ContactSheet, HomeSchoolRefusal, HomeSchoolSignature, SheetVersion
from contratpro.sheets.presentation import SHEET_SIGNS, SheetSection, sections_of
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """What the PDF shows. Only the last version has been answered: those before it are replaced."""

    sheet: ContactSheet
    version: SheetVersion
    said: YearDocument
    sections: list[SheetSection]
    sign: Sign
    is_last: bool
    signature: HomeSchoolSignature | None
    refusal: HomeSchoolRefusal | None

    @property
    def company(self) -> str:
        return str(self.version.content.get("company_name", ""))


def printed_sheet(sheet: ContactSheet, version: SheetVersion) -> bytes:
    """In the language that is active: that of whoever asks for it."""
    return pdf_of(html_of(sheet, version))


def html_of(sheet: ContactSheet, version: SheetVersion) -> str:
    signature = HomeSchoolSignature.objects.filter(version=version).first()
    refusal = HomeSchoolRefusal.objects.filter(version=version).first()
    printed = PrintedSheet(
        sheet=sheet,
        version=version,
        said=year_now(sheet.student.year),
        sections=sections_of(version.content),
        sign=SHEET_SIGNS[sheet.state],
        is_last=version == sheet.versions.last(),
        signature=signature,
        refusal=None if signature else refusal,
    )
    return render_to_string("contratpro/sheets/print.html", {"printed": printed})
