"""A column gives back the member that was put in; migrations and the database hold plain text."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F

from accounts.enums import Role
from accounts.models import RoleGrant
from common.fields import EnumField
from common.models import Job
from common.states import JobState
from notifications.models import Notification
from tests.factories import accounts, jury

STATE = Job._meta.get_field("state")


@pytest.fixture
def job(db) -> Job:
    return Job.objects.create(kind="count", key="count:1", run_at=jury.ENTERED)


def test_a_row_gives_members_however_it_is_read(job):
    assert type(Job.objects.get().state) is JobState
    assert [type(state) for state in Job.objects.values_list("state", flat=True)] == [JobState]
    copied = Job.objects.annotate(copy=F("state")).get()
    assert copied.copy is JobState.READY


def test_the_database_holds_text(job):
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM common_job")
        assert cursor.fetchall() == [("ready",)]


@pytest.mark.parametrize("wanted", ["ready", JobState.READY])
def test_a_row_is_found_by_the_member_and_by_its_text(job, wanted):
    assert Job.objects.get(state=wanted) == job
    assert Job.objects.get(state__in=[wanted]) == job
    assert not Job.objects.filter(state="unheard-of").exists()


def test_a_text_that_is_no_member_is_not_read_as_one(job):
    Job.objects.update(state="unheard-of")

    with pytest.raises(ValueError, match="unheard-of"):
        Job.objects.get()


def test_a_member_reads_like_its_text(job):
    state = Job.objects.get().state

    assert (f"{state}", str(state), json.dumps(state)) == ("ready", "ready", '"ready"')
    assert Job.objects.get().get_state_display() == "ready"


def test_an_empty_one_stays_empty_text():
    field = Notification._meta.get_field("bounce")

    assert field.from_db_value("", None, None) == ""
    assert field.to_python("") == ""


@pytest.mark.django_db
def test_an_enum_of_django_has_its_labels():
    grant = RoleGrant.objects.get(user=accounts.clerk())

    assert grant.role is Role.CLERK
    assert grant.get_role_display() == Role.CLERK.label


def test_what_a_form_gives_is_checked():
    assert STATE.clean("done", None) is JobState.DONE
    with pytest.raises(ValidationError):
        STATE.clean("unheard-of", None)


def test_migrations_hold_a_plain_column():
    name, path, args, kwargs = STATE.deconstruct()

    assert (name, path, args) == ("state", "django.db.models.CharField", [])
    assert kwargs == {
        "max_length": 10,
        "default": "ready",
        "choices": [
            ("ready", "ready"),
            ("running", "running"),
            ("done", "done"),
            ("failed", "failed"),
        ],
    }
    assert type(kwargs["default"]) is str
    assert type(STATE.clone()) is models.CharField


def test_choices_may_be_worded():
    field = EnumField(enum=JobState, choices={"ready": "prêt"}, max_length=10)

    assert field.flatchoices == [("ready", "prêt")]
