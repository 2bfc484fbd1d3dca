"""The central service's screens."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Person, User
from admissions.models import Application, Candidacy
from admissions.templatetags.dossiers import applied_to
from campaigns.models import Programme
from notifications.models import Notification
from tests.factories import accounts, campaigns
from tests.factories import admissions as dossiers

pytestmark = [pytest.mark.usefixtures("while_applications_are_open"), pytest.mark.servers]

LIST = "/admin/dossiers/"
QUERIES = 14


def many(count: int) -> None:
    """Submitted dossiers written as rows: this is about the list alone."""
    campaign = dossiers.campaign()
    programme = Programme.objects.get(campaign=campaign, code="BAT-1")
    start = Application.objects.count()
    users = User.objects.bulk_create([User(email=f"n{start + n}@exemple.fr") for n in range(count)])
    people = Person.objects.bulk_create([Person(user=user) for user in users])
    rows = Application.objects.bulk_create(
        [
            Application(
                campaign=campaign,
                person=person,
                email=person.user.email,
                search_text=f"nom{person.user.pk}",
                state="submitted",
                started_at=dossiers.STARTED,
                received_at=dossiers.SUBMITTED + timedelta(minutes=n),
                accepted_notice=campaign.current_version,
            )
            for n, person in enumerate(people)
        ]
    )
    Candidacy.objects.bulk_create(
        [Candidacy(application=row, programme=programme, state="submitted") for row in rows]
    )


def listed(response) -> list[str]:
    return [row.ref for row in response.context["page"].object_list]


def test_the_list_costs_the_same_at_three_and_at_three_hundred(
    signed_in, clerk, django_assert_num_queries
):
    client = signed_in(clerk)
    many(3)
    client.get(LIST)

    with django_assert_num_queries(QUERIES):
        few = client.get(LIST)
    many(297)
    with django_assert_num_queries(QUERIES):
        plenty = client.get(LIST)

    assert (len(listed(few)), len(listed(plenty))) == (3, 50)
    assert "Page 1 sur 6" in plenty.content.decode()


def test_last_received_comes_first_page_after_page(signed_in, clerk):
    many(60)
    client = signed_in(clerk)

    refs = listed(client.get(LIST)) + listed(client.get(f"{LIST}?page=2"))

    assert refs == list(Application.objects.order_by("-received_at").values_list("ref", flat=True))


def test_the_list_opens_on_what_is_submitted(signed_in, clerk):
    submitted, draft = dossiers.submitted(), dossiers.filled()
    client = signed_in(clerk)

    assert listed(client.get(LIST)) == [submitted.ref]
    assert listed(client.get(f"{LIST}?state=")) == [submitted.ref, draft.ref]
    assert listed(client.get(f"{LIST}?state=draft")) == [draft.ref]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=CŒUR", True),
        ("q=elodie+lebœuf", True),
        ("q=dupont", False),
        ("programme=BAT-1", True),
        ("programme=BAT-2", False),
        ("pieces=awaited", True),
        ("pieces=late", False),
        ("pieces=to_check", True),
        ("pieces=checked", False),
        ("pieces=refused", False),
        ("fees=due", True),
        ("fees=settled", False),
        ("state=refused", False),
        ("page=99", True),
        ("campaign=nope", True),
    ],
)
def test_the_list_is_narrowed(signed_in, clerk, query, found):
    application = dossiers.complete(
        first_names="Élodie", birth_name="Cœur", usual_name="Cœur-Lebœuf"
    )
    client = signed_in(application.person.user)
    due = (dossiers.SUBMITTED + timedelta(days=60)).strftime("%d/%m/%Y")
    client.post(f"/dossiers/{application.ref}/documents/current-marks/later/", {"due_on": due})
    dossiers.submit(application)

    response = signed_in(clerk).get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert (listed(response) == [application.ref]) is found


def test_what_is_checked_and_paid_is_found_as_such(signed_in, clerk):
    checked = dossiers.checked(dossiers.submitted())
    client = signed_in(clerk)

    found = {
        query: listed(client.get(f"{LIST}?{query}")) for query in ("pieces=to_check", "fees=due")
    }
    done = listed(client.get(f"{LIST}?pieces=checked&fees=settled"))

    assert found == {"pieces=to_check": [], "fees=due": []}
    assert done == [checked.ref]


def test_a_clerk_sees_the_dossiers_of_the_schools_granted(signed_in):
    application = dossiers.submitted()
    stranger = accounts.with_second_factor(accounts.clerk(accounts.other_school()))
    client = signed_in(stranger)
    addresses = [LIST, f"{LIST}{application.ref}/", f"{LIST}{application.ref}/refuse/"]

    assert [client.get(path).status_code for path in addresses] == [404, 404, 404]
    assert client.post(addresses[2], {"reason": "non"}).status_code == 404
    assert dossiers.reread(application).state == "submitted"


def test_a_school_of_a_shared_campaign_sees_those_who_apply_to_it(signed_in):
    mine, other = (
        dossiers.submitted(programmes=("MKX-1",)),
        dossiers.submitted(programmes=("BAT-1",)),
    )
    school = accounts.other_school()
    Programme.objects.filter(code="MKX-1").update(school=school)
    client = signed_in(accounts.with_second_factor(accounts.clerk(school)))

    assert listed(client.get(LIST)) == [mine.ref]
    assert client.get(f"{LIST}{mine.ref}/").status_code == 200
    assert client.get(f"{LIST}{other.ref}/").status_code == 404


def test_nobody_else_reaches_these_screens(client):
    application = dossiers.submitted()
    addresses = [LIST, f"{LIST}{application.ref}/", f"{LIST}{application.ref}/refuse/"]
    strangers = [
        application.person.user,
        accounts.with_second_factor(accounts.juror()),
        accounts.with_second_factor(accounts.school_admin()),
        accounts.with_second_factor(accounts.administrator()),
    ]

    for user in strangers:
        client.force_login(user)
        assert [client.get(path).status_code for path in addresses] == [404, 404, 404]
    client.logout()
    assert client.get(LIST)["Location"] == f"/accounts/login/?next={LIST}"


def test_these_screens_take_no_other_verb(signed_in, clerk):
    application = dossiers.submitted()
    client = signed_in(clerk)

    for path in (LIST, f"{LIST}{application.ref}/"):
        assert client.post(path).status_code == 405
    assert client.put(f"{LIST}{application.ref}/refuse/").status_code == 405


def test_a_dossier_is_read_with_its_pieces(signed_in, clerk):
    application = dossiers.submitted()

    html = signed_in(clerk).get(f"{LIST}{application.ref}/").content.decode()

    assert application.person.user.email in html
    assert html.count('href="/documents/') == application.documents.count()
    assert "Bâtiment – première année" in html


def test_a_dossier_is_refused_for_a_reason_that_the_candidate_is_told(signed_in, clerk):
    """R-APP-5."""
    application = dossiers.submitted()
    path = f"{LIST}{application.ref}/refuse/"
    client = signed_in(clerk)

    shown = client.get(path).content.decode()
    silent = client.post(path, {"reason": "  "})
    done = client.post(path, {"reason": "Relevé de notes illisible."})

    refused = dossiers.reread(application)
    assert "Elle porte sur 2 formations" in shown
    assert silent.status_code == 422
    assert (done.status_code, done["Location"]) == (302, f"{LIST}{application.ref}/")
    assert (refused.state, refused.refusal_reason) == ("refused", "Relevé de notes illisible.")
    assert Notification.objects.filter(to=application.person.user.email).count() == 2


def test_a_draft_is_not_refused(signed_in, clerk):
    application = dossiers.filled()
    path = f"{LIST}{application.ref}/refuse/"
    client = signed_in(clerk)

    page = client.get(path)
    answer = client.post(path, {"reason": "Trop tard."})

    assert '<form class="confirm' not in page.content.decode()
    assert answer.status_code == 422
    assert dossiers.reread(application).state == "draft"


def test_the_screens_read_in_english(signed_in, clerk):
    application = dossiers.submitted()
    client = signed_in(clerk)

    for path in (LIST, f"{LIST}{application.ref}/", f"{LIST}{application.ref}/refuse/"):
        assert '<html lang="en">' in client.get(f"/en{path}").content.decode()


def test_the_one_on_the_phone_is_found_by_number_or_address(signed_in, clerk):
    found, other = dossiers.submitted(), dossiers.submitted()
    client = signed_in(clerk)

    for said in (
        found.ref,
        f" {found.ref.upper()} ",
        found.person.user.email,
        found.person.user.email.upper(),
    ):
        html = client.get("/admin/dossiers/", {"q": said}).content.decode()
        assert found.ref in html
        assert other.ref not in html


def test_whoever_the_filters_hide_is_named_where_nobody_is_found(signed_in, clerk):
    """The one on the phone has a draft, or another state than the one listed."""
    draft = dossiers.filled(birth_name="Bouvier", first_names="Lina")
    dossiers.submitted()
    client = signed_in(clerk)

    html = client.get("/admin/dossiers/", {"q": "bouvier"}).content.decode()
    unknown = client.get("/admin/dossiers/", {"q": "zzz"}).content.decode()

    assert "Hors de ces filtres" in html
    assert f'href="/admin/dossiers/{draft.ref}/"' in html
    assert 'href="/admin/dossiers/?campaign=ales-2022&amp;state="' in html
    assert "Hors de ces filtres" not in unknown


@pytest.mark.parametrize("words", ["  ", "--", "\0@x", "bouv\0ier"])
def test_what_is_no_word_finds_nobody_outside_the_filters(signed_in, clerk, words):
    dossiers.filled(birth_name="Bouvier", first_names="Lina")
    answer = signed_in(clerk).get("/admin/dossiers/", {"q": words, "state": "refused"})
    assert answer.status_code == 200
    assert "Hors de ces filtres" not in answer.content.decode()


def test_the_list_names_what_was_applied_to(signed_in, clerk):
    """What was submitted, or all that a draft chose, even one that lapsed; nothing that was withdrawn."""
    lapsed, withdrawn, added = dossiers.lapsed(), dossiers.withdrawn(), dossiers.submitted()
    Application.objects.filter(pk=withdrawn.pk).update(state="draft", ended_at=None)
    Candidacy.objects.create(
        application=added, programme=Programme.objects.get(code="INFRES-SR-1"), state="draft"
    )
    rows = signed_in(clerk).get("/admin/dossiers/?state=").context["page"].object_list
    codes = {row.ref: applied_to(row) for row in rows}
    assert codes == {
        lapsed.ref: ["BAT-1", "MKX-1"],
        withdrawn.ref: [],
        added.ref: ["BAT-1", "MKX-1"],
    }


def test_a_clerk_of_another_school_finds_nobody_outside_the_filters(signed_in):
    draft = dossiers.filled(birth_name="Bouvier", first_names="Lina")
    campaigns.open_campaign(on=date(2026, 3, 1), slug="other")
    client = signed_in(accounts.clerk(accounts.other_school()))
    assert draft.ref not in client.get("/admin/dossiers/", {"q": "bouvier"}).content.decode()


def test_the_administration_is_for_those_who_may_change_something_there(signed_in):
    dossiers.campaign()
    links = {
        role.__name__: 'href="/admin/"'
        in signed_in(accounts.with_second_factor(role())).get(reverse("calendar")).content.decode()
        for role in (accounts.clerk, accounts.company_office, accounts.school_admin)
    }
    assert links == {"clerk": False, "company_office": False, "school_admin": True}
