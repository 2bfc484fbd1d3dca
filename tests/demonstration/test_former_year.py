"""The year of contrat pro that ends in the demonstration: its projects of semester 9 and its final projects."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from accounts.models import School, SignedLink, User
from common.models import JournalEntry
from contratpro.models import (
    CompanyEvaluation,
    CompanyProject,
    ContractYear,
    Defence,
    PfeSheet,
    ProjectReport,
    StepRecord,
    StudentFile,
)
from contratpro.pfe.services.minutes import html_of_minutes
from contratpro.projects.services.locking import PURPOSE
from contratpro.students.permissions import readable_students
from contratpro.year.selectors import is_working_day, year_now
from demonstration.accounts import CONTRACT_SERVICE, DEPARTMENT_HEAD, TUTOR, make_staff
from demonstration.contract_year import former_year
from demonstration.former_cohort import FORMER_STUDENTS, JOHANNA, MARION, SIMON, YOUNES
from demonstration.former_year import play_former_year
from notifications.models import Notification
from tests.factories.contratpro import ales_2025, ales_2025_document

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
LAST_WORKED = date(2026, 11, 27)


def played() -> None:
    staff = make_staff(School.objects.get(), NOW)
    play_former_year(year_now(ales_2025()), staff, NOW)


def told() -> list[str]:
    """What is known of projects and defences, but for the references that are drawn anew each time."""
    marks = CompanyProject.objects.values_list("student__email", "state", "mark", "tutor_mark")
    defences = Defence.objects.values_list("student__email", "starts_at", "mark", "report_due")
    sheets = PfeSheet.objects.values_list("student__email", "state", "approved", "sent_at")
    acts = JournalEntry.objects.filter(scope="ales-cp-demo-avant").values_list("verb", "at")
    return sorted(map(repr, [*marks, *defences, *sheets, *acts]))


@pytest.fixture(scope="module")
def made_before(for_the_module):
    """What a first making told, undone; then it is made for the tests of this file."""
    with override_settings(DEMO=True), translation.override("fr"):
        ales_2025()
        with transaction.atomic():
            played()
            before = told()
            transaction.set_rollback(True)
        played()
        yield before


@pytest.fixture(autouse=True)
def _made(made_before, db):
    """Each test reads what was made once."""


def row(who) -> StudentFile:
    return StudentFile.objects.select_related("year").get(email=who.email)


def test_it_is_the_same_each_time(made_before):
    assert told() == made_before


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        (datetime(2026, 11, 20, 1, 0, tzinfo=UTC), date(2025, 12, 1), date(2026, 11, 29)),
        (datetime(2026, 11, 26, 23, 30, tzinfo=UTC), date(2025, 12, 8), date(2026, 12, 6)),
        (datetime(2024, 6, 1, 12, 0, tzinfo=UTC), date(2023, 6, 12), date(2024, 6, 9)),
    ],
    ids=["nine days left", "ten", "before the year itself"],
)
def test_it_ends_on_the_eve_of_the_other(now, first, last):
    """R-PRO-1: all of its days are confirmed."""
    said = former_year(ales_2025_document(), now)
    assert (said.day("first-day", "2IA"), said.day("last-day", "2IA")) == (first, last)
    assert not any(said.is_assumed(key, "2IA") for key in ("first-day", "s9-end", "pfe-start"))


def test_reports_are_deposited_and_one_is_late():
    """R-PRO-12."""
    assert ProjectReport.objects.count() == len(FORMER_STUDENTS)
    assert ProjectReport.objects.get(late=True).project.student.email == YOUNES.email
    late = StepRecord.objects.filter(key="report", late=True)
    assert late.get().student.email == YOUNES.email


def test_one_company_tutor_is_asked_and_has_not_answered():
    """R-PRO-12: the link that was sent last is still good."""
    states = Counter(CompanyEvaluation.objects.values_list("state", flat=True))
    assert states == {"sent": 3, "asked": 1}
    evaluation = CompanyEvaluation.objects.get(state="asked")
    assert evaluation.project.student.email == MARION.email
    assert evaluation.project.tutor_mark
    links = SignedLink.objects.filter(purpose=PURPOSE, subject_ref=evaluation.ref)
    assert links.latest("pk").expires_at > NOW


def test_marks_are_published_but_for_whose_company_tutor_has_not_answered():
    """R-PRO-7: of each published mark, the three that it is made of."""
    projects = CompanyProject.objects.exclude(state="gathering")
    assert CompanyProject.objects.get(state="gathering").student.email == MARION.email
    assert projects.count() == len(FORMER_STUDENTS) - 1
    assert all(one.conduct and one.company_mark and one.tutor_mark and one.mark for one in projects)


def test_whoever_did_all_in_time_has_the_whole_mark_of_the_conduct():
    """R-PRO-6: booklets, on paper in that year, were seen by the day on which it closes."""
    assert CompanyProject.objects.get(student__email=JOHANNA.email).conduct == 2000
    assert CompanyProject.objects.get(student__email=YOUNES.email).conduct < 2000


def test_sheets_of_final_projects_are_approved_and_one_update_waits():
    """R-PRO-8."""
    assert Counter(PfeSheet.objects.values_list("state", flat=True)) == {"approved": 3, "sent": 1}
    waiting = PfeSheet.objects.get(state="sent")
    assert (waiting.student.email, waiting.student.tutor.email) == (SIMON.email, TUTOR)
    assert waiting.approved


def test_defences_are_held_and_two_are_to_come():
    """R-PRO-13: on the last working day; those that were held have their minutes, in French."""
    to_come = Defence.objects.filter(state="planned").order_by("student__email")
    assert [one.student.email for one in to_come] == [JOHANNA.email, SIMON.email]
    assert {one.starts_at.date() for one in to_come} == {LAST_WORKED}
    assert len({one.starts_at for one in to_come}) == len(to_come)
    assert is_working_day(LAST_WORKED)
    assert all(one.report_due and one.report_due < NOW.date() for one in to_come)
    held = Defence.objects.filter(state="marked")
    assert held.count() == len(FORMER_STUDENTS) - len(to_come)
    for defence in held:
        assert defence.starts_at < NOW
        assert defence.title in html_of_minutes(defence)


def test_accounts_meet_them():
    year = ContractYear.objects.get(slug="ales-cp-demo-avant")
    seen = {
        email: readable_students(User.objects.get(email=email), year).count()
        for email in (CONTRACT_SERVICE, DEPARTMENT_HEAD, TUTOR)
    }
    assert seen == {CONTRACT_SERVICE: 4, DEPARTMENT_HEAD: 4, TUTOR: 4}
    assert row(JOHANNA).user.email == JOHANNA.email


def test_nothing_happens_after_now_nor_to_anyone_real():
    assert max(JournalEntry.objects.values_list("at", flat=True)) <= NOW
    assert not Notification.objects.filter(due_at__gt=NOW).exists()
    assert not Notification.objects.exclude(to__endswith="@example.org").exists()
    assert not User.objects.exclude(email__endswith="@example.org").exists()


def test_no_two_defences_are_at_one_hour():
    """They share a room and a jury."""
    hours = list(Defence.objects.values_list("starts_at", flat=True))
    assert len(set(hours)) == len(hours)
