"""The nomenclature as one question: families, and in each "another one"."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.forms.steps import OTHER_OF_KIND, Choices
from campaigns.models import Diploma
from campaigns.rules.enums import DiplomaKind
from common.templatetags.rentree import localized

FAMILIES = {
    DiplomaKind.BTS: "BTS",
    DiplomaKind.BTSA: "BTSA",
    DiplomaKind.DUT: "DUT",
    DiplomaKind.BUT: "BUT",
    DiplomaKind.CPGE: gettext_lazy("Preparatory class (CPGE)"),
    DiplomaKind.L2: gettext_lazy("Second year of a bachelor's degree (L2)"),
    DiplomaKind.L3: gettext_lazy("Bachelor's degree (L3)"),
    DiplomaKind.LP: gettext_lazy("Vocational bachelor's degree (licence professionnelle)"),
    DiplomaKind.M1: gettext_lazy("First year of a master's degree (M1)"),
    DiplomaKind.M2: gettext_lazy("Master's degree (M2)"),
    DiplomaKind.OTHER: gettext_lazy("Another title, in France or abroad"),
}


def diploma_choices(diplomas: Iterable[Diploma]) -> Choices:
    """Every family of the nomenclature, in its usual order, closed by what is not listed."""
    listed = {kind: list(rows) for kind, rows in groupby(diplomas, key=lambda row: row.kind)}
    return [
        (
            str(family),
            [(row.code, _name(row)) for row in listed.get(kind.value, [])] + [(f"{OTHER_OF_KIND}{kind}", _other(kind))],
        )
        for kind, family in FAMILIES.items()
    ]


def _name(diploma: Diploma) -> str:
    words = [localized(diploma.title)]
    if diploma.option:
        words.append(_("option %(option)s") % {"option": diploma.option})
    if diploma.speciality:
        words.append(f"({diploma.speciality})")
    return " ".join(words)


def _other(kind: DiplomaKind) -> str:
    if kind is DiplomaKind.OTHER:
        return _("Other title or course")
    return _("Other: %(family)s") % {"family": FAMILIES[kind]}
