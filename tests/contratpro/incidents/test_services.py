"""Incidents on record and who was told, a contract broken, days asked and decided (R-PRO-14)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.classes.services.timetable import cancel_class
from contratpro.incidents.rules import ContractSpan
from contratpro.incidents.selectors import bounds_of
from contratpro.incidents.services.absences import (
    ask_absence,
    cancel_absence,
    grant_absence,
    refuse_absence,
)
from contratpro.incidents.services.reporting import (
    IncidentSaid,
    add_document,
    break_contract,
    record_incident,
    take_breach_back,
)
from contratpro.models import CompanyNeed, Incident
from contratpro.states import AbsenceState, StepState, StudentState
from contratpro.students.services.following import name_tutor, withdraw_student
from contratpro.vocabulary import IncidentKind, Party
from notifications.models import Notification
from tests.factories import accounts, agreements, classes, files
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers
NOW = datetime(2025, 10, 7, 7, 0, tzinfo=UTC)
MONDAY, LATER = date(2025, 10, 13), date(2025, 11, 3)
LEAVE = IncidentSaid(
    kind=IncidentKind.SICK_LEAVE,
    starts_on=date(2025, 10, 6),
    ends_on=date(2025, 10, 10),
    words="Arrêt de cinq jours",
    employer_told_at=datetime(2025, 10, 6, 7, 0, tzinfo=UTC),
)


def pdf():
    return SimpleUploadedFile("arret.pdf", files.pdf(), "application/pdf")


def refused(command, *codes):
    with pytest.raises(DomainError) as error:
        command()
    assert [refusal.code for refusal in error.value.refusals] == list(codes)


def mails(kind):
    return sorted(Notification.objects.filter(kind=kind).values_list("to", flat=True))


def test_a_student_reports_a_sick_leave_with_its_document(student, office):
    one = {"ref": student.ref, "said": LEAVE, "actor": student.user, "now": NOW}
    incident = record_incident(document=pdf(), **one)
    assert record_incident(**one) == incident  # sent twice, reported once

    assert dict(incident.notices.values_list("party", "told_at")) == {
        Party.COMPANY: LEAVE.employer_told_at,
        Party.CONTRACT_SERVICE: NOW,
    }
    step = student.steps.get(key="incident")
    assert (step.state, step.note) == (StepState.DONE, "")  # heads and tutors read the step
    assert mails("contratpro.incident_reported") == [office.email]
    assert incident.document
    entry = JournalEntry.objects.get(verb="report")
    assert (entry.object_type, entry.data, entry.reason) == ("contract_incident", {}, "")


def test_the_office_says_when_it_was_told(student, office):
    said = IncidentSaid(
        kind=IncidentKind.ACCIDENT,
        starts_on=date(2025, 10, 1),
        school_told_at=datetime(2025, 10, 2, 8, 0, tzinfo=UTC),
    )
    incident = record_incident(ref=student.ref, said=said, actor=office, now=NOW)
    assert list(incident.notices.values_list("party", "told_at")) == [
        (Party.CONTRACT_SERVICE, said.school_told_at)
    ]
    assert mails("contratpro.incident_reported") == []


def test_a_document_comes_later_once(student):
    incident = record_incident(ref=student.ref, said=LEAVE, actor=student.user, now=NOW)
    one = {"ref": incident.ref, "actor": student.user, "now": NOW}
    refused(lambda: add_document(document=None, **one), "incident_without_document")
    add_document(document=pdf(), **one)
    refused(lambda: add_document(document=pdf(), **one), "incident_has_document")


def test_what_cannot_be_reported(student, office):
    def report(**changes):
        facts = {"kind": IncidentKind.OTHER, "starts_on": NOW.date()} | changes
        record_incident(ref=student.ref, said=IncidentSaid(**facts), actor=office, now=NOW)

    refused(lambda: report(starts_on=date(2025, 10, 8)), "incident_later_than_today")
    refused(
        lambda: report(employer_told_at=datetime(2025, 10, 7, 8, 0, tzinfo=UTC)),
        "incident_told_later_than_now",
    )
    withdraw_student(ref=student.ref, reason="Abandon", actor=office, now=NOW)
    refused(report, "student_withdrawn")


def test_the_same_incident_in_other_words_is_known(student, office):
    incident = record_incident(ref=student.ref, said=LEAVE, actor=student.user, now=NOW)
    again = replace(LEAVE, words="Arrêt")
    one = {"ref": student.ref, "actor": office, "now": NOW}
    refused(lambda: record_incident(said=again, **one), "incident_is_known")
    refused(lambda: record_incident(said=LEAVE, document=pdf(), **one), "incident_is_known")
    assert student.incidents.get() == incident


def test_an_incident_begins_no_earlier_than_the_contract_and_the_file(student, office):
    said = IncidentSaid(kind=IncidentKind.OTHER, starts_on=date(2020, 11, 25))
    refused(
        lambda: record_incident(ref=student.ref, said=said, actor=office, now=NOW),
        "incident_outside_contract",
    )


def test_without_a_contract_an_incident_begins_within_the_agreement_or_the_year(year, office):
    student = contracts.student(year, StudentState.FEASIBLE)
    of_year = bounds_of(student)
    assert of_year.ends_on.year == 2026
    assert of_year.starts_on == student.created_at.date()  # the office follows them already
    student.created_at = datetime(2025, 10, 1, tzinfo=UTC)
    agreements.validated_sheet(student, contracts.head(year))
    agreement = agreements.prepared(student, office)
    agreement.facts |= {"starts_on": "2025-09-08", "ends_on": "2026-08-28"}
    agreement.save(update_fields=["facts"])
    assert bounds_of(student) == ContractSpan(starts_on=date(2025, 9, 8), ends_on=date(2026, 8, 28))


def breach(student, office, **changes):
    said = {"broken_on": date(2025, 10, 6), "reason": "Commun accord", "actor": office, "now": NOW}
    return break_contract(ref=student.ref, **said | changes)


def test_a_breach_ends_the_file_and_tells_all_those_concerned(student, office, head):
    tutor = accounts.UserFactory()
    name_tutor(ref=student.ref, email=tutor.email, actor=office, now=NOW)
    incident = breach(student, office)
    assert breach(student, office) == incident

    student.refresh_from_db()
    assert (student.state, student.reason) == (StudentState.BROKEN, "Commun accord")
    assert set(incident.notices.values_list("party", flat=True)) == {
        Party.CONTRACT_SERVICE,
        Party.STUDENT,
        Party.COMPANY,
        Party.DEPARTMENT_HEAD,
        Party.SCHOOL_TUTOR,
    }
    assert mails("contratpro.breach_student") == [student.user.email]
    assert mails("contratpro.breach_staff") == sorted([head.email, tutor.email])
    assert len(mails("contratpro.breach_company")) == 1
    assert student.steps.get(key="incident").state is StepState.DONE
    assert JournalEntry.objects.filter(verb="break").count() == 1


def test_nothing_more_is_done_on_a_broken_file(student, office):
    breach(student, office)
    refused(
        lambda: record_incident(ref=student.ref, said=LEAVE, actor=office, now=NOW),
        "student_broken",
    )
    refused(
        lambda: withdraw_student(ref=student.ref, reason="A", actor=office, now=NOW),
        "student_broken",
    )
    refused(lambda: breach(student, office, reason="Autre"), "student_broken")
    refused(lambda: ask(student), "absence_without_contract")


def test_a_breach_recorded_by_mistake_is_taken_back(student, office):
    incident = breach(student, office)
    one = {"ref": student.ref, "actor": office, "now": NOW}
    refused(lambda: take_breach_back(reason=" ", **one), "breach_without_reason")
    take_breach_back(reason="Mauvais dossier", **one)
    take_breach_back(reason="Mauvais dossier", **one)

    student.refresh_from_db()
    incident.refresh_from_db()
    assert (student.state, student.reason) == (StudentState.FEASIBLE, "")
    assert (incident.void_at, incident.void_reason) == (NOW, "Mauvais dossier")
    assert breach(student, office) != incident


def test_what_is_no_breach(year, student, office):
    refused(lambda: breach(student, office, reason=" "), "breach_without_reason")
    refused(lambda: breach(student, office, broken_on=date(2025, 10, 8)), "breach_later_than_today")
    without = contracts.student(year, StudentState.FEASIBLE)
    refused(lambda: breach(without, office), "breach_of_no_contract")


def ask(student, actor=None, **changes):
    said = {"day": MONDAY, "made_up_on": LATER, "reason": "Mise en production", "now": NOW}
    return ask_absence(ref=student.ref, actor=actor or student.user, **said | changes)


def test_a_day_is_asked_then_granted_by_the_head(student, head):
    absence = ask(student)
    assert ask(student) == absence
    assert mails("contratpro.absence_work") == [head.email]
    grant_absence(ref=absence.ref, actor=head, now=NOW)
    grant_absence(ref=absence.ref, actor=head, now=NOW)

    absence.refresh_from_db()
    assert (absence.state, absence.decided_by) == (AbsenceState.GRANTED, head)
    assert mails("contratpro.absence_answer") == [student.user.email]
    assert JournalEntry.objects.filter(verb="grant").count() == 1


def test_a_day_is_not_made_up_in_classes(year, student, head, office):
    """A class that was planned since it was asked counts too; one that is cancelled does not."""
    absence = ask(student)
    hours = [datetime(LATER.year, LATER.month, LATER.day, hour, tzinfo=UTC) for hour in (8, 10)]
    session = classes.planned(year, office, starts_at=hours[0], ends_at=hours[1])
    grant = partial(grant_absence, ref=absence.ref, actor=head, now=NOW)
    refused(grant, "absence_made_up_in_classes")
    refused(lambda: ask(student, day=date(2025, 10, 20)), "absence_made_up_in_classes")
    cancel_class(ref=session.ref, reason="Absent", actor=office, now=NOW)
    assert grant().state is AbsenceState.GRANTED


def test_a_day_is_refused_with_a_reason_then_asked_again(student, head):
    absence = ask(student)
    one = {"ref": absence.ref, "actor": head, "now": NOW}
    refused(lambda: refuse_absence(reason="", **one), "absence_refusal_needs_reason")
    refuse_absence(reason="Contrôle", **one)
    refuse_absence(reason="Contrôle", **one)
    refused(lambda: grant_absence(**one), "absence_is_refused")
    assert ask(student) != absence


def test_two_days_are_not_had_by_asking_twice(student):
    ask(student)
    refused(lambda: ask(student, day=date(2025, 10, 14)), "absence_of_two_days")
    refused(lambda: ask(student, reason="Autre"), "absence_of_two_days")
    refused(lambda: ask(student, day=date(2025, 10, 20), reason=" "), "absence_without_need")


def test_a_day_that_is_needed_no_more(student, head, office):
    absence = ask(student, actor=office)
    grant_absence(ref=absence.ref, actor=head, now=NOW)
    cancel_absence(ref=absence.ref, actor=student.user, now=NOW)
    cancel_absence(ref=absence.ref, actor=student.user, now=NOW)

    absence.refresh_from_db()
    assert absence.state is AbsenceState.CANCELLED
    assert mails("contratpro.absence_work") == [head.email] * 2
    refused(lambda: grant_absence(ref=absence.ref, actor=head, now=NOW), "absence_is_cancelled")


def test_who_may_do_none_of_it(student, head, other_head, office):
    absence = ask(student)
    incident = record_incident(ref=student.ref, said=LEAVE, actor=student.user, now=NOW)
    for command in (
        lambda: record_incident(ref=student.ref, said=LEAVE, actor=head, now=NOW),
        lambda: add_document(ref=incident.ref, document=pdf(), actor=head, now=NOW),
        lambda: breach(student, head),
        lambda: take_breach_back(ref=student.ref, reason="A", actor=student.user, now=NOW),
        lambda: ask(student, actor=head),
        lambda: grant_absence(ref=absence.ref, actor=office, now=NOW),
        lambda: grant_absence(ref=absence.ref, actor=other_head, now=NOW),
        lambda: refuse_absence(ref=absence.ref, reason="A", actor=student.user, now=NOW),
        lambda: cancel_absence(ref=absence.ref, actor=head, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            command()


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2025, 9, 1)},
        {"kind": IncidentKind.BREACH, "words": ""},
        {"void_at": NOW},
        {"void_at": NOW, "void_reason": "A"},  # a breach alone is taken back
    ],
)
def test_the_database_refuses_what_no_incident_is(student, wrong):
    facts = {"kind": IncidentKind.OTHER, "starts_on": date(2025, 10, 1), "words": "A"} | wrong
    incident = Incident(student=student, reported_by=student.user, reported_at=NOW, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        incident.save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"made_up_on": MONDAY},
        {"reason": ""},
        {"state": AbsenceState.GRANTED.value},
        {"state": AbsenceState.REFUSED.value, "decided_at": NOW},
        {},  # this day is asked for already
    ],
)
def test_the_database_refuses_what_no_absence_is(student, wrong):
    ask(student)
    facts = {"day": MONDAY, "made_up_on": LATER, "reason": "A"}
    absence = CompanyNeed(student=student, asked_by=student.user, asked_at=NOW, **facts)
    for name, value in wrong.items():
        setattr(absence, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        absence.save()
