"""A campaign of 67,000 dossiers, with over 100,000 candidacies and 200,000 messages (domain-model.md, section 1)."""

from dataclasses import dataclass

from django.db import connection

from accounts.models import Person, User
from admissions.models import Application, Candidacy
from admissions.models.sealed import Mark, Sitting
from apprenticeship.models import JobProject
from campaigns.models import Campaign, Programme
from notifications.models import Notification
from tests.factories import accounts, announcing, apprenticeship
from tests.plans.multiply import NUMBERED, multiply, multiply_of

DOSSIERS = 67_000


@dataclass(frozen=True, kw_only=True)
class Crowd:
    campaign: Campaign
    clerk: User
    office: User
    president: User
    head: User


def crowd() -> Crowd:
    """Made from one candidacy of each kind, that the services made."""
    like = announcing.candidacy()
    head = accounts.programme_head()
    people = multiply(like.application.person.user, DOSSIERS, email="'p' || g.n || '@exemple.fr'")
    persons = multiply_of(like.application.person, User, people, user_id="g.id")
    _dossiers(like, persons)
    _search(like, head)
    _settle()
    return Crowd(
        campaign=like.application.campaign,
        clerk=accounts.clerk(),
        office=accounts.company_office(),
        president=announcing.president(),
        head=head,
    )


def _dossiers(like: Candidacy, persons: int) -> None:
    """Half complete and before the jury, the rest submitted; one in fifty awaits a piece."""
    application = like.application
    state = "CASE WHEN g.n % 2 = 0 THEN 'complete' ELSE 'submitted' END"
    received = "t.received_at + g.n * interval '1 minute'"
    dossiers = multiply_of(
        application,
        Person,
        persons,
        person_id="g.id",
        ref=NUMBERED,
        state=state,
        completed_at="CASE WHEN g.n % 2 = 0 THEN t.completed_at END",
        received_at=received,
        last_submission_id="NULL",
        email="'p' || g.n || '@exemple.fr'",
        sort_key="'nom' || g.n",
        search_text="'prenom' || g.n || ' nom' || g.n",
    )
    for document in (application.documents.get(requirement__key="cv"),):
        awaited = {
            "state": "CASE WHEN g.n % 50 = 0 THEN 'awaited' ELSE 'given' END",
            "ref": NUMBERED,
        }
        due = "CASE WHEN g.n % 50 = 0 THEN DATE '2022-03-01' + (g.n % 90)::int END"
        multiply_of(document, Application, dossiers, application_id="g.id", due_on=due, **awaited)
    for charge in application.charges.all():
        multiply_of(charge, Application, dossiers, application_id="g.id")
    receipt = Notification.objects.get(about=application.ref)
    for copy in range(3):
        keys = {
            "dedupe_key": f"'{copy}:' || g.n",
            "about": "g.ref",
            "message_id": f"'<{copy}.' || g.n || '@x>'",
        }
        multiply_of(
            receipt,
            Application,
            dossiers,
            queued_at="t.queued_at + g.n * interval '1 second'",
            **keys,
        )
    studied = "'in_selection'"
    listed = {"sort_key": "'nom' || g.n", "received_at": "g.received_at"}
    candidacies = multiply_of(
        like, Application, dossiers, "g.n % 2 = 0", application_id="g.id", ref=NUMBERED, **listed
    )
    others = Programme.objects.get(campaign=application.campaign, code="MKX-1").pk
    again = {
        "programme_id": str(others),
        "ref": "'m' || lpad(g.n::text, 11, '0')",
        "state": studied,
    }
    multiply_of(like, Application, dossiers, application_id="g.id", **listed, **again)
    _judged(like, candidacies)


def _judged(like: Candidacy, candidacies: int) -> None:
    """A decision recorded for one in three, announced for one in three; one in nine called to a test, mostly sat."""
    decision = announcing.decide(like, "standard", "english")
    multiply_of(decision, Candidacy, candidacies, "g.n % 3 = 0", candidacy_id="g.id")
    announced = {"state": "'announced'", "announced_at": "t.recorded_at"}
    multiply_of(decision, Candidacy, candidacies, "g.n % 3 = 1", candidacy_id="g.id", **announced)
    sitting = Sitting.objects.filter(candidacy=like)[0]
    sat = {
        "state": "CASE WHEN g.n % 90 = 1 THEN 'called' ELSE 'sat' END",
        "called_at": "TIMESTAMPTZ '2022-04-04 10:00+02'",
        "ref": NUMBERED,
    }
    multiply_of(sitting, Candidacy, candidacies, "g.n % 9 = 1", candidacy_id="g.id", **sat)
    called = Sitting.objects.filter(assessment=sitting.assessment).values("candidacy")
    Candidacy.objects.filter(pk__in=called).update(stage=sitting.assessment.stage_id)
    mark = Mark.objects.create(
        candidacy=like,
        assessment=sitting.assessment,
        by=decision.by,
        hundredths=1250,
        given_at=decision.recorded_at,
    )
    given = {"candidacy_id": "g.candidacy_id", "hundredths": "g.n % 2000"}
    multiply_of(mark, Sitting, sitting.pk, "g.state = 'sat'", **given)


def _search(like: Candidacy, head: User) -> None:
    """3,000 job projects and as many that wait for a place."""
    chosen = apprenticeship.selected("BAT-1")
    seat = apprenticeship.seated(chosen, decided_by=head)
    project = seat.candidacy.job_projects.get()
    candidacies = Candidacy.objects.filter(
        application__ref__lt="000000003001", programme=like.programme
    )
    first = candidacies.order_by("pk")[0].pk - 1
    state = "CASE WHEN g.n % 3 = 0 THEN 'submitted' ELSE t.state END"
    decided = {
        "decided_at": "CASE WHEN g.n % 3 = 0 THEN NULL ELSE t.decided_at END",
        "decided_by_id": "CASE WHEN g.n % 3 = 0 THEN NULL ELSE t.decided_by_id END",
    }
    projects = multiply_of(
        project,
        Candidacy,
        first,
        "g.n <= 3000",
        candidacy_id="g.id",
        ref=NUMBERED,
        state=state,
        **decided,
    )
    waits = {"state": "'queued'", "place_no": "NULL", "held_at": "NULL", "ref": NUMBERED}
    owner = "(SELECT c.application_id FROM admissions_candidacy c WHERE c.id = g.candidacy_id)"
    multiply_of(
        seat,
        JobProject,
        projects,
        "g.state = 'approved'",
        candidacy_id="g.candidacy_id",
        application_id=owner,
        **waits,
    )


def _settle() -> None:
    """Check the keys once, not after each test, and let the planner know what is there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT gin_clean_pending_list('application_search')")
        cursor.execute("ANALYZE")
