from django.utils.translation import gettext_lazy as _

from apprenticeship.rules.moves import ContractState, ProjectState

PROJECT_STATES = {
    ProjectState.DRAFT: _("With the employer"),
    ProjectState.SUBMITTED: _("With the school"),
    ProjectState.CHANGES_ASKED: _("Changes asked for"),
    ProjectState.APPROVED: _("Approved"),
    ProjectState.REFUSED: _("Refused"),
    ProjectState.ABANDONED: _("Abandoned"),
    ProjectState.DEFAULTED: _("Given up by the employer"),
    ProjectState.REPLACED: _("Replaced by another project"),
}
CONTRACT_STATES = {
    ContractState.DRAFT: _("Being drafted"),
    ContractState.SIGNED: _("Signed, to be countersigned"),
    ContractState.COUNTERSIGNED: _("Countersigned"),
    ContractState.BROKEN: _("Broken"),
    ContractState.ENDED: _("Ended"),
}
# Why a seat is given back or a contract broken, where nobody types a reason.
WITHDRAWN = "withdrawn"
MOVED = "moved"
RECTIFIED = "rectified"
CLOSED = "closed"
REASONS = {
    WITHDRAWN: _("The candidate withdrew."),
    RECTIFIED: _("The jury’s answer to the candidate was rectified."),
    CLOSED: _("The search for a company is over."),
    MOVED: _("A project approved since is for another group of places."),
}
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
