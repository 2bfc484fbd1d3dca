"""What is checked of a rehearsed year, on facts typed here: what holds, and each way of breaking it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.year.invariants import (
    CHECKS,
    AgreementTold,
    BilledFact,
    ConductFact,
    HoursFact,
    PublishedFact,
    SignatureFact,
    YearFacts,
    exceptions,
    judged,
    merged,
)
from rehearsal.year.report import (
    HoursRow,
    InvoiceLine,
    MarksRow,
    hour_lines,
    invoice_lines,
    mark_lines,
)

DAY = datetime(2025, 8, 20, 10, 0, tzinfo=UTC)


def on(days: int) -> SignatureFact:
    at = DAY + timedelta(days=days)
    return SignatureFact(at.date(), at)


AGREED = AgreementTold(who="a", others=[on(0), on(1)], school=on(2), exception="", sent=[on(3)])
HOURS = HoursFact(who="a", held=120, attended=90, missed=30, counted_held=120, counted_attended=90)
PUBLISHED = PublishedFact(who="a", published_at=DAY, parts=[DAY, DAY, DAY])
BILLED = BilledFact(who="a", cents=800000, price_cents=800000, is_whole=True)
GOOD = YearFacts(
    hours=[HOURS],
    agreements=[AGREED],
    published=[PUBLISHED],
    billed=[BILLED],
    numbers={2026: [2, 1, 3]},
    conduct=[ConductFact("a", 2000, 2000)],
    mail_keys=["x", "y"],
)
EARLY = {"school": on(0), "others": [on(0), on(1)]}


def test_what_holds_has_no_exception():
    assert exceptions(GOOD) == {}


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("hours_add_up", {"hours": [replace(HOURS, missed=29)]}),
        ("hours_as_counted", {"hours": [replace(HOURS, counted_held=180)]}),
        ("hours_as_counted", {"hours": [replace(HOURS, counted_attended=80)]}),
        ("school_signs_last", {"agreements": [replace(AGREED, **EARLY)]}),
        ("school_signs_last", {"agreements": [replace(AGREED, others=[on(0)], sent=[])]}),
        ("sent_once_signed", {"agreements": [replace(AGREED, sent=[on(1)])]}),
        ("sent_once_signed", {"agreements": [replace(AGREED, school=None)]}),
        ("published_whole", {"published": [replace(PUBLISHED, parts=[DAY, None, DAY])]}),
        (
            "published_whole",
            {"published": [replace(PUBLISHED, parts=[DAY, DAY, DAY + timedelta(1)])]},
        ),
        ("billed_the_price", {"billed": [replace(BILLED, cents=800001, is_whole=False)]}),
        ("billed_the_price", {"billed": [replace(BILLED, cents=450000)]}),
        ("numbers_without_gap", {"numbers": {2026: [1, 3]}}),
        ("numbers_without_gap", {"numbers": {2026: [1, 1]}}),
        ("conduct_within_scale", {"conduct": [ConductFact("a", 2001, 2000)]}),
        ("conduct_within_scale", {"conduct": [ConductFact("a", -1, 2000)]}),
        ("work_done", {"undone": ["contratpro.certificate:1"]}),
        ("told_once", {"mail_keys": ["x", "x"]}),
    ],
)
def test_each_way_of_breaking_it_is_found(key, changes):
    assert list(exceptions(replace(GOOD, **changes))) == [key]


def test_each_of_them_can_break():
    broken = test_each_way_of_breaking_it_is_found.pytestmark[0].args[1]
    assert {key for key, _changes in broken} == set(CHECKS)


def test_a_school_that_signs_first_says_why():
    first = replace(AGREED, **EARLY, exception="Urgence", sent=[])
    assert exceptions(replace(GOOD, agreements=[first])) == {}


def test_a_contract_that_is_broken_may_cost_less():
    broken = replace(BILLED, cents=225000, is_whole=False)
    assert exceptions(replace(GOOD, billed=[broken])) == {}


def test_what_lasts_for_months_is_said_once():
    months = [{"told_once": ["x: 2"]}, {}, {"told_once": ["x: 2", "y: 2"]}]
    assert merged(months) == {"told_once": ["x: 2", "y: 2"]}
    [row] = [row for row in judged(merged(months), (), ()) if not row.holds]
    assert (row.key, row.detail) == ("told_once", "x: 2, y: 2")


def test_tables_are_drawn():
    marks = MarksRow(
        student="Ana Roux", department="2IA", state="broken", conduct=1825, project=None, pfe=None
    )
    assert list(mark_lines([marks])) == [
        "student   department  file    conduct  project  final project",
        "Ana Roux  2IA         broken    18.25        –              –",
    ]
    hours = HoursRow(student="Ana Roux", held=390, attended=355, missed=35, excused=0)
    assert list(hour_lines([hours])) == [
        "student     held  attended  missed  of which excused",
        "Ana Roux  6 h 30    5 h 55  0 h 35            0 h 00",
    ]
    invoice = InvoiceLine(
        number="2026-0001",
        student="Ana Roux",
        line="s9",
        kind="invoice",
        state="paid",
        cents=450000,
    )
    assert list(invoice_lines([invoice])) == [
        "number     student   line  kind     state     euros",
        "2026-0001  Ana Roux  s9    invoice  paid   4,500.00",
    ]
