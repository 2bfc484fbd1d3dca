"""The demonstration: a smaller population, one person per story, made once for all the tests of this file."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation

from accounts.models import Person, User
from admissions.dossier.selectors.dossiers import get_dossier, takes_applications
from admissions.enums import DocumentState
from admissions.models import Application, Candidacy, Charge, Document
from admissions.states import ApplicationState, CandidacyState
from apprenticeship.models import JobProject
from campaigns.models import Campaign, MilestoneRun
from common.models import Job, JournalEntry, StoredFile
from common.states import JobState
from demonstration.accounts import (
    ACCOUNTS,
    CLERK,
    CONTRACT_SERVICE,
    DEPARTMENT_HEAD,
    DIRECTION,
    HEAD,
    JUROR,
    OFFICE,
    PASSWORD,
    PLATFORM_ADMIN,
    PRESIDENT,
    SCHOOL_ADMIN,
    SOCIAL_SERVICE,
    TUTOR,
    demo_accounts,
)
from demonstration.cohort import APOLLINE
from demonstration.copies import COPIES
from demonstration.former_cohort import JOHANNA
from demonstration.making import make
from notifications.models import Notification
from rehearsal.people.someone import ELISE, HADRIEN, LINA, MATHIS, PEOPLE, Story
from tests.factories.campaigns import ales_2022
from tests.factories.contratpro import ales_2025

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
KINDS = ("application", "candidacy")
FEW = 8  # in each of the sessions further on
SAMPLE = [next(who for who in PEOPLE if who.story is story) for story in Story]
# Lina's and Mathis's dossiers are those that one signs in to.
LANDINGS = {
    LINA.email: ("/dossiers/", "Brouillon"),
    MATHIS.email: ("/dossiers/", "Déposée"),
    HADRIEN.email: ("/dossiers/", "Complet, transmis"),
    ELISE.email: ("/dossiers/", "Admissible"),
    CLERK: ("/admin/dossiers/", MATHIS.full_name),
    JUROR: ("/admin/jury/", "à décider"),
    PRESIDENT: ("/admin/jury/", "pas encore validée"),
    HEAD: ("/admin/projects/", "recrutement."),
    OFFICE: ("/admin/seats/", "Places tenues et demandées"),
    APOLLINE.email: ("/contrat-pro/[0-9a-z]+/", "en retard"),
    JOHANNA.email: ("/contrat-pro/[0-9a-z]+/", "Rien n’est attendu de vous"),
    CONTRACT_SERVICE: ("/admin/contrat-pro/ales-cp-demo/", APOLLINE.full_name),
    DEPARTMENT_HEAD: ("/admin/contrat-pro/ales-cp-demo/", APOLLINE.full_name),
    TUTOR: ("/admin/contrat-pro/ales-cp-demo/", APOLLINE.full_name),
    DIRECTION: ("/admin/contrat-pro/ales-cp-demo/", APOLLINE.full_name),
    SOCIAL_SERVICE: ("/admin/contrat-pro/social-service/", "3 élèves"),
    SCHOOL_ADMIN: ("/admin/calendar/", "Rentrée"),
    PLATFORM_ADMIN: ("/admin/", "Paramétrage"),
}


@pytest.fixture(scope="module")
def population(for_the_module):
    with override_settings(DEMO=True), translation.override("fr"):
        ales_2022()
        ales_2025()
        said = []
        make(
            now=NOW,
            say=said.append,
            people=SAMPLE,
            copies=[replace(copy, people=FEW) for copy in COPIES],
        )
        yield said


@pytest.fixture(autouse=True)
def _made(population, db, settings):
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def campaign() -> Campaign:
    return Campaign.objects.get(slug="ales-demo")


def of(story: Story) -> Application:
    who = next(who for who in SAMPLE if who.story is story)
    return Application.objects.get(person__user__email=who.email)


def test_dossiers_are_at_every_state_of_an_open_campaign(campaign):
    assert Counter(campaign.applications.values_list("state", flat=True)) == {
        ApplicationState.DRAFT.value: 8,
        ApplicationState.SUBMITTED.value: 5,
        ApplicationState.WITHDRAWN.value: 2,
        ApplicationState.REFUSED.value: 1,
    }


def test_one_can_apply_now(campaign):
    assert takes_applications(campaign, NOW)
    assert timedelta(days=10) <= campaign.last_second - NOW < timedelta(days=18)
    assert campaign.title == {
        "fr": "Admissions 2027 en formation d’ingénieur par apprentissage (démonstration)",
        "en": "Admissions 2027 to the engineering degrees by apprenticeship (demonstration)",
    }


def test_the_demonstration_gives_no_real_address_to_write_to(campaign):
    assert campaign.contact["email"] == "apprentissage@example.org"
    assert [user.email for user in User.objects.exclude(email__endswith="@example.org")] == []


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email)
def test_each_role_signs_in_and_finds_work(client, account):
    path, words = LANDINGS[account.email]
    page = client.post(
        "/accounts/login/", {"login": account.email, "password": PASSWORD}, follow=True
    )
    assert page.status_code == 200
    assert re.fullmatch(path, page.request["PATH_INFO"])
    assert words in page.content.decode()


def test_the_sign_in_page_tells_the_accounts(client):
    page = client.get("/accounts/login/").content.decode()
    assert [email for email in LANDINGS if email not in page] == []
    assert PASSWORD in page


def test_the_accounts_are_told_in_the_demonstration_only(settings):
    settings.DEMO = False
    assert demo_accounts() == ()


def test_nobody_signs_in_as_the_rest_of_the_population():
    others = User.objects.exclude(email__in=LANDINGS)
    assert [user.email for user in others if user.has_usable_password()] == []


def test_an_application_to_finish_has_something_to_mend():
    missing = {
        refusal.code for _, refusal in get_dossier(ref=of(Story.MENDING).ref, now=NOW).missing
    }
    assert missing == {"programme_not_eligible", "missing_piece", "missing_piece_of"}


def test_an_application_that_is_ready_lacks_nothing():
    assert get_dossier(ref=of(Story.READY).ref, now=NOW).missing == ()


def test_a_late_piece_was_announced_for_a_day_that_has_passed(campaign):
    late = Document.objects.filter(
        application__campaign=campaign, state=DocumentState.AWAITED, due_on__lt=NOW.date()
    )
    assert {document.application for document in late} == {of(Story.LATE)}


def test_some_were_submitted_in_the_last_hour(campaign):
    recent = campaign.applications.filter(received_at__gt=NOW - timedelta(hours=1))
    assert list(recent) == [of(Story.LAST_HOUR)]


def test_a_programme_added_is_charged_besides():
    """R-APP-2: 77 € then 22 €, in two submissions."""
    added = of(Story.ADDED)
    assert list(added.submissions.values_list("kind", flat=True)) == ["submitted", "added"]
    assert list(Charge.objects.filter(application=added).values_list("cents", flat=True)) == [
        7700,
        2200,
    ]


def test_a_grant_holder_gave_the_proof_and_pays_less():
    """R-APP-2."""
    submitted = of(Story.SUBMITTED)
    assert submitted.documents.filter(
        requirement__key="grant-notice", state=DocumentState.GIVEN
    ).exists()
    assert list(Charge.objects.filter(application=submitted).values_list("cents", flat=True)) == [
        2200,
        1100,
    ]


def test_one_programme_is_withdrawn_and_the_other_goes_on():
    states = Candidacy.objects.filter(application=of(Story.ONE_WITHDRAWN)).values_list(
        "state", flat=True
    )
    assert sorted(states) == [CandidacyState.SUBMITTED.value, CandidacyState.WITHDRAWN.value]


def test_a_refusal_has_its_reason():
    assert of(Story.REFUSED).refusal_reason.startswith(
        "La pièce d’identité donnée est celle d’une autre personne."
    )


def test_nothing_happens_before_the_opening_nor_after_now(campaign):
    moments = [
        entry.at
        for entry in JournalEntry.objects.filter(scope=campaign.slug, object_type__in=KINDS)
    ]
    assert campaign.opens_at < min(moments) < max(moments) <= NOW


def test_every_message_went_out_at_its_own_hour(campaign):
    """Seven receipts, one of them twice, are told with the withdrawals and the refusal."""
    sent = Notification.objects.filter(state="sent")
    here = sent.filter(about__in=campaign.applications.values("ref"))
    assert Counter(here.values_list("kind", flat=True)) == {
        "admissions.receipt": 9,
        "admissions.withdrawal": 3,
        "admissions.refusal": 1,
    }
    assert {row.sent_at - row.due_at for row in sent} == {timedelta(seconds=20)}
    assert Notification.objects.count() == sent.count()


def test_the_recap_of_the_account_shown_is_there_and_the_others_are_spaced_out():
    assert of(Story.SUBMITTED).last_submission.recap.media_type == "application/pdf"
    waiting = Job.objects.filter(kind="admissions.recap", state=JobState.READY.value).order_by(
        "run_at"
    )
    assert [job.run_at - NOW for job in waiting] == [
        timedelta(seconds=15 * n) for n in range(1, len(waiting) + 1)
    ]
    assert len(waiting) > 8


def test_files_are_small():
    sizes = StoredFile.objects.exclude(purpose="recap").values_list("bytes", flat=True)
    assert min(sizes) > 900
    assert max(sizes) < 40_000


def test_a_second_run_changes_nothing(django_assert_num_queries):
    def counts():
        tables = (
            User,
            Person,
            Campaign,
            Application,
            Document,
            StoredFile,
            JournalEntry,
            Job,
            Notification,
        )
        return [table.objects.count() for table in tables]

    before, told = counts(), StringIO()
    with django_assert_num_queries(1):
        call_command("make_demo", stdout=told)
    assert counts() == before
    lines = told.getvalue().splitlines()
    assert lines[1] == "Rentrée: http://127.0.0.1:8000"
    assert [line.split()[0] for line in lines[2:20]] == [account.email for account in ACCOUNTS]
    assert lines[20] == "Password of all: demonstration"


def test_one_session_is_before_the_jury_and_nothing_of_it_is_announced():
    """R-SEL-1: decided in part, sealed, not armed."""
    rows = Candidacy.objects.filter(
        programme__campaign__slug="ales-demo-jury", state="in_selection"
    )
    decided = rows.filter(decisions__state="recorded").distinct().count()
    assert 0 < decided < rows.count()
    assert not MilestoneRun.objects.filter(
        milestone__campaign__slug="ales-demo-jury", armed_at__isnull=False
    ).exists()
    assert get_dossier(ref=application_of(HADRIEN).ref, now=NOW).state == "complete"


def test_one_session_looks_for_companies():
    """R-JOB-1."""
    slug = "ales-demo-entreprises"
    states = set(
        Candidacy.objects.filter(programme__campaign__slug=slug).values_list("state", flat=True)
    )
    assert states >= {"selected", "rejected"}
    assert application_of(ELISE).candidacies.get().state == "selected"
    waiting = JobProject.objects.filter(
        candidacy__programme__campaign__slug=slug, state="submitted"
    )
    assert waiting.exists()
    assert not waiting.filter(candidacy__application=application_of(ELISE)).exists()
    assert all(project.submitted_at <= NOW for project in waiting)
    assert (
        not MilestoneRun.objects.filter(milestone__campaign__slug=slug, due_at__lt=NOW)
        .exclude(state="done")
        .exists()
    )


def application_of(who) -> Application:
    return Application.objects.get(person__user__email=who.email)
