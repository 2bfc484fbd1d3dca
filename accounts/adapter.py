from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.secrets import keys


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The address or the password is not right."),
        "incorrect_code": _("This is not the code of the last message that was sent."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your present password."),
        "duplicate_email": _("This is your present address."),
        "too_many_login_attempts": _("Too many wrong codes. Sign in: another code is sent."),
        "rate_limited": _(
            "A message has just left. Wait for a few seconds before you ask for another."
        ),
    }

    def new_user(self, _request: HttpRequest) -> User:
        """An account speaks the language of the page on which it was made."""
        return User(language=get_language() or "fr")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Say that there were too many attempts on a page of its own, with the status that says so to machines."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise ImmediateHttpResponse(respond_429(request)) from None

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner. It takes as long as making an account, or the time of the answer would tell anyone else."""
        make_password(email)
        super().send_account_already_exists_mail(email)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor lie encrypted; those of before that are read as they stand until a rotation."""

    def encrypt(self, text: str) -> str:
        return keys.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return keys.decrypt(encrypted_text) if keys.is_encrypted(encrypted_text) else encrypted_text
