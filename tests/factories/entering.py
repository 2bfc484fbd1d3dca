"""Dossiers that the central service of Albi types for somebody, each state reached by the services."""

from datetime import date, datetime
from typing import Any

from accounts.models import Person, SignedLink, User
from accounts.services import IdentityInput
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, pieces, submission
from admissions.entering.services import claim_application, enter_application
from admissions.enums import EntryWay
from admissions.models import Application
from campaigns.models import Campaign
from campaigns.vocabulary import Needed
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories.campaigns import albi_2021_document, load

SLUG = "albi-2021"
NOW = datetime(2021, 2, 20, 21, 0, tzinfo=dossiers.PARIS)
CAME_ON = date(2021, 2, 19)
EMAIL = "paule.martin@exemple.fr"
IDENTITY = {
    "birth_name": "Martin",
    "first_names": "Paule",
    "born_on": date(1998, 5, 4),
    "nationality": "FR",
    "french_mother_tongue": True,
    "phone": "+33612345678",
    "street": "3 rue des Lices",
    "postcode": "81000",
    "city": "Albi",
    "country": "FR",
}
TITLE = drafts.TitleInput(
    diploma_code="BTS-BAT",
    institution="Lycée de Nîmes",
    status="obtained",
    on=date(2018, 6, 30),
    ects=120,
)


def campaign() -> Campaign:
    return Campaign.objects.filter(slug=SLUG).first() or load(albi_2021_document())


def clerk() -> User:
    """Of Albi, with the second factor: always the same one."""
    school = campaign().organiser
    found = User.objects.filter(grants__school=school, grants__role="clerk").first()
    return found or accounts.with_second_factor(accounts.clerk(school))


def entered(actor: User | None = None, **changes: Any) -> Application:
    names = IdentityInput(birth_name="Martin", first_names="Paule")
    said = {
        "campaign_slug": SLUG,
        "how": EntryWay.PAPER,
        "on": CAME_ON,
        "email": EMAIL,
        "identity": names,
        "now": NOW,
    }
    by = actor or clerk()
    return enter_application(actor=by, **said | changes)


def typed(
    application: Application | None = None, programme: str = "SENMBA-CP", now: datetime = NOW
) -> Application:
    """A draft that may be submitted, as its clerk has typed it."""
    row = application or entered()
    by: dict[str, Any] = {"ref": row.ref, "actor": clerk(), "now": now}
    drafts.save_identity(identity=IdentityInput(**IDENTITY), **by)
    drafts.save_studies(baccalaureate="STI2D", baccalaureate_year=2016, **by)
    drafts.add_title(title=TITLE, **by)
    drafts.declare_grant_holder(grant_holder=False, **by)
    drafts.choose_programmes(codes=[programme], **by)
    for piece in get_dossier(ref=row.ref, now=now).pieces:
        if piece.needed is Needed.SUBMISSION:
            pieces.give_document(
                requirement_key=piece.key,
                subject_key=piece.subject_key,
                uploads=[dossiers.believable(piece)],
                **by,
            )
    return dossiers.reread(row)


def submitted(application: Application | None = None, now: datetime = NOW) -> Application:
    row = application or typed()
    dossier = get_dossier(ref=row.ref, now=now)
    submission.submit_application(
        ref=row.ref,
        actor=clerk(),
        accepted_version=dossier.current_version,
        agreed=dossier.filmed,
        received_at=now,
    )
    return dossiers.reread(row)


def claimed(application: Application, user: User, now: datetime = NOW) -> Application:
    return claim_application(link_id=link_of(application).pk, actor=user, now=now)


def link_of(application: Application) -> SignedLink:
    return SignedLink.objects.filter(subject_ref=application.ref).latest("pk")


def claim_path(application: Application) -> str:
    """The address in the last mail that asks to claim it."""
    rows = Notification.objects.filter(kind="admissions.entered", about=application.ref)
    return f"/l/{rows.latest('pk').refs['token']}/"


def unclaimed(application: Application) -> Application:
    """A dossier of any state, as if its campaign's organiser had typed it: written as rows."""
    Application.objects.filter(pk=application.pk).update(
        entered_by=application.campaign.organiser, entered_how="paper", entered_on=CAME_ON
    )
    Person.objects.filter(pk=application.person_id).update(user=None)
    return dossiers.reread(application)
