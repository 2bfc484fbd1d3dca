"""What may be done with a contract, and what is said beside each of its boxes (R-PRO-10)."""

import inspect
import re
from datetime import date
from itertools import product

import pytest

from common.refusals import known_codes, say
from common.rules import Refusal
from companies.employment.rules import checks
from companies.employment.rules.facts import (
    BranchTerms,
    ContractNature,
    ContractNote,
    DiplomaHeld,
    EmploymentFacts,
    StaffCategory,
)
from companies.employment.rules.form import FieldKind, FormPart
from companies.employment.selectors import form_in_force
from companies.pay import rules as pay
from companies.pay.selectors import pay_tables
from companies.refusals import SENTENCES
from contratpro.contracts.rules import acts
from contratpro.contracts.rules.review import (
    BESIDE,
    BOXES,
    CHOSEN,
    PLAIN,
    as_kept,
    as_noted,
    facts_of,
    missing_boxes,
    review_contract,
)
from contratpro.sheets.rules import FIELDS
from contratpro.states import EmploymentState, StudentState
from tests.factories.contracts import WHOLE

FORM = form_in_force()
GIVEN = {
    "last_name": "Le Guénédal",
    "first_names": "Maëlys",
    "born_on": "2003-05-10",
    "training_body": "École d’exemple",
    "training_title": "Ingénieur",
    "rncp": "RNCP38677",
    "total_hours": "480",
    "training_starts_on": "2025-09-01",
    "last_exam_on": "2026-08-30",
}
FEASIBLE = StudentState.FEASIBLE
DRAFT, READY, SIGNED = EmploymentState
TODAY = date(2025, 9, 10)


def review(**typed):
    return review_contract(FORM, WHOLE | GIVEN | typed, 12, pay_tables(), lambda _text: True)


def said(rows):
    return [(row.box, row.said.code) for row in rows]


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


@pytest.mark.parametrize(("state", "is_approved"), [*product(StudentState, [True, False])])
def test_it_is_begun_once_the_project_is_feasible_and_the_sheet_validated(state, is_approved):
    """P25 §5.3: row 4 follows rows 1 and 3."""
    against = [] if state is FEASIBLE else ["contract_needs_feasible"]
    against += [] if is_approved else ["contract_needs_sheet"]
    assert codes(acts.may_begin(state, is_approved=is_approved)) == against
    assert codes(acts.may_write(DRAFT, state, is_approved=is_approved)) == against


@pytest.mark.parametrize("state", [READY, SIGNED])
def test_what_is_found_complete_is_typed_no_more(state):
    assert codes(acts.may_write(state, FEASIBLE, is_approved=True)) == [f"employment_is_{state}"]
    verdict = acts.may_complete(state, FEASIBLE, review(), is_approved=True)
    assert codes(verdict) == [f"employment_is_{state}"]


def test_a_company_is_invited_until_it_is_signed_ten_times_a_day():
    def invite(state=DRAFT, sent_today=9):
        return codes(acts.may_invite(state, FEASIBLE, is_approved=True, sent_today=sent_today))

    assert [invite(), invite(READY)] == [[], []]
    assert invite(SIGNED) == ["employment_is_signed"]
    assert invite(sent_today=10) == ["sheet_too_many_links"]


@pytest.mark.parametrize(
    ("state", "signed_on", "received_on", "against"),
    [
        (READY, TODAY, TODAY, []),
        (READY, date(2025, 9, 1), TODAY, []),
        (READY, date(2025, 9, 11), date(2025, 9, 11), ["contract_copy_later_than_today"]),
        (READY, TODAY, date(2025, 9, 9), ["contract_received_before_signed"]),
        (DRAFT, TODAY, TODAY, ["employment_is_draft"]),
        (SIGNED, TODAY, TODAY, ["employment_is_signed"]),
    ],
)
def test_a_copy_is_of_what_was_found_complete_and_signed_before_it_came(
    state, signed_on, received_on, against
):
    verdict = acts.may_record_copy(
        state, FEASIBLE, signed_on=signed_on, received_on=received_on, today=TODAY
    )
    assert codes(verdict) == against


@pytest.mark.parametrize(
    ("state", "deposited_on", "against"),
    [
        (DRAFT, TODAY, ["employment_is_draft"]),
        (READY, TODAY, []),
        (SIGNED, date(2025, 9, 1), []),
        (SIGNED, date(2025, 9, 11), ["contract_deposited_later_than_today"]),
    ],
)
def test_a_deposit_is_of_what_was_found_complete(state, deposited_on, against):
    assert codes(acts.may_record_deposit(state, deposited_on=deposited_on, today=TODAY)) == against


@pytest.mark.parametrize(
    ("state", "signed_on", "against"),
    [
        (DRAFT, TODAY, ["employment_is_draft"]),
        (READY, TODAY, ["employment_is_ready"]),
        (SIGNED, TODAY, []),
        (SIGNED, date(2025, 9, 11), ["contract_copy_later_than_today"]),
    ],
)
def test_a_copy_is_corrected_once_it_is_there(state, signed_on, against):
    assert codes(acts.may_correct_copy(state, signed_on=signed_on, today=TODAY)) == against


@pytest.mark.parametrize(
    ("state", "against"), [(DRAFT, []), (READY, []), (SIGNED, ["employment_is_signed"])]
)
def test_what_is_kept_apart_is_typed_until_it_is_signed(state, against):
    assert codes(acts.may_type_apart(state, FEASIBLE, is_approved=True)) == against


def test_it_is_taken_up_again_only_when_it_is_ready():
    assert [codes(acts.may_reopen(state, FEASIBLE)) for state in EmploymentState] == [
        ["employment_is_draft"],
        [],
        ["employment_is_signed"],
    ]


def test_the_contact_sheet_fills_in_what_it_says_already():
    assert set(acts.FROM_SHEET.values()) <= set(FIELDS)
    assert acts.FROM_SHEET.keys() <= set(FORM.typed_by(*FormPart))


def test_the_latest_form_has_the_boxes_that_checks_read_and_speak_of():
    boxes = {field.key for field in FORM.fields}
    read = {BOXES.get(name, name) for name in (*PLAIN, *CHOSEN)}
    branch = {"branch_reference", "branch_minimum", "branch_pay", "branch_months", "total_hours"}
    assert read | branch | set(BESIDE.values()) <= boxes
    assert {field.key for field in FORM.fields if field.kind is FieldKind.SEALED} == {
        "nir",
        "disability",
    }


def test_each_sentence_about_a_contract_has_its_box():
    """Those that the checks name, and that the app has words for."""
    sources = [inspect.getsource(module) for module in (checks, pay)]
    named = re.findall(r'(?:refused|ContractNote\.of)\(\s*"(\w+)"', "".join(sources))
    assert BESIDE.keys() == set(named)
    assert BESIDE.keys() <= SENTENCES.keys()


def test_each_kind_of_box_has_a_sentence_for_what_it_cannot_read():
    silent = {
        FieldKind.TEXT,
        FieldKind.LONG,
        FieldKind.PHONE,
        FieldKind.SEALED,
        FieldKind.BY_HAND,
    }
    assert {f"box_is_no_{kind}" for kind in set(FieldKind) - silent} <= known_codes()


def test_a_whole_contract_is_clean_and_has_its_notes():
    found = review()
    assert found.is_clean
    assert said(found.notes) == [
        ("starts_on", "deposit_due"),
        ("total_hours", "training_over_share"),
        ("gross_pay", "wage_may_have_risen"),
    ]
    assert codes(acts.may_complete(DRAFT, FEASIBLE, found, is_approved=True)) == []


def test_the_boxes_are_read_as_the_checks_need_them():
    typed = {
        "branch_reference": "Accord du 1er juillet",
        "branch_minimum": "2 000",
        "branch_pay": "1500,00",
        "branch_months": "18",
    }
    assert review(**typed).facts == EmploymentFacts(
        months=12,
        training_hours=480,
        nature=ContractNature.FIXED_TERM,
        born_on=date(2003, 5, 10),
        is_job_seeker=False,
        is_under_french_law=True,
        is_public_body=False,
        concluded_on=date(2025, 6, 20),
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 8, 31),
        last_exam_on=date(2026, 8, 30),
        tutor_years=8,
        tutor_follows=1,
        tutor_is_employer=False,
        weekly_minutes=2100,
        category=StaffCategory.EXECUTIVE,
        trial_days=30,
        diploma=DiplomaHeld.BAC_PRO,
        gross_cents=148050,
        branch=BranchTerms(
            reference="Accord du 1er juillet",
            minimum_cents=200000,
            agreed_cents=150000,
            most_months=18,
        ),
    )
    assert facts_of({}, 12) == EmploymentFacts(months=12, training_hours=0)


# Each check as it is typed in the box, and the article on which it rests (domain-facts §1.6, §2.2; readings §3).
CASES = [
    ({"born_on": "2010-01-01"}, "born_on", "employee_too_young", "L6325-1"),
    ({"born_on": "1999-06-20"}, "job_seeker", "employee_too_old", "L6325-1"),
    ({"french_law": "no"}, "french_law", "company_not_under_french_law", "DGEFP 2012-15"),
    ({"public_body": "yes"}, "public_body", "employer_is_public_body", "F15478"),
    ({"ends_on": "01/09/2025"}, "ends_on", "contract_ends_before_it_starts", "CERFA 12434"),
    ({"last_exam_on": "2026-09-01"}, "ends_on", "contract_ends_before_exams", "CERFA 12434"),
    (
        {"ends_on": "30/06/2026", "last_exam_on": "2026-06-30"},
        "ends_on",
        "fixed_term_not_of_the_year",
        "guide",
    ),
    (
        {"nature": "permanent", "ends_on": "30/06/2026", "last_exam_on": "2026-06-30"},
        "ends_on",
        "action_not_of_the_year",
        "guide",
    ),
    ({"ends_on": "01/09/2026"}, "ends_on", "contract_too_long", "L6325-11"),
    ({"tutor_years": "1"}, "tutor_years", "tutor_lacks_experience", "D6325-6"),
    ({"tutor_follows": "4"}, "tutor_follows", "tutor_follows_too_many", "D6325-9"),
    (
        {"tutor_follows": "3", "tutor_is_employer": "yes"},
        "tutor_follows",
        "tutor_follows_too_many",
        "D6325-9",
    ),
    ({"weekly_time": "0"}, "weekly_time", "weekly_time_missing", "CERFA 12434"),
    ({"trial_days": "31"}, "trial_days", "trial_too_long", "L1242-10"),
    (
        {"trial_days": "130", "nature": "permanent"},
        "trial_days",
        "trial_too_long",
        "L1221-19",
    ),
    ({"total_hours": "140"}, "total_hours", "training_too_short", "L6325-13"),
    ({"total_hours": "200"}, "total_hours", "training_under_share", "L6325-13"),
    ({"gross_pay": "1 441,43"}, "gross_pay", "pay_under_minimum", "L6325-8"),
    ({"branch_pay": "1480,51"}, "gross_pay", "pay_under_minimum", "L6325-8"),
]


@pytest.mark.parametrize(("typed", "box", "code", "article"), CASES)
def test_each_check_is_said_beside_its_box_with_its_article(typed, box, code, article):
    """R-PRO-10: every check refused by a case that names its source."""
    found = review(**typed)
    assert (box, code) in said(found.refusals)
    verdict = acts.may_complete(DRAFT, FEASIBLE, found, is_approved=True)
    assert code in codes(verdict)
    [sentence] = [say(one.said) for one in found.refusals if one.said.code == code]
    assert article in sentence


# The same boxes, as far as each may go.
PASSED = [
    {"born_on": "2009-06-20"},
    {"born_on": "1999-06-21", "gross_pay": "1 850"},  # 26 when it begins
    {"born_on": "1990-01-01", "job_seeker": "yes", "gross_pay": "1 850"},
    {"ends_on": "30/08/2026"},
    {"ends_on": "24/08/2026", "last_exam_on": "2026-08-24"},
    {"nature": "permanent"},
    {"tutor_years": "2", "tutor_follows": "3"},
    {"tutor_follows": "2", "tutor_is_employer": "yes"},
    {"nature": "permanent", "trial_days": "122"},
    {"weekly_time": "39 h", "gross_pay": "1 700"},
    {"total_hours": "480"},
    {"gross_pay": "1 458,43"},
    {"branch_pay": "1480,50"},
]


@pytest.mark.parametrize("typed", PASSED)
def test_what_is_within_its_bounds_is_passed(typed):
    assert review(**typed).refusals == ()


NOTES = [
    ({}, "total_hours", "training_over_share", "L6325-13"),
    (
        {"branch_reference": "Accord"},
        "total_hours",
        "training_over_share_by_branch",
        "L6325-13",
    ),
    ({"diploma_held": "general_bac"}, "diploma_held", "pay_level_to_confirm", "L6325-8"),
    (
        {"weekly_time": "39:00", "gross_pay": "1 700"},
        "weekly_time",
        "overtime_not_reckoned",
        "L3121-27",
    ),
    ({"gross_pay": "1 441,44"}, "gross_pay", "pay_must_rise", "L6325-8"),
    ({}, "starts_on", "deposit_due", "D6325-1"),
]


@pytest.mark.parametrize(("typed", "box", "code", "article"), NOTES)
def test_what_is_to_be_confirmed_is_a_note_and_refuses_nothing(typed, box, code, article):
    """R-PRO-10, readings §4.9: 480 h of 12 months is over 25 %, and never refused."""
    found = review(**typed)
    assert (box, code) in said(found.notes)
    assert codes(acts.may_complete(DRAFT, FEASIBLE, found, is_approved=True)) == []
    [sentence] = [say(one.said) for one in found.notes if one.said.code == code]
    assert article in sentence


def test_what_lacks_is_counted_by_whose_part_it_is():
    found = review(naf="", idcc=" ", sex="", last_exam_on="", level="")
    assert [(one.box, one.part) for one in found.missing] == [
        ("naf", "employer"),
        ("idcc", "employer"),
        ("sex", "employee"),
        ("last_exam_on", "school"),
    ]
    verdict = acts.may_complete(DRAFT, FEASIBLE, found, is_approved=True)
    assert [(one.code, one.params) for one in verdict.refusals] == [
        ("contract_lacks_of_employer", {"count": 2}),
        ("contract_lacks_of_employee", {"count": 1}),
        ("contract_lacks_of_school", {"count": 1}),
    ]


def test_what_is_kept_apart_or_written_by_hand_is_not_asked():
    lacking = {one.box for one in missing_boxes(FORM, {})}
    assert lacking.isdisjoint({"nir", "disability", "situation", "contract_type", "level"})


def test_what_cannot_be_read_is_said_and_refused():
    found = review_contract(
        FORM,
        WHOLE | GIVEN | {"starts_on": "bientôt", "siret": "73282932000075", "nature": "stage"},
        12,
        pay_tables(),
        lambda text: text == "73282932000074",
    )
    assert said(found.slips) == [
        ("siret", "siret_is_wrong"),
        ("nature", "box_is_no_choice"),
        ("starts_on", "box_is_no_day"),
    ]
    verdict = acts.may_complete(DRAFT, FEASIBLE, found, is_approved=True)
    assert verdict.refusals[0] == Refusal("contract_has_slips", {"count": 3})


def test_a_note_is_read_as_it_was_kept():
    for note in (one.said for one in review().notes):
        assert as_noted(as_kept(note)) == ContractNote(note.code, note.params)
