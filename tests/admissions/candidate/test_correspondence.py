"""What was written to a candidate, read again in the dossier."""

import pytest
from django.utils import timezone
from django.utils.html import escape

from notifications.account_mails import AccountChange, AccountChangedMail
from notifications.delivery.services import deliver
from notifications.mails import Recipient
from notifications.models import Notification
from notifications.queue import enqueue
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.usefixtures("while_applications_are_open")


def address(application) -> str:
    return f"/dossiers/{application.ref}/messages/"


def test_a_candidate_reads_a_receipt_again_once_it_has_left(signed_in, mailoutbox):
    application = dossiers.submitted()
    client = signed_in(application.person.user)

    before = client.get(address(application)).content.decode()
    deliver(clock=timezone.now)
    after = client.get(address(application)).content.decode()

    subject = escape(mailoutbox[0].subject)
    assert subject in before
    assert subject in after
    assert "En cours d’envoi" in before
    assert "Le texte apparaît ici" in before
    assert "En cours d’envoi" not in after
    assert escape(mailoutbox[0].body.splitlines()[0]) in after
    assert client.get(f"/en{address(application)}").status_code == 200


def test_what_is_written_to_others_about_the_dossier_is_not_shown(signed_in):
    application = dossiers.submitted()
    staff = Recipient(address="bureau@ecole.example", language="fr", about=application.ref)
    mail = AccountChangedMail(recipient=staff, request="1", change=AccountChange.PASSWORD)
    enqueue([mail], now=timezone.now())
    Notification.objects.filter(dedupe_key=mail.key).update(
        subject="Réservé au personnel", body="Réservé"
    )
    elsewhere = dossiers.submitted()

    html = signed_in(application.person.user).get(address(application)).content.decode()

    assert html.count('<article class="letter">') == 1
    assert "Réservé" not in html
    assert elsewhere.ref not in html


def test_a_message_that_did_not_arrive_says_so(signed_in):
    application = dossiers.submitted()
    Notification.objects.update(state="failed", subject="Reçu", body="Texte")

    html = signed_in(application.person.user).get(address(application)).content.decode()

    assert "Peut-être non reçu" in html
    assert application.person.user.email in html
    assert "Texte" in html


def test_the_central_service_reads_it_too_and_nobody_else(signed_in, clerk):
    application, other = dossiers.submitted(), dossiers.submitted()

    assert signed_in(clerk).get(address(application)).status_code == 200
    assert (
        address(application)
        in signed_in(clerk).get(f"/admin/dossiers/{application.ref}/").content.decode()
    )
    assert signed_in(other.person.user).get(address(application)).status_code == 404


@pytest.mark.parametrize("count", [3, 300])
def test_it_costs_the_same_at_three_and_at_three_hundred(
    signed_in, count, django_assert_num_queries
):
    application = dossiers.submitted()
    row = Notification.objects.get()
    Notification.objects.bulk_create(
        Notification(
            dedupe_key=str(n),
            kind=row.kind,
            about=row.about,
            refs=row.refs,
            language="fr",
            to=row.to,
            queued_at=row.queued_at,
            due_at=row.due_at,
        )
        for n in range(count - 1)
    )
    client = signed_in(application.person.user)

    with django_assert_num_queries(6):
        html = client.get(address(application)).content.decode()

    assert html.count('<article class="letter">') == count


def test_an_application_without_a_message_says_so(signed_in):
    application = dossiers.filled()

    html = signed_in(application.person.user).get(address(application)).content.decode()

    assert "Aucun message pour l’instant" in html
