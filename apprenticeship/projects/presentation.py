"""The sheet of a job project in words, and what each act on the project will do."""

from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumber_field.phonenumber import to_python
from stdnum.fr import siret

from admissions.places.presentation import trainees_leave
from admissions.places.selectors.lists import to_be_hosted
from apprenticeship.models import JobProject
from apprenticeship.projects.selectors import Approval
from common.formats import day, phone

SECTION_TITLES = {
    "company": _("The company"),
    "contact": _("Who follows this file"),
    "master": _("The master who will train the apprentice"),
    "job": _("The job"),
}
FIELD_LABELS = {
    "siret": _("SIRET number of the establishment"),
    "company_name": _("Name of the company"),
    "street": _("Number and street"),
    "postcode": _("Postcode"),
    "city": _("Town"),
    "country": _("Country"),
    "contact_name": _("First name and surname"),
    "contact_function": _("Position (optional)"),
    "contact_email": _("E-mail address"),
    "contact_phone": _("Phone"),
    "master_name": _("First name and surname of the master"),
    "master_function": _("Position of the master"),
    "master_years": _("Years of practice in the trade"),
    "master_diploma": _("Highest diploma (optional)"),
    "master_email": _("E-mail address of the master"),
    "master_phone": _("Phone of the master (optional)"),
    "job_title": _("Title of the job"),
    "missions": _("Missions given to the apprentice"),
    "progression": _("How the responsibilities grow, year after year"),
    "fit": _("How the job fits the programme"),
    "workplace": _("Place of work, if it is elsewhere (optional)"),
    "starts_on": _("Start of the contract"),
}


def plain_label(name: str) -> str:
    """The label without what only matters to whoever fills it in."""
    return str(FIELD_LABELS[name]).partition(" (")[0]


def readable(value: str, name: str) -> str:
    """As one reads it: a SIRET in groups, a day in words, a number as it is called; a draft's slips as they are."""
    if not value:
        return ""
    if name == "siret":
        return str(siret.format(value)) if siret.is_valid(value) else value
    if name == "country":
        return str(dict(countries).get(value, value))
    if name == "starts_on":
        return _day_in_words(value)
    return phone(to_python(value)) if name.endswith("_phone") else value


def _day_in_words(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value  # as it was typed, and not read yet


def name_of(project: JobProject) -> str:
    """The candidate's, or what the dossier is known by."""
    application = project.candidacy.application
    return application.full_name or application.ref


def what_is_taken(approval: Approval) -> str:
    """By how much the places left would change."""
    count = approval.count
    figures = {"name": name_of(approval.project), "left": count.left, "capacity": count.capacity}
    if approval.replaces:
        return gettext("%(name)s: this project replaces the one approved before") % figures
    if approval.waits:
        return gettext("No place is left of %(capacity)s: %(name)s will be queued") % figures
    sentence = ngettext(
        "%(name)s takes the last place of %(capacity)s",
        "%(name)s takes one of the %(left)s places left of %(capacity)s",
        count.left,
    )
    return sentence % figures


def before_approving(approval: Approval) -> list[str]:
    candidacy = approval.project.candidacy
    beside = to_be_hosted(candidacy.programme.pool_id, besides=candidacy.application)
    return [
        *(_who_waits(approval.count.queued) if approval.waits else []),
        *(trainees_leave(beside) if approval.takes_a_place else []),
        gettext("The candidate, the employer and the company office are told at once."),
        gettext("The contract may be prepared once a place is held."),
    ]


def _who_waits(queued: int) -> list[str]:
    sentence = ngettext(
        "%(queued)s project waits before this one.",
        "%(queued)s projects wait before this one.",
        queued,
    )
    return [sentence % {"queued": queued}]


def before_asking_changes(_project: JobProject) -> list[str]:
    return [
        gettext("The employer receives your remarks, with a new link to the sheet as it was sent."),
        gettext("The candidate reads them too."),
    ]


def before_refusing(_project: JobProject) -> list[str]:
    return [
        gettext("The employer and the candidate are told at once, with the reason below."),
        gettext("The candidate may present another project."),
    ]


def project_abandoned(project: JobProject) -> str:
    who = project.company or project.employer_email
    return gettext("The project with %(who)s is abandoned") % {"who": who}


def before_abandoning(project: JobProject) -> list[str]:
    """By the office, for the candidate."""
    return [
        gettext("You act for %(name)s: the journal says so.") % {"name": name_of(project)},
        gettext("The employer is told that the sheet is closed."),
    ]
