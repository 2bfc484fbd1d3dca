"""The last day of the search, where a notice prints one as Albi's does: the same in every text (R-CAL-5, R-JOB-5)."""

from datetime import date, datetime, timedelta

import pytest

from admissions.models import Candidacy
from admissions.places.selectors.checklist import checklist_of
from apprenticeship.projects.services.inviting import send_new_link
from campaigns.calendar.services.engine import perform_run
from campaigns.document.schema import CampaignDocument, Milestone
from campaigns.models import MilestoneRun
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.apprenticeship.search.test_services import flat, letters
from tests.factories import admissions as dossiers
from tests.factories import announcing as told
from tests.factories import apprenticeship as seats
from tests.factories import campaigns, projects

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
DAY = date(2022, 5, 20)
LAST_SECOND = datetime(2022, 5, 20, 23, 59, 59, tzinfo=dossiers.PARIS)
SAID = "vendredi 20 mai 2022"


def closing_on(day: date) -> CampaignDocument:
    document = campaigns.ales_2022_document()
    last = Milestone(title={"fr": "Liste définitive"}, on=day, action="close_search")
    return document.model_copy(update={"calendar": {**document.calendar, "final-list": last}})


@pytest.fixture(autouse=True)
def _campaign():
    campaigns.load(closing_on(DAY))


def state_of(candidacy: Candidacy) -> str:
    return str(seats.reread(candidacy).state)


def close(at: datetime) -> bool:
    run = MilestoneRun.objects.get(milestone__key="final-list")
    return perform_run(run_id=run.pk, now=at)


def test_the_answer_names_the_last_day_of_the_search_not_the_start_of_term():
    """R-CAL-5, R-JOB-5"""
    told.announced("excellence")

    [letter] = [flat(one.text) for one in admission_letters()]

    assert f"la recherche s’arrête le {SAID}, ce jour compris" in letter
    assert "rentrée" not in letter


def admission_letters():
    rows = Notification.objects.filter(kind="admissions.decision_accepted")
    return [letter for _row, letter in compose(list(rows))]


def test_the_page_of_the_search_and_the_checklist_name_the_same_day(client):
    """R-CAL-5, R-JOB-5"""
    candidacy = seats.selected()
    client.force_login(candidacy.application.person.user)

    page = flat(client.get(f"/dossiers/{candidacy.application.ref}/company/").content.decode())

    assert f"La recherche s’arrête le <strong>{SAID}</strong>" in page
    assert checklist_of(candidacy).items[0].by == DAY


def test_no_employer_reads_a_day_after_the_last_one():
    """R-CAL-5, R-JOB-2: thirty days would go beyond it."""
    project = projects.invited()

    assert projects.link_of(project).expires_at == LAST_SECOND
    assert f"avant le {SAID} à 23 h 59, heure de Paris" in flat(letters("employer_link")[0].text)


def test_a_link_sent_after_the_last_day_lasts_as_any_other():
    """R-JOB-2: whoever holds a place stays, and their employer still writes."""
    project = projects.invited()
    later = LAST_SECOND + timedelta(days=3)

    send_new_link(
        project_ref=project.ref, actor=project.candidacy.application.person.user, now=later
    )

    assert projects.link_of(project).expires_at == later + timedelta(days=30)


def test_a_job_sheet_of_the_last_evening_is_in_time():
    """R-CAL-1, R-JOB-5"""
    project = projects.invited()

    assert not close(LAST_SECOND)
    sent = projects.send(project, now=LAST_SECOND)

    assert (str(sent.state), state_of(project.candidacy)) == ("submitted", "selected")


def test_one_second_later_the_search_is_over():
    """R-CAL-1, R-JOB-5"""
    candidacy = seats.selected()

    assert close(LAST_SECOND + timedelta(seconds=1))
    assert state_of(candidacy) == "closed"
