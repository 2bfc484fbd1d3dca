"""One page for whoever fills in a contact sheet, signed in or by a link: read, saved, sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.requests import PersonRequest
from common.drafts.presentation import quicker_page
from common.drafts.rules import Content, QuickerError, seen_of
from common.forms import attempt
from common.refusals import DomainError, NotAllowedError
from contratpro.models import ContactSheet
from contratpro.sheets.forms import ContactSheetForm
from contratpro.sheets.presentation import (
    SHEET_SIGNS,
    plain_label,
    readable,
    sections_of,
    steps_of,
)
from contratpro.sheets.rules import FIELDS, may_write
from contratpro.sheets.selectors import due_of, home_refusal_of, home_signature_of
from contratpro.sheets.services.locking import SheetWriter
from contratpro.sheets.services.writing import save_sheet, send_sheet
from contratpro.states import SheetState
from contratpro.year.selectors import year_now


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDesk:
    """As whom a sheet is filled in, and at which addresses; `find` reads it again."""

    writer: SheetWriter
    find: Callable[[], ContactSheet]
    page: str
    save: str
    send: str
    more: Mapping[str, object] = field(default_factory=dict)


Then = Callable[[PersonRequest, SheetDesk, ContactSheet, ContactSheetForm], HttpResponseBase]


def sheet_page(request: PersonRequest, desk: SheetDesk) -> HttpResponseBase:
    """The form while it may be written, else what was sent."""
    sheet = desk.find()
    if may_write(sheet.state, sheet.student.state):
        return _form(request, desk, sheet, ContactSheetForm(kept=sheet.draft))
    return render(request, "contratpro/sheets/read.html", _about(desk, sheet) | content_of(sheet))


def saved(request: PersonRequest, desk: SheetDesk) -> HttpResponseBase:
    return _written(request, desk, _say_saved)


def sent(request: PersonRequest, desk: SheetDesk) -> HttpResponseBase:
    return _written(request, desk, _send)


def content_of(sheet: ContactSheet) -> dict[str, object]:
    """The last version to be read, and what each version changed."""
    versions = list(sheet.versions.all()) if sheet.pk else []
    last = versions[-1] if versions else None
    return {
        "version": last,
        "sections": sections_of(last.content) if last else [],
        "steps": steps_of(versions),
        **home_school_of(sheet),
    }


def home_school_of(sheet: ContactSheet) -> dict[str, object]:
    """What the home school of a double degree said of the last version, and whether it is still to sign it."""
    signature = home_signature_of(sheet)
    is_sent = sheet.state is SheetState.SENT
    return {
        "signature": signature,
        "refusal": home_refusal_of(sheet),
        "zone": year_now(sheet.student.year).year.zone,
        "awaits_home": is_sent and sheet.student.double_degree and signature is None,
    }


def _written(request: PersonRequest, desk: SheetDesk, then: Then) -> HttpResponseBase:
    """Keep what was typed before anything else, unless it is too late or someone else was quicker."""
    form = ContactSheetForm(request.POST, kept={})
    seen = request.POST.get("seen", "")
    try:
        kept = save_sheet(
            writer=desk.writer, content=form.typed, seen=seen, now=request.received_at
        )
        return then(request, desk, kept, form)
    except QuickerError as error:
        return _quicker(request, desk, {**_both(error.theirs, form.typed), "action": desk.save})
    except NotAllowedError:
        raise
    except DomainError:
        return _too_late(request, desk, form)


def _say_saved(
    request: PersonRequest, desk: SheetDesk, _sheet: ContactSheet, _form: ContactSheetForm
) -> HttpResponse:
    messages.success(request, _("Saved. You may close this page and come back to it."))
    return redirect(desk.page)


def _send(
    request: PersonRequest, desk: SheetDesk, sheet: ContactSheet, form: ContactSheetForm
) -> HttpResponse:
    """Sent if both parts are complete; else what lacks is said, all at once."""
    if form.is_valid():
        sending = partial(
            send_sheet,
            writer=desk.writer,
            content=form.said,
            seen=seen_of(sheet.draft, FIELDS),
            now=request.received_at,
        )
        if attempt(form, sending):
            messages.success(request, _("The contact sheet is sent to the head."))
            return redirect(desk.page)
    return _form(request, desk, sheet, form)


def _form(
    request: PersonRequest, desk: SheetDesk, sheet: ContactSheet, form: ContactSheetForm
) -> HttpResponse:
    context = {**_about(desk, sheet), "form": form, "seen": seen_of(sheet.draft, FIELDS)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "contratpro/sheets/form.html", context, status=status)


def _too_late(request: PersonRequest, desk: SheetDesk, form: ContactSheetForm) -> HttpResponseBase:
    """It was sent or closed meanwhile. What was typed is shown once more, unless it is what is kept."""
    mine = form.said if form.is_valid() else form.typed
    sheet = desk.find()
    last = sheet.versions.last() if sheet.pk else None
    both = _both(last.content if last else sheet.draft, mine)
    return _quicker(request, desk, both) if both["both"] else redirect(desk.page)


def _both(theirs: Content, mine: Content) -> Mapping[str, object]:
    return quicker_page(theirs, mine, FIELDS, plain_label, readable)


def _quicker(request: PersonRequest, desk: SheetDesk, both: Mapping[str, object]) -> HttpResponse:
    context = {**_about(desk, desk.find()), **both, "back": desk.page}
    template = "contratpro/sheets/quicker.html"
    return render(request, template, context, status=HTTPStatus.CONFLICT)


def _about(desk: SheetDesk, sheet: ContactSheet) -> dict[str, object]:
    """Of the student, the name and the year, besides the sheet itself."""
    return {
        **desk.more,
        "desk": desk,
        "sheet": sheet,
        "sign": SHEET_SIGNS[sheet.state],
        "name": sheet.student.full_name,
        "said": year_now(sheet.student.year),
        "due": due_of(sheet.student),
    }
