"""The staff's outbox."""

from datetime import timedelta
from functools import partial

import pytest

from accounts.models import School
from contratpro.students.mails import StudentInvitedMail
from notifications.mails import Recipient
from notifications.models import Notification
from notifications.queue import enqueue
from tests.factories import accounts
from tests.notifications.conftest import NOW, note, secret

LIST = "/admin/outbox/"
QUERIES = 8
pytestmark = pytest.mark.django_db


def queue(count: int, school: School | None = None, first: int = 0, make=note) -> None:
    school = school or accounts.SchoolFactory()
    for number in range(first, first + count):
        enqueue([make(number, school_id=school.pk)], now=NOW + timedelta(minutes=number))


@pytest.fixture
def clerk(client):
    client.force_login(accounts.with_second_factor(accounts.clerk()))
    return client


def listed(response) -> list[str]:
    return [row.dedupe_key for row in response.context["page"].object_list]


def test_the_list_costs_the_same_at_three_and_at_three_hundred(clerk, django_assert_num_queries):
    queue(3)
    clerk.get(LIST)

    with django_assert_num_queries(QUERIES):
        few = clerk.get(LIST)
    queue(297, first=3)
    with django_assert_num_queries(QUERIES):
        plenty = clerk.get(LIST)

    assert listed(few) == ["note:2", "note:1", "note:0"]
    assert (len(listed(plenty)), listed(plenty)[0]) == (50, "note:299")
    assert "Page 1 sur 6" in plenty.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["note:2", "note:1", "note:0"]),
        ("state=failed", ["note:1"]),
        ("state=sent", []),
        ("q=P2%40example", ["note:2"]),
        ("q=nobody", []),
        ("kind=tests.note", ["note:2", "note:1", "note:0"]),
        ("kind=account.code", []),
        ("page=99", ["note:2", "note:1", "note:0"]),
    ],
)
def test_the_list_is_narrowed(clerk, query, found):
    queue(3)
    Notification.objects.filter(dedupe_key="note:1").update(state="failed")

    response = clerk.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert listed(response) == found


def test_staff_see_the_messages_of_their_school_alone(clerk):
    queue(1)
    queue(1, accounts.other_school(), first=1)
    enqueue([note(2)], now=NOW)  # of no school: an account's

    response = clerk.get(LIST)

    assert listed(response) == ["note:0"]
    assert sum(response.context["counts"].values()) == 1
    for row in Notification.objects.exclude(dedupe_key="note:0"):
        assert clerk.get(f"{LIST}{row.pk}/").status_code == 404
        assert clerk.post(f"{LIST}{row.pk}/cancel/").status_code == 404


def test_the_platform_sees_counts_and_no_message(client):
    queue(2)
    client.force_login(accounts.with_second_factor(accounts.administrator()))

    html = client.get(LIST).content.decode()

    assert "p0@example.org" not in html
    assert "En attente de départ 2" in " ".join(html.split())
    assert client.get(f"{LIST}{Notification.objects.first().pk}/").status_code == 404


def test_a_message_is_shown_as_it_was_sent_with_what_happened(clerk):
    queue(1)
    error = "SMTPRecipientsRefused: {'p0@example.org': (550, b'No such user')}"
    words = {"subject": "Résultats", "body": "Bonjour,\nVous êtes admissible.\n"}
    Notification.objects.update(state="failed", last_error=error, attempts=1, **words)
    row = Notification.objects.get()

    html = clerk.get(f"{LIST}{row.pk}/").content.decode()

    for shown in (
        "Résultats",
        "Vous êtes admissible.",
        "cette adresse n’existe pas",
        "No such user",
        "Renvoyer",
    ):
        assert shown in html
    assert row.message_id.strip("<>") in html
    assert "Noter qu’il est revenu" not in html


def test_a_message_that_holds_a_secret_shows_none(clerk):
    queue(1, make=partial(secret, code="654321"))

    html = clerk.get(f"{LIST}{Notification.objects.get().pk}/").content.decode()

    assert "654321" not in html
    assert "son texte n’est jamais conservé" in html


def test_it_is_acted_upon(clerk):
    queue(3)
    sent, failed, waiting = Notification.objects.order_by("pk")
    Notification.objects.filter(pk=sent.pk).update(state="sent", sent_at=NOW)
    Notification.objects.filter(pk=failed.pk).update(state="failed")

    silent = clerk.post(f"{LIST}{sent.pk}/bounce/", {"bounce": ""})
    clerk.post(f"{LIST}{sent.pk}/bounce/", {"bounce": "refused"})
    clerk.post(f"{LIST}{failed.pk}/resend/")
    clerk.post(f"{LIST}{waiting.pk}/cancel/")
    refused = clerk.post(f"{LIST}{waiting.pk}/resend/", follow=True)

    assert silent.status_code == 422
    assert list(Notification.objects.order_by("pk").values_list("state", flat=True)) == [
        "bounced",
        "queued",
        "cancelled",
    ]
    assert refused.redirect_chain[-1][0] == f"{LIST}{waiting.pk}/"
    assert "Seul un message refusé, revenu ou en doute" in refused.content.decode()


def test_it_reads_in_english(clerk):
    queue(1)
    for path in (LIST, f"{LIST}{Notification.objects.get().pk}/"):
        assert "Waiting to leave" in clerk.get(f"/en{path}").content.decode()


def test_mails_to_students_are_handled_by_the_contrat_pro_office_alone(client):
    """R-PRO-5: nobody but those concerned learns anything of a student's file."""
    school = accounts.SchoolFactory()
    queue(1, school)
    to = Recipient(address="eleve@exemple.fr", language="fr", school_id=school.pk)
    enqueue([StudentInvitedMail(recipient=to, student="S1")], now=NOW)
    invitation, other = Notification.objects.order_by("kind")

    for someone, shown, hidden in (
        (accounts.clerk(school), other, invitation),
        (accounts.contract_service(school), invitation, other),
    ):
        client.force_login(accounts.with_second_factor(someone))
        page = client.get(LIST)
        assert listed(page) == [shown.dedupe_key]
        assert sum(page.context["counts"].values()) == 1
        assert client.get(f"{LIST}{hidden.pk}/").status_code == 404
