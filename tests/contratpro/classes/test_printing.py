"""The sheet to be signed and the booklet of a month, as tagged PDFs: without a line, with forty, with long names."""

import io
from datetime import date, timedelta

import pikepdf
import pytest

from contratpro.classes.rules.timetable import ClassLine, timetable_seen
from contratpro.classes.services.printing import booklet_pdf, sheet_pdf
from contratpro.classes.services.timetable import import_timetable, preview_timetable
from contratpro.models import ClassSession
from contratpro.states import StudentState
from tests.factories import classes
from tests.factories import contratpro as contracts

SEPTEMBER = date(2025, 9, 1)
LONG = {
    "first_names": "Marie-Antoinette Joséphine Philippine Élisabeth",
    "birth_name": "de La Rochefoucauld-Montmorency-Laval d’Uzès",
    "usual_name": "",
}


def opened(content):
    pdf = pikepdf.open(io.BytesIO(content))
    assert "/StructTreeRoot" in pdf.Root
    return pdf


@pytest.fixture
def session(year, office):
    return classes.planned(year, office, course="Ingénierie dirigée par les modèles " * 5)


@pytest.mark.parametrize(("students", "pages"), [(0, 1), (1, 1), (40, 4)])
def test_a_sheet_has_a_line_for_each_student_however_long_their_names(
    year, session, students, pages
):
    for _ in range(students):
        contracts.student(year, StudentState.FEASIBLE, **LONG)
    assert len(opened(sheet_pdf(session, classes.OPENED)).pages) == pages


@pytest.mark.parametrize(("sessions", "pages"), [(0, 1), (40, 4)])
def test_a_booklet_has_a_line_for_each_session(year, office, sessions, pages):
    """R-PRO-11: with both signatures."""
    student = contracts.student(year, StudentState.FEASIBLE, **LONG)
    _plan(year, office, sessions)
    for session in ClassSession.objects.order_by("pk")[:5]:
        classes.on_paper(session, office, {student: classes.late(15)}, at=session.ends_at)
    content = booklet_pdf(student, SEPTEMBER, classes.ENDS + timedelta(days=30))
    assert len(opened(content).pages) == pages


def _plan(year, office, count):
    """Two hours each, one after the other, eight a day."""
    starts = [
        classes.STARTS + timedelta(days=number // 8, hours=number % 8) for number in range(count)
    ]
    lines = [
        ClassLine(
            line=number,
            uid=f"S{number}",
            said=classes.said(starts_at=start, ends_at=start + timedelta(hours=2)),
            groups=classes.GROUPS,
        )
        for number, start in enumerate(starts)
    ]
    import_timetable(
        slug=year.slug,
        lines=lines,
        whole=(),
        seen=timetable_seen(preview_timetable(year, lines, ())),
        actor=office,
        now=classes.OPENED,
    )
