"""Who asks, and when the request reached us."""

from datetime import datetime

from django.http import HttpRequest

from accounts.models import User


class PersonRequest(HttpRequest):
    """A request of someone signed in, with the moment at which it reached us."""

    user: User
    received_at: datetime
