"""The stock admin of accounts: for the administrators of the platform, and without a way round the rules."""

import pytest
from django.test import Client

from accounts import services
from accounts.enums import Role
from accounts.models import RoleGrant, School, User
from common.models import JournalEntry
from notifications.models import Notification
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db

PAGES = [
    "accounts/user/",
    "accounts/user/add/",
    "accounts/school/",
    "accounts/school/add/",
    "common/journalentry/",
]


@pytest.fixture(autouse=True)
def _no_second_factor(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make.administrator())
    return client


def grants(*added: tuple[School, str], removed: RoleGrant | None = None) -> dict[str, object]:
    """What the page of an account posts about its roles."""
    data: dict[str, object] = {
        "grants-TOTAL_FORMS": 1,
        "grants-INITIAL_FORMS": int(removed is not None),
    }
    if removed:
        data |= {
            "grants-0-id": removed.pk,
            "grants-0-user": removed.user_id,
            "grants-0-DELETE": "on",
        }
    for school, role in added:
        data |= {"grants-0-school": school.pk, "grants-0-role": role}
    return data


@pytest.mark.parametrize("path", PAGES)
def test_the_platform_administrator_opens_every_page(administrator, path) -> None:
    assert administrator.get(f"/admin/{path}").status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("worker", [make.clerk, make.juror, make.school_admin])
def test_others_who_work_for_a_school_do_not(client, worker, path) -> None:
    client.force_login(worker())
    assert client.get(f"/admin/{path}").status_code == 403


def test_candidates_do_not_enter(client) -> None:
    client.force_login(make.candidate())
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/accounts/user/").status_code == 403


def test_a_password_changes_on_the_page_that_tells_its_owner(administrator) -> None:
    for method in (administrator.get, administrator.post):
        assert method("/admin/password_change/")["Location"] == "/accounts/password/change/"


@pytest.mark.parametrize(
    ("roles", "links"),
    [
        ([Role.SCHOOL_ADMIN], []),
        ([Role.SCHOOL_ADMIN, Role.CLERK], ["/admin/dossiers/"]),
        ([Role.SCHOOL_ADMIN, Role.CLERK, Role.JUROR], ["/admin/dossiers/", "/admin/jury/"]),
    ],
)
def test_the_work_screens_of_ones_roles_are_one_link_away(client, roles, links) -> None:
    user, by = make.UserFactory(), make.administrator()
    for role in roles:
        services.grant_role(
            user_id=user.pk, school_id=make.SchoolFactory().pk, role=role, actor=by, now=make.NOW
        )
    client.force_login(user)
    page = client.get("/admin/").content.decode()
    assert [
        path for path in ("/admin/dossiers/", "/admin/jury/") if f'href="{path}"' in page
    ] == links


def test_an_account_is_made_and_its_owner_invited(administrator) -> None:
    school = make.SchoolFactory()
    data = {"email": "Claire.Vidal@exemple.fr", "language": "fr"} | grants((school, "clerk"))
    response = administrator.post("/admin/accounts/user/add/", data)
    assert (response.status_code, response["Location"]) == (302, "/admin/accounts/user/")
    user = User.objects.get(email="claire.vidal@exemple.fr")
    assert (user.has_usable_password(), user.is_staff, user.is_superuser) == (False, True, False)
    assert list(user.grants.values_list("school__slug", "role")) == [("imt-mines-ales", "clerk")]
    assert list(Notification.objects.values_list("kind", "to")) == [
        ("account.reset", "claire.vidal@exemple.fr")
    ]
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["create_account", "grant_role"]


def test_an_address_has_one_account(administrator) -> None:
    make.UserFactory(email="claire.vidal@exemple.fr")
    data = {"email": "Claire.VIDAL@exemple.fr", "language": "fr"} | grants()
    response = administrator.post("/admin/accounts/user/add/", data)
    assert response.context["adminform"].form.errors == {
        "email": ["Cette adresse a déjà un compte."]
    }


def test_a_role_is_granted_then_revoked_on_the_page_of_the_account(administrator) -> None:
    user, school = make.UserFactory(), make.SchoolFactory()
    page = f"/admin/accounts/user/{user.pk}/change/"
    assert administrator.post(page, grants((school, "juror"))).status_code == 302
    assert User.objects.get(pk=user.pk).is_staff
    assert administrator.post(page, grants(removed=RoleGrant.objects.get())).status_code == 302
    assert not User.objects.get(pk=user.pk).is_staff
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", "scope", "data"))
    assert verbs == [
        ("grant_role", "imt-mines-ales", {"role": "juror"}),
        ("revoke_role", "imt-mines-ales", {"role": "juror"}),
    ]


def test_nothing_else_of_an_account_is_written(administrator) -> None:
    user = make.UserFactory(email="claire.vidal@exemple.fr")
    page = f"/admin/accounts/user/{user.pk}/change/"
    assert user.password not in administrator.get(page).content.decode()
    forged = {"email": "autre@exemple.fr", "is_superuser": "on", "is_staff": "on", "password": "x"}
    administrator.post(page, forged | grants())
    user.refresh_from_db()
    assert (user.email, user.is_superuser, user.is_staff) == (
        "claire.vidal@exemple.fr",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("action", "before", "after"), [("close_accounts", True, False), ("open_accounts", False, True)]
)
def test_accounts_are_closed_and_opened(administrator, action, before, after) -> None:
    user = make.UserFactory(is_active=before)
    administrator.post("/admin/accounts/user/", {"action": action, "_selected_action": [user.pk]})
    assert User.objects.get(pk=user.pk).is_active is after


def test_a_closed_account_leaves_its_open_sessions(administrator) -> None:
    user, theirs = make.UserFactory(), Client()
    theirs.force_login(user)
    administrator.post(
        "/admin/accounts/user/", {"action": "close_accounts", "_selected_action": [user.pk]}
    )
    assert theirs.get("/accounts/email/").status_code == 302


def test_the_invitation_is_sent_again(administrator) -> None:
    user = make.UserFactory()
    administrator.post(
        "/admin/accounts/user/", {"action": "invite_again", "_selected_action": [user.pk]}
    )
    assert list(Notification.objects.values_list("kind", "to")) == [("account.reset", user.email)]


def test_an_invitation_speaks_the_language_of_the_account(administrator) -> None:
    administrator.post(
        "/admin/accounts/user/add/", {"email": "ann@exemple.fr", "language": "en"} | grants()
    )
    invitation = Notification.objects.get()
    assert invitation.language == "en"
    assert invitation.refs["password_reset_url"].startswith(
        "http://127.0.0.1:8000/en/accounts/password/reset/key/"
    )


def test_a_lost_second_factor_is_removed_and_set_up_again(administrator, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    user = make.with_second_factor(make.clerk())
    make.with_second_factor(make.administrator())
    administrator.post(
        "/admin/accounts/user/", {"action": "remove_second_factors", "_selected_action": [user.pk]}
    )
    assert JournalEntry.objects.latest("pk").verb == "remove_second_factor"
    response = Client().post("/accounts/login/", {"login": user.email, "password": make.PASSWORD})
    assert response["Location"] == "/landing/"


def test_schools_are_recorded_with_their_trace(administrator) -> None:
    data = {
        "slug": "imt-mines-albi",
        "name": "IMT Mines Albi",
        "website": "https://www.imt-mines-albi.fr",
    }
    assert administrator.post("/admin/accounts/school/add/", data).status_code == 302
    assert School.objects.get().name == "IMT Mines Albi"
    assert JournalEntry.objects.get().verb == "save_school"


def test_the_journal_is_read_never_written(administrator) -> None:
    make.candidate()
    entry = JournalEntry.objects.latest("pk")
    page = administrator.get(f"/admin/common/journalentry/{entry.pk}/change/")
    assert page.status_code == 200
    assert (
        administrator.post(
            f"/admin/common/journalentry/{entry.pk}/change/", {"verb": "x"}
        ).status_code
        == 403
    )
    assert (
        administrator.post(
            f"/admin/common/journalentry/{entry.pk}/delete/", {"post": "yes"}
        ).status_code
        == 403
    )
    assert administrator.get("/admin/common/journalentry/add/").status_code == 403
