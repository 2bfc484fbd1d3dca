"""The central service puts right who a candidate is: with a reason, told, received as a submission of its own."""

import pytest
import time_machine

from accounts.services import IdentityInput, identity_of
from admissions.correcting.services import correct_identity
from admissions.dossier.services import recap
from admissions.models import Application
from common.drafts.rules import fingerprint
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from notifications.models import Notification
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.forms import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
NOW = dossiers.CHECKED
WHY = "Prénom et nom étaient inversés."


def corrected(application: Application, actor=None, reason=WHY, seen=None, **changes):
    row = dossiers.reread(application)
    return correct_identity(
        ref=row.ref,
        actor=actor or dossiers.clerk_of(row),
        now=NOW,
        reason=reason,
        seen=seen or fingerprint(identity_of(row)),
        **identity_of(row) | changes,
    )


def codes(application: Application, **said) -> list[str]:
    with pytest.raises(DomainError) as error:
        corrected(application, **said)
    return [refusal.code for refusal in error.value.refusals]


@pytest.mark.parametrize("state", ["submitted", "handed_over"])
def test_it_is_received_with_its_reason_and_told(state):
    application = getattr(dossiers, state)(birth_name="Elodie", usual_name="")
    received_at = application.received_at
    corrected(application, birth_name="Dupont")

    row = dossiers.reread(application)
    last = dossiers.last_submission(row)
    assert (row.birth_name, row.received_at, row.state) == (
        "Dupont",
        received_at,
        application.state,
    )
    assert (last.kind, last.reason) == ("corrected", WHY)
    assert last.content["person"]["birth_name"] == "Dupont"
    assert "Dupont" in recap.html_of(last)
    assert row.submissions.first().content["person"]["birth_name"] == "Elodie"
    assert Notification.objects.filter(dedupe_key=f"receipt:{row.ref}:{last.number}").exists()
    entry = JournalEntry.objects.get(verb="correct_identity")
    assert (entry.reason, entry.data) == (WHY, {"fields": ["birth_name"]})


def test_the_jury_s_list_follows_the_name():
    application = dossiers.handed_over(birth_name="Zola", usual_name="", first_names="Anne")
    corrected(application, birth_name="Arnaud")
    keys = set(application.candidacies.values_list("sort_key", flat=True))
    assert keys == {"arnaud anne"}


def test_what_the_person_keeps_is_theirs():
    application = dossiers.submitted(city="Alès")
    corrected(application, city="Sète")
    application.person.refresh_from_db()
    assert application.person.city == "Alès"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"reason": " ", "city": "Sète"}, ["correction_needs_reason"]),
        ({"birth_name": ""}, ["missing_birth_name"]),
        ({"seen": "older", "city": "Sète"}, ["identity_changed_meanwhile"]),
    ],
)
def test_what_is_refused_changes_nothing(said, expected):
    application = dossiers.submitted(city="Alès")
    assert codes(application, **said) == expected
    assert dossiers.reread(application).city == "Alès"
    assert application.submissions.count() == 1


def test_what_changes_nothing_is_no_correction():
    application = dossiers.submitted()
    assert codes(application) == ["nothing_is_corrected"]
    assert application.submissions.count() == 1


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("filled", "dossier_is_draft"),
        ("withdrawn", "dossier_is_withdrawn"),
        ("refused", "dossier_is_refused"),
    ],
)
def test_what_is_not_received_or_has_ended_is_not_corrected(state, code):
    application = getattr(dossiers, state)()
    assert codes(application, city="Sète") == [code]


def test_nobody_else_corrects():
    application = dossiers.submitted()
    for stranger in (accounts.juror(), accounts.school_admin(), application.person.user):
        with pytest.raises(NotAllowedError):
            corrected(application, actor=stranger, city="Sète")


def test_all_that_is_said_is_taken_from_the_page():
    assert set(identity_of(Application())) == set(IdentityInput.__slots__)


def test_on_the_page_of_a_dossier(signed_in, clerk):
    application = dossiers.submitted(birth_name="Elodie", city="Alès")
    page = f"/admin/dossiers/{application.ref}/identity/"
    with time_machine.travel(NOW, tick=False):
        client = signed_in(clerk)
        assert page in client.get(f"/admin/dossiers/{application.ref}/").content.decode()
        typed = fields_of(client.get(page)) | {"birth_name": "Dupont", "reason": WHY}
        wrong = client.post(page, typed | {"phone": "06 12"})
        right = client.post(page, typed, follow=True)
        late = client.post(page, typed | {"city": "Sète"})

    assert (wrong.status_code, late.status_code) == (422, 422)
    assert "Dupont" in right.content.decode()
    assert dossiers.reread(application).city == "Alès"
    assert application.submissions.count() == 2
