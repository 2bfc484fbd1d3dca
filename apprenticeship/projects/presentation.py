"""The sheet of a job project in words."""

from django.utils.translation import gettext_lazy as _

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
