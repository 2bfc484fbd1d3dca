"""What excuses absences is destroyed once its term is over; the absences stay (docs/retention.md)."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.jobs import run
from common.models import Job, JournalEntry, StoredFile
from common.refusals import DomainError
from contratpro.classes.selectors import awaiting_answer, held_of
from contratpro.classes.services.absences import excuse_absence, give_document
from contratpro.incidents.services.reporting import IncidentSaid, record_incident
from contratpro.invoices.services.settling import pay_invoice
from contratpro.models import ClassPresence, Incident
from contratpro.retention.rules import settled_by
from contratpro.retention.services import JOB, destroy_excuses, order_destruction
from contratpro.states import StudentState
from contratpro.vocabulary import IncidentKind
from tests.factories import classes, files, invoices
from tests.factories import contratpro as contracts

BEFORE, AFTER = datetime(2029, 12, 31, 9, tzinfo=UTC), datetime(2030, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def session(year, office):
    return classes.planned(year, office)


@pytest.fixture
def absent(year, session):
    return contracts.student(year, StudentState.FEASIBLE)


@pytest.fixture
def excused(session, absent, office):
    """An absence that a document excuses, and a sick leave with its own."""
    return excused_at(session, absent, office)


def excused_at(session, student, office):
    classes.on_paper(session, office, {student: classes.ABSENT})
    given(session, student)
    excuse_absence(ref=session.ref, student_ref=student.ref, actor=office, now=classes.CLOSED)
    record_incident(
        ref=student.ref,
        said=IncidentSaid(kind=IncidentKind.SICK_LEAVE, starts_on=date(2025, 9, 15)),
        document=files.upload(files.pdf(), "grippe-dupont.pdf"),
        actor=student.user,
        now=classes.CLOSED,
    )
    return ClassPresence.objects.select_related("document").get(student=student)


def given(session, student):
    give_document(
        ref=session.ref,
        student_ref=student.ref,
        upload=files.upload(files.pdf(), "arret-dupont.pdf"),
        actor=student.user,
        now=classes.CLOSED,
    )


def swept(at, capture):
    """What a tick orders at that moment, done; the states of what was given."""
    order_destruction(at)
    with capture(execute=True):
        for key in list(Job.objects.filter(kind=JOB, state="ready").values_list("key", flat=True)):
            run(key=key, now=at)
    return [str(row.state) for row in excuses()]


def excuses():
    """What was given; the sheet that was signed on paper is none of it."""
    rows = StoredFile.objects.filter(purpose__in=("class_excuse", "contract_incident"))
    return rows.order_by("pk")


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2029, 12, 31), date(2025, 12, 31)),
        (date(2030, 1, 1), date(2026, 12, 31)),
        (date(2030, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_term_is_over_on_the_first_of_january(today, day):
    assert settled_by(today) == day


def test_documents_go_and_the_absence_stays(
    year, absent, excused, django_capture_on_commit_callbacks
):
    paths = [row.content.name for row in excuses()]
    hours = held_of(absent)
    assert swept(BEFORE, django_capture_on_commit_callbacks) == ["kept", "kept"]
    assert swept(AFTER, django_capture_on_commit_callbacks) == ["destroyed", "destroyed"]

    for row in excuses():
        assert (row.name, row.sha256, row.bytes, row.content.name) == ("", "", 0, "")
        assert row.destroyed_at == AFTER
    assert not any(default_storage.exists(path) for path in paths)
    assert StoredFile.objects.get(purpose="class_sheet").content.name
    presence = ClassPresence.objects.get()
    assert (presence.state, presence.document_id) == ("excused", excused.document_id)
    assert held_of(absent) == hours
    assert Incident.objects.get().document_id
    [entry] = JournalEntry.objects.filter(verb="destroy_excuses")
    assert (entry.object_ref, entry.actor_kind, entry.data) == (year.slug, "system", {"count": 2})


def test_a_year_is_looked_at_once_a_calendar_year(excused, django_capture_on_commit_callbacks):
    for at in (BEFORE, AFTER, AFTER.replace(month=6), AFTER.replace(year=2031)):
        swept(at, django_capture_on_commit_callbacks)
    assert list(Job.objects.filter(kind=JOB).order_by("key").values_list("key", flat=True)) == [
        f"{JOB}:ales-2025:2030",
        f"{JOB}:ales-2025:2031",
    ]
    assert JournalEntry.objects.filter(verb="destroy_excuses").count() == 1


def test_a_later_payment_keeps_them(year, session, office, django_capture_on_commit_callbacks):
    student = invoices.signed_papers(year, office)
    excused_at(session, student, office)
    invoice = invoices.issued(student, office)
    pay_invoice(
        ref=invoice.ref,
        paid_on=date(2027, 2, 1),
        actor=office,
        now=datetime(2027, 2, 2, tzinfo=UTC),
    )
    assert swept(AFTER, django_capture_on_commit_callbacks) == ["kept", "kept"]
    assert swept(AFTER.replace(year=2031), django_capture_on_commit_callbacks) == ["destroyed"] * 2


def test_nothing_is_destroyed_of_a_year_that_is_gone(excused):
    destroy_excuses({"year": "gone"}, AFTER)
    assert set(StoredFile.objects.values_list("state", flat=True)) == {"kept"}


def test_a_cohort_takes_as_many_statements_as_one_student(year, session, office, excused):
    with CaptureQueriesContext(connection) as of_one:
        destroy_excuses({"year": year.slug}, AFTER)
    found = {contracts.student(year, StudentState.FEASIBLE): classes.ABSENT for _ in range(3)}
    another = classes.planned(year, office)
    classes.on_paper(another, office, found)
    for student in found:
        given(another, student)
    with CaptureQueriesContext(connection) as of_three:
        destroy_excuses({"year": year.slug}, AFTER)
    assert len(of_three) == len(of_one)


def test_what_was_never_answered_waits_for_nobody_any_more(
    year, session, absent, office, django_capture_on_commit_callbacks
):
    classes.on_paper(session, office, {absent: classes.ABSENT})
    given(session, absent)
    assert len(awaiting_answer(year)) == 1
    swept(AFTER, django_capture_on_commit_callbacks)
    assert not awaiting_answer(year)
    with pytest.raises(DomainError, match="excuse_without_document"):
        excuse_absence(ref=session.ref, student_ref=absent.ref, actor=office, now=AFTER)


def test_pages_say_on_which_day(
    session, absent, excused, office, django_capture_on_commit_callbacks
):
    swept(AFTER, django_capture_on_commit_callbacks)
    own, staff = f"/contrat-pro/{absent.ref}/", "/admin/contrat-pro/"
    with time_machine.travel(AFTER, tick=False):
        for user, page in (
            (absent.user, f"{own}classes/"),
            (absent.user, f"{own}incidents/"),
            (office, f"{staff}classes/{session.ref}/"),
            (office, f"{staff}students/{absent.ref}/incidents/"),
        ):
            assert "Le document a été détruit le 1er janvier 2030." in text(user, page)
        document = f"{own}classes/{session.ref}/document/"
        assert signed_in(absent.user).get(document).status_code == 404


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def text(user, page):
    said = re.sub(r"<[^>]+>", " ", signed_in(user).get(page).content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())
