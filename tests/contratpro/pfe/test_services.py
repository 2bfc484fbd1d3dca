"""The final project: its sheet in versions, its defence within the training, its mark (R-PRO-8, R-PRO-13)."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.models import Defence, PfeSheet
from contratpro.pfe.selectors import approved_content, ground_of_defence
from contratpro.pfe.services.defence import (
    mark_defence,
    plan_defence,
    reopen_defence,
    set_report_due,
)
from contratpro.pfe.services.minutes import html_of_minutes, printed_minutes
from contratpro.pfe.services.sheet import return_pfe_sheet, save_pfe_sheet
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import company_projects as projects

pytestmark = pytest.mark.servers


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def told():
    rows = Notification.objects.filter(kind__startswith="contratpro.pfe").order_by("pk")
    return [(row.kind.partition(".")[2], row.refs["what"], row.to) for row in rows]


def marked(student, actor, hundredths=1600, words="Très bien.", at=projects.DEFENDED):
    return mark_defence(ref=student.ref, hundredths=hundredths, words=words, actor=actor, now=at)


def test_a_sheet_is_sent_and_approved_and_its_title_is_that_of_the_diploma(student, tutor):
    """R-PRO-8."""
    projects.sent_sheet(student)
    projects.sent_sheet(student)
    assert approved_content(student) == {}
    projects.approve_pfe_sheet(ref=student.ref, version=1, actor=tutor, now=projects.DEPOSITED)

    assert approved_content(student)["title"] == projects.PFE["title"]
    assert not student.steps.filter(key="sheet-update").exists()
    assert told() == [
        ("pfe_work", "send", tutor.email),
        ("pfe_news", "approve", student.user.email),
    ]


def test_an_update_of_an_approved_sheet_is_the_step_done_on_the_day_of_sending(student, tutor):
    """R-PRO-8: the step D."""
    projects.approved_sheet(student, tutor)
    projects.sent_sheet(student, datetime(2025, 12, 29, 9, 0, tzinfo=UTC), title="Un autre titre")
    assert approved_content(student)["title"] == projects.PFE["title"]  # until it is approved
    projects.approve_pfe_sheet(ref=student.ref, version=2, actor=tutor, now=projects.CLOSED)

    step = student.steps.get(key="sheet-update")
    assert (step.state, step.done_on, step.late) == ("done", date(2025, 12, 29), False)
    assert approved_content(student)["title"] == "Un autre titre"


def test_a_sheet_sent_back_is_gone_on_with(student, tutor):
    projects.sent_sheet(student)
    said = {"ref": student.ref, "version": 1, "actor": tutor, "now": projects.DEPOSITED}
    assert refusal(return_pfe_sheet, reason=" ", **said) == ["pfe_sheet_return_needs_remarks"]
    return_pfe_sheet(reason="Le plan", **said)

    sheet = PfeSheet.objects.get()
    assert (sheet.state, sheet.remarks, sheet.draft) == ("returned", "Le plan", projects.PFE)
    projects.sent_sheet(student, plan="Autre")
    assert PfeSheet.objects.get().remarks == ""


def test_a_title_of_eleven_words_is_not_sent(student):
    """R-PRO-8."""
    assert refusal(projects.sent_sheet, student, title="un " * 11) == ["pfe_title_too_long"]


def test_the_school_tutor_alone_approves_what_they_read(student, tutor, office, head):
    projects.sent_sheet(student)
    said = {"ref": student.ref, "now": projects.DEPOSITED}
    for someone in (office, head, student.user):
        with pytest.raises(NotAllowedError):
            projects.approve_pfe_sheet(version=1, actor=someone, **said)
    assert refusal(projects.approve_pfe_sheet, version=2, actor=tutor, **said) == [
        "moved_meanwhile"
    ]
    with pytest.raises(NotAllowedError):
        save_pfe_sheet(content={}, seen="", actor=tutor, **said)


def test_a_defence_needs_the_signed_agreement_and_ends_with_it(student, head, office, tutor):
    """R-PRO-13."""
    assert refusal(projects.planned, student, head) == ["defence_without_agreement"]


def test_a_defence_is_planned_by_the_last_working_day(student, head, tutor, signed):
    """R-PRO-13: the agreement ends on a Sunday."""
    assert ground_of_defence(student).last_day == date(2026, 8, 28)
    code = refusal(projects.planned, student, head, date(2026, 8, 29))
    assert code == ["defence_after_training"]
    projects.planned(student, head)
    projects.planned(student, head)

    assert Defence.objects.get().jury == ["Anne Roux", "Marc Vidal"]
    assert told() == [
        ("pfe_news", "plan", student.user.email),
        ("pfe_work", "plan", tutor.email),
    ]
    projects.planned(student, head, date(2026, 8, 28))
    assert len(told()) == 4
    assert JournalEntry.objects.filter(object_type="pfe_defence", verb="plan").count() == 2


def test_the_head_organises_and_the_co_tutor_says_when_the_report_is_due(
    student, head, tutor, signed
):
    """R-PRO-13."""
    for someone in (tutor, student.user, accounts.UserFactory()):
        with pytest.raises(NotAllowedError):
            projects.planned(student, someone)
    projects.planned(student, head)
    said = {"ref": student.ref, "now": projects.CLOSED}
    with pytest.raises(NotAllowedError):
        set_report_due(due=date(2026, 8, 1), actor=head, **said)
    code = refusal(set_report_due, due=date(2026, 8, 13), actor=tutor, **said)
    assert code == ["pfe_report_due_too_late"]
    set_report_due(due=date(2026, 8, 12), actor=tutor, **said)
    code = refusal(projects.planned, student, head, date(2026, 8, 26))
    assert code == ["defence_before_report"]
    assert Defence.objects.get().report_due == date(2026, 8, 12)


def test_the_last_day_of_the_report_is_no_day_gone_by(student, head, tutor, signed):
    projects.planned(student, head)
    said = {"ref": student.ref, "actor": tutor}
    set_report_due(due=date(2026, 8, 1), now=projects.CLOSED, **said)
    later = datetime(2026, 8, 5, 9, 0, tzinfo=UTC)
    set_report_due(due=date(2026, 8, 1), now=later, **said)  # the same is kept
    assert refusal(set_report_due, due=date(2026, 8, 4), now=later, **said) == ["pfe_day_is_past"]
    assert Defence.objects.get().report_due == date(2026, 8, 1)


def test_a_defence_is_not_moved_to_a_day_gone_by(student, head, tutor, signed):
    """What else was said of one that is held may still be put right."""
    projects.planned(student, head)
    after = datetime(2026, 8, 28, 9, 0, tzinfo=UTC)
    set_report_due(ref=student.ref, due=date(2026, 8, 12), actor=tutor, now=projects.CLOSED)
    code = refusal(projects.planned, student, head, date(2026, 8, 20), after)
    assert code == ["pfe_day_is_past"]
    held = Defence.objects.get()
    plan_defence(
        ref=student.ref,
        starts_at=held.starts_at,
        place="Salle B2",
        jury=held.jury,
        actor=head,
        now=after,
    )
    assert Defence.objects.get().place == "Salle B2"


def test_nothing_is_said_of_a_defence_that_is_not_planned(student, tutor, head):
    said = {"ref": student.ref, "now": projects.CLOSED}
    code = refusal(set_report_due, due=date(2026, 8, 12), actor=tutor, **said)
    assert code == ["defence_not_planned"]


def test_a_defence_is_marked_once_it_is_held_under_the_approved_title(student, head, tutor, signed):
    """R-PRO-7, R-PRO-13."""
    projects.planned(student, head)
    assert refusal(marked, student, head) == ["defence_without_title"]
    projects.approved_sheet(student, tutor)
    assert refusal(marked, student, head, at=projects.CLOSED) == ["defence_not_held"]
    assert refusal(marked, student, head, 2001) == ["mark_off_scale"]
    with pytest.raises(NotAllowedError):
        marked(student, tutor)
    marked(student, head)
    marked(student, head)

    row = Defence.objects.get()
    assert (row.state, row.mark, row.title) == ("marked", 1600, projects.PFE["title"])
    assert refusal(marked, student, head, 1700) == ["defence_is_marked"]
    assert told()[-1] == ("pfe_news", "mark", student.user.email)


def test_a_mark_is_taken_out_with_its_reason(student, head, tutor, signed):
    projects.planned(student, head)
    projects.approved_sheet(student, tutor)
    marked(student, head)
    said = {"ref": student.ref, "actor": head, "now": projects.DEFENDED}
    assert refusal(reopen_defence, reason=" ", **said) == ["defence_reopening_needs_reason"]
    reopen_defence(reason="erreur", **said)
    assert Defence.objects.get().mark is None
    assert refusal(reopen_defence, reason="erreur", **said) == ["defence_is_not_marked"]


def test_the_minutes_are_a_pdf_in_french(student, head, tutor, signed):
    """R-PRO-13."""
    projects.planned(student, head)
    projects.approved_sheet(student, tutor)
    html = html_of_minutes(marked(student, head))
    for said in ("Procès-verbal", "16,00", "Anne Roux", "20 crédits ECTS", projects.PFE["title"]):
        assert said in html
    assert printed_minutes(Defence.objects.get()).startswith(b"%PDF-")


@pytest.mark.parametrize("changes", [{"state": "marked"}, {"mark": 1600}, {"title": "Un titre"}])
def test_the_database_keeps_no_part_of_a_decision(student, head, signed, changes):
    projects.planned(student, head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Defence.objects.update(**changes)
