"""A final project in words: its sheet, what each version changes, its defence, what each act will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.drafts.presentation import BothTexts, side_by_side
from common.drafts.rules import Content, changes
from common.formats import day
from common.signs import Sign
from contratpro.models import Defence, PfeSheet, PfeSheetVersion, StudentFile
from contratpro.pfe.rules import FIELDS, latest_report
from contratpro.pfe.selectors import approved_content, day_of, ground_of_defence
from contratpro.states import PfeSheetState

FIELD_LABELS: Mapping[str, Promise] = {
    "title": _("Title of the final project"),
    "context": _("Context"),
    "purpose": _("Purpose"),
    "aims": _("Aims"),
    "plan": _("Plan of the work"),
}
FIELD_HELP: Mapping[str, Promise] = {
    "title": _("It is printed in the diploma supplement."),
    "context": _("The company, the service, and what made the project necessary."),
    "purpose": _("What question the project answers, or what need it meets."),
    "aims": _("What will be there at the end, and how one will see that it is reached."),
    "plan": _("The stages of the work, with their dates."),
}


PFE_SIGNS: Mapping[PfeSheetState, Sign] = {
    PfeSheetState.DRAFT: Sign(_("being filled in"), "pencil", "action"),
    PfeSheetState.SENT: Sign(_("with the school tutor"), "send", "action"),
    PfeSheetState.RETURNED: Sign(_("sent back"), "exclamation-circle", "due"),
    PfeSheetState.APPROVED: Sign(_("approved"), "check-circle-fill", "done"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PfeChange:
    """What a version changes from the one before it."""

    number: int
    before: int
    changed: Sequence[BothTexts]


def pfe_label(name: str) -> str:
    return str(FIELD_LABELS[name])


def as_typed(value: str, _name: str) -> str:
    return value


def pfe_rows(content: Content) -> list[tuple[str, str]]:
    return [(pfe_label(name), content[name]) for name in FIELDS if content.get(name)]


def pfe_changes(versions: Sequence[PfeSheetVersion]) -> list[PfeChange]:
    """From each version to the next, the latest first."""
    pairs = zip(versions[1:], versions, strict=False)
    steps = [
        PfeChange(
            number=after.number,
            before=before.number,
            changed=side_by_side(
                changes(before.content, after.content, FIELDS), pfe_label, as_typed
            ),
        )
        for after, before in pairs
    ]
    return steps[::-1]


def before_approving(sheet: PfeSheet) -> list[str]:
    said = [
        gettext("The title goes to the diploma supplement, until another version is approved."),
        gettext("The student is told at once."),
    ]
    if sheet.approved:
        said.append(gettext("The step of the update is on record as done on the day of sending."))
    return said


def before_returning(_sheet: PfeSheet) -> list[str]:
    return [gettext("The student goes on from what was sent, and reads your remarks.")]


def before_planning(student: StudentFile) -> list[str]:
    said = [
        gettext("The student and the school tutor are told of the day, the hour and the place.")
    ]
    ground = ground_of_defence(student)
    if ground.last_day:
        last = gettext("The last working day of the training in the agreement is %(day)s.")
        said.append(last % {"day": day(ground.last_day)})
    return said


def before_report_due(defence: Defence) -> list[str]:
    student = defence.student
    days = ground_of_defence(student).report_days
    latest = latest_report(day_of(student, defence.starts_at), days)
    words = {"days": days, "day": day(latest)}
    return [
        gettext("At least %(days)s days before the defence: by %(day)s.") % words,
        gettext("The student is told of this day."),
    ]


def before_marking(defence: Defence) -> list[str]:
    title = approved_content(defence.student).get("title", "")
    return [
        gettext("The title, as it was approved: %(title)s.") % {"title": title},
        gettext("The minutes are made, to be printed and signed by the jury."),
        gettext("The student reads the mark at once."),
    ]


def before_reopening(_defence: Defence) -> list[str]:
    return [
        gettext("The mark and the words of the jury are taken out: they are to be typed again.")
    ]
