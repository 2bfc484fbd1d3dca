"""Commands on a dossier. `now` is when the request was received (R-CAL-1)."""

from accounts.services import Identity
from admissions.services.drafts import (
    declare_experience,
    declare_grant_holder,
    save_identity,
    save_studies,
    start_application,
)
from admissions.services.endings import (
    lapse_drafts,
    refuse_application,
    reopen_application,
    withdraw_application,
    withdraw_candidacy,
)
from admissions.services.pieces import await_document, give_document, remove_document_file
from admissions.services.programmes import choose_programmes
from admissions.services.submission import submit_application
from admissions.services.titles import TitleInput, add_title, change_title, remove_title

__all__ = [
    "Identity",
    "TitleInput",
    "add_title",
    "await_document",
    "change_title",
    "choose_programmes",
    "declare_experience",
    "declare_grant_holder",
    "give_document",
    "lapse_drafts",
    "refuse_application",
    "remove_document_file",
    "remove_title",
    "reopen_application",
    "save_identity",
    "save_studies",
    "start_application",
    "submit_application",
    "withdraw_application",
    "withdraw_candidacy",
]
