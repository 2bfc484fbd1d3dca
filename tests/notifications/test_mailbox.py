"""The mail of the demonstration: written to files, read on a page, there and nowhere else."""

import re
import stat
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import NoReverseMatch, reverse

from notifications.mailbox import backend
from tests.notifications import urls

BACKEND = "notifications.mailbox.backend.MailboxBackend"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings, tmp_path):
    settings.MAIL_STAYS = True
    settings.VAR_DIR = tmp_path
    settings.ROOT_URLCONF = urls.__name__


def send(
    to: str = "zoe@example.org", subject: str = "Votre code", at: datetime = NOW, **fields
) -> backend.MailFile:
    facts = {
        "text": "Le code : 123456\nhttp://127.0.0.1:8000/accounts/login/",
        "html": "<head></head><b>123456</b>",
    }
    facts |= fields
    with time_machine.travel(at, tick=False):
        email = EmailMultiAlternatives(
            subject, facts["text"], to=[to], connection=get_connection(BACKEND)
        )
        email.attach_alternative(facts["html"], "text/html")
        assert email.send() == 1
    return backend.newest("", 1)[0]


def test_a_message_becomes_a_file_that_only_we_read(tmp_path):
    mail = send(subject="Dépôt reçu – Zoé")

    assert (mail.to, mail.subject, mail.at) == ("zoe@example.org", "Dépôt reçu – Zoé", NOW)
    assert mail.text == "Le code : 123456\nhttp://127.0.0.1:8000/accounts/login/"
    [path] = (tmp_path / "mail").iterdir()
    assert path.name == f"{mail.name}.eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_long_subject_is_read_whole():
    long = "Résultat de votre candidature : Ingénieur de spécialité Informatique et Réseaux, Systèmes et Réseaux"
    assert send(subject=long).subject == long


def test_the_newest_come_first(client):
    for number in range(3):
        send(subject=f"Message {number}", at=NOW + timedelta(seconds=number))

    page = client.get(reverse("demo_mailbox")).content.decode()

    assert re.findall(r">(Message \d)<", page) == ["Message 2", "Message 1", "Message 0"]


def test_only_those_of_a_recipient(client):
    send("zoe@example.org", "Pour Zoé")
    send("ali@example.org", "Pour Ali")

    page = client.get(reverse("demo_mailbox"), {"to": "ZOE@"}).content.decode()
    assert "Pour Zoé" in page
    assert "Pour Ali" not in page

    page = client.get(reverse("demo_mailbox"), {"to": "nobody"}).content.decode()
    assert "Aucun message à ce destinataire" in page


def test_an_empty_box_says_what_to_do(client):
    page = client.get(reverse("demo_mailbox")).content.decode()

    assert "Aucun message pour l’instant" in page
    assert f'href="{reverse("account_signup")}"' in page


def test_the_page_of_a_message(client):
    mail = send(text="Le code <123456>\nhttp://127.0.0.1:8000/accounts/login/")

    page = client.get(reverse("demo_mail", args=[mail.name])).content.decode()

    assert "Le code &lt;123456&gt;<br>" in page
    assert '<a href="http://127.0.0.1:8000/accounts/login/"' in page
    assert f'src="{reverse("demo_mail_html", args=[mail.name])}"' in page


def test_the_html_part_runs_nothing_and_calls_nothing(client):
    mail = send(html="<html><head><title>x</title></head><script>alert(1)</script>")

    response = client.get(reverse("demo_mail_html", args=[mail.name]))

    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
        "sandbox allow-top-navigation-by-user-activation"
    )
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert '<head><base target="_top"><title>' in response.content.decode()


@pytest.mark.parametrize("name", ["0", "00000000000000000000-00000000", "secret_key", "a-b"])
def test_only_messages_are_read(client, name, tmp_path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "secret_key.eml").write_text("Subject: no")

    assert client.get(f"/demo/mail/{name}/").status_code == 404
    assert client.get(f"/demo/mail/{name}/html/").status_code == 404


@pytest.mark.parametrize("name", ["demo_mailbox", "demo_mail", "demo_mail_html"])
def test_outside_the_demonstration_nobody_reads_a_message(client, settings, name):
    mail = send()
    settings.MAIL_STAYS = False

    args = [] if name == "demo_mailbox" else [mail.name]
    assert client.get(reverse(name, args=args)).status_code == 404

    settings.ROOT_URLCONF = "config.urls"
    with pytest.raises(NoReverseMatch):
        reverse(name, args=args)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, method):
    assert getattr(client, method)(reverse("demo_mailbox")).status_code == 405
