"""The report of the final project: deposited until the defence begins, in time or late (R-PRO-13)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from common.models import JournalEntry, StoredFile
from common.refusals import DomainError, NotAllowedError
from contratpro.models import PfeReport
from contratpro.pfe.rules import last_day_of_report, may_deposit
from contratpro.pfe.services.defence import mark_defence, reopen_defence, set_report_due
from contratpro.pfe.services.report import deposit_pfe_report
from contratpro.states import DefenceState, StudentState
from contratpro.steps import selectors as steps
from contratpro.steps.rules import StepRule
from contratpro.vocabulary import PFE_REPORT, Party
from notifications.mails import mail_named
from notifications.models import Notification
from tests.factories import accounts, files
from tests.factories import company_projects as projects
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers
DUE = date(2026, 8, 10)
IN_TIME = datetime(2026, 8, 10, 21, 59, tzinfo=UTC)  # the last minute of the day in Paris
LATE = IN_TIME + timedelta(minutes=1)
BEGINS = datetime(2026, 8, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def planned(student, head, tutor, signed):
    defence = projects.planned(student, head)
    set_report_due(ref=student.ref, due=DUE, actor=tutor, now=projects.CLOSED)
    return defence


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def told():
    rows = Notification.objects.filter(kind="contratpro.pfe_work")
    return sorted((row.to, row.refs["late"]) for row in rows if "late" in row.refs)


@pytest.mark.parametrize("state", list(DefenceState))
@pytest.mark.parametrize("student", list(StudentState))
def test_a_report_is_taken_until_the_defence_begins(state, student):
    before, after = (may_deposit(student, state, BEGINS, at) for at in (LATE, BEGINS))
    is_bound = student in {"intends", "feasible"}
    assert bool(before) is (is_bound and state is DefenceState.PLANNED)
    assert not after
    said = "pfe_report_after_defence" if is_bound else "project_of_no_student"
    assert [one.code for one in after.refusals] == [said]


def test_the_last_day_is_that_of_the_co_tutor_or_else_the_last_that_they_may_say():
    """R-PRO-13."""
    assert last_day_of_report(DUE, date(2026, 8, 27), 15) == DUE
    assert last_day_of_report(None, date(2026, 8, 27), 15) == date(2026, 8, 12)


def test_a_report_is_deposited_in_time_or_late_and_who_follows_is_told(
    student, tutor, head, planned
):
    """R-PRO-13."""
    projects.pfe_deposited(student, at=IN_TIME)
    projects.pfe_deposited(student, "Revu", LATE)

    assert list(PfeReport.objects.values_list("number", "late")) == [(1, False), (2, True)]
    people = sorted([tutor.email, head.email])
    assert told() == [(to, late) for to in people for late in ("false", "true")]
    entries = JournalEntry.objects.filter(object_type="pfe_defence", verb="deposit_report")
    assert [entry.data for entry in entries.order_by("pk")] == [
        {"number": 1, "late": False},
        {"number": 2, "late": True},
    ]


def test_the_same_report_twice_is_deposited_once(student, head, planned):
    first = projects.pfe_deposited(student)
    assert projects.pfe_deposited(student, at=LATE) == first
    assert PfeReport.objects.get().late is False
    assert len(told()) == 2
    assert StoredFile.objects.filter(purpose="pfe_report", state="dropped").count() == 1


def test_a_tutor_who_is_the_head_is_told_once(student, head, signed):
    student.tutor = head
    student.save(update_fields=["tutor"])
    projects.planned(student, head)
    projects.pfe_deposited(student)
    assert told() == [(head.email, "false")]


def test_a_row_of_a_former_version_is_still_read():
    refs = {"student": "S1", "what": "plan", "number": "1", "remarks": ""}
    mail = mail_named("contratpro.pfe_work").load(None, refs)
    assert mail.key == "contratpro.pfe_work:S1:plan:1"


def test_before_a_defence_is_planned_and_once_it_begins_none_is_deposited(
    student, head, tutor, planned
):
    """R-PRO-13."""
    assert refusal(projects.pfe_deposited, student, at=BEGINS) == ["pfe_report_after_defence"]
    projects.approved_sheet(student, tutor)
    said = {"ref": student.ref, "actor": head, "now": projects.DEFENDED}
    mark_defence(hundredths=1600, words="Bien.", **said)
    assert refusal(projects.pfe_deposited, student) == ["pfe_report_after_defence"]
    reopen_defence(reason="erreur", **said)
    assert refusal(projects.pfe_deposited, student, at=BEGINS) == ["pfe_report_after_defence"]
    assert not PfeReport.objects.exists()


def test_without_a_defence_there_is_nothing_to_deposit(student):
    assert refusal(projects.pfe_deposited, student) == ["defence_not_planned"]


def test_a_report_is_a_pdf_that_its_student_alone_deposits(student, tutor, head, year, planned):
    for someone in (tutor, head, contracts.student(year).user):
        with pytest.raises(NotAllowedError):
            deposit_pfe_report(ref=student.ref, report=None, actor=someone, now=projects.CLOSED)
    said = {"ref": student.ref, "actor": student.user, "now": projects.CLOSED}
    wrong = files.upload(files.png(), "rapport.png")
    assert refusal(deposit_pfe_report, report=wrong, **said) == ["file_wrong_type"]


def test_a_step_of_the_year_for_it_is_declared_by_the_deposit(student, planned, monkeypatch):
    """A year may have a step of that key; that of 2025 has none."""
    projects.pfe_deposited(student)
    assert not student.steps.filter(key=PFE_REPORT).exists()
    rule = StepRule(key=PFE_REPORT, who=(Party.STUDENT,), due=DUE)
    monkeypatch.setattr(steps, "step_rules", lambda *_: (rule,))
    projects.pfe_deposited(student, "Revu", IN_TIME)
    step = student.steps.get(key=PFE_REPORT)
    assert (step.state, step.done_on, step.late) == ("done", DUE, False)


def own(student, rest=""):
    return f"/contrat-pro/{student.ref}/pfe/{rest}"


def work(student, rest=""):
    return f"/admin/contrat-pro/students/{student.ref}/pfe/{rest}"


def page(response):
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_student_deposits_on_their_page_and_who_follows_reads_it(
    signed_in, student, tutor, head, office, planned
):
    """R-PRO-13."""
    with time_machine.travel(LATE, tick=False):
        client = signed_in(student.user)
        assert own(student, "report/") in page(client.get(own(student)))
        assert "lundi 10 août 2026" in page(client.get(own(student, "report/")))
        assert client.post(own(student, "report/")).status_code == 422
        report = files.upload(files.pdf("Rapport"), "rapport.pdf")
        sent = client.post(own(student, "report/"), {"report": report}, follow=True)
        assert "Votre rapport est déposé." in page(sent)
        assert "en retard" in page(sent)
        assert client.get(own(student, "reports/1/")).status_code == 200
        assert client.get(own(student, "reports/2/")).status_code == 404
        for someone in (tutor, head, office):
            reader = signed_in(someone)
            assert work(student, "reports/1/") in page(reader.get(work(student)))
            content = b"".join(reader.get(work(student, "reports/1/")).streaming_content)
            assert content.startswith(b"%PDF-")


def test_for_a_stranger_there_is_no_report(signed_in, student, year, planned):
    projects.pfe_deposited(student)
    strangers = (
        contracts.student(year).user,
        accounts.with_second_factor(contracts.head(year, "GCBD")),
        accounts.with_second_factor(accounts.UserFactory()),
    )
    for someone in strangers:
        client = signed_in(someone)
        for address in (
            own(student, "report/"),
            own(student, "reports/1/"),
            work(student, "reports/1/"),
        ):
            assert client.get(address).status_code == 404


def test_the_page_says_what_to_do_with_a_report_after_the_defence(signed_in, student, planned):
    with time_machine.travel(BEGINS, tick=False):
        client = signed_in(student.user)
        assert own(student, "report/") not in page(client.get(own(student)))
        said = page(client.get(own(student, "report/")))
        assert '<form method="post" enctype' not in said
        assert "La soutenance a commencé" in said


def test_before_the_defence_is_planned_there_is_no_page_of_deposit(signed_in, student):
    client = signed_in(student.user)
    assert client.get(own(student, "report/")).status_code == 404


def test_the_same_file_a_picture_and_a_late_version_are_said(signed_in, student, planned):
    projects.pfe_deposited(student, at=IN_TIME)
    client = signed_in(student.user)
    with time_machine.travel(LATE, tick=False):
        read = page(client.get(own(student, "report/")))
        assert "cette version sera marquée en retard" in read
        assert "La version 1 était dans les temps" in read
        same = files.upload(files.pdf("Rapport"), "rapport.pdf")
        again = page(client.post(own(student, "report/"), {"report": same}, follow=True))
        assert "C’est le même fichier que la version 1" in again
        assert "Votre rapport est déposé." not in again
        picture = files.upload(files.png(), "rapport.pdf")
        wrong = page(client.post(own(student, "report/"), {"report": picture}))
        assert "la version 1 reste" in wrong
        assert "Rien n’est encore déposé" not in wrong
    assert PfeReport.objects.count() == 1
