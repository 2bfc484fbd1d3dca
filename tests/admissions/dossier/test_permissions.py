import pytest

from admissions.dossier.permissions import can_act, can_consult, can_handle, can_read, can_read_file
from admissions.models import Application, Candidacy
from campaigns.models import Programme
from tests.factories import accounts
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.django_db
# who: writes as a candidate, reads, does the central service's work
RIGHTS = {
    "own": (True, True, False),
    "another candidate": (False, False, False),
    "clerk of the organiser": (False, True, True),
    "clerk of another school": (False, False, False),
    "juror": (False, False, False),
    "school administrator": (False, False, False),
    "superuser": (False, False, False),
}


@pytest.fixture
def people():
    application = dossiers.submitted()
    school = application.campaign.organiser
    return application, {
        "own": application.person.user,
        "another candidate": accounts.candidate(),
        "clerk of the organiser": accounts.clerk(school),
        "clerk of another school": accounts.clerk(accounts.other_school()),
        "juror": accounts.juror(school),
        "school administrator": accounts.school_admin(school),
        "superuser": accounts.administrator(),
    }


def test_who_may_do_what_with_a_dossier(people):
    application, users = people
    rights = {
        who: (
            bool(can_act(user, application)),
            bool(can_read(user, application)),
            bool(can_handle(user, application)),
        )
        for who, user in users.items()
    }
    assert rights == RIGHTS


def test_a_school_applied_to_reads_the_dossier_too(people):
    application, users = people
    application.candidacies.first().programme.__class__.objects.filter(code="BAT-1").update(
        school=accounts.other_school()
    )
    assert can_read(users["clerk of another school"], Application.objects.get(pk=application.pk))


@pytest.mark.parametrize("role", ["programme_head", "company_office"])
def test_who_follows_those_selected_reads_their_pieces_alone(people, role):
    """Neither the fees nor what is about another programme."""
    application, _ = people
    follower = getattr(accounts, role)(application.campaign.organiser)
    chosen, other = application.candidacies.order_by("programme__code")
    identity = application.documents.get(requirement__key="identity")
    motivation = {
        row.subject_key: row for row in application.documents.filter(requirement__key="motivation")
    }

    assert not can_read_file(follower, identity)
    Candidacy.objects.filter(pk=chosen.pk).update(state="selected")

    assert can_read_file(follower, identity)
    assert can_read_file(follower, motivation[chosen.ref])
    assert not can_read_file(follower, motivation[other.ref])
    assert not can_consult(follower, application)


@pytest.mark.parametrize("role", ["programme_head", "company_office"])
def test_a_school_follows_only_those_whom_it_selected(people, role):
    application, _ = people
    chosen, other = application.candidacies.order_by("programme__code")
    Programme.objects.filter(pk=other.programme_id).update(school=accounts.other_school())
    Candidacy.objects.filter(pk=chosen.pk).update(state="selected")
    elsewhere = getattr(accounts, role)(accounts.other_school())

    assert not can_read_file(elsewhere, application.documents.get(requirement__key="identity"))


def test_a_school_administrator_reads_what_was_submitted(people):
    application, users = people
    draft = dossiers.filled()

    assert can_consult(users["school administrator"], application)
    assert not can_consult(users["school administrator"], draft)
