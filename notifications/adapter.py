"""The messages of accounts, through the outbox like every other."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from accounts.adapter import AccountAdapter
from notifications.account_mails import (
    AccountChange,
    AccountChangedMail,
    AccountExistsMail,
    AccountMail,
    CodeMail,
    NoAccountMail,
    PasswordLinkMail,
)
from notifications.mails import Recipient
from notifications.queue import enqueue

# By the prefix of allauth's own templates, which are not used.
CHANGES: Mapping[str, AccountChange] = {
    "account/email/password_changed": AccountChange.PASSWORD,
    "account/email/password_reset": AccountChange.PASSWORD,
    "account/email/password_set": AccountChange.PASSWORD,
    "account/email/email_changed": AccountChange.EMAIL,
    "account/email/email_deleted": AccountChange.EMAIL,
    "mfa/email/totp_activated": AccountChange.FACTOR_ADDED,
    "mfa/email/totp_deactivated": AccountChange.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": AccountChange.RECOVERY_CODES,
}


class OutboxAccountAdapter(AccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        recipient = Recipient(address=email, language=get_language() or settings.LANGUAGE_CODE)
        enqueue([account_mail(template_prefix, recipient, context)], now=timezone.now())


def account_mail(prefix: str, to: Recipient, context: Mapping[str, Any]) -> AccountMail:
    """Ours for a message of allauth's. Raises KeyError for one that we do not know."""
    request = uuid4().hex
    match prefix:
        case "account/email/email_confirmation_signup" | "account/email/email_confirmation":
            return CodeMail(recipient=to, request=request, code=context["code"])
        case "account/email/account_already_exists":
            url = _on_our_site(context["password_reset_url"])
            return AccountExistsMail(recipient=to, request=request, password_reset_url=url)
        case "account/email/unknown_account":
            url = _on_our_site(context["signup_url"])
            return NoAccountMail(recipient=to, request=request, signup_url=url)
        case "account/email/password_reset_key":
            url = _on_our_site(context["password_reset_url"])
            return PasswordLinkMail(recipient=to, request=request, password_reset_url=url)
        case _:
            return AccountChangedMail(recipient=to, request=request, change=CHANGES[prefix])


def _on_our_site(url: str) -> str:
    """The same page on the address of the site, whatever host the request asked for."""
    return str(settings.BASE_URL) + urlsplit(url).path
