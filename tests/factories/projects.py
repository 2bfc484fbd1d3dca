"""Job projects at every state, each reached by the services: invited, filled in, sent, judged."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import SignedLink, User
from admissions.models import Candidacy
from apprenticeship.models import JobProject
from apprenticeship.projects.services import deciding, inviting, writing
from apprenticeship.projects.services.locking import PURPOSE
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as seats

INVITED = datetime(2022, 5, 12, 9, 0, tzinfo=dossiers.PARIS)
SENT = datetime(2022, 5, 16, 23, 50, tzinfo=dossiers.PARIS)
DECIDED = datetime(2022, 5, 20, 15, 0, tzinfo=dossiers.PARIS)
EMPLOYER = "rh@batisseurs.exemple.fr"
SHEET = {
    "siret": "73282932000074",
    "company_name": "Bâtisseurs du Gard",
    "street": "12 rue des Tanneurs",
    "postcode": "30100",
    "city": "Alès",
    "country": "FR",
    "contact_name": "Inès Vidal",
    "contact_function": "Responsable du recrutement",
    "contact_email": "ines.vidal@batisseurs.exemple.fr",
    "contact_phone": "+33466554433",
    "master_name": "Karim Haddad",
    "master_function": "Conducteur de travaux",
    "master_years": "12",
    "master_diploma": "",
    "master_email": "karim.haddad@batisseurs.exemple.fr",
    "master_phone": "",
    "job_title": "Assistant conducteur de travaux",
    "missions": "Préparer les chantiers, suivre les approvisionnements.",
    "progression": "La première année avec le maître d’apprentissage, la troisième en autonomie.",
    "fit": "Conduite de projet, sécurité, lecture de plans.",
    "workplace": "",
    "starts_on": "2022-09-05",
}


def typed(**changes: str) -> dict[str, str]:
    """The sheet as an employer types it."""
    return (
        SHEET
        | {
            "siret": "732 829 320 00074",
            "starts_on": "05/09/2022",
            "contact_phone": "04 66 55 44 33",
        }
        | changes
    )


def invited(
    candidacy: Candidacy | None = None, email: str = EMPLOYER, now: datetime = INVITED
) -> JobProject:
    row = candidacy or seats.selected()
    actor = row.application.person.user
    return inviting.invite_employer(candidacy_ref=row.ref, email=email, actor=actor, now=now)


def link_of(project: JobProject) -> SignedLink:
    return SignedLink.objects.filter(
        purpose=PURPOSE, subject_ref=project.ref, revoked_at=None
    ).latest("created_at")


def address_of(project: JobProject) -> str:
    """Where the last message with a link leads."""
    rows = Notification.objects.filter(
        kind="apprenticeship.employer_link", refs__project=project.ref
    )
    return f"/l/{rows.latest('pk').refs['token']}/"


def submitted(
    candidacy: Candidacy | None = None, email: str = EMPLOYER, now: datetime = SENT, **changes: str
) -> JobProject:
    return send(invited(candidacy, email), now, **changes)


def send(project: JobProject, now: datetime = SENT, **changes: str) -> JobProject:
    return writing.submit_job_project(link_id=link_of(project).pk, content=SHEET | changes, now=now)


def approved(
    candidacy: Candidacy | None = None, head: User | None = None, **changes: Any
) -> JobProject:
    project = submitted(candidacy, **changes)
    return deciding.approve_job_project(
        project_ref=project.ref, actor=head or accounts.programme_head(), now=DECIDED
    )


def sent_back(remarks: str = "Précisez les missions de la troisième année.") -> JobProject:
    project = submitted()
    head = accounts.programme_head()
    return deciding.ask_changes(project_ref=project.ref, reason=remarks, actor=head, now=DECIDED)


def refused(reason: str = "Les missions ne sont pas celles d’un ingénieur.") -> JobProject:
    project = submitted()
    head = accounts.programme_head()
    return deciding.refuse_job_project(
        project_ref=project.ref, reason=reason, actor=head, now=DECIDED
    )


def many(count: int, state: str = "submitted") -> None:
    """Projects written as rows: for what is about the list alone."""
    company, start = seats.company(), JobProject.objects.count()
    JobProject.objects.bulk_create(
        JobProject(
            candidacy=candidacy,
            company=company,
            state=state,
            employer_email=f"rh{start + n}@exemple.fr",
            created_at=INVITED + timedelta(minutes=n),
            submitted_at=SENT + timedelta(minutes=start + n),
        )
        for n, candidacy in enumerate(seats.many_selected(count))
    )


def reread(project: JobProject) -> JobProject:
    return JobProject.objects.select_related("company").get(pk=project.pk)
