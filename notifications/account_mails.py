"""What is written to the owner of an account: codes and links first, then what changed on it.

Each request is a fact of its own: its number is made when it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from notifications.mails import Context, Mail
from notifications.states import Audience, Priority


@dataclass(frozen=True, kw_only=True)
class AccountMail(Mail):
    audience = Audience.HOLDER
    priority = Priority.AWAITED

    request: str | None

    @property
    def key(self) -> str:
        return f"{self.name}:{self.request}"


@dataclass(frozen=True, kw_only=True)
class CodeMail(AccountMail):
    name = "account.code"
    label = _("Code to sign up or to prove an address")
    when = _("Somebody signs up with this address, or has to prove that it is theirs.")
    sensitive = True

    code: str

    @classmethod
    def sample(cls) -> Context:
        return {"code": "482913"}


@dataclass(frozen=True, kw_only=True)
class AccountExistsMail(AccountMail):
    name = "account.exists"
    label = _("Account that exists already")
    when = _("Somebody signs up with an address that has an account.")
    sensitive = True

    password_reset_url: str

    @classmethod
    def sample(cls) -> Context:
        return {"password_reset_url": "https://rentree.example/exemple/"}


@dataclass(frozen=True, kw_only=True)
class NoAccountMail(AccountMail):
    name = "account.unknown"
    label = _("Address without an account")
    when = _("Somebody asks for a new password for an address that has no account.")
    sensitive = True

    signup_url: str

    @classmethod
    def sample(cls) -> Context:
        return {"signup_url": "https://rentree.example/exemple/"}


@dataclass(frozen=True, kw_only=True)
class PasswordLinkMail(AccountMail):
    name = "account.reset"
    label = _("Link to choose a new password")
    when = _("Somebody asks for a new password.")
    sensitive = True

    password_reset_url: str

    @classmethod
    def sample(cls) -> Context:
        return {"password_reset_url": "https://rentree.example/exemple/"}


class AccountChange(StrEnum):
    PASSWORD = "password"  # noqa: S105 (what changed, not its value)
    EMAIL = "email"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODES = "recovery_codes"


@dataclass(frozen=True, kw_only=True)
class AccountChangedMail(AccountMail):
    name = "account.changed"
    label = _("Change of an account")
    when = _("The password, the address or the second factor of an account has changed.")

    change: AccountChange

    @classmethod
    def sample(cls) -> Context:
        return {"change": AccountChange.PASSWORD}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [{"change": change} for change in AccountChange]
