"""What was submitted is corrected until the deadline, each time received at once with a receipt."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services import drafts, recap
from admissions.models import Application
from common.models import JournalEntry
from common.refusals import DomainError
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.forms import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
RECEIVED = dossiers.SUBMITTED
LATER = RECEIVED + timedelta(hours=3)
SECOND = timedelta(seconds=1)


def rows(application: Application) -> list[tuple[int, str]]:
    return list(application.submissions.values_list("number", "kind"))


def rewrite(application: Application, now=LATER, **changes) -> None:
    """The candidate says again who they are, but for what changes."""
    row = dossiers.reread(application)
    said = {name: getattr(row, name) for name in accounts.identity().__slots__} | changes
    drafts.save_identity(identity=accounts.identity(**said), now=now, **dossiers.whose(application))


def refused(command, **said) -> list[str]:
    with pytest.raises(DomainError) as error:
        command(**said)
    return [refusal.code for refusal in error.value.refusals]


def receipts() -> int:
    return Notification.objects.filter(kind="admissions.receipt").count()


def test_a_correction_is_received_at_once_and_takes_no_place():
    application = dossiers.submitted(city="Alès", usual_name="")
    rewrite(application, city="Sète")

    row = dossiers.reread(application)
    assert (row.state, row.city, row.received_at) == ("submitted", "Sète", RECEIVED)
    assert rows(application) == [(1, "submitted"), (2, "corrected")]
    first, last = application.submissions.all()
    assert (first.content["person"]["city"], last.content["person"]["city"]) == ("Alès", "Sète")
    assert last.received_at == LATER
    assert receipts() == 2
    assert "Sète" in recap.html_of(dossiers.last_submission(application))
    assert JournalEntry.objects.get(verb="correct_application").data == {"number": 2}


def test_what_changes_nothing_is_no_correction():
    application = dossiers.submitted()
    rewrite(application)
    title = application.titles.get()
    by = dossiers.whose(application) | {"now": LATER}
    drafts.change_title(title_ref=title.ref, title=dossiers.TITLE, **by)
    drafts.declare_grant_holder(grant_holder=False, **by)
    drafts.save_studies(baccalaureate="STI2D", baccalaureate_year=2019, **by)
    assert (rows(application), receipts()) == ([(1, "submitted")], 1)


def test_verdicts_and_charges_are_judged_again():
    """R-APP-2: a grant that is not held after all is made up for; nothing is refunded."""
    application = dossiers.submitted(grant_holder=True)
    by = dossiers.whose(application) | {"now": LATER}
    drafts.declare_grant_holder(grant_holder=False, **by)
    paid = {charge.key: charge.cents for charge in application.charges.all()}
    assert paid == {"1:BAT-1": 2200, "1:MKX-1": 1100, "2:BAT-1": 6600}

    drafts.declare_grant_holder(grant_holder=True, **by)
    assert application.charges.count() == 3
    assert rows(application)[-1] == (3, "corrected")


def test_what_could_not_be_submitted_is_refused_and_changes_nothing():
    application = dossiers.submitted()
    by = dossiers.whose(application) | {"now": LATER}
    title = application.titles.get()

    assert "missing_title" in refused(drafts.remove_title, title_ref=title.ref, **by)
    assert refused(rewrite, application=application, city="") == ["missing_city"]
    assert dossiers.reread(application).city != ""
    assert application.titles.count() == 1
    assert rows(application) == [(1, "submitted")]


def test_a_piece_that_a_correction_asks_for_is_asked_of_the_candidate():
    application = dossiers.submitted()
    held = replace(dossiers.TITLE, status="obtained", on=date(2020, 7, 1))
    drafts.add_title(title=held, now=LATER, **dossiers.whose(application))
    dossier = get_dossier(ref=application.ref, now=LATER)
    missing = [row.key for row in dossier.asked]
    assert missing
    assert all(row.may_give for row in dossier.asked)

    dossiers.give_all(application, LATER)
    assert not get_dossier(ref=application.ref, now=LATER).asked


def test_a_programme_added_and_not_submitted_is_in_no_correction():
    application = dossiers.submitted(city="Alès")
    by = dossiers.whose(application)
    drafts.choose_programmes(codes=["INFRES-SR-1"], now=RECEIVED, **by)
    rewrite(application, city="Sète")

    last = dossiers.last_submission(application)
    assert [row["code"] for row in last.content["programmes"]] == ["BAT-1", "MKX-1"]
    assert sum(line["cents"] for line in last.content["fees"]) == 9900
    assert application.candidacies.get(programme__code="INFRES-SR-1").state == "draft"
    assert application.charges.count() == 2

    dossiers.give_all(application, LATER)
    dossiers.submit(application, LATER + SECOND)
    assert [kind for _, kind in rows(application)] == ["submitted", "corrected", "added"]


@pytest.mark.parametrize("make", [dossiers.handed_over, dossiers.refused, dossiers.withdrawn])
def test_what_is_no_longer_under_check_is_not_corrected(make):
    application = make()
    assert refused(rewrite, application=application, city="Sète")
    assert [kind for _, kind in rows(application)] == ["submitted"]


def test_until_the_last_second():
    application = dossiers.submitted(city="Alès")
    rewrite(application, now=dossiers.LAST_SECOND, city="Sète")
    late = dossiers.LAST_SECOND + SECOND
    assert refused(rewrite, application=application, now=late, city="Agde") == [
        "campaign_is_closed"
    ]
    assert dossiers.reread(application).city == "Sète"


def test_what_is_asked_for_is_answered_by_a_correction_that_needs_it_no_more():
    application = dossiers.asked()
    dossiers.give_all(application, dossiers.CHECKED)
    assert dossiers.reread(application).state == "submitted"


@pytest.mark.usefixtures("while_applications_are_open")
def test_on_the_pages_of_its_candidate(signed_in):
    """What cannot be read whole is said and nothing of it is received."""
    application = dossiers.submitted(city="Alès")
    client, page = signed_in(application.person.user), f"/dossiers/{application.ref}/"
    overview = client.get(page).content.decode()
    form = client.get(f"{page}identity/")
    wrong = client.post(f"{page}identity/", fields_of(form) | {"phone": "06 12", "city": "Sète"})
    kept = dossiers.reread(application).city
    right = client.post(f"{page}identity/", fields_of(form) | {"city": "Sète"})
    only = application.titles.get()
    removed = client.post(f"{page}studies/{only.ref}/remove/", follow=True)

    assert "Corriger ce que vous avez déposé" in overview
    assert "reçu aussitôt" in form.content.decode()
    assert (wrong.status_code, kept) == (422, "Alès")
    assert right.status_code == 302
    assert dossiers.reread(application).city == "Sète"
    assert rows(application) == [(1, "submitted"), (2, "corrected")]
    assert removed.status_code == 200
    assert application.titles.count() == 1


def test_the_receipt_of_a_correction_says_so():
    application = dossiers.submitted(born_on=date(2001, 5, 4))
    rewrite(application, born_on=date(2001, 5, 14))
    mail = Notification.objects.filter(kind="admissions.receipt").last()
    assert mail.dedupe_key == f"receipt:{application.ref}:2"
