"""Student and company write: what is typed is kept as it is typed, then sent as a version that nobody changes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.links.services import use_link
from common.drafts.rules import Content, changes, refuse_if_unseen, word_for_word
from common.journal import note
from common.moves import move
from common.refusals import refuse_unless
from companies.services import company_of
from contratpro.models import ContactSheet, SheetVersion
from contratpro.sheets.mails import ask_home_school, tell_sent
from contratpro.sheets.rules import FIELDS, may_send, may_write
from contratpro.sheets.services.locking import (
    OpenSheet,
    SheetWriter,
    last_version,
    new_home_link,
    open_sheet,
)
from contratpro.states import SheetAction, SheetState
from contratpro.steps.rules import CONTACT_SHEET
from contratpro.steps.selectors import has_step
from contratpro.steps.services import declare_step


@transaction.atomic
def save_sheet(
    *, writer: SheetWriter, content: Mapping[str, str], seen: str, now: datetime
) -> ContactSheet:
    """Keep what was typed, whole or not, readable or not. Raises QuickerError if it would replace what was not seen."""
    opened = open_sheet(writer, now)
    sheet = opened.sheet
    refuse_unless(may_write(sheet.state, sheet.student.state))
    typed = word_for_word(content, FIELDS)
    refuse_if_unseen(sheet.draft, typed, seen, FIELDS)
    stored = word_for_word(sheet.draft, FIELDS)
    changed = [change.field for change in changes(stored, typed, FIELDS)]
    if changed:
        sheet.draft, sheet.draft_at = typed, now
        sheet.save(update_fields=["draft", "draft_at"])
        stamp = opened.stamp(now, fields=changed)
        note(sheet, "save_draft", stamp, source=sheet.state, target=sheet.state)
    return sheet


@transaction.atomic
def send_sheet(
    *, writer: SheetWriter, content: Mapping[str, str], seen: str, now: datetime
) -> ContactSheet:
    """Send the sheet to the head: a new version. The same one sent twice is sent once.

    Raises QuickerError if a draft that was not seen would go with it, DomainError with what each part lacks.
    """
    opened = open_sheet(writer, now)
    sheet = opened.sheet
    said = {name: content.get(name, "").strip() for name in FIELDS}
    last = last_version(sheet)
    if sheet.state is SheetState.SENT and last and last.content == said:
        return sheet
    refuse_unless(may_write(sheet.state, sheet.student.state))
    refuse_if_unseen(sheet.draft, said, seen, FIELDS)
    refuse_unless(may_send(said))
    number = last.number + 1 if last else 1
    _send(opened, said, number, now)
    return sheet


def _send(opened: OpenSheet, said: Content, number: int, now: datetime) -> None:
    sheet, stamp = opened.sheet, opened.stamp(now, version=number)
    move(sheet, SheetAction.SEND, stamp, company=company_of(said, kept=sheet.company), sent_at=now)
    by = f"{stamp.actor.kind}:{stamp.actor.ref}"
    SheetVersion.objects.create(sheet=sheet, number=number, content=said, by=by, at=now)
    if opened.link:
        use_link(link_id=opened.link.pk, now=now)
    if has_step(sheet.student, CONTACT_SHEET):
        declare_step(student=sheet.student, key=CONTACT_SHEET, actor=opened.by, now=now)
    tell_sent(sheet, number, now)
    if sheet.home_email and sheet.student.double_degree:
        ask_home_school(sheet, new_home_link(sheet, stamp.actor, now), now)
