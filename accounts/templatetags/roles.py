"""What someone works as, so that a menu leads to their pages."""

from django import template

from accounts.enums import Role
from accounts.models import User
from accounts.selectors import works_as

register = template.Library()


@register.simple_tag
def roles_of(user: User) -> frozenset[str]:
    """The roles that `user` holds for any school, and what else they work as."""
    return works_as(user)


@register.filter
def for_a_school(roles: frozenset[str]) -> bool:
    """Whether one of them is held for a school: whoever only follows students or teaches has none."""
    return not roles.isdisjoint(Role.values)
