"""What someone works as, so that a menu leads to their pages."""

from django import template

from accounts.models import User

register = template.Library()


@register.simple_tag
def roles_of(user: User) -> frozenset[str]:
    """The roles that `user` holds for any school."""
    return frozenset(user.grants.values_list("role", flat=True))
