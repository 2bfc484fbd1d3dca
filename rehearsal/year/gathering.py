"""What the rows of a played year came to: facts for its invariants, and its report."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from common.models import Job
from common.states import JobState
from contratpro.classes.rules.hours import sum_of
from contratpro.classes.selectors import held_by
from contratpro.models import (
    AgreementSignature,
    CompanyProject,
    Defence,
    IssuedInvoice,
    StudentFile,
    TrainingAgreement,
)
from contratpro.projects.rules import is_closed
from contratpro.states import CompanyProjectState, StudentState
from contratpro.steps.rules import conduct_mark, mark_lines
from contratpro.steps.selectors import scale_for, standings_of, today_of
from contratpro.vocabulary import InvoiceKind, Signer
from notifications.models import Notification
from rehearsal.invariants import OutboxRow
from rehearsal.stage import RecordingBackend
from rehearsal.year.cast import CountedMinutes, PlayedYear
from rehearsal.year.invariants import (
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
from rehearsal.year.report import HoursRow, InvoiceLine, MarksRow, YearReport

WHOLE = 100  # hundredths


def look(year: PlayedYear, at: datetime) -> int:
    """At the end of a month: what does not hold is kept."""
    year.months.append(exceptions(facts_of(year, at, is_over=False)))
    return 0


def report_of_year(year: PlayedYear, students: int, at: datetime) -> YearReport:
    year.months.append(exceptions(facts_of(year, at, is_over=True)))
    outbox = Notification.objects.values_list("dedupe_key", "message_id", "state")
    return YearReport(
        year=year.stage.year.slug,
        students=students,
        seed=year.seed,
        timeline=tuple(sorted(year.steps.values(), key=lambda step: step.at)),
        marks=tuple(_mark_rows(year, at)),
        hours=tuple(_hour_rows(year)),
        invoices=tuple(_invoice_rows(year)),
        invariants=judged(
            merged(year.months),
            [OutboxRow(*row) for row in outbox],
            RecordingBackend.letters,
        ),
    )


def facts_of(year: PlayedYear, at: datetime, *, is_over: bool) -> YearFacts:
    return YearFacts(
        hours=list(_hours(year)),
        agreements=list(_agreements(year)),
        published=list(_published(year)),
        billed=list(_billed(year, is_over=is_over)),
        numbers=_numbers(year),
        conduct=list(_conduct(year, at)),
        mail_keys=list(Notification.objects.values_list("dedupe_key", flat=True)),
        undone=list(_undone(at)),
    )


def _undone(at: datetime) -> Iterator[str]:
    rows = Job.objects.exclude(state=JobState.DONE)
    for key, error in rows.filter(run_at__lt=at).order_by("pk").values_list("key", "last_error"):
        yield f"{key} {error}".strip()


def _students(year: PlayedYear) -> list[StudentFile]:
    rows = year.stage.year.students.select_related("year").prefetch_related("steps")
    return list(rows.order_by("sort_key", "email"))


def _hours(year: PlayedYear) -> Iterator[HoursFact]:
    students = _students(year)
    held = held_by(students)
    for student in students:
        found = sum_of(held[student.pk])
        counted = year.ledger.get(student.email, CountedMinutes())
        yield HoursFact(
            who=student.email,
            held=found.held,
            attended=found.attended,
            missed=found.missed,
            counted_held=counted.held,
            counted_attended=counted.attended,
        )


def _agreements(year: PlayedYear) -> Iterator[AgreementTold]:
    """Read from the rows of signatures and dispatches, not by the rules that allowed them."""
    rows = TrainingAgreement.objects.filter(student__year=year.stage.year)
    for row in rows.select_related("student").prefetch_related("signatures", "dispatches"):
        valid = [one for one in row.signatures.all() if one.void_since is None]
        school = next((one for one in valid if one.party is Signer.SCHOOL), None)
        yield AgreementTold(
            who=row.student.email,
            others=[_signature(one) for one in valid if one.party is not Signer.SCHOOL],
            school=_signature(school) if school else None,
            exception=school.exception if school else "",
            sent=[SignatureFact(one.sent_on, one.recorded_at) for one in row.dispatches.all()],
        )


def _signature(row: AgreementSignature) -> SignatureFact:
    return SignatureFact(row.signed_on, row.recorded_at)


def _published(year: PlayedYear) -> Iterator[PublishedFact]:
    rows = CompanyProject.objects.filter(
        student__year=year.stage.year, state=CompanyProjectState.PUBLISHED
    )
    for row in rows.select_related("student__year", "evaluation"):
        assert row.published_at
        version = row.evaluation.versions.last()
        closes = scale_for(row.student).closes
        is_final = is_closed(closes, today_of(year.stage.year, row.published_at))
        yield PublishedFact(
            who=row.student.email,
            published_at=row.published_at,
            parts=(
                row.published_at if is_final else None,
                version.at if version else None,
                row.tutor_marked_at,
            ),
        )


def _billed(year: PlayedYear, *, is_over: bool) -> Iterator[BilledFact]:
    cents: dict[str, int] = defaultdict(int)
    rows = IssuedInvoice.objects.filter(year=year.stage.year)
    for email, kind, amount in rows.values_list("student__email", "kind", "amount_cents"):
        cents[email] += amount if kind is InvoiceKind.INVOICE else -amount
    for one in year.under_contract:
        yield BilledFact(
            who=one.email,
            cents=cents[one.email],
            price_cents=year.stage.said.cost.amount,
            is_whole=is_over and year.broken_on(one) is None,
        )


def _numbers(year: PlayedYear) -> dict[int, list[int]]:
    serials: dict[int, list[int]] = defaultdict(list)
    rows = IssuedInvoice.objects.filter(school=year.stage.year.school)
    for issued_in, serial in rows.values_list("issued_in", "serial"):
        serials[issued_in].append(serial)
    return serials


def _conduct(year: PlayedYear, at: datetime) -> Iterator[ConductFact]:
    for student in _students(year):
        mark = _conduct_of(student, at)
        if mark is not None:
            yield ConductFact(student.email, mark, scale_for(student).out_of * WHOLE)


def _conduct_of(student: StudentFile, at: datetime) -> int | None:
    """As it stands, in hundredths."""
    if student.override is not None:
        return student.override
    scale, today = scale_for(student), today_of(student.year, at)
    mark = conduct_mark(mark_lines(standings_of(student, at), scale, today=today), scale)
    return None if mark is None else int(mark * WHOLE)


def _mark_rows(year: PlayedYear, at: datetime) -> Iterator[MarksRow]:
    """Of those who began the year."""
    began = {one.email for one in year.under_contract}
    projects = dict(
        CompanyProject.objects.filter(student__year=year.stage.year).values_list("student", "mark")
    )
    defences = dict(
        Defence.objects.filter(student__year=year.stage.year).values_list("student", "mark")
    )
    for student in _students(year):
        if student.email in began:
            yield MarksRow(
                student=student.full_name,
                department=student.department,
                state=str(StudentState(student.state)),
                conduct=_conduct_of(student, at),
                project=projects.get(student.pk),
                pfe=defences.get(student.pk),
            )


def _hour_rows(year: PlayedYear) -> Iterator[HoursRow]:
    students = _students(year)
    held = held_by(students)
    for student in students:
        if held[student.pk]:
            found = sum_of(held[student.pk])
            yield HoursRow(
                student=student.full_name,
                held=found.held,
                attended=found.attended,
                missed=found.missed,
                excused=found.excused,
            )


def _invoice_rows(year: PlayedYear) -> Iterator[InvoiceLine]:
    rows = IssuedInvoice.objects.filter(year=year.stage.year).select_related("student")
    for row in rows.order_by("issued_in", "serial"):
        yield InvoiceLine(
            number=row.number,
            student=row.student.full_name,
            line=row.line,
            kind=str(row.kind),
            state=str(row.state),
            cents=row.amount_cents,
        )
