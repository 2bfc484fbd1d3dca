"""More time for one dossier: to the second, for that one alone, told, and shown on no public page."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from admissions.checking.services import extend_application
from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services.endings import lapse_drafts, reopen_application
from admissions.models import Application
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.forms import fields_of

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
CALLED = dossiers.LAST_SECOND + timedelta(hours=10)  # the telephone rings the next morning
LAPSED = dossiers.LAST_SECOND + timedelta(hours=2)
DAY = date(2022, 3, 12)
UNTIL = datetime(2022, 3, 12, 23, 59, 59, tzinfo=ZoneInfo("Europe/Paris"))
WHY = "Panne de la plateforme de paiement de la banque."


def given(application: Application, **said) -> Application:
    by = {"actor": dossiers.clerk_of(application), "now": CALLED, "until": DAY, "reason": WHY}
    return extend_application(ref=application.ref, **by | said)


def words(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def codes(application: Application, **said) -> list[str]:
    with pytest.raises(DomainError) as error:
        given(application, **said)
    return [refusal.code for refusal in error.value.refusals]


@pytest.fixture
def late() -> Application:
    """Complete in all its parts, and closed an hour after the deadline, with one of somebody else."""
    application, _other = dossiers.complete(), dossiers.complete()
    lapse_drafts(LAPSED)
    return application


def test_it_is_opened_again_and_submitted_to_its_own_last_second(late):
    given(late)
    reopen_application(now=CALLED, **dossiers.whose(late))
    lapse_drafts(UNTIL)

    assert get_dossier(ref=late.ref, now=CALLED).deadline == UNTIL
    with pytest.raises(DomainError):
        dossiers.submit(late, UNTIL + SECOND)
    received = dossiers.submit(late, UNTIL + timedelta(milliseconds=900))
    assert (received.state, received.received_at) == (
        "submitted",
        UNTIL + timedelta(milliseconds=900),
    )


def test_it_is_for_one_dossier_alone(late):
    given(late)
    other = Application.objects.exclude(pk=late.pk).get()
    assert not get_dossier(ref=other.ref, now=CALLED).acts.reopen
    assert other.campaign.last_second == dossiers.LAST_SECOND


def test_what_is_still_not_submitted_lapses_at_its_own_hour(late):
    given(late)
    reopen_application(now=CALLED, **dossiers.whose(late))
    lapse_drafts(UNTIL + timedelta(hours=2))
    assert dossiers.reread(late).state == "lapsed"


def test_the_candidate_is_told_each_time_and_the_journal_says_why(late):
    given(late)
    given(late, until=date(2022, 3, 15), reason="Panne prolongée.")

    mails = Notification.objects.filter(kind="admissions.extension").order_by("pk")
    assert [mail.to for mail in mails] == [late.email] * 2
    entries = JournalEntry.objects.filter(verb="extend_application").order_by("pk")
    assert [entry.reason for entry in entries] == [WHY, "Panne prolongée."]
    assert dossiers.reread(late).late_reason == "Panne prolongée."


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"until": date(2022, 3, 8)}, "extension_is_no_later"),  # the deadline of all
        ({"until": date(2022, 3, 12), "now": UNTIL + SECOND}, "extension_is_no_later"),
        ({"until": date(2202, 3, 12)}, "extension_is_no_later"),
        ({"reason": "  "}, "extension_needs_reason"),
    ],
)
def test_what_gives_no_time_is_refused(late, said, code):
    assert codes(late, **said) == [code]


@pytest.mark.parametrize("state", ["submitted", "handed_over", "refused"])
def test_what_is_received_needs_no_more_time(state):
    [code] = codes(getattr(dossiers, state)())
    assert code.startswith("dossier_is_")


def test_given_twice_it_is_given_once(late):
    given(late)
    given(late)
    assert Notification.objects.filter(kind="admissions.extension").count() == 1


def test_once_received_its_central_service_need_not_wait(late):
    given(late)
    reopen_application(now=CALLED, **dossiers.whose(late))
    received = dossiers.submit(late, CALLED + SECOND)
    dossier = get_dossier(ref=received.ref, now=CALLED + timedelta(hours=1))
    refusals = [refusal.code for refusal in dossier.acts.declare_complete.refusals]
    assert "candidate_may_still_change" not in refusals
    assert not dossier.acts.edit


def test_a_campaign_that_is_over_gives_none(late):
    type(late.campaign).objects.update(state="archived")
    assert codes(late) == ["campaign_is_closed"]


@pytest.mark.parametrize("stranger", [accounts.candidate, accounts.juror, accounts.school_admin])
def test_nobody_else_gives_time(late, stranger):
    with pytest.raises(NotAllowedError):
        given(late, actor=stranger())
    with pytest.raises(NotAllowedError):
        given(late, actor=late.person.user)


def test_the_database_refuses_time_without_a_reason(late):
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=late.pk).update(late_until=UNTIL)


def test_from_the_telephone_to_the_dossier(late, client, signed_in, clerk):
    """The clerk gives it on its page; its candidate reads the day; visitors read the deadline of all."""
    page = f"/admin/dossiers/{late.ref}/"
    with time_machine.travel(CALLED, tick=False):
        screen = signed_in(clerk)
        assert f"{page}extend/" in screen.get(page).content.decode()
        act = screen.get(f"{page}extend/")
        typed = fields_of(act) | {"until": "12/03/2022", "reason": WHY}
        empty = screen.post(f"{page}extend/", typed | {"reason": ""})
        done = words(screen.post(f"{page}extend/", typed, follow=True))
        own = words(signed_in(late.person.user).get(f"/dossiers/{late.ref}/"))
        client.logout()
        public = words(client.get("/campaigns/ales-2022/"))

    assert empty.status_code == 422
    assert "12 mars 2022" in done
    assert WHY in done
    assert "12 mars 2022" in own
    assert "La rouvrir" in own
    assert WHY not in own
    assert "12 mars 2022" not in public
