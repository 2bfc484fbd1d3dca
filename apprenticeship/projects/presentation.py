"""The sheet of a job project in words."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumber_field.phonenumber import to_python
from stdnum.fr import siret

from admissions.templatetags.dossiers import phone
from common.templatetags.rentree import day

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
