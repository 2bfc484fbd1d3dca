from datetime import date

import pytest

from accounts.enums import Role
from accounts.models import Person, RoleGrant, School, User
from accounts.permissions import can_change_person, can_set_up, has_role
from accounts.selectors import schools_of, works_for_a_school
from accounts.services import (
    create_account,
    create_person_for,
    grant_role,
    revoke_role,
    set_active,
    update_person,
)
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from tests.factories import accounts as make
from tests.factories.accounts import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def journal() -> list[tuple[str, str, str, dict[str, object]]]:
    rows = JournalEntry.objects.order_by("pk")
    return list(rows.values_list("verb", "object_type", "scope", "data"))


def test_the_person_of_an_account_is_the_same_from_one_session_to_the_next() -> None:
    user = make.UserFactory()
    first = create_person_for(user=user, now=NOW)
    assert create_person_for(user=user, now=NOW) == first
    assert journal() == [("create_person", "person", "", {})]


def test_the_journal_names_the_fields_that_changed_never_their_values() -> None:
    user = make.candidate()
    before = JournalEntry.objects.count()
    moved = make.identity(user.person.pk, city="Sète", phone="+33698765432")
    update_person(person_id=user.person.pk, identity=moved, actor=user, now=NOW)
    assert journal()[before:] == [("update_person", "person", "", {"fields": ["phone", "city"]})]


def test_recording_the_same_identity_again_changes_nothing() -> None:
    user = make.candidate(born_on=date(2002, 5, 17))
    before = JournalEntry.objects.count()
    same = make.identity(user.person.pk, born_on=date(2002, 5, 17))
    update_person(person_id=user.person.pk, identity=same, actor=user, now=NOW)
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(
    "stranger", [make.candidate, make.clerk, make.juror, make.school_admin, make.administrator]
)
def test_nobody_else_changes_an_identity(stranger) -> None:
    person = make.candidate().person
    actor = stranger()
    assert [refusal.code for refusal in can_change_person(actor, person).refusals] == [
        "not_this_person"
    ]
    with pytest.raises(NotAllowedError):
        update_person(person_id=person.pk, identity=make.identity(5), actor=actor, now=NOW)


def test_a_role_is_granted_and_revoked_once_and_journalled() -> None:
    school, user, admin = make.SchoolFactory(), make.UserFactory(), make.administrator()
    for _ in range(2):
        grant_role(user_id=user.pk, school_id=school.pk, role=Role.CLERK, actor=admin, now=NOW)
    user.refresh_from_db()
    assert (user.is_staff, works_for_a_school(user)) == (True, True)
    assert RoleGrant.objects.count() == 1
    for _ in range(2):
        revoke_role(user_id=user.pk, school_id=school.pk, role=Role.CLERK, actor=admin, now=NOW)
    user.refresh_from_db()
    assert (user.is_staff, works_for_a_school(user)) == (False, False)
    assert journal() == [
        ("grant_role", "user", "imt-mines-ales", {"role": "clerk"}),
        ("revoke_role", "user", "imt-mines-ales", {"role": "clerk"}),
    ]


def test_someone_with_two_roles_keeps_working_when_one_is_revoked() -> None:
    user, admin = make.clerk(), make.administrator()
    school = School.objects.get()
    grant_role(user_id=user.pk, school_id=school.pk, role=Role.JUROR, actor=admin, now=NOW)
    revoke_role(user_id=user.pk, school_id=school.pk, role=Role.CLERK, actor=admin, now=NOW)
    user.refresh_from_db()
    assert user.is_staff
    assert has_role(user, school, Role.JUROR, Role.SCHOOL_ADMIN)
    assert not has_role(user, school, Role.CLERK)


def test_a_role_holds_for_its_school_alone() -> None:
    user = make.school_admin()
    mine, other = School.objects.get(), make.other_school()
    assert list(schools_of(user, Role.SCHOOL_ADMIN)) == [mine]
    assert list(schools_of(user, Role.CLERK)) == []
    assert can_set_up(user, mine)
    assert [refusal.code for refusal in can_set_up(user, other).refusals] == [
        "not_school_administrator"
    ]
    assert can_set_up(make.administrator(), other)


def test_a_superuser_holds_no_role_by_being_one() -> None:
    assert not has_role(make.administrator(), make.SchoolFactory(), *Role)


def test_a_closed_account_has_lost_its_roles() -> None:
    user = make.clerk()
    school = School.objects.get()
    set_active(user_id=user.pk, active=False, actor=make.administrator(), now=NOW)
    user.refresh_from_db()
    assert not has_role(user, school, Role.CLERK)


@pytest.mark.parametrize("actor", [make.candidate, make.clerk, make.juror, make.school_admin])
def test_accounts_are_managed_by_administrators_of_the_platform_alone(actor) -> None:
    user, target, school = actor(), make.UserFactory(), make.SchoolFactory()
    with pytest.raises(NotAllowedError):
        grant_role(user_id=target.pk, school_id=school.pk, role=Role.CLERK, actor=user, now=NOW)
    with pytest.raises(NotAllowedError):
        revoke_role(user_id=target.pk, school_id=school.pk, role=Role.CLERK, actor=user, now=NOW)
    with pytest.raises(NotAllowedError):
        create_account(email="a@exemple.fr", language="fr", actor=user, now=NOW)
    with pytest.raises(NotAllowedError):
        set_active(user_id=target.pk, active=False, actor=user, now=NOW)


def test_an_account_made_for_someone_has_no_password() -> None:
    user = create_account(
        email="Claire.Vidal@Exemple.fr", language="en", actor=make.administrator(), now=NOW
    )
    assert (user.email, user.language, user.has_usable_password()) == (
        "claire.vidal@exemple.fr",
        "en",
        False,
    )
    assert journal() == [("create_account", "user", "", {})]


def test_an_account_is_closed_and_opened_again() -> None:
    user, admin = make.UserFactory(), make.administrator()
    for active in (False, False, True):
        set_active(user_id=user.pk, active=active, actor=admin, now=NOW)
    assert User.objects.get(pk=user.pk).is_active
    assert [entry[0] for entry in journal()] == ["close_account", "open_account"]


def test_nobody_closes_their_own_account_by_mistake() -> None:
    admin = make.administrator()
    with pytest.raises(DomainError) as error:
        set_active(user_id=admin.pk, active=False, actor=admin, now=NOW)
    assert [refusal.code for refusal in error.value.refusals] == ["own_account"]


def test_the_people_of_the_tests_are_diverse() -> None:
    for _ in range(12):
        make.candidate()
    assert len({person.full_name for person in Person.objects.all()}) == 12
