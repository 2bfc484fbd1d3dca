"""The minimum pay of each month (R-PRO-10), with the figures of the law and of the school's brochure typed out."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.rules import ALLOWED, refused
from companies.pay.rules import (
    LEVELS,
    YEARS,
    PaidContract,
    PayBase,
    PayColumn,
    check_pay,
    first_rise,
    minimum_pay,
    pay_by_month,
)
from companies.pay.selectors import pay_tables

BELOW, ABOVE = PayColumn.BELOW_BAC_PRO, PayColumn.BAC_PRO
TABLES = pay_tables()
OF_22 = PaidContract(
    column=ABOVE,
    born_on=date(2003, 5, 10),
    concluded_on=date(2025, 8, 15),
    starts_on=date(2025, 9, 1),
    ends_on=date(2026, 8, 31),
)
APPRENTICE = PaidContract(
    column=PayColumn.YEAR_1,
    born_on=date(2005, 6, 1),
    concluded_on=date(2024, 7, 1),
    starts_on=date(2024, 9, 16),
    ends_on=date(2027, 9, 15),
)


def cents(contract, month):
    return minimum_pay(TABLES, contract, month).cents


@pytest.mark.parametrize(
    ("born_on", "column", "in_2025", "in_2026", "source"),
    [
        (date(2006, 1, 1), BELOW, 99099, 100267, "L6325-8: 55 % before 21"),
        (date(2006, 1, 1), ABOVE, 117117, 118497, "L6325-8: 65 % before 21"),
        (date(2003, 1, 1), BELOW, 126126, 127613, "L6325-8: 70 % from 21 to 25"),
        (date(2003, 1, 1), ABOVE, 144144, 145843, "L6325-8: 80 % from 21 to 25"),
        (date(1998, 1, 1), BELOW, 180180, 182303, "L6325-9: the whole SMIC at 26"),
        (date(1998, 1, 1), ABOVE, 180180, 182303, "L6325-9: the whole SMIC at 26"),
    ],
)
def test_the_grid_of_the_contrat_pro_with_the_wage_of_the_month(
    born_on, column, in_2025, in_2026, source
):
    """R-PRO-10: the minimum of December is that of 2025, the one of January follows the rise of 1 January 2026."""
    contract = replace(OF_22, born_on=born_on, column=column)
    december, january = date(2025, 12, 1), date(2026, 1, 1)
    assert (cents(contract, december), cents(contract, january)) == (in_2025, in_2026), source


@pytest.mark.parametrize(
    ("born_on", "months", "source"),
    [
        (
            date(2005, 1, 15),
            {date(2026, 1, 1): 118497, date(2026, 2, 1): 145843},
            "KALIARTI000028080571: 21 counts from the first of the next month",
        ),
        (
            date(2005, 1, 1),
            {date(2026, 1, 1): 118497, date(2026, 2, 1): 145843},
            "the same, for a birthday on the first",
        ),
        (
            date(2004, 9, 1),
            {date(2025, 9, 1): 144144},
            "who is 21 on the first day of the contract is paid so at once",
        ),
        (
            date(1999, 12, 20),
            {date(2025, 12, 1): 144144, date(2026, 1, 1): 145843},
            "KALIARTI000028080571: turning 26 changes nothing",
        ),
    ],
)
def test_an_age_reached_during_the_contract(born_on, months, source):
    contract = replace(OF_22, born_on=born_on)
    assert {month: cents(contract, month) for month in months} == months, source


@pytest.mark.parametrize(
    ("born_on", "branch_cents", "expected", "base", "source"),
    [
        (date(1998, 1, 1), 220000, 187000, PayBase.BRANCH, "D6325-18: 85 % of the branch, if more"),
        (date(1998, 1, 1), 200000, 180180, PayBase.SMIC, "L6325-9: never under the SMIC"),
        (date(2003, 1, 1), 400000, 144144, PayBase.SMIC, "L6325-8: the SMIC alone before 26"),
    ],
)
def test_the_minimum_of_the_branch_counts_where_it_is_higher(
    born_on, branch_cents, expected, base, source
):
    contract = replace(OF_22, born_on=born_on, branch_cents=branch_cents)
    minimum = minimum_pay(TABLES, contract, date(2025, 9, 1))
    assert (minimum.cents, minimum.lines[0].base) == (expected, base), source


@pytest.mark.parametrize(
    ("agreed_cents", "expected", "base", "percent"),
    [
        (150000, 150000, PayBase.AGREEMENT, 100),
        (144144, 144144, PayBase.SMIC, 80),
        (144143, 144144, PayBase.SMIC, 80),
    ],
)
def test_what_the_branch_sets_itself_counts_where_it_is_higher(
    agreed_cents, expected, base, percent
):
    """L6325-8: unless a collective agreement is more favourable."""
    contract = replace(OF_22, agreed_cents=agreed_cents)
    minimum = minimum_pay(TABLES, contract, date(2025, 9, 1))
    (line,) = minimum.lines
    assert (minimum.cents, line.base, line.percent) == (expected, base, percent)


@pytest.mark.parametrize(
    ("age", "column", "expected"),
    [
        (18, PayColumn.YEAR_1, 68348),
        (18, PayColumn.YEAR_2, 81063),
        (18, PayColumn.YEAR_3, 106495),
        (21, PayColumn.YEAR_1, 84242),
        (21, PayColumn.YEAR_2, 96958),
        (21, PayColumn.YEAR_3, 123979),
        (26, PayColumn.YEAR_1, 158947),
    ],
)
def test_the_grid_of_apprenticeship_is_that_of_the_brochure(age, column, expected):
    """D6222-26 with the SMIC of October 2021, 1,589.47 €. A direct entrant begins with the rate of year 2."""
    contract = PaidContract(
        column=column,
        born_on=date(2021 - age, 1, 1),
        concluded_on=date(2021, 9, 1),
        starts_on=date(2021, 10, 1),
        ends_on=date(2022, 9, 30),
    )
    assert cents(contract, date(2021, 10, 1)) == expected


def test_a_year_of_apprenticeship_begins_within_a_month():
    """Fifteen days at 43 % and fifteen at 51 % of 1,801.80 €, rounded once."""
    minimum = minimum_pay(TABLES, APPRENTICE, date(2025, 9, 30))
    assert minimum.month == date(2025, 9, 1)
    assert minimum.cents == 84685
    assert [
        (line.since.day, line.until.day, line.percent, line.cents) for line in minimum.lines
    ] == [
        (1, 15, 43, 77478),
        (16, 30, 51, 91892),
    ]


def test_after_the_third_year_its_rate_goes_on():
    longer = replace(APPRENTICE, column=PayColumn.YEAR_3)
    assert [line.percent for line in minimum_pay(TABLES, longer, date(2025, 11, 1)).lines] == [67]


@pytest.mark.parametrize("month", [date(2025, 8, 1), date(2026, 9, 1)])
def test_a_month_outside_the_contract_has_no_minimum(month):
    assert minimum_pay(TABLES, OF_22, month) is None


def test_a_line_says_how_the_amount_was_made():
    (line,) = minimum_pay(TABLES, OF_22, date(2026, 1, 1)).lines
    assert (line.law, line.base, line.base_cents, line.percent, line.cents) == (
        "L6325-8",
        PayBase.SMIC,
        182303,
        80,
        145843,
    )
    assert (line.since, line.until) == (date(2026, 1, 1), date(2026, 1, 31))


def test_pay_is_in_proportion_to_the_hours():
    """70 % of 1,801.80 € for 30 hours out of 35."""
    contract = replace(OF_22, column=BELOW, weekly_minutes=30 * 60)
    assert cents(contract, date(2025, 9, 1)) == 108108


def test_the_months_of_a_contract_are_twelve():
    months = pay_by_month(TABLES, OF_22)
    assert [month for month, _ in months][:: len(months) - 1] == [
        date(2025, 9, 1),
        date(2026, 8, 1),
    ]
    assert [minimum.cents for _, minimum in months] == [144144] * 4 + [145843] * 8


def test_a_wage_that_may_have_risen_since_is_provisional():
    """The file was looked over until 31 January 2026; the wages of the years before are closed."""
    provisional = {month: minimum.provisional for month, minimum in pay_by_month(TABLES, OF_22)}
    assert [month.isoformat() for month, says in provisional.items() if says] == [
        f"2026-0{month}-01" for month in range(2, 9)
    ]


@pytest.mark.parametrize(
    "contract",
    [
        replace(APPRENTICE, concluded_on=date(2018, 12, 31)),
        replace(OF_22, starts_on=date(2020, 12, 1), concluded_on=date(2021, 1, 1)),
    ],
    ids=["no grid", "no wage"],
)
def test_what_the_file_does_not_say_is_not_invented(contract):
    assert minimum_pay(TABLES, contract, contract.starts_on) is None
    assert check_pay(TABLES, contract, 999999) == refused(
        "minimum_pay_unknown", concluded_on=contract.concluded_on
    )


def test_pay_under_the_minimum_of_the_first_month_is_refused():
    """L6325-8, to the cent."""
    assert check_pay(TABLES, OF_22, 144144) == ALLOWED
    assert check_pay(TABLES, OF_22, 144143) == refused(
        "pay_under_minimum",
        article="L6325-8",
        month=date(2025, 9, 1),
        gross_cents=144143,
        minimum_cents=144144,
    )


def test_the_month_from_which_pay_must_rise():
    rise = first_rise(TABLES, OF_22, 144144)
    assert (rise.month, rise.cents) == (date(2026, 1, 1), 145843)
    assert first_rise(TABLES, OF_22, 145843) is None


BIRTHS = st.dates(date(1990, 1, 1), date(2008, 1, 1))
STARTS = st.dates(date(2021, 1, 1), date(2026, 6, 1))
COLUMNS = st.sampled_from((*LEVELS, *YEARS))
BRANCHES = st.none() | st.integers(100000, 400000)


@st.composite
def contracts(draw):
    starts_on = draw(STARTS)
    return PaidContract(
        column=draw(COLUMNS),
        born_on=draw(BIRTHS),
        concluded_on=starts_on,
        starts_on=starts_on,
        ends_on=starts_on.replace(year=starts_on.year + 1, day=min(starts_on.day, 28)),
        weekly_minutes=draw(st.integers(60, 48 * 60)),
        branch_cents=draw(BRANCHES),
        agreed_cents=draw(BRANCHES),
    )


@given(contracts(), BIRTHS)
def test_who_is_older_is_never_owed_less(contract, other_birth):
    older, younger = sorted((contract.born_on, other_birth))
    for month, minimum in pay_by_month(TABLES, replace(contract, born_on=older)):
        assert minimum.cents >= cents(replace(contract, born_on=younger), month)


@given(contracts())
def test_the_minimum_never_falls_during_a_contract(contract):
    amounts = [minimum.cents for _, minimum in pay_by_month(TABLES, contract)]
    assert amounts == sorted(amounts)


@given(contracts())
def test_the_branch_never_lowers_the_minimum(contract):
    for month, minimum in pay_by_month(TABLES, contract):
        without = replace(contract, branch_cents=None, agreed_cents=None)
        assert minimum.cents >= cents(without, month)


@given(contracts())
def test_the_minimum_is_the_least_whole_cent_that_is_enough(contract):
    for _, minimum in pay_by_month(TABLES, contract):
        days = [(line.until - line.since).days + 1 for line in minimum.lines]
        parts = zip(minimum.lines, days, strict=True)
        exact = sum(line.amount * count for line, count in parts) / sum(days)
        assert 0 <= minimum.cents - exact < 1
