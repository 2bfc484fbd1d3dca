"""Whether someone's school has applications go by its office."""

from django import template

from accounts.models import User
from admissions.handover.selectors import office_campaigns

register = template.Library()


@register.simple_tag
def school_office_of(user: User) -> bool:
    """For the menu: asked of administrators of a school alone."""
    return office_campaigns(user).exists()
