"""The minutes of a defence as a PDF: the jury signs them on paper."""

from django.template.loader import render_to_string
from django.utils import translation

from common.pdf import pdf_of
from contratpro.models import Defence
from contratpro.projects.presentation import points
from contratpro.steps.selectors import scale_for
from contratpro.year.selectors import year_now

PRINTED_IN = "fr"  # what the jury signs is in French


def printed_minutes(defence: Defence) -> bytes:
    return pdf_of(html_of_minutes(defence))


def html_of_minutes(defence: Defence) -> str:
    said = year_now(defence.student.year)
    student = defence.student
    context = {
        "defence": defence,
        "said": said,
        "department": said.departments[student.department].title,
        "mark": points(defence.mark),
        "out_of": scale_for(student).out_of,
    }
    with translation.override(PRINTED_IN):
        return render_to_string("contratpro/pfe/minutes.html", context)
