from collections.abc import Callable
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from accounts.enums import Role
from accounts.models import Person, School, User


def schools_of(user: User, *roles: Role) -> QuerySet[School]:
    """The schools for which `user` holds one of `roles`."""
    return School.objects.filter(grants__user=user, grants__role__in=roles).distinct()


def working_as(school: int, *roles: Role) -> QuerySet[User]:
    """Each person once who holds one of `roles` for the school, while their account is open."""
    held = User.objects.filter(is_active=True, grants__school=school, grants__role__in=roles)
    return held.distinct().order_by("pk")


def works_for_a_school(user: User) -> bool:
    """Whether `user` sees more than an own dossier, and so needs a second factor."""
    return user.is_staff or user.grants.exists()


Workplace = Callable[[User], QuerySet[Any]]
_workplaces: dict[str, Workplace] = {}


def register_workplace(name: str, rows: Workplace) -> None:
    """Have whoever has such rows work for a school, without a role of its: as the head of a department does."""
    _workplaces[name] = rows


def works_as(user: User) -> frozenset[str]:
    """The roles that `user` holds for any school, and the names of the workplaces that they have, in one query."""
    held = user.grants.order_by().annotate(work=Cast("role", CharField())).values_list("work")
    elsewhere = [
        rows(user).order_by().annotate(work=Value(name, CharField())).values_list("work")
        for name, rows in _workplaces.items()
    ]
    return frozenset(work for (work,) in held.union(*elsewhere))


_homes: dict[str, Workplace] = {}


def register_home(page: str, rows: Workplace) -> None:
    """Have whoever has such rows begin at that page, if they work for no school: a student at their own file."""
    _homes[page] = rows


def home_of(user: User) -> str:
    """The name of the page where `user` begins for what is theirs; nothing, where nothing is."""
    return next((page for page, rows in _homes.items() if rows(user).exists()), "")


def comes_for_own_file(user: User) -> bool:
    """Whether `user` works for no school, and has a file of their own here or has begun to apply."""
    if works_as(user):
        return False
    return bool(home_of(user)) or Person.objects.filter(user=user).exists()
