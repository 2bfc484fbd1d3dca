"""The form as dated data: its file, and what is typed in a box as it is understood (R-PRO-10)."""

from datetime import date

import pytest

from companies.employment.document.checks import read
from companies.employment.rules.form import (
    FieldKind,
    FormField,
    FormPart,
    as_typed,
    normal,
    understood,
)
from companies.employment.selectors import CERFA_12434, form_in_force, form_version

TEXT = CERFA_12434.read_text("utf-8")


def box(kind, **more):
    return FormField(key="box", label={"fr": "Case"}, kind=kind, choices={}, **more)


def test_the_form_is_cerfa_12434_03_in_its_order():
    """domain-facts §1.5: two independent form-fillers."""
    form = form_in_force()
    assert (form.name, form.since) == ("CERFA 12434*03", None)
    assert [section.key for section in form.sections] == [
        "employer",
        "employee",
        "tutor",
        "contract",
        "training",
        "signature",
    ]
    assert form_version("03") is form


def test_boxes_whose_codes_nobody_has_read_are_left_to_be_written():
    """domain-facts §1.5: current codes to verify, so none is invented."""
    by_hand = [field.key for field in form_in_force().fields if field.kind is FieldKind.BY_HAND]
    assert by_hand == [
        "situation",
        "minimum_income",
        "highest_diploma",
        "contract_type",
        "training_siret",
        "internal_service",
        "qualification_type",
        "speciality_code",
        "teaching_hours",
    ]


def test_secrets_and_what_others_say_are_typed_by_nobody():
    form = form_in_force()
    typed = set(form.typed_by(*FormPart))
    assert typed.isdisjoint({"nir", "disability", "last_name", "born_on", "total_hours"})
    assert form.typed_by(FormPart.SCHOOL) == ()


@pytest.mark.parametrize(
    ("kind", "text", "value", "kept"),
    [
        (FieldKind.TEXT, " deux  mots ", "deux mots", "deux mots"),
        (FieldKind.LONG, "une\nligne\n", "une\nligne", "une\nligne"),
        (FieldKind.NUMBER, "1 200", 1200, "1200"),
        (FieldKind.NUMBER, "douze", None, "douze"),
        (FieldKind.NUMBER, "-2", None, "-2"),
        (FieldKind.NUMBER, "12345", None, "12345"),
        (FieldKind.DAY, "1/9/2025", date(2025, 9, 1), "2025-09-01"),
        (FieldKind.DAY, "2025-09-01", date(2025, 9, 1), "2025-09-01"),
        (FieldKind.DAY, "31/02/2026", None, "31/02/2026"),
        (FieldKind.DAY, "bientôt", None, "bientôt"),
        (FieldKind.HOURS, "35 h", 2100, "35:00"),
        (FieldKind.HOURS, "37h30", 2250, "37:30"),
        (FieldKind.HOURS, "35 h 75", None, "35 h 75"),
        (FieldKind.HOURS, "plein", None, "plein"),
        (FieldKind.EUROS, "1 458,43 €", 145843, "1458.43"),
        (FieldKind.EUROS, "1458.4", 145840, "1458.40"),
        (FieldKind.EUROS, "1458,434", None, "1458,434"),
        (FieldKind.YES_NO, "no", False, "no"),
        (FieldKind.YES_NO, "peut-être", None, "peut-être"),
        (FieldKind.EMAIL, "rh@exemple.fr", "rh@exemple.fr", "rh@exemple.fr"),
        (FieldKind.EMAIL, "rh@exemple", None, "rh@exemple"),
        (FieldKind.SIRET, "732 829 320 00074", "73282932000074", "73282932000074"),
        (FieldKind.SIRET, "732 829 320", None, "732 829 320"),
        (FieldKind.TEXT, "  ", None, ""),
    ],
)
def test_what_is_typed_is_understood_or_kept_as_it_is(kind, text, value, kept):
    assert understood(box(kind), text) == value
    assert normal(box(kind), text) == kept
    assert understood(box(kind), kept) == value


def test_a_choice_is_one_of_those_there_are():
    field = FormField(key="box", label={}, kind=FieldKind.CHOICE, choices={"f": {"fr": "F"}})
    assert (understood(field, "f"), understood(field, "x")) == ("f", None)


@pytest.mark.parametrize(
    ("kind", "kept", "typed"),
    [
        (FieldKind.DAY, "2025-09-01", "01/09/2025"),
        (FieldKind.EUROS, "1458.43", "1458,43"),
        (FieldKind.TEXT, "1.2", "1.2"),
    ],
)
def test_what_was_kept_is_gone_on_from_as_one_types_it(kind, kept, typed):
    assert as_typed(box(kind), kept) == typed


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('version: "03"', "version: trois", "not a number of a form"),
        ("kind: siret", "kind: sirene", "'sirene'"),
        ("          naf:", "          siret:", "twice"),
        ("          tutor_name:", "          siret:", "is a box of 'employer' too"),
        ("            from: year", "            from: nobody", "'nobody'"),
        ("part: school", "part: opco", "'opco'"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(wrong, right, said):
    document, mistakes = read(TEXT.replace(wrong, right, 1))
    assert document is None
    assert any(said in message for _line, message in mistakes), mistakes


def test_choices_and_boxes_to_be_written_have_nothing_else():
    for wrong in ("kind: by_hand\n            ours: true", "kind: choice"):
        assert read(TEXT.replace("kind: by_hand", wrong, 1))[0] is None


def test_versions_come_one_after_another():
    start = TEXT.index("  - version:")
    twice = TEXT + TEXT[start:]
    assert read(twice)[0] is None
    later = (
        TEXT[start:].replace('"03"', '"04"').replace("source:", "since: 2026-01-01\n    source:", 1)
    )
    document, mistakes = read(TEXT + later)
    assert document, mistakes
    first = TEXT.replace("source:", "since: 2026-01-01\n    source:", 1)
    assert any("is not after" in said for _line, said in read(first + later)[1])
