"""Who reaches which page of a dossier: whoever it belongs to; for anyone else it does not exist."""

import pytest

from tests.factories import accounts
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.usefixtures("while_applications_are_open")

PAGES = [
    "",
    "identity/",
    "studies/",
    "studies/add/",
    "programmes/",
    "documents/",
    "review/",
    "withdraw/",
]
COMMANDS = {
    "submit/": "review/",
    "reopen/": "",
    "documents/photo/give/": "documents/",
    "documents/photo/later/": "documents/",
    "files/23456789abcd/remove/": "documents/",
    "studies/23456789abcd/remove/": "studies/",
}
EVERYWHERE = [*PAGES, *COMMANDS]
READ_ONLY = ["", "documents/", "review/"]


@pytest.mark.parametrize("where", EVERYWHERE)
def test_a_visitor_signs_in_and_comes_back(client, where):
    path = f"/dossiers/23456789abcd/{where}"

    for send in (client.get, client.post):
        response = send(path)
        assert (response.status_code, response["Location"]) == (
            302,
            f"/accounts/login/?next={path}",
        )


def statuses(send, ref, pages=EVERYWHERE):
    return {where: send(f"/dossiers/{ref}/{where}").status_code for where in pages}


def test_another_candidate_finds_nothing(signed_in):
    application = dossiers.filled()
    client = signed_in(accounts.candidate())

    assert statuses(client.get, application.ref) == dict.fromkeys(EVERYWHERE, 404)
    assert statuses(client.post, application.ref) == dict.fromkeys(EVERYWHERE, 404) | dict.fromkeys(
        READ_ONLY, 405
    )


def test_a_clerk_does_not_write_in_a_dossier(signed_in, clerk):
    application = dossiers.filled()
    client = signed_in(clerk)

    assert statuses(client.get, application.ref) == dict.fromkeys(EVERYWHERE, 404)
    assert statuses(client.post, application.ref) == dict.fromkeys(EVERYWHERE, 404) | dict.fromkeys(
        READ_ONLY, 405
    )


def test_no_page_takes_another_verb(signed_in):
    application = dossiers.started()
    client = signed_in(application.person.user)

    assert statuses(client.put, application.ref) == dict.fromkeys(EVERYWHERE, 405)


def test_a_command_asked_for_by_reading_goes_to_its_page(signed_in):
    """After a session that ended, signing in comes back by GET to the address that was posted to."""
    application = dossiers.started()
    client = signed_in(application.person.user)
    base = f"/dossiers/{application.ref}/"

    assert {where: client.get(base + where)["Location"] for where in COMMANDS} == {
        where: base + back for where, back in COMMANDS.items()
    }


def test_every_page_reads_in_english(signed_in):
    application = dossiers.filled()
    client = signed_in(application.person.user)

    for where in PAGES:
        response = client.get(f"/en/dossiers/{application.ref}/{where}")
        assert (response.status_code, '<html lang="en">' in response.content.decode()) == (
            200,
            True,
        )


@pytest.mark.parametrize(
    "state",
    [dossiers.started, dossiers.submitted, dossiers.withdrawn, dossiers.refused, dossiers.lapsed],
)
def test_every_page_reads_in_every_state(signed_in, state):
    application = state()
    client = signed_in(application.person.user)

    assert statuses(client.get, application.ref, PAGES) == dict.fromkeys(PAGES, 200)
