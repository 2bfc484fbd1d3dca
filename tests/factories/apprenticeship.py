"""Selected candidates, job projects, seats and contracts of session 2022. Selections are written as rows."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Person, User
from admissions.dossier.rules import PieceStatus
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.models import Application, Candidacy, Document, Seat
from apprenticeship.contracts.services import countersign_contract, draft_contract, sign_contract
from apprenticeship.models import JobProject, ProjectVersion
from apprenticeship.projects.services.seats import take_seat
from campaigns.models import Campaign, Outcome, Pool, Programme
from campaigns.vocabulary import Needed
from common.journal import SYSTEM, Stamp
from common.rules import fold
from companies.models import Company
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories.memory import remembered

TOLD = datetime(2022, 4, 15, 10, 0, tzinfo=dossiers.PARIS)
APPROVED = datetime(2022, 5, 20, 15, 0, tzinfo=dossiers.PARIS)
NOW = datetime(2022, 7, 11, 11, 30, tzinfo=dossiers.PARIS)
STARTS_ON = date(2022, 9, 5)
STAMP = Stamp.of(SYSTEM, APPROVED)
POOLED = "INFRES-SR-1"  # of a pool of 22
CONTENT = {"job_title": "Technicien méthodes", "missions": "Préparer les chantiers."}


def selected(programme: str = POOLED, *, also: tuple[str, ...] = (), **changes: Any) -> Candidacy:
    """A submitted dossier, selected for `programme`; `also` names programmes still being studied."""
    application = dossiers.submitted(programmes=(programme, *also), **changes)
    select(application, programme)
    for code in also:
        row = application.candidacies.get(programme__code=code)
        stage = row.programme.selection.stages.get(key=row.programme.selection.first)
        Candidacy.objects.filter(pk=row.pk).update(state="in_selection", stage=stage)
    return reread(application.candidacies.get(programme__code=programme))


def select(application: Application, programme: str) -> None:
    outcome = Outcome.objects.filter(
        kind="accepted", stage__selection__programmes__code=programme
    ).first()
    rows = application.candidacies.filter(programme__code=programme)
    rows.update(state="selected", outcome=outcome, told_at=TOLD, stage=None)


def many_selected(count: int, programme: str = POOLED) -> list[Candidacy]:
    """Selected candidates written as rows, for what is about many."""
    campaign = dossiers.campaign()
    chosen = Programme.objects.get(campaign=campaign, code=programme)
    outcome = Outcome.objects.filter(kind="accepted", stage__selection=chosen.selection).first()
    start = User.objects.count()
    users = User.objects.bulk_create([User(email=f"n{start + n}@exemple.fr") for n in range(count)])
    people = Person.objects.bulk_create([Person(user=user) for user in users])
    rows = Application.objects.bulk_create(
        Application(
            campaign=campaign,
            person=person,
            email=person.user.email,
            first_names=accounts.PEOPLE[n % 12][0],
            birth_name=f"{accounts.PEOPLE[n % 12][1]} {n}",
            sort_key=fold(f"{accounts.PEOPLE[n % 12][1]} {n:04}"),
            born_on=date(2001, 5, 4),
            nationality="FR",
            state="complete",
            completed_at=dossiers.CHECKED,
            started_at=dossiers.STARTED,
            received_at=dossiers.SUBMITTED,
            accepted_notice=campaign.current_version,
        )
        for n, person in enumerate(people)
    )
    return Candidacy.objects.bulk_create(
        Candidacy(
            application=row, programme=chosen, state="selected", outcome=outcome, told_at=TOLD
        )
        for row in rows
    )


def also_selected(candidacies: list[Candidacy], programme: str) -> list[Candidacy]:
    """The same dossiers selected for another programme too, written as rows."""
    chosen = Programme.objects.get(campaign=dossiers.campaign(), code=programme)
    like = {"state": "selected", "outcome": candidacies[0].outcome, "told_at": TOLD}
    return Candidacy.objects.bulk_create(
        Candidacy(application=row.application, programme=chosen, **like) for row in candidacies
    )


def company(name: str = "Bâtisseurs du Gard", siret: str = "73282932000074") -> Company:
    return Company.objects.get_or_create(
        siret=siret, defaults={"name": name, "city": "Alès", "postcode": "30100"}
    )[0]


def project(
    candidacy: Candidacy, state: str = "approved", at: datetime = APPROVED, **fields: Any
) -> JobProject:
    """A job project in that state, written as a row."""
    decided = state not in {"draft", "submitted"}
    row = JobProject.objects.create(
        candidacy=candidacy,
        state=state,
        employer_email="rh@batisseurs.exemple.fr",
        created_at=at - timedelta(days=9),
        **{
            "company": company(),
            "submitted_at": at - timedelta(days=2),
            "decided_at": at if decided else None,
            "decided_by": accounts.programme_head() if decided else None,
        }
        | fields,
    )
    ProjectVersion.objects.create(project=row, number=1, content=CONTENT, at=at - timedelta(days=2))
    return row


def seated(candidacy: Candidacy, at: datetime = APPROVED, **fields: Any) -> Seat:
    """An approved project, with the seat that it takes or queues for."""
    return take_seat(project(candidacy, at=at, **fields), stamp=Stamp.of(SYSTEM, at))


def many_seated(count: int, programme: str = POOLED) -> list[Seat]:
    """Approved projects and their seats, in the order asked for."""
    dossiers.campaign()
    if Seat.objects.exists():
        return _many_seated(count, programme)
    state = [list(rows.values_list()) for rows in (Campaign.objects, Pool.objects.order_by("pk"))]
    key = ("seated", count, programme, repr(state), User.objects.count())
    remembered(key, Seat, lambda: _many_seated(count, programme)[0].pk)
    related = ("pool", "application", "company", "candidacy__application__person__user")
    return list(Seat.objects.select_related(*related).order_by("pk"))


def _many_seated(count: int, programme: str) -> list[Seat]:
    head, rows = accounts.programme_head(), many_selected(count, programme)
    return [
        seated(reread(row), at=APPROVED + timedelta(minutes=n), decided_by=head)
        for n, row in enumerate(rows)
    ]


def many_waiting(count: int, programme: str = POOLED) -> None:
    """Projects approved and in the queue, written as rows, for what is about many."""
    rows, employer = many_selected(count, programme), company()
    projects = JobProject.objects.bulk_create(
        JobProject(
            candidacy=row,
            state="approved",
            company=employer,
            employer_email="rh@batisseurs.exemple.fr",
            created_at=APPROVED - timedelta(days=9),
            submitted_at=APPROVED - timedelta(days=2),
            decided_at=APPROVED,
            decided_by=User.objects.order_by("pk")[0],
        )
        for row in rows
    )
    Seat.objects.bulk_create(
        Seat(
            pool_id=row.programme.pool_id,
            application=row.application,
            candidacy=row,
            company=project.company,
            state="queued",
            asked_at=APPROVED + timedelta(minutes=n),
        )
        for n, (row, project) in enumerate(zip(rows, projects, strict=True))
    )


def drafted(candidacy: Candidacy, office: User) -> None:
    draft_contract(candidacy_ref=candidacy.ref, starts_on=STARTS_ON, actor=office, now=NOW)


def signed(candidacy: Candidacy, office: User, on: date = date(2022, 7, 4)) -> None:
    drafted(candidacy, office)
    sign_contract(candidacy_ref=candidacy.ref, signed_on=on, actor=office, now=NOW)


def countersigned(candidacy: Candidacy, office: User, on: date = date(2022, 7, 8)) -> None:
    signed(candidacy, office)
    countersign_contract(candidacy_ref=candidacy.ref, countersigned_on=on, actor=office, now=NOW)


def prove(candidacy: Candidacy) -> None:
    """Every piece that an admission rests on, given by the candidate and accepted by the central service."""
    application = dossiers.reread(candidacy.application)
    for piece in get_dossier(ref=application.ref, now=NOW).pieces:
        if piece.needed is Needed.ADMISSION and piece.status is PieceStatus.MISSING:
            dossiers.give(application, piece, now=NOW)
    Document.objects.filter(application=application).update(state="accepted", checked_at=NOW)


def ready(office: User, programme: str = POOLED, **changes: Any) -> Candidacy:
    """A candidacy that lacks nothing to be admitted."""
    candidacy = selected(programme, **changes)
    seated(candidacy)
    countersigned(candidacy, office)
    prove(candidacy)
    return reread(candidacy)


def pool(programme: str = POOLED) -> Pool:
    return Pool.objects.get(programmes__code=programme)


def reread(candidacy: Candidacy) -> Candidacy:
    related = ("application__campaign__organiser", "application__person__user", "programme")
    return Candidacy.objects.select_related(*related).get(pk=candidacy.pk)
