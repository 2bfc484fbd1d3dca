"""The office sets the hours of tests: who may, when, and what the candidate is told."""

from datetime import datetime

import pytest
import time_machine

from admissions.dossier.services.endings import withdraw_candidacy
from admissions.models import Candidacy
from admissions.models.sealed import Sitting
from admissions.sittings.services import set_sitting_time
from campaigns.models import Assessment
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.delivery.services import compose
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import announcing as told
from tests.factories import apprenticeship as seats

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = datetime(2022, 4, 16, 9, 0, tzinfo=dossiers.PARIS)
LIST_QUERIES = 9
HOUR = datetime(2022, 4, 19, 14, 30, tzinfo=dossiers.PARIS)


@pytest.fixture
def sitting() -> Sitting:
    """Someone called to a second interview."""
    candidacy = told.announced("standard")
    told.plan(candidacy, "second-interview")
    told.run("y1-second-call", told.SECOND_CALL)
    return Sitting.objects.get(candidacy=candidacy, assessment__key="second-interview")


def set_time(sitting, starts_at=HOUR, place="https://visio.exemple.fr/a", actor=None, now=NOW):
    clerk = actor or accounts.clerk()
    return set_sitting_time(
        sitting_ref=sitting.ref, starts_at=starts_at, place=place, actor=clerk, now=now
    )


def letters(language="fr"):
    rows = list(Notification.objects.filter(kind="admissions.sitting_time").order_by("pk"))
    for row in rows:
        row.language = language
    return [letter for _, letter in compose(rows)]


def test_the_candidate_is_told_the_hour_in_the_zone_of_the_campaign(sitting):
    """R-SEL-7"""
    set_time(sitting)
    [letter] = letters()
    assert letter.subject.replace("\xa0", " ") == (
        "Jour et heure de votre épreuve : Second entretien avec le jury – Bâtiment – première année"
    )
    assert letter.text.replace("\xa0", " ").startswith(
        "Présentez-vous le mardi 19 avril 2022 à 14 h 30, heure de Paris : Second entretien avec le jury."
    )
    assert "https://visio.exemple.fr/a" in letter.text
    [english] = letters("en")
    assert english.text.replace("\xa0", " ").startswith(
        "Be there on Tuesday 19 April 2022 at 14:30, Paris time"
    )


def test_another_hour_is_told_again_and_the_same_one_is_not(sitting):
    clerk = accounts.clerk()
    set_time(sitting, actor=clerk)
    set_time(sitting, actor=clerk)
    assert len(letters()) == 1
    set_time(sitting, HOUR.replace(day=20), actor=clerk, now=NOW.replace(hour=11))
    assert len(letters()) == 2
    noted = JournalEntry.objects.filter(verb="set_time")
    assert [(row.object_type, row.data) for row in noted] == [
        ("sitting", {"assessment": "second-interview"})
    ] * 2


def test_an_hour_changed_and_changed_back_is_told_each_time_whatever_the_clock(sitting):
    clerk = accounts.clerk()
    for day in (19, 20, 19):
        set_time(sitting, HOUR.replace(day=day), actor=clerk)

    keys = Notification.objects.filter(kind="admissions.sitting_time").values_list("dedupe_key")
    assert sorted(keys) == [(f"time:{sitting.ref}:{number}",) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        (datetime(2022, 4, 18, 23, 59, tzinfo=dossiers.PARIS), "hour_outside_window"),
        (datetime(2022, 4, 26, 0, 0, tzinfo=dossiers.PARIS), "hour_outside_window"),
        (datetime(2022, 4, 19, 0, 0, tzinfo=dossiers.PARIS), "hour_is_past"),
    ],
)
def test_an_hour_is_within_the_window_and_to_come(sitting, starts_at, code):
    with pytest.raises(DomainError, match=code):
        set_time(sitting, starts_at, now=datetime(2022, 4, 19, 8, 0, tzinfo=dossiers.PARIS))


def test_a_test_taken_when_it_suits_has_no_hour(sitting):
    online = Sitting.objects.get(
        candidacy=sitting.candidacy_id, assessment__key="recorded-interview"
    )
    with pytest.raises(DomainError, match="sitting_takes_no_hour"):
        set_time(online, datetime(2022, 4, 6, 9, 0, tzinfo=dossiers.PARIS), now=told.FILE_RESULTS)


def test_who_withdrew_is_given_no_hour(sitting):
    candidacy = told.reread(sitting.candidacy)
    withdraw_candidacy(
        candidacy_ref=candidacy.ref, now=NOW, **dossiers.whose(candidacy.application)
    )
    with pytest.raises(DomainError, match="sitting_is_not_called"):
        set_time(sitting)


@pytest.mark.parametrize("role", ["juror", "programme_head", "administrator"])
def test_others_set_no_hour(sitting, role):
    with pytest.raises(NotAllowedError, match="not_your_school"):
        set_time(sitting, actor=getattr(accounts, role)())


def test_the_office_sets_several_hours_at_once(client, sitting):
    client.force_login(accounts.with_second_factor(accounts.clerk()))
    path = f"/admin/sittings/ales-2022/?test={sitting.assessment_id}"
    with time_machine.travel(NOW, tick=False):
        assert sitting.ref in client.get(path).content.decode()
        late = {
            f"{sitting.ref}-starts_at": "2022-04-27T09:00",
            f"{sitting.ref}-place": "Salle A101",
        }
        refused = client.post(path, late)
        set_at_once = client.post(path, late | {f"{sitting.ref}-starts_at": "2022-04-19T14:30"})
    assert (refused.status_code, "en dehors des jours" in refused.content.decode()) == (422, True)
    assert set_at_once.status_code == 302
    sitting.refresh_from_db()
    assert (sitting.starts_at, sitting.place) == (HOUR, "Salle A101")


def many_called(assessment: Assessment, count: int) -> None:
    """Written as rows, for what is about many."""
    rows = Candidacy.objects.filter(pk__in=[row.pk for row in seats.many_selected(count)])
    rows.update(state="in_selection", stage=assessment.stage)
    called = {"assessment": assessment, "state": "called", "called_at": NOW}
    Sitting.objects.bulk_create(Sitting(candidacy=row, **called) for row in rows)


def test_the_list_costs_the_same_at_three_and_at_three_hundred(
    client, sitting, django_assert_num_queries
):
    client.force_login(accounts.with_second_factor(accounts.clerk()))
    path = f"/admin/sittings/ales-2022/?test={sitting.assessment_id}"
    client.get(path)
    many_called(sitting.assessment, 2)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(path)
    many_called(sitting.assessment, 297)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(path).context["page"].paginator.count == 300
