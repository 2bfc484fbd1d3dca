"""How job projects are shown: states, the sheet, what changed, what was done."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from apprenticeship.enums import PROJECT_STATES
from apprenticeship.models import PlacesNews, ProjectVersion
from apprenticeship.projects.presentation import SECTION_TITLES, plain_label, readable
from apprenticeship.projects.rules import FIELDS, SECTIONS
from apprenticeship.states import ProjectState
from common.drafts.presentation import BothTexts, side_by_side
from common.drafts.rules import changes
from common.models import JournalEntry

register = template.Library()

LONG = frozenset({"missions", "progression", "fit"})
SIGNS = {
    ProjectState.DRAFT: ("quiet", "pencil"),
    ProjectState.SUBMITTED: ("action", "hourglass-split"),
    ProjectState.CHANGES_ASKED: ("due", "arrow-return-left"),
    ProjectState.APPROVED: ("done", "check-circle"),
    ProjectState.REFUSED: ("refused", "x-circle"),
    ProjectState.ABANDONED: ("quiet", "dash-circle"),
    ProjectState.DEFAULTED: ("refused", "x-circle"),
    ProjectState.REPLACED: ("quiet", "arrow-right"),
}
ACTS = {
    "invite": _("Employer invited"),
    "send_link": _("New link sent to the employer"),
    "submit": _("Sheet sent by the employer"),
    "ask_changes": _("Changes asked for"),
    "approve": _("Approved"),
    "refuse": _("Refused"),
    "abandon": _("Abandoned"),
    "leave": _("Abandoned: the candidate withdrew"),
    "default": _("Given up by the employer"),
    "replace": _("Replaced by another project"),
}


@register.inclusion_tag("pieces/chip.html")
def project_chip(state: str) -> dict[str, Any]:
    tone, icon = SIGNS[ProjectState(state)]
    return {"tone": tone, "icon": icon, "word": PROJECT_STATES[ProjectState(state)], "date": ""}


@register.filter
def section_title(key: str) -> str:
    return str(SECTION_TITLES[key])


@register.filter
def act_name(entry: JournalEntry) -> str:
    return str(ACTS[entry.verb])


@register.simple_tag
def sheet_sections(content: Mapping[str, str]) -> list[dict[str, Any]]:
    """A sheet to be read; what is optional and empty is left out."""
    return [
        {"key": key, "rows": [_row(name, content[name]) for name in names if content.get(name)]}
        for key, names in SECTIONS.items()
    ]


@register.simple_tag
def sheet_changes(after: ProjectVersion, before: ProjectVersion) -> list[BothTexts]:
    return side_by_side(changes(before.content, after.content, FIELDS), plain_label, readable)


def _row(name: str, value: str) -> dict[str, Any]:
    return {"label": plain_label(name), "value": readable(value, name), "long": name in LONG}


register.filter("shown", readable)


@register.filter
def places_of(news: PlacesNews, pool: str) -> Mapping[str, int] | None:
    """What was left of a pool, as it was told; nothing of one that was added since."""
    places: Mapping[str, Mapping[str, int]] = news.places
    return places.get(pool)
