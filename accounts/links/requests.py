"""What a view that answers a signed link begins with: the token by which it was asked for, which is kept nowhere."""

from django.http import HttpRequest


def token_of(request: HttpRequest) -> str:
    match = request.resolver_match
    assert match, "a view is called at an address"
    return str(match.kwargs["token"])
