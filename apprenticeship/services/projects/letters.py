"""From references to what the templates of messages about job projects need."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.links.services import link_url
from apprenticeship.models import JobProject
from apprenticeship.services.project_news import CANDIDATE, EMPLOYER, LINK, STAFF
from notifications.mails import Context, Kind, Refs

RELATED = ("candidacy__application__campaign", "candidacy__application__person", "candidacy__programme", "company")


def build(batch: Sequence[Refs]) -> Sequence[Context]:
    rows = JobProject.objects.select_related(*RELATED).filter(ref__in={refs["project"] for refs in batch})
    projects = {row.ref: row for row in rows}
    return [_context(projects[refs["project"]], refs) for refs in batch]


def _context(project: JobProject, refs: Refs) -> Context:
    application = project.candidacy.application
    return {
        "what": refs["what"],
        "reason": refs.get("reason", ""),
        "place": refs.get("place", ""),
        "capacity": refs.get("capacity", ""),
        "rank": refs.get("rank", ""),
        "project": project.ref,
        "ref": application.ref,
        "name": application.person.full_name,
        "programme": project.candidacy.programme.title,
        "campaign": application.campaign.title,
        "zone": application.campaign.zone,
        "company": project.company.name if project.company else "",
        "employer": project.employer_email,
        "contact": application.campaign.contact,
        "reply_to": application.campaign.contact["email"],
    }


def build_with_link(batch: Sequence[Refs]) -> Sequence[Context]:
    return [
        {
            **context,
            "until": datetime.fromisoformat(refs["until"]),
            "url_fr": link_url(refs["token"], "fr"),
            "url_en": link_url(refs["token"], "en"),
        }
        for refs, context in zip(batch, build(batch), strict=True)
    ]


KINDS = (
    Kind(
        name=LINK,
        template="apprenticeship/mail/employer_link",
        build=build_with_link,
        sensitive=True,
        label=_("Link, to the employer"),
    ),
    Kind(
        name=EMPLOYER,
        template="apprenticeship/mail/employer_news",
        build=build,
        label=_("News of a job project, to the employer"),
    ),
    Kind(
        name=CANDIDATE,
        template="apprenticeship/mail/project_news",
        build=build,
        readable=True,
        label=_("News of a job project"),
    ),
    Kind(name=STAFF, template="apprenticeship/mail/project_work", build=build, label=_("Job project, to staff")),
)
