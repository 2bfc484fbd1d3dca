"""Job projects: an employer is invited, fills in the sheet, the pedagogical head decides (R-JOB-2, R-JOB-3)."""

from apprenticeship.services.projects.committing import commit_to_project
from apprenticeship.services.projects.deciding import approve_job_project, ask_changes, refuse_job_project
from apprenticeship.services.projects.ending import abandon_job_project, decline_job_project
from apprenticeship.services.projects.inviting import invite_employer, send_new_link
from apprenticeship.services.projects.links import PURPOSE
from apprenticeship.services.projects.writing import save_draft, submit_job_project

__all__ = [
    "PURPOSE",
    "abandon_job_project",
    "approve_job_project",
    "ask_changes",
    "commit_to_project",
    "decline_job_project",
    "invite_employer",
    "refuse_job_project",
    "save_draft",
    "send_new_link",
    "submit_job_project",
]
