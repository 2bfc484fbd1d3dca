"""Two PDFs: the sheet that is signed on paper, and the booklet of a student for a month with both signatures."""

from datetime import date, datetime

from django.template.loader import render_to_string

from common.pdf import pdf_of
from contratpro.classes.presentation.booklets import month_booklet
from contratpro.classes.presentation.words import shown_class
from contratpro.classes.selectors import called_students
from contratpro.models import ClassSession, StudentFile
from contratpro.year.selectors import year_now


def sheet_pdf(session: ClassSession, now: datetime) -> bytes:
    """With the names of those whom it calls, to be signed by each and by the teacher."""
    context = {
        "shown": shown_class(session, now),
        "session": session,
        "said": year_now(session.year),
        "students": list(called_students(session)),
    }
    return pdf_of(render_to_string("contratpro/classes/sheet_print.html", context))


def booklet_pdf(student: StudentFile, month: date, now: datetime) -> bytes:
    """Every session of the month: how the student signed, and who countersigned when."""
    context = {"booklet": month_booklet(student, month, now), "student": student, "now": now}
    return pdf_of(render_to_string("contratpro/classes/booklet_print.html", context))
