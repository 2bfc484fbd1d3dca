"""What a contact sheet must say, whose part it is, and when it may be written, sent, signed, validated (R-PRO-8)."""

from datetime import date

import pytest

from contratpro.sheets.rules import (
    FIELDS,
    MAY_WAIT,
    PARTS,
    PERSON,
    SECTIONS,
    may_invite,
    may_return,
    may_send,
    may_sign,
    may_validate,
    may_write,
    missing_fields,
)
from contratpro.states import SheetState, StudentState
from contratpro.vocabulary import Party

WHOLE = dict.fromkeys(FIELDS, "x") | {"country": "FR"}
BOUND = {StudentState.INTENDS, StudentState.FEASIBLE}


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


def test_every_section_is_the_part_of_somebody():
    assert PARTS.keys() == SECTIONS.keys()
    assert set(PARTS.values()) == {Party.COMPANY, Party.STUDENT}


def test_a_whole_sheet_lacks_nothing():
    assert missing_fields(WHOLE) == ()
    assert may_send(WHOLE)


def test_details_of_the_final_project_may_wait():
    assert may_send(WHOLE | dict.fromkeys(MAY_WAIT, ""))


def test_an_empty_sheet_says_all_that_is_missing_and_whose_part_it_is():
    missing = missing_fields({})

    assert [one.field for one in missing] == [
        name for name in FIELDS if name not in MAY_WAIT and name not in PERSON
    ]
    verdict = may_send({})
    assert codes(verdict) == ["sheet_lacks_of_company", "sheet_lacks_of_student"]
    assert [one.params["count"] for one in verdict.refusals] == [14, 5]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("siret", "sheet_lacks_of_company"),
        ("tutor_phone", "sheet_lacks_of_company"),
        ("signatory_name", "sheet_lacks_of_company"),
        ("student_phone", "sheet_lacks_of_student"),
        ("project_activities", "sheet_lacks_of_student"),
    ],
)
def test_a_blank_is_missing(field, code):
    assert codes(may_send(WHOLE | {field: "  "})) == [code]


def test_one_more_person_is_whole_or_not_there():
    assert may_send(WHOLE | dict.fromkeys(PERSON, ""))
    [lacking] = missing_fields(WHOLE | {"contact_email": ""})
    assert (lacking.field, lacking.part) == ("contact_email", Party.COMPANY)


def test_a_company_abroad_has_no_siret_and_may_have_no_postcode():
    assert may_send(WHOLE | {"country": "BE", "siret": "", "postcode": ""})


@pytest.mark.parametrize("student", StudentState)
@pytest.mark.parametrize("sheet", SheetState)
def test_it_is_written_while_it_is_open_and_its_student_has_a_project(sheet, student):
    is_open = sheet in {SheetState.DRAFT, SheetState.RETURNED}
    expected = [] if student in BOUND else ["sheet_of_no_project"]
    assert codes(may_write(sheet, student)) == (expected if is_open else [f"sheet_is_{sheet}"])


@pytest.mark.parametrize("student", StudentState)
@pytest.mark.parametrize("sheet", SheetState)
def test_it_is_sent_back_or_validated_once_it_is_sent(sheet, student):
    expected = [] if student in BOUND else ["sheet_of_no_project"]
    answer = expected if sheet is SheetState.SENT else [f"sheet_is_{sheet}"]

    assert codes(may_return(sheet, student)) == answer
    assert codes(may_validate(sheet, student, double_degree=False, is_signed=False)) == answer
    assert codes(may_validate(sheet, student, double_degree=True, is_signed=True)) == answer


def test_of_a_double_degree_the_home_school_signs_first():
    sent, feasible = SheetState.SENT, StudentState.FEASIBLE
    unsigned = may_validate(sent, feasible, double_degree=True, is_signed=False)
    assert codes(unsigned) == ["sheet_not_signed_by_home_school"]


@pytest.mark.parametrize(
    ("sheet", "double_degree", "signed_on", "expected"),
    [
        (SheetState.SENT, True, date(2025, 6, 2), []),
        (SheetState.SENT, True, date(2025, 6, 3), ["sheet_signed_later_than_today"]),
        (SheetState.SENT, False, date(2025, 6, 2), ["sheet_without_home_school"]),
        (SheetState.DRAFT, True, date(2025, 6, 2), ["sheet_is_draft"]),
        (SheetState.VALIDATED, True, date(2025, 6, 2), ["sheet_is_validated"]),
    ],
)
def test_the_home_school_signs_what_was_sent(sheet, double_degree, signed_on, expected):
    verdict = may_sign(
        sheet,
        StudentState.FEASIBLE,
        double_degree=double_degree,
        signed_on=signed_on,
        today=date(2025, 6, 2),
    )
    assert codes(verdict) == expected


@pytest.mark.parametrize(
    ("sheet", "student", "sent_today", "expected"),
    [
        (SheetState.DRAFT, StudentState.INTENDS, 9, []),
        (SheetState.SENT, StudentState.FEASIBLE, 0, []),
        (SheetState.DRAFT, StudentState.INTENDS, 10, ["sheet_too_many_links"]),
        (SheetState.VALIDATED, StudentState.FEASIBLE, 0, ["sheet_is_validated"]),
        (
            SheetState.VALIDATED,
            StudentState.WITHDRAWN,
            10,
            ["sheet_of_no_project", "sheet_is_validated", "sheet_too_many_links"],
        ),
    ],
)
def test_a_company_is_sent_a_link_while_there_is_something_to_say(
    sheet, student, sent_today, expected
):
    assert codes(may_invite(sheet, student, sent_today)) == expected
