"""A commitment is firm once company, school and candidate agree (R-JOB-4), where the notice says so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from admissions.dossier.services import endings as dossiers_services
from admissions.models import Seat
from admissions.states import SeatState
from apprenticeship.models import Commitment, JobProject
from apprenticeship.projects.rules import may_commit, may_present_another
from apprenticeship.projects.services.deciding import approve_job_project
from apprenticeship.projects.services.inviting import invite_employer
from apprenticeship.projects.services.seats import commit_to_project, release_seat
from apprenticeship.states import CommitmentState
from campaigns.models import SearchRule
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts, entering, projects
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as seats

pytestmark = pytest.mark.servers

LATER = projects.DECIDED + timedelta(hours=1)
OPEN, FIRM, ENDED = CommitmentState


@pytest.mark.parametrize(
    ("commitment", "seat", "refusal"),
    [
        (OPEN, SeatState.HELD, ""),
        (OPEN, SeatState.QUEUED, "seat_is_queued"),
        (OPEN, None, "seat_is_queued"),
        (FIRM, SeatState.HELD, "commitment_is_firm"),
        (ENDED, SeatState.HELD, "nothing_to_commit_to"),
        (None, SeatState.HELD, "nothing_to_commit_to"),
    ],
)
def test_the_candidate_agrees_last_to_a_project_with_a_place(commitment, seat, refusal):
    """R-JOB-4"""
    assert [row.code for row in may_commit(commitment, seat).refusals] == (
        [refusal] if refusal else []
    )


@pytest.mark.parametrize(
    ("commitment", "free"), [(None, True), (OPEN, True), (FIRM, False), (ENDED, True)]
)
def test_another_project_before_it_is_firm(commitment, free):
    """R-JOB-4"""
    assert bool(may_present_another(commitment)) is free


@pytest.fixture
def project(db) -> JobProject:
    candidacy = seats.selected()
    SearchRule.objects.update(firm_commitment=True)
    return projects.approved(candidacy)


def commit(project, actor=None, now=LATER):
    owner = actor or project.candidacy.application.person.user
    return commit_to_project(project_ref=project.ref, actor=owner, now=now)


def test_whoever_types_the_dossier_commits_for_its_candidate(project):
    application = entering.unclaimed(project.candidacy.application)
    commit(project, actor=dossiers.clerk_of(application))
    entry = JournalEntry.objects.get(verb="agree")
    assert entry.on_behalf_of == f"person:{application.person_id}"


def states():
    return list(Commitment.objects.order_by("pk").values_list("state", flat=True))


def test_approval_opens_it_and_the_candidate_makes_it_firm(project):
    """R-JOB-4: once all parties agreed, firm and final."""
    opened = Commitment.objects.get()
    assert (opened.company_agreed_at, opened.school_agreed_at) == (
        project.submitted_at,
        projects.DECIDED,
    )

    commit(project)
    commit(project)

    firm = Commitment.objects.get()
    assert (firm.state, firm.candidate_agreed_at) == ("firm", LATER)
    verbs = (
        JournalEntry.objects.filter(object_type="commitment")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == ["open", "agree"]
    told = Notification.objects.filter(refs__what="committed").order_by("pk")
    candidates, employers = (letter for _, letter in compose(list(told)))
    assert candidates.subject.startswith("Votre engagement est ferme")
    assert "sauf si l’employeur fait défaut" in candidates.text
    assert "renoncer à entrer dans la formation" in candidates.text
    assert "s’engage" in employers.subject
    assert [row.to for row in told] == [
        project.candidacy.application.person.user.email,
        project.employer_email,
    ]


@pytest.mark.parametrize("firm", [True, False])
def test_the_approval_says_that_the_candidate_agrees_last(project, firm):
    """R-JOB-4: where the notice has it, and nowhere else."""
    SearchRule.objects.update(firm_commitment=firm)
    approved = Notification.objects.get(kind="apprenticeship.project_news", refs__what="approved")
    [(_, letter)] = compose([approved])
    assert ("L’étape suivante est votre propre accord" in letter.text) is firm


def test_no_other_project_once_it_is_firm_and_those_under_way_end(project):
    """R-JOB-4"""
    candidacy = project.candidacy
    other = projects.submitted(candidacy, email="rh@autre.exemple.fr", now=LATER)
    commit(project)

    other.refresh_from_db()
    assert other.state == "abandoned"
    with pytest.raises(DomainError, match="candidate_is_committed"):
        invite_employer(
            candidacy_ref=candidacy.ref,
            email="rh@encore.exemple.fr",
            actor=candidacy.application.person.user,
            now=LATER,
        )
    JobProject.objects.filter(pk=other.pk).update(
        state="submitted", decided_at=None, decided_by=None
    )
    with pytest.raises(DomainError, match="candidate_is_committed"):
        approve_job_project(project_ref=other.ref, actor=accounts.programme_head(), now=LATER)


def test_an_employer_that_defaults_frees_the_candidate(project):
    """R-JOB-4"""
    commit(project)

    office = accounts.company_office()
    release_seat(
        candidacy_ref=project.candidacy.ref, reason="L’employeur se dédit.", actor=office, now=LATER
    )

    assert states() == ["ended"]
    again = projects.approved(project.candidacy, email="rh@autre.exemple.fr", now=LATER)
    assert (again.state, states()) == ("approved", ["ended", "open"])


def test_going_back_on_it_is_giving_up_the_place(project):
    """R-JOB-4"""
    commit(project)
    application = project.candidacy.application

    dossiers_services.withdraw_application(
        ref=application.ref, actor=application.person.user, now=LATER
    )

    assert states() == ["ended"]
    assert Seat.objects.get().state == "released"
    assert JournalEntry.objects.filter(object_type="commitment", verb="renounce").exists()


def test_another_approved_project_replaces_what_is_not_firm(project):
    other = projects.approved(project.candidacy, email="rh@autre.exemple.fr", now=LATER)

    assert states() == ["ended", "open"]
    assert Commitment.objects.latest("pk").project == other


def test_nobody_commits_for_another(project):
    for stranger in (accounts.candidate(), accounts.company_office()):
        with pytest.raises(NotAllowedError):
            commit(project, actor=stranger)


@pytest.mark.django_db
def test_a_notice_without_it_asks_for_nothing():
    """A22 has no firm commitment."""
    project = projects.approved()
    with pytest.raises(DomainError, match="nothing_to_commit_to"):
        commit(project)
    assert not Commitment.objects.exists()


def test_the_database_has_one_live_commitment_for_a_dossier(project):
    first = Commitment.objects.get()
    first.pk, first.ref = None, "another12345"
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_the_page_says_what_it_binds_to(project, client):
    application = project.candidacy.application
    client.force_login(application.person.user)
    page = f"/dossiers/{application.ref}/company/"
    before = client.get(page).content.decode()
    asked = client.get(f"/dossiers/{application.ref}/projects/{project.ref}/commit/")
    address = asked.request["PATH_INFO"]

    assert "à vous de décider" in before
    assert "renoncer à entrer dans la formation" in asked.content.decode()
    assert client.post(address)["Location"] == page
    after = client.get(page).content.decode()
    assert "est ferme" in after
    assert "Inviter un employeur" not in after
    assert client.post(address)["Location"] == page
    assert 'class="confirm' not in client.get(address).content.decode()
