"""How a dossier's facts are shown: states, refusals, where to mend what is missing, the timeline."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.models import Identity
from admissions.candidate.presentation import moment_title, moment_when
from admissions.candidate.rules import Moment, MomentTense, What
from admissions.dossier.rules import PieceStatus, Step, StepProgress
from admissions.dossier.selectors.read_model import Dossier, PieceRow, name_of, piece_anchor
from admissions.enums import APPLICATION_STATES, CANDIDACY_STATES
from admissions.models import Application, Title
from admissions.states import ApplicationState, CandidacyState
from campaigns.calendar.presentation import phrases
from campaigns.conditions.presentation import year_of_study
from campaigns.vocabulary import Needed
from common.formats import localized, short_day
from common.refusals import say as sentence
from common.refusals import say_to_staff
from common.rules import Refusal

register = template.Library()

UNCHECKED = {"unchecked_piece", "unchecked_piece_of"}

SIGNS = {
    "draft": ("due", "pencil"),
    "submitted": ("done", "check-circle"),
    "incomplete": ("due", "exclamation-circle"),
    "at_office": ("done", "check-circle"),
    "complete": ("done", "check-circle"),
    "in_selection": ("action", "hourglass-split"),
    "selected": ("done", "check-circle"),
    "trainee": ("due", "hourglass-split"),
    "rejected": ("quiet", "x-circle"),
    "admitted": ("done", "check-circle-fill"),
    "closed": ("quiet", "dash-circle"),
    "refused": ("refused", "x-circle"),
    "lapsed": ("quiet", "dash-circle"),
    "withdrawn": ("quiet", "arrow-return-left"),
}
STEPS = {
    Step.IDENTITY: gettext_lazy("Identity"),
    Step.STUDIES: gettext_lazy("Studies"),
    Step.PROGRAMMES: gettext_lazy("Programmes"),
    Step.DOCUMENTS: pgettext_lazy("pieces of a dossier", "Documents"),
    Step.REVIEW: gettext_lazy("Review and submission"),
}
REVIEW_NOTES = {
    ApplicationState.DRAFT: gettext_lazy("to be submitted"),
    ApplicationState.SUBMITTED: gettext_lazy("submitted"),
    ApplicationState.INCOMPLETE: gettext_lazy("submitted"),
    ApplicationState.AT_OFFICE: gettext_lazy("submitted"),
    ApplicationState.COMPLETE: gettext_lazy("submitted"),
    ApplicationState.REFUSED: gettext_lazy("refused"),
    ApplicationState.LAPSED: gettext_lazy("never submitted"),
    ApplicationState.WITHDRAWN: gettext_lazy("withdrawn"),
}
ENTRY_STATES = {MomentTense.PAST: "past", MomentTense.CURRENT: "now", MomentTense.NEXT: "later"}
SUPPLIED_CHIPS = {
    PieceStatus.GIVEN: ("done", "check-circle", gettext_lazy("supplied")),
    PieceStatus.ACCEPTED: ("done", "check-circle-fill", gettext_lazy("accepted")),
    PieceStatus.REFUSED: ("refused", "x-circle", gettext_lazy("refused, to be replaced")),
}
ENDINGS = {What.WITHDRAWN, What.REFUSED, What.LAPSED}


@register.filter
def say(refusal: Refusal) -> str:
    return sentence(refusal)


@register.filter
def sentences(refusals: tuple[Refusal, ...]) -> list[str]:
    return [sentence(refusal) for refusal in refusals]


@register.filter
def obstacles(refusals: tuple[Refusal, ...]) -> list[str]:
    """Beside the pieces: those that nobody has checked yet are counted there, and not named one by one."""
    unchecked = [refusal for refusal in refusals if refusal.code in UNCHECKED]
    if len(unchecked) == 1:
        return sentences(refusals)
    counted = ngettext(
        "%(count)d document is still to be checked.",
        "%(count)d documents are still to be checked.",
        len(unchecked),
    )
    others = sentences(tuple(refusal for refusal in refusals if refusal not in unchecked))
    return [counted % {"count": len(unchecked)}, *others] if unchecked else others


@register.filter
def staff_sentences(refusals: tuple[Refusal, ...]) -> list[str]:
    """For those who read about a candidate."""
    return [say_to_staff(refusal) for refusal in refusals]


@register.inclusion_tag("pieces/chip.html")
def application_chip(state: str) -> dict[str, Any]:
    return _chip(*SIGNS[state], str(APPLICATION_STATES[ApplicationState(state)]))


@register.inclusion_tag("pieces/chip.html")
def candidacy_chip(state: str) -> dict[str, Any]:
    return _chip(*SIGNS[state], str(CANDIDACY_STATES[CandidacyState(state)]))


def _chip(tone: str, icon: str, word: str, date: str = "") -> dict[str, Any]:
    return {"tone": tone, "icon": icon, "word": word, "date": date}


@register.filter
def step_name(step: str) -> str:
    return str(STEPS[Step(step)])


@register.simple_tag
def step_entries(dossier: Dossier, current: str = "") -> list[dict[str, Any]]:
    """The step list of a draft, for `pieces/steps.html`."""
    return [
        {
            "label": STEPS[state.step],
            "url": reverse(f"application_{state.step}", kwargs={"ref": dossier.application.ref}),
            "state": "current"
            if state.step == current
            else "done"
            if state.complete
            else "incomplete",
            "note": _step_note(state, dossier.state),
        }
        for state in dossier.steps
    ]


def _step_note(state: StepProgress, dossier_state: ApplicationState) -> str:
    if state.step is Step.REVIEW:
        return str(REVIEW_NOTES[dossier_state]) if state.complete else _("to be submitted")
    if state.complete:
        return _("nothing missing")
    return _("%(count)d left to complete") % {"count": len(state.missing)}


@register.simple_tag
def mend_url(dossier: Dossier, step: str, refusal: Refusal) -> str:
    """Where what is missing is typed or given: the very field."""
    if refusal.code == "missing_title":
        return reverse("title_new", kwargs={"ref": dossier.application.ref})
    page = reverse(f"application_{Step(step)}", kwargs={"ref": dossier.application.ref})
    return f"{page}#{_anchor_of(refusal)}"


def _anchor_of(refusal: Refusal) -> str:
    params = refusal.params
    if "field" in params:
        return f"div_id_{params['field']}"
    if "subject_key" in params:
        return piece_anchor(str(params["key"]), str(params["subject_key"]))
    return "programmes"


@register.simple_tag
def progress_entries(progress: Sequence[Moment], zone: str) -> list[dict[str, Any]]:
    """ "Where is my application", for `pieces/timeline.html`."""
    return [
        {
            "title": moment_title(moment),
            "when": moment_when(moment, zone),
            "at": None if moment.about else moment.at or moment.until,
            "state": "past" if moment.what in ENDINGS else ENTRY_STATES[moment.when],
            "status": "firm" if moment.firm else "provisional",
        }
        for moment in progress
    ]


@register.simple_tag
def accepted_files(dossier: Dossier, piece: PieceRow) -> str:
    """Formats and size of a piece, in words."""
    return phrases.accepts(dossier.notice.documents[piece.key])


@register.simple_tag
def fee_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """For `pieces/fees.html`."""
    added = {row.code for row in dossier.added}
    words = _("%(programme)s (not submitted yet)")
    return [
        {
            "title": words % {"programme": localized(line.title)}
            if line.code in added
            else localized(line.title),
            "cents": line.cents,
        }
        for line in dossier.fees.lines
    ]


@register.filter
def applied_to(application: Application) -> list[str]:
    """The codes of its programmes: of those submitted, or of all of a draft; none that was withdrawn."""
    rows = [row for row in application.candidacies.all() if row.state != CandidacyState.WITHDRAWN]
    sent = [row for row in rows if row.state != CandidacyState.DRAFT]
    return [row.programme.code for row in sent or rows]


@register.filter
def title_name(title: Title) -> str:
    return localized(name_of(title))


@register.filter(name="year_of_study")
def in_which_year(year: int) -> str:
    return year_of_study(year)


@register.inclusion_tag("pieces/chip.html")
def piece_chip(dossier: Dossier, piece: PieceRow) -> dict[str, Any]:
    if piece.status in SUPPLIED_CHIPS:
        tone, sign, said = SUPPLIED_CHIPS[piece.status]
        return _chip(tone, sign, str(said))
    if piece.status is PieceStatus.AWAITED:
        late = (
            piece.due_on is not None and piece.due_on < dossier.now.astimezone(dossier.zone).date()
        )
        word = (
            _("late, announced for")
            if late
            else _("to come, around")
            if piece.due_on
            else _("to come")
        )
        return _chip("due", "clock", word, short_day(piece.due_on))
    if piece.needed is Needed.OPTIONAL:
        return _chip("quiet", "circle", _("optional"))
    if piece.needed is Needed.ADMISSION:
        return _chip("quiet", "clock", _("now or later"))
    return _chip("due", "exclamation-circle", _("missing"))


@register.filter
def seen(piece: PieceRow) -> str:
    """The files shown, which alone are accepted or refused."""
    return " ".join(file.ref for file in piece.files)


@register.simple_tag
def piece_url(name: str, dossier: Dossier, piece: PieceRow) -> str:
    kwargs = {"ref": dossier.application.ref, "key": piece.key, "subject_key": piece.subject_key}
    return reverse(name, kwargs={name: value for name, value in kwargs.items() if value})


@register.filter
def yes_no(answer: bool | None) -> str:  # noqa: FBT001 (a template filter's one argument)
    return "" if answer is None else _("Yes") if answer else _("No")


@register.filter
def address(person: Identity) -> str:
    town = f"{person.postcode} {person.city}".strip()
    return ", ".join(part for part in (person.street, town, str(person.country.name or "")) if part)


@register.simple_tag
def next_step(dossier: Dossier) -> str:
    """The first step that lacks something; the review once none does."""
    return next((state.step for state in dossier.steps if not state.complete), Step.REVIEW)
