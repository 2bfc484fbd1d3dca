"""A year of contrat pro, rehearsed: by the command on a scratch copy, and in this process (R-PRO-1 to R-PRO-14)."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from accounts.models import User
from common.models import JournalEntry
from contratpro.models import ContractYear, IssuedInvoice, StudentFile
from contratpro.steps.selectors import step_rules
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_said
from notifications.models import Notification
from rehearsal.management.commands.rehearse_year import copy_of_year
from rehearsal.year.inventing import invent_cohort
from rehearsal.year.play import rehearsed_year
from rehearsal.year.report import YearReport, drawn_year
from rehearsal.year.stage import confirmed
from rehearsal.year.students import Reach, Turn
from tests.factories.contratpro import ales_2025

STUDENTS = 6  # those who have all that no rehearsal may be without
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def order(for_the_module) -> dict:
    ales_2025()
    return {**copy_of_year("ales-2025"), "students": STUDENTS, "seed": "7"}


@pytest.fixture(scope="module")
def commanded(order) -> tuple[dict, list[int], list[int]]:
    """What the command writes, and how many rows there were before and after it."""
    before, out = counts(), io.StringIO()
    call_command("rehearse_year", "ales-2025", students=STUDENTS, seed="7", json=True, stdout=out)
    return json.loads(out.getvalue()), before, counts()


@pytest.fixture(scope="module")
def played(order) -> Iterator[Callable[..., YearReport]]:
    """Plays in the tests' own database and leaves nothing there; the same is not played twice."""
    known: dict[str, YearReport] = {}

    def play(**changes) -> YearReport:
        wanted = {**order, **changes}
        key = json.dumps(wanted)
        if key not in known:
            known[key] = played_out(wanted)
        return known[key]

    with override_settings(
        EMAIL_BACKEND="rehearsal.stage.RecordingBackend", PDF_ENGINE="rehearsal.stage.print_some"
    ):
        yield play


def played_out(wanted: dict) -> YearReport:
    document = wanted["document"]
    apart = {**document, "year": {**document["year"], "slug": "rehearsed"}}
    forget()
    with transaction.atomic():
        report = rehearsed_year({**wanted, "document": apart}, io.StringIO())
        transaction.set_rollback(True)
    forget()
    return report


def forget() -> None:
    """What is kept by the number of a version that is undone, and given again."""
    year_said.cache_clear()
    step_rules.cache_clear()


def counts() -> list[int]:
    tables = (User, ContractYear, StudentFile, IssuedInvoice, JournalEntry, Notification)
    return [table.objects.count() for table in tables]


def broken(report: YearReport) -> dict[str, str]:
    return {row.key: row.detail for row in report.invariants if not row.holds}


def test_the_command_writes_json_and_touches_nothing_real(commanded):
    report, before, after = commanded
    assert sorted(report) == [
        "hours",
        "invariants",
        "invoices",
        "marks",
        "seed",
        "students",
        "timeline",
        "year",
    ]
    assert [row["detail"] for row in report["invariants"] if not row["holds"]] == []
    assert (report["year"], report["students"], report["seed"]) == ("ales-2025", STUDENTS, "7")
    assert after == before


def test_the_same_seed_plays_the_same_year(commanded, played):
    """In two processes, on two databases."""
    here = json.loads(json.dumps(played().as_json()))
    assert {**here, "year": "ales-2025"} == commanded[0]


def test_another_seed_plays_other_people(order):
    said = YearDocument.model_validate(order["document"])
    names = [{one.email for one in invent_cohort(said, 20, seed)} for seed in "12"]
    assert len(names[0]) == len(names[1]) == 20
    assert names[0] != names[1]


def test_a_cohort_has_all_that_a_rehearsal_must_have(order):
    """Late ones, a breach, a GCBD, a double degree, a missing TOEIC, a sick leave."""
    said = YearDocument.model_validate(order["document"])
    for seed in "123":
        cohort = [one for one in invent_cohort(said, STUDENTS, seed) if one.reach is Reach.COMPLETE]
        assert any(one.late for one in cohort)
        assert {Turn.BREACH, Turn.SICK_LEAVE} <= {turn for one in cohort for turn in one.turns}
        assert "GCBD" in {one.department for one in cohort}
        assert any(one.home_school for one in cohort)
        assert any("toeic" in one.risks for one in cohort)


def test_days_that_are_assumed_are_rehearsed_as_given(order):
    said = confirmed(YearDocument.model_validate(order["document"]))
    keys = [(key, one) for key in said.dates for one in said.departments]
    assert not any(said.is_assumed(*both) for both in keys)


def test_all_of_the_year_is_played(played):
    report = played()
    titles = {step.title for step in report.timeline}
    assert titles >= {
        "Students listed and invited",
        "Identities confirmed",
        "Information meetings held",
        "Intentions told",
        "Contact sheets signed by home schools",
        "Agreements signed by the school",
        "Refused: signing for the school first",
        "Timetable imported",
        "Sessions held",
        "Sick leaves told",
        "Contracts broken",
        "Credit notes issued",
        "Certificates ordered",
        "Project marks published",
        "Booklets handed in",
        "Defences marked",
    }
    refused = [step for step in report.timeline if step.title.startswith("Refused")]
    assert all(step.people and not step.messages for step in refused)


def test_marks_hours_and_invoices_are_told(played):
    """R-PRO-3, R-PRO-7, R-PRO-8, R-PRO-11."""
    report = played()
    done = [row for row in report.marks if row.state == "feasible"]
    gone = [row for row in report.marks if row.state == "broken"]
    assert done
    assert gone
    for row in done:
        assert None not in (row.conduct, row.project, row.pfe)
    assert [row.pfe for row in gone] == [None] * len(gone)
    assert all(row.attended + row.missed == row.held > 0 for row in report.hours)
    assert {row.kind for row in report.invoices} == {"invoice", "credit_note"}
    assert [row.number for row in report.invoices][:2] == ["2026-0001", "2026-0002"]


@pytest.mark.long
@pytest.mark.parametrize("seed", ["1", "7", "42"])
def test_thirty_students_of_three_seeds(played, seed):
    """Nothing of what must hold breaks, at the end of any month."""
    assert broken(played(students=30, seed=seed)) == {}


@pytest.mark.long
@pytest.mark.parametrize("students", [60, 300])
@pytest.mark.parametrize("seed", [str(number) for number in range(1, 21)])
def test_a_cohort_at_its_size(played, students, seed):
    """Once for a release: docs/rehearsal.md has what it took."""
    assert broken(played(students=students, seed=seed)) == {}


def test_it_is_drawn_for_a_reader(played):
    text = drawn_year(played())
    assert text.startswith("rehearsed rehearsed with 6 invented students, seed 7\n\nTimeline\n")
    assert "\nMarks\n" in text
    assert "✓ Hours attended and hours missed are hours held" in text
    assert "✗" not in text


def test_an_unknown_year_is_said(order):
    with pytest.raises(CommandError, match="no year of contrat pro has the slug 'val'"):
        call_command("rehearse_year", "val", students=3)


@pytest.mark.parametrize("students", [0, 501])
def test_a_cohort_has_its_size(order, students):
    with pytest.raises(CommandError, match="expected 1 to 500"):
        call_command("rehearse_year", "ales-2025", students=students)


def test_steps_are_told_in_their_order(played):
    hours: list[datetime] = [step.at for step in played().timeline]
    assert hours == sorted(hours)
