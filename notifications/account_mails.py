"""What is written to the owner of an account: codes and links first, then what changed on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notifications.services import Kind, register_kind

CODE = "account.code"
EXISTS = "account.exists"
UNKNOWN = "account.unknown"
RESET = "account.reset"
CHANGED = "account.changed"


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
    for name in (CODE, EXISTS, UNKNOWN, RESET):
        register_kind(Kind(name=name, template=_folder(name), build=_as_they_are, sensitive=True))
    register_kind(Kind(name=CHANGED, template=_folder(CHANGED), build=_as_they_are))


def _folder(kind: str) -> str:
    return f"notifications/{kind.replace('.', '_')}"


def _as_they_are(refs: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, object]]:
    return refs
