"""The contrat pro's employment contract (R-PRO-10): every check refused and passed, each case naming its source."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from common.refusals import known_codes, say
from common.rules import ALLOWED, Refusal, refused
from companies.employment.rules.checks import (
    ContractCheck,
    check_company,
    check_contract,
    check_dates,
    check_duration,
    check_employer,
    check_nature,
    check_public,
    check_training,
    check_trial,
    check_tutor_experience,
    check_tutor_load,
    check_weekly_time,
    note_deposit,
    note_overtime,
    note_pay,
    note_pay_level,
    note_training_share,
)
from companies.employment.rules.facts import (
    BranchTerms,
    ContractNature,
    ContractNote,
    DiplomaHeld,
    EmploymentFacts,
    StaffCategory,
)
from companies.pay.selectors import pay_tables

TABLES = pay_tables()
FIXED, PERMANENT = ContractNature.FIXED_TERM, ContractNature.PERMANENT
FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
LAW = "L6325-13"
GOOD = EmploymentFacts(
    nature=FIXED,
    months=12,
    born_on=date(2003, 5, 10),
    is_job_seeker=False,
    is_under_french_law=True,
    is_public_body=False,
    concluded_on=date(2025, 8, 15),
    starts_on=FIRST,
    ends_on=LAST,
    last_exam_on=date(2026, 8, 28),
    tutor_years=2,
    tutor_follows=3,
    tutor_is_employer=False,
    weekly_minutes=35 * 60,
    training_hours=400,
    category=StaffCategory.EXECUTIVE,
    trial_days=30,
    diploma=DiplomaHeld.BAC_PRO,
    gross_cents=145843,
    deposited_on=date(2025, 9, 5),
)
RISEN = ContractNote(
    "wage_may_have_risen", {"article": "L3231-5", "known_until": date(2026, 1, 31)}
)


@pytest.mark.parametrize(
    ("born_on", "is_job_seeker", "verdict"),
    [
        (date(2003, 5, 10), False, ALLOWED),
        (date(1999, 8, 16), False, ALLOWED),  # 26 the day after it is concluded
        (date(1999, 8, 15), False, refused("employee_too_old", article="L6325-1", age=26)),
        (date(1999, 8, 15), True, ALLOWED),
        (date(2009, 8, 15), False, ALLOWED),
        (date(2009, 8, 16), False, refused("employee_too_young", article="L6325-1", age=16)),
    ],
)
def test_the_public_is_that_of_l6325_1(born_on, is_job_seeker, verdict):
    assert check_public(born_on, date(2025, 8, 15), is_job_seeker=is_job_seeker) == verdict


def test_the_company_is_under_french_law():
    """Circular DGEFP 2012-15, and the first lines of the guide."""
    assert check_company(is_under_french_law=True) == ALLOWED
    assert check_company(is_under_french_law=False) == refused(
        "company_not_under_french_law", article="circulaire DGEFP 2012-15"
    )


def test_public_bodies_do_not_conclude_it():
    """domain-facts § 1.6: private employers and EPIC alone."""
    assert check_employer(is_public_body=False) == ALLOWED
    assert check_employer(is_public_body=True) == refused(
        "employer_is_public_body", article="service-public.fr F15478"
    )


@pytest.mark.parametrize(
    ("ends_on", "last_exam_on", "verdict"),
    [
        (LAST, LAST, ALLOWED),
        (
            LAST,
            date(2026, 9, 1),
            refused(
                "contract_ends_before_exams",
                article="CERFA 12434",
                last_exam_on=date(2026, 9, 1),
            ),
        ),
        (
            FIRST,
            FIRST,
            refused("contract_ends_before_it_starts", article="CERFA 12434", starts_on=FIRST),
        ),
    ],
)
def test_the_dates_of_the_form_are_in_order(ends_on, last_exam_on, verdict):
    assert check_dates(FIRST, ends_on, last_exam_on) == verdict


@pytest.mark.parametrize(
    ("nature", "ends_on", "verdict"),
    [
        (FIXED, LAST, ALLOWED),
        (PERMANENT, LAST, ALLOWED),
        (FIXED, date(2026, 8, 30), ALLOWED),  # the last day of the guide's year
        (FIXED, date(2026, 8, 24), ALLOWED),  # a week less, which is ours
        (
            FIXED,
            date(2026, 8, 23),
            refused("fixed_term_not_of_the_year", article="guide § 5.3", months=12),
        ),
        (
            FIXED,
            date(2026, 9, 1),
            refused("fixed_term_not_of_the_year", article="guide § 5.3", months=12),
        ),
        (
            PERMANENT,
            date(2026, 8, 17),  # 351 days
            refused("action_not_of_the_year", article="guide § 5.3", months=12),
        ),
        (
            FIXED,
            date(2026, 7, 31),
            refused("fixed_term_not_of_the_year", article="guide § 5.3", months=12),
        ),
        (
            PERMANENT,
            date(2026, 2, 28),
            refused("action_not_of_the_year", article="guide § 5.3", months=12),
        ),
    ],
)
def test_twelve_months_fixed_or_of_professionalisation(nature, ends_on, verdict):
    """R-PRO-10, guide § 5.3."""
    assert check_nature(nature, FIRST, ends_on, 12) == verdict


@pytest.mark.parametrize(
    ("ends_on", "most_months", "verdict"),
    [
        (date(2026, 2, 28), None, ALLOWED),
        (date(2026, 2, 27), None, refused("contract_too_short", article="L6325-11", months=6)),
        (LAST, None, ALLOWED),
        (date(2026, 9, 1), None, refused("contract_too_long", article="L6325-11", months=12)),
        (date(2026, 9, 1), 18, ALLOWED),
        (date(2027, 2, 28), 18, ALLOWED),
        (date(2027, 3, 1), 18, refused("contract_too_long", article="L6325-11", months=18)),
        (date(2027, 9, 1), 36, refused("contract_too_long", article="L6325-11", months=24)),
        (LAST, 6, ALLOWED),  # a branch does not shorten what the law allows
    ],
)
def test_six_to_twelve_months_or_those_of_the_branch(ends_on, most_months, verdict):
    """L6325-11; up to twenty-four where the branch says so."""
    assert check_duration(FIRST, ends_on, BranchTerms(most_months=most_months)) == verdict


def test_months_end_with_a_month_that_has_no_such_day():
    """From 31 August, six months end on 27 February: the 28th would begin the seventh."""
    assert check_duration(date(2025, 8, 31), date(2026, 2, 27)) == ALLOWED
    assert not check_duration(date(2025, 8, 31), date(2026, 2, 26))


@pytest.mark.parametrize(
    ("years", "verdict"),
    [(2, ALLOWED), (1, refused("tutor_lacks_experience", article="D6325-6", years=2))],
)
def test_two_years_of_experience_of_d6325_6(years, verdict):
    assert check_tutor_experience(years) == verdict


@pytest.mark.parametrize(
    ("follows", "is_employer", "verdict"),
    [
        (3, False, ALLOWED),
        (4, False, refused("tutor_follows_too_many", article="D6325-9", most=3)),
        (2, True, ALLOWED),
        (3, True, refused("tutor_follows_too_many", article="D6325-9", most=2)),
    ],
)
def test_the_load_of_a_tutor_of_d6325_9(follows, is_employer, verdict):
    assert check_tutor_load(follows, is_employer=is_employer) == verdict


@pytest.mark.parametrize(
    ("hours", "verdict"),
    [
        (35, ALLOWED),
        (48, ALLOWED),
        (49, refused("weekly_time_too_long", article="L3121-20", hours=48)),
        (0, refused("weekly_time_missing", article="CERFA 12434")),
    ],
)
def test_the_hours_of_a_week(hours, verdict):
    """L3121-20."""
    assert check_weekly_time(hours * 60) == verdict


def test_overtime_is_said_not_to_be_reckoned():
    """L3121-27: the legal week has 35 hours."""
    assert note_overtime(35 * 60) == ()
    assert note_overtime(39 * 60) == (
        ContractNote("overtime_not_reckoned", {"article": "L3121-27", "hours": 35}),
    )


@pytest.mark.parametrize(
    ("hours", "ends_on", "verdict"),
    [
        (241, LAST, ALLOWED),
        (240, LAST, refused("training_under_share", article=LAW, share=15, hours=241)),
        (480, LAST, ALLOWED),
        (150, date(2026, 2, 28), ALLOWED),
        (149, date(2026, 2, 28), refused("training_too_short", article=LAW, hours=150)),
        (149, LAST, refused("training_too_short", article=LAW, hours=150)),
    ],
)
def test_the_least_training_of_l6325_13(hours, ends_on, verdict):
    """150 hours, and 15 % of the contract at 1,607 hours a year."""
    assert check_training(hours, FIRST, ends_on) == verdict


@pytest.mark.parametrize(
    ("hours", "reference", "notes"),
    [
        (401, "", ()),
        (
            480,
            "",
            (
                ContractNote(
                    "training_over_share", {"article": LAW, "hours": 480, "share": 25, "most": 401}
                ),
            ),
        ),
        (
            480,
            "IDCC 1486, art. 3",
            (
                ContractNote(
                    "training_over_share_by_branch",
                    {
                        "reference": "IDCC 1486, art. 3",
                        "article": LAW,
                        "hours": 480,
                        "share": 25,
                        "most": 401,
                    },
                ),
            ),
        ),
    ],
)
def test_more_than_a_quarter_of_training_is_a_note(hours, reference, notes):
    """L6325-13; the 480 hours of the guide are over 25 % of twelve months on any base."""
    assert note_training_share(hours, FIRST, LAST, BranchTerms(reference=reference)) == notes


@pytest.mark.parametrize(
    ("nature", "category", "ends_on", "days", "article"),
    [
        (FIXED, StaffCategory.EXECUTIVE, LAST, 30, "L1242-10"),
        (FIXED, StaffCategory.EXECUTIVE, date(2026, 2, 28), 14, "L1242-10"),
        (PERMANENT, StaffCategory.EMPLOYEE, LAST, 61, "L1221-19"),
        (PERMANENT, StaffCategory.TECHNICIAN, LAST, 91, "L1221-19"),
        (PERMANENT, StaffCategory.EXECUTIVE, LAST, 122, "L1221-19"),
    ],
)
def test_the_longest_trial_period(nature, category, ends_on, days, article):
    """L1242-10: a month, two weeks up to six months. L1221-19: two, three, four months."""
    assert check_trial(nature, category, FIRST, ends_on, days) == ALLOWED
    assert check_trial(nature, category, FIRST, ends_on, days + 1) == refused(
        "trial_too_long", article=article, days=days
    )


@pytest.mark.parametrize(
    ("diploma", "notes"),
    [
        (DiplomaHeld.BELOW_BAC_PRO, ()),
        (DiplomaHeld.GENERAL_BAC, (ContractNote("pay_level_to_confirm", {"article": "L6325-8"}),)),
        (DiplomaHeld.BAC_PRO, ()),
    ],
)
def test_the_level_of_a_general_baccalaureat_is_to_be_confirmed(diploma, notes):
    """KALIARTI000028080571: a general baccalauréat does not open the ten points more."""
    assert note_pay_level(diploma) == notes


def test_pay_that_is_enough_at_first_and_not_later_is_a_note():
    """L6325-8, with the rise of the minimum wage on 1 January 2026."""
    rise = ContractNote(
        "pay_must_rise",
        {"article": "L6325-8", "month": date(2026, 1, 1), "minimum_cents": 145843},
    )
    assert note_pay(GOOD.paid, 144144, TABLES) == (rise, RISEN)
    assert note_pay(GOOD.paid, 145843, TABLES) == (RISEN,)


def test_pay_refused_at_first_needs_no_note_about_later():
    assert note_pay(GOOD.paid, 144143, TABLES) == (RISEN,)


def test_a_wage_that_is_known_needs_no_note():
    past = replace(
        GOOD,
        concluded_on=date(2024, 8, 15),
        starts_on=date(2024, 9, 1),
        ends_on=date(2025, 8, 31),
        born_on=date(2002, 1, 1),
    )
    assert note_pay(past.paid, 145843, TABLES) == ()


@pytest.mark.parametrize(
    ("deposited_on", "codes"),
    [
        (None, ["deposit_due"]),
        (date(2025, 9, 6), []),
        (date(2025, 9, 7), ["deposit_late"]),
    ],
)
def test_the_deposit_within_five_days_of_d6325_1(deposited_on, codes):
    notes = note_deposit(FIRST, deposited_on)
    assert [note.code for note in notes] == codes
    assert all(note.params == {"article": "D6325-1", "last": date(2025, 9, 6)} for note in notes)


@pytest.mark.parametrize(
    ("branch", "diploma", "least"),
    [
        (BranchTerms(), DiplomaHeld.BAC_PRO, 144144),
        (BranchTerms(agreed_cents=150000), DiplomaHeld.BAC_PRO, 150000),
        (BranchTerms(minimum_cents=300000), DiplomaHeld.BAC_PRO, 144144),
        (BranchTerms(), DiplomaHeld.GENERAL_BAC, 126126),
    ],
)
def test_pay_is_held_against_the_grid_and_the_branch(branch, diploma, least):
    """L6325-8: a percentage of the SMIC by age and diploma, or what the branch sets."""
    facts = replace(GOOD, branch=branch, diploma=diploma)
    assert check_contract(replace(facts, gross_cents=least), TABLES).refusals == ()
    (refusal,) = check_contract(replace(facts, gross_cents=least - 1), TABLES).refusals
    assert (refusal.code, refusal.params["minimum_cents"]) == ("pay_under_minimum", least)


def test_a_good_contract_has_nothing_against_it():
    assert check_contract(GOOD, TABLES) == ContractCheck((), (RISEN,))


def test_all_that_is_wrong_is_said_at_once():
    """R-PRO-10: nobody corrects a form one refusal after another."""
    wrong = replace(
        GOOD,
        born_on=date(1990, 1, 1),
        is_under_french_law=False,
        is_public_body=True,
        ends_on=date(2026, 1, 31),
        tutor_years=1,
        tutor_follows=4,
        weekly_minutes=49 * 60,
        training_hours=100,
        trial_days=60,
        diploma=DiplomaHeld.GENERAL_BAC,
        gross_cents=100,
        deposited_on=None,
    )
    found = check_contract(wrong, TABLES)
    assert [refusal.code for refusal in found.refusals] == [
        "employee_too_old",
        "company_not_under_french_law",
        "employer_is_public_body",
        "contract_ends_before_exams",
        "tutor_lacks_experience",
        "tutor_follows_too_many",
        "weekly_time_too_long",
        "fixed_term_not_of_the_year",
        "contract_too_short",
        "training_too_short",
        "trial_too_long",
        "pay_under_minimum",
    ]
    assert [note.code for note in found.notes] == [
        "overtime_not_reckoned",
        "pay_level_to_confirm",
        "deposit_due",
    ]


def test_nothing_is_counted_from_dates_that_are_out_of_order():
    found = check_contract(replace(GOOD, ends_on=FIRST - timedelta(days=1)), TABLES)
    assert [refusal.code for refusal in found.refusals] == ["contract_ends_before_it_starts"]
    assert found.notes == ()
    assert replace(GOOD, ends_on=FIRST).paid is None


NOTHING = EmploymentFacts(months=12, training_hours=480)


@pytest.mark.parametrize(
    ("typed", "refusals", "notes"),
    [
        ({}, [], []),
        ({"tutor_years": 1}, ["tutor_lacks_experience"], []),
        ({"tutor_follows": 4}, [], []),  # who is the tutor is not typed yet
        ({"born_on": date(1990, 1, 1), "concluded_on": FIRST}, [], []),
        ({"starts_on": FIRST}, [], ["deposit_due"]),
        (
            {"starts_on": FIRST, "ends_on": date(2026, 9, 30)},
            ["contract_too_long"],
            ["deposit_due", "training_over_share"],
        ),
        ({"weekly_minutes": 0}, ["weekly_time_missing"], []),
    ],
)
def test_each_check_is_asked_once_what_it_needs_is_typed(typed, refusals, notes):
    """R-PRO-10: a form that is not whole yet is checked as far as it goes."""
    found = check_contract(replace(NOTHING, **typed), TABLES)
    assert [refusal.code for refusal in found.refusals] == refusals
    assert [note.code for note in found.notes] == notes


def test_the_case_of_the_guide_is_noted_and_not_refused():
    """480 h over twelve months, as the guide has it: above 25 % at 1,607 hours a year as at 1,820."""
    found = check_contract(replace(GOOD, training_hours=480), TABLES)
    assert found.refusals == ()
    assert [note.code for note in found.notes] == ["training_over_share", "wage_may_have_risen"]


def test_each_code_has_a_sentence_with_its_article_in_both_languages():
    worst = replace(
        GOOD,
        training_hours=480,
        gross_cents=100,
        weekly_minutes=49 * 60,
        deposited_on=None,
        trial_days=400,
    )
    found = check_contract(worst, TABLES)
    for said in (*found.refusals, *found.notes):
        assert said.code in known_codes()
        for language in ("fr", "en"):
            with translation.override(language):
                assert said.params["article"] in say(said)


def test_a_share_is_said_with_its_percentage():
    note = note_training_share(480, FIRST, LAST)[0]
    assert isinstance(note, Refusal)
    with translation.override("en"):
        assert say(note) == (
            "The training, 480 hours, is over 25% of the contract (401 hours): to be confirmed with the OPCO, with "
            "the reference of the branch agreement (L6325-13)."
        )
