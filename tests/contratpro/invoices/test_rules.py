"""When a line is invoiced, paid, taken back: tables of cases (R-PRO-3)."""

from datetime import date

import pytest

from contratpro.invoices.rules import (
    InvoiceGround,
    InvoiceStanding,
    InvoiceTotals,
    ScheduledLine,
    check_due,
    is_of_cohort,
    may_begin_line,
    may_credit,
    may_invoice,
    may_pay,
    may_unpay,
    next_serial,
    totals_of,
)
from contratpro.states import InvoiceState, StudentState
from contratpro.vocabulary import InvoiceKind

TODAY = date(2026, 2, 10)
JANUARY = ScheduledLine(key="s9", amount_cents=450_000, month=date(2026, 1, 1))


def ground(**changes):
    said = {
        "student": StudentState.FEASIBLE,
        "contract_signed": True,
        "agreement_signed": True,
        "amount_cents": 450_000,
        "is_invoiced": False,
        "was_invoiced": False,
    }
    return InvoiceGround(**said | changes)


def standing(**changes):
    said = {
        "kind": InvoiceKind.INVOICE,
        "state": InvoiceState.ISSUED,
        "amount_cents": 450_000,
        "credited_cents": 0,
        "issued_on": date(2026, 1, 12),
        "due_on": None,
    }
    return InvoiceStanding(**said | changes)


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 12, 31), ["invoice_before_its_month"]),
        (date(2026, 1, 1), []),
        (date(2026, 1, 31), []),
        (date(2026, 3, 1), []),
    ],
)
def test_a_line_is_invoiced_in_its_month_or_later(today, expected):
    assert codes(may_begin_line(JANUARY, today)) == expected


@pytest.mark.parametrize(
    ("changes", "expected", "with_all"),
    [
        ({}, [], True),
        ({"student": StudentState.BROKEN}, [], False),
        ({"was_invoiced": True}, [], False),
        ({"student": StudentState.WITHDRAWN}, ["invoice_of_no_contract"], False),
        ({"student": StudentState.INTENDS}, ["invoice_of_no_contract"], False),
        ({"contract_signed": False}, ["invoice_before_contract"], False),
        (
            {"agreement_signed": False, "amount_cents": None},
            ["invoice_before_agreement"],
            False,
        ),
        ({"amount_cents": None}, ["invoice_line_not_agreed"], False),
        ({"is_invoiced": True, "was_invoiced": True}, ["invoiced_already"], False),
        (
            {"contract_signed": False, "agreement_signed": False},
            ["invoice_before_contract", "invoice_before_agreement"],
            False,
        ),
    ],
)
def test_whose_training_is_invoiced(changes, expected, with_all):
    assert codes(may_invoice(ground(**changes))) == expected
    assert is_of_cohort(ground(**changes)) is with_all


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (None, []),
        (TODAY, []),
        (date(2026, 2, 9), ["invoice_due_before_issue"]),
    ],
)
def test_the_last_day_to_pay_is_not_over(due_on, expected):
    assert codes(check_due(due_on, TODAY)) == expected


@pytest.mark.parametrize(
    ("changes", "paid_on", "expected"),
    [
        ({}, date(2026, 1, 12), []),
        ({}, TODAY, []),
        ({}, date(2026, 1, 11), ["invoice_paid_on_another_day"]),
        ({}, date(2026, 2, 11), ["invoice_paid_on_another_day"]),
        ({"state": InvoiceState.PAID}, TODAY, ["invoice_is_paid"]),
        ({"state": InvoiceState.CREDITED}, TODAY, ["invoice_is_credited"]),
        ({"kind": InvoiceKind.CREDIT_NOTE}, TODAY, ["credit_note_is_not_paid"]),
    ],
)
def test_what_is_paid_and_when(changes, paid_on, expected):
    assert codes(may_pay(standing(**changes), paid_on, TODAY)) == expected


def test_only_what_is_paid_is_taken_for_not_paid():
    assert may_unpay(standing(state=InvoiceState.PAID))
    assert codes(may_unpay(standing())) == ["invoice_is_not_paid"]


@pytest.mark.parametrize(
    ("changes", "cents", "expected"),
    [
        ({}, 450_000, []),
        ({}, 1, []),
        ({}, 0, ["credit_above_what_is_left"]),
        ({}, 450_001, ["credit_above_what_is_left"]),
        ({"credited_cents": 100_000}, 350_000, []),
        ({"credited_cents": 100_000}, 350_001, ["credit_above_what_is_left"]),
        ({"state": InvoiceState.PAID}, 450_000, []),
        ({"state": InvoiceState.CREDITED}, 1, ["invoice_is_credited"]),
        ({"kind": InvoiceKind.CREDIT_NOTE}, 1, ["credit_note_of_a_credit_note"]),
    ],
)
def test_a_credit_note_takes_back_what_is_left_at_most(changes, cents, expected):
    assert codes(may_credit(standing(**changes), cents)) == expected


@pytest.mark.parametrize(("taken", "expected"), [(None, 1), (1, 2), (41, 42)])
def test_numbers_follow_each_other(taken, expected):
    assert next_serial(taken) == expected


def test_totals():
    rows = [
        standing(),
        standing(due_on=date(2026, 2, 9), credited_cents=50_000),
        standing(due_on=TODAY),
        standing(state=InvoiceState.PAID, credited_cents=100_000),
        standing(state=InvoiceState.CREDITED, credited_cents=450_000),
        standing(kind=InvoiceKind.CREDIT_NOTE, amount_cents=50_000),
    ]
    assert totals_of(rows, TODAY) == InvoiceTotals(
        invoiced_cents=2_250_000,
        credited_cents=600_000,
        paid_cents=350_000,
        owed_cents=1_300_000,
        late_cents=400_000,
    )
    assert totals_of([], TODAY) == InvoiceTotals()
