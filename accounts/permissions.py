from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import Person, RoleGrant, School, User
from common.rules import ALLOWED, Verdict, refused


def has_role(user: User | AnonymousUser, school: School, *roles: Role) -> bool:
    """Whether `user` holds one of `roles` for that school. A superuser holds none by being one."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return RoleGrant.objects.filter(user=user, school=school, role__in=roles).exists()


def can_administer_platform(user: User | AnonymousUser) -> Verdict:
    if user.is_active and user.is_superuser:
        return ALLOWED
    return refused("not_platform_administrator")


def can_set_up(user: User | AnonymousUser, school: School) -> Verdict:
    """May change what a school's notices say: its own administrators, and those of the platform."""
    if can_administer_platform(user) or has_role(user, school, Role.SCHOOL_ADMIN):
        return ALLOWED
    return refused("not_school_administrator", school=school.name)


def can_change_person(user: User | AnonymousUser, person: Person) -> Verdict:
    if user.is_active and person.user_id is not None and person.user_id == user.pk:
        return ALLOWED
    return refused("not_this_person")
