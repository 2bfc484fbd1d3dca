"""What is written to the owner of an account: codes and links first, then what changed on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from notifications.mails import Kind, register_kinds

CODE = "account.code"
EXISTS = "account.exists"
UNKNOWN = "account.unknown"
RESET = "account.reset"
CHANGED = "account.changed"

LABELS = {
    CODE: _("Code to sign up or to prove an address"),
    EXISTS: _("Account that exists already"),
    UNKNOWN: _("Address without an account"),
    RESET: _("Link to choose a new password"),
    CHANGED: _("Change of an account"),
}


@dataclass(frozen=True, slots=True)
class AccountMail:
    """A message of allauth's: our kind for it, and what of its context the message needs."""

    kind: str
    keeps: tuple[str, ...] = ()
    change: str = ""


# By the prefix of allauth's own templates, which are not used.
MAILS = {
    "account/email/email_confirmation_signup": AccountMail(CODE, ("code",)),
    "account/email/email_confirmation": AccountMail(CODE, ("code",)),
    "account/email/account_already_exists": AccountMail(EXISTS, ("password_reset_url",)),
    "account/email/unknown_account": AccountMail(UNKNOWN, ("signup_url",)),
    "account/email/password_reset_key": AccountMail(RESET, ("password_reset_url",)),
    "account/email/password_changed": AccountMail(CHANGED, change="password"),
    "account/email/password_reset": AccountMail(CHANGED, change="password"),
    "account/email/password_set": AccountMail(CHANGED, change="password"),
    "account/email/email_changed": AccountMail(CHANGED, change="email"),
    "account/email/email_deleted": AccountMail(CHANGED, change="email"),
    "mfa/email/totp_activated": AccountMail(CHANGED, change="factor_added"),
    "mfa/email/totp_deactivated": AccountMail(CHANGED, change="factor_removed"),
    "mfa/email/recovery_codes_generated": AccountMail(CHANGED, change="recovery_codes"),
}


def register_account_kinds() -> None:
    for name, label in LABELS.items():
        secret = name != CHANGED
        register_kinds(
            Kind(
                name=name, template=_folder(name), build=_as_they_are, sensitive=secret, label=label
            )
        )


def _folder(kind: str) -> str:
    return f"notifications/{kind.replace('.', '_')}"


def _as_they_are(refs: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, object]]:
    return refs
