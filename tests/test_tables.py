"""A table keyed by the members of an enum has all of them: one that was forgotten would be a KeyError on a page."""

import importlib
import pkgutil
from enum import Enum

APPS = (
    "common", "accounts", "notifications", "screens", "companies", "campaigns", "admissions", "apprenticeship",
    "contratpro", "rehearsal", "demonstration",
)  # fmt: skip
RESERVED = "the loader refuses an outcome of kind listed: it is reserved"
PARTIAL = {  # what is not in these, and why nobody looks for it
    "common.files.inspection.PILLOW": "a PDF is no picture",
    "notifications.outbox.rules.REFUSALS": "the other moves are those of machines",
    "campaigns.conditions.rules.eligibility.USUAL_ECTS": "read by get: another title has no usual credits",
    "campaigns.public.api.answers.ICAL_STATUS": "read by get: what is not firm is tentative",
    "admissions.announcing.mails.answers.DECISION_MAILS": RESERVED,
    "admissions.announcing.rules.ANNOUNCING": RESERVED,
    "admissions.announcing.rules.RECTIFYING": RESERVED,
    "admissions.dossier.rules.OBSTACLES": "looked into first: a piece that is accepted is no obstacle",
    "admissions.places.services.seats.LEAVING": "read by get: the others leave as they are rectified",
    "admissions.templatetags.announced.SITTINGS": "what is planned is sealed, and shown to nobody",
    "admissions.candidate.presentation.MOMENTS": "looked into first: the others have a title of their own",
    "admissions.templatetags.dossiers.SUPPLIED_CHIPS": "looked into first: the others are not supplied",
    "contratpro.contracts.forms.INPUT_MODES": "looked into first: the others are typed on a whole keyboard",
    "contratpro.incidents.presentation.ALREADY": "looked into first: what is asked is still to be decided",
    "contratpro.student.presentation.SHEET_ACTS": "read by get: with the others nothing waits for the student",
    "contratpro.students.rules.AGAINST": "looked into first: the others are not against",
    "demonstration.stories.WHEN": "read by get: the other stories have not ended",
    "rehearsal.year.steps.WITHDRAWN": "who gives up does so from one of these",
    "rehearsal.campaign.behaviour.KINDS": RESERVED,
    "rehearsal.campaign.behaviour.KINDS_AT_THE_END": "the last stage of a selection leads to no other",
}  # fmt: skip


def modules():
    for app in APPS:
        for found in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if "migrations" not in found.name and "__main__" not in found.name:
                yield importlib.import_module(found.name)


def lacking():
    """Tables keyed by an enum of ours that lack a member, each by the name of where it is written."""
    for module in modules():
        for name, table in vars(module).items():
            if isinstance(table, dict) and members_it_lacks(table):
                yield f"{module.__name__}.{name}", table


def members_it_lacks(table):
    kinds = {type(key) for key in table}
    kind = kinds.pop() if len(kinds) == 1 else str
    is_ours = issubclass(kind, Enum) and kind.__module__.split(".")[0] in APPS
    return [str(member) for member in kind if member not in table] if is_ours else []


def test_a_table_has_every_member_or_says_why_not():
    found = dict(lacking())
    known = {id(table) for name, table in found.items() if name in PARTIAL}
    told = [
        f"{name} lacks {', '.join(members_it_lacks(table))}"
        for name, table in found.items()
        if id(table) not in known
    ]
    assert not told, "\n".join(
        ["complete these, or say in PARTIAL why nobody looks for it:", *told]
    )
    assert sorted(PARTIAL.keys() - found.keys()) == [], "these are whole by now, or gone"
