"""The company project from its report to its published mark, and who may do what (R-PRO-7, R-PRO-12)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.links.services import revoke_links
from common.drafts.rules import QuickerError
from common.journal import SYSTEM
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.models import CompanyEvaluation, CompanyProject, ProjectReport
from contratpro.projects.selectors import marks_of, project_for, published_marks
from contratpro.projects.services.evaluating import (
    ask_company_tutor,
    reopen_evaluation,
    save_evaluation,
)
from contratpro.projects.services.locking import PURPOSE
from contratpro.projects.services.marking import pass_on, publish_mark, take_mark_back
from contratpro.steps.services import declare_by_hand, override_mark
from contratpro.vocabulary import PassedOn
from notifications.models import Notification
from tests.factories import accounts, classes
from tests.factories import company_projects as projects
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def told():
    rows = Notification.objects.filter(kind__regex="evaluation|project").order_by("pk")
    return [(row.kind.partition(".")[2], row.refs["what"], row.to) for row in rows]


def fresh(student):
    return CompanyProject.objects.get(student=student)


def published(student, tutor, office, at=projects.CLOSED):
    projects.whole(student, tutor)
    return publish_mark(ref=student.ref, actor=office, now=at)


def passed(student, actor, day=date(2025, 12, 12), **said):
    return pass_on(
        ref=student.ref,
        day=day,
        channel=PassedOn.HAND,
        actor=actor,
        now=projects.LATE + timedelta(days=5),
        **said,
    )


def test_a_report_is_deposited_in_time_or_late_and_declares_its_step(student, tutor):
    """R-PRO-7, R-PRO-12."""
    projects.deposited(student)
    projects.deposited(student, "Revu", projects.LATE)

    rows = ProjectReport.objects.values_list("number", "late")
    assert list(rows) == [(1, False), (2, True)]
    step = student.steps.get(key="report")
    assert (step.state, step.done_on, step.late) == ("done", date(2025, 12, 10), False)
    assert told() == [("project_work", "deposit_report", tutor.email)] * 2


def test_the_same_report_twice_is_deposited_once(student):
    projects.deposited(student)
    projects.deposited(student)
    assert ProjectReport.objects.count() == 1


def test_a_report_is_deposited_by_its_student_alone(student, year):
    other = contracts.student(year)
    with pytest.raises(NotAllowedError):
        projects.deposit_report(
            ref=student.ref, report=None, actor=other.user, now=projects.DEPOSITED
        )


def test_the_step_of_the_report_is_said_by_handing_it_in(student, office, tutor):
    said = {"student": student, "key": "report", "now": projects.DEPOSITED}
    assert refusal(declare_by_hand, actor=student.user, **said) == ["step_follows_its_paper"]
    assert declare_by_hand(actor=tutor, **said).state == "done"  # a report on paper


def test_the_company_tutor_evaluates_by_a_link(student, tutor):
    """R-PRO-12."""
    evaluation = projects.asked(student, tutor)
    projects.evaluated(evaluation)

    version = evaluation.versions.get()
    assert (version.number, version.mark, version.content["mark"]) == (1, 1500, "15.00")
    assert student.steps.get(key="company-mark").state == "done"
    assert told() == [
        ("evaluation_link", "ask_evaluation", projects.COMPANY_TUTOR),
        ("project_work", "send", tutor.email),
    ]


def test_an_evaluation_is_sent_once_and_then_stays(student, tutor):
    evaluation = projects.asked(student, tutor)
    projects.evaluated(evaluation)
    projects.evaluated(evaluation)

    assert evaluation.versions.count() == 1
    assert refusal(projects.evaluated, evaluation, 1600) == ["evaluation_is_sent"]


def test_a_correction_is_a_new_version_that_the_school_tutor_asks_for(student, tutor):
    """R-PRO-12."""
    evaluation = projects.asked(student, tutor)
    projects.evaluated(evaluation)
    passed_before = projects.deposited(student)
    assert passed_before is None
    passed(student, tutor)
    reopen_evaluation(ref=student.ref, reason="La note", actor=tutor, now=projects.LATE)

    assert CompanyEvaluation.objects.get().draft["words"] == "Un bon travail."
    assert marks_of(project_for(student), projects.CLOSED).company_tutor is None
    assert fresh(student).passed_on is None
    projects.evaluated(evaluation, 1600, projects.LATE)
    assert list(evaluation.versions.values_list("number", "mark")) == [(1, 1500), (2, 1600)]
    assert CompanyEvaluation.objects.get().reason == ""


def test_a_correction_has_its_reason(student, tutor):
    projects.evaluated(projects.asked(student, tutor))
    said = {"ref": student.ref, "actor": tutor, "now": projects.LATE}
    code = refusal(reopen_evaluation, reason=" ", **said)
    assert code == ["evaluation_reopening_needs_reason"]


def test_what_the_company_tutor_typed_is_kept_and_not_written_over_unseen(student, tutor):
    evaluation = projects.asked(student, tutor)
    link = {"link_id": projects.link_of(evaluation).pk, "now": projects.ASKED}
    save_evaluation(content={"mark": "quinze"}, seen="", **link)

    assert CompanyEvaluation.objects.get().draft["mark"] == "quinze"
    with pytest.raises(QuickerError):
        save_evaluation(content={"mark": "16"}, seen="another", **link)


def test_a_link_that_is_revoked_replaced_or_of_another_purpose_opens_nothing(student, tutor):
    evaluation = projects.asked(student, tutor)
    first = projects.link_of(evaluation)
    projects.asked(student, tutor, projects.ASKED + timedelta(hours=1))
    said = {"content": {}, "seen": "", "now": projects.DEPOSITED}
    with pytest.raises(NotAllowedError):
        save_evaluation(link_id=first.pk, **said)
    revoke_links(purpose=PURPOSE, subject_ref=evaluation.ref, actor=SYSTEM, now=projects.DEPOSITED)
    with pytest.raises(NotAllowedError):
        save_evaluation(link_id=projects.link_of(evaluation).pk, **said)
    first.purpose = "contact_sheet"
    first.save(update_fields=["purpose"])
    with pytest.raises(NotAllowedError):
        save_evaluation(link_id=first.pk, **said)


def test_a_link_goes_to_no_student_nor_colleague_and_not_twice_at_once(
    student, tutor, head, office
):
    said = {"ref": student.ref, "actor": tutor, "now": projects.ASKED}
    code = refusal(ask_company_tutor, email=student.user.email, **said)
    assert code == ["evaluation_by_student"]
    for user in (tutor, head, office):
        code = refusal(ask_company_tutor, email=user.email.upper(), **said)
        assert code == ["evaluation_by_school"]
    projects.asked(student, tutor)
    assert refusal(projects.asked, student, tutor) == ["evaluation_link_just_sent"]


def test_an_engineer_who_lectures_at_the_school_may_evaluate(year, student, tutor, office):
    lecturer = classes.teacher()
    classes.planned(year, office)
    evaluation = ask_company_tutor(
        ref=student.ref, email=lecturer.email, actor=tutor, now=projects.ASKED
    )
    assert evaluation.email == lecturer.email


def test_the_school_tutor_alone_marks_the_report_that_they_read(student, tutor, office, head):
    """R-PRO-7."""
    projects.deposited(student)
    for someone in (office, head, student.user, accounts.UserFactory()):
        with pytest.raises(NotAllowedError):
            projects.marked(student, someone)
    projects.marked(student, tutor, 1250)
    projects.deposited(student, "Revu")

    assert (fresh(student).tutor_mark, fresh(student).marked_report) == (1250, 1)
    assert refusal(projects.marked, student, tutor, 1300) == ["moved_meanwhile"]
    projects.marked(student, tutor, 1300, report=2)
    assert (fresh(student).tutor_mark, fresh(student).marked_report) == (1300, 2)


def test_both_papers_are_passed_on_to_the_registrar_with_the_day_and_how(student, tutor):
    """R-PRO-12."""
    projects.deposited(student)
    assert refusal(passed, student, tutor) == ["evaluation_is_not_sent"]
    projects.evaluated(projects.asked(student, tutor))
    passed(student, tutor)
    passed(student, tutor)

    row = fresh(student)
    assert (row.passed_on, row.passed_channel, row.passed_by) == (date(2025, 12, 12), "hand", tutor)
    assert not row.passed_late
    assert refusal(passed, student, tutor, date(2025, 12, 13)) == ["project_report_is_passed_on"]
    assert JournalEntry.objects.filter(verb="pass_on").count() == 1


def test_what_is_passed_on_after_christmas_is_late(student, tutor):
    projects.deposited(student)
    projects.evaluated(projects.asked(student, tutor))
    passed(student, tutor, date(2025, 12, 22))
    assert fresh(student).passed_late


def test_no_mark_is_published_before_the_three_are_there(student, tutor, office):
    """R-PRO-7."""
    projects.deposited(student)
    said = {"ref": student.ref, "actor": office}
    assert refusal(publish_mark, now=projects.DEPOSITED, **said) == [
        "project_lacks_conduct",
        "project_lacks_company_mark",
        "project_lacks_tutor_mark",
    ]
    projects.evaluated(projects.asked(student, tutor))
    projects.marked(student, tutor)
    assert refusal(publish_mark, now=projects.DEPOSITED, **said) == ["project_lacks_conduct"]
    assert published_marks(fresh(student)) is None


def test_the_published_mark_is_frozen_with_its_parts(student, tutor, office):
    """R-PRO-7: 0.2 of 10, 0.4 of 15, 0.4 of 12."""
    projects.whole(student, tutor)
    conduct = {"student": student, "hundredths": 1000, "reason": "absences", "actor": office}
    override_mark(now=projects.DEPOSITED, **conduct)
    publish_mark(ref=student.ref, actor=office, now=projects.CLOSED)
    publish_mark(ref=student.ref, actor=office, now=projects.CLOSED)
    override_mark(now=projects.CLOSED, **conduct | {"hundredths": 2000})

    row = fresh(student)
    assert (row.mark, row.conduct, row.company_mark, row.tutor_mark) == (1280, 1000, 1500, 1200)
    assert told()[-1] == ("project_news", "publish", student.user.email)
    assert [one for one in told() if one[1] == "publish"] == [told()[-1]]
    assert refusal(projects.marked, student, tutor, 1300) == ["project_mark_published"]


def test_a_published_mark_is_taken_back_with_its_reason_and_corrected(student, tutor, office):
    published(student, tutor, office)
    said = {"ref": student.ref, "actor": office, "now": projects.CLOSED}
    assert refusal(take_mark_back, reason=" ", **said) == ["project_taking_back_needs_reason"]
    take_mark_back(reason="erreur", **said)

    assert published_marks(fresh(student)) is None
    assert fresh(student).tutor_mark == 1200
    assert refusal(take_mark_back, reason="erreur", **said) == ["project_mark_not_published"]


def test_the_office_alone_publishes(student, tutor, head):
    projects.whole(student, tutor)
    for someone in (tutor, head, student.user):
        with pytest.raises(NotAllowedError):
            publish_mark(ref=student.ref, actor=someone, now=projects.CLOSED)


def test_a_mark_is_in_no_mail_and_in_no_entry_of_the_journal(student, tutor, office):
    published(student, tutor, office)
    written = [str(row.refs) for row in Notification.objects.all()]
    written += [f"{row.data} {row.reason}" for row in JournalEntry.objects.all()]
    for mark in ("1500", "15.00", "1200", "12.00"):
        assert not any(mark in one for one in written)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "published"},
        {"mark": 1200},
        {"tutor_mark": 1200},
        {"passed_on": date(2025, 12, 12)},
        {"passed_late": True},
    ],
)
def test_the_database_keeps_no_part_of_a_mark_without_the_rest(student, changes):
    projects.deposited(student)
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyProject.objects.update(**changes)
