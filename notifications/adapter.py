"""The messages of accounts, through the outbox like every other."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from accounts.adapter import AccountAdapter
from notifications.account_mails import MAILS, AccountMail
from notifications.queue import Message, enqueue
from notifications.states import Priority


class OutboxAccountAdapter(AccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        mail = MAILS[template_prefix]
        message = Message(
            kind=mail.kind,
            dedupe_key=f"{mail.kind}:{uuid4().hex}",  # each request is a message of its own
            to=email,
            language=get_language() or settings.LANGUAGE_CODE,
            refs=_refs(mail, context),
            priority=Priority.AWAITED,
        )
        enqueue([message], now=timezone.now())


def _refs(mail: AccountMail, context: Mapping[str, Any]) -> dict[str, str]:
    if mail.change:
        return {"change": mail.change}
    return {
        name: _on_our_site(context[name]) if name.endswith("_url") else context[name]
        for name in mail.keeps
    }


def _on_our_site(url: str) -> str:
    """The same page on the address of the site, whatever host the request asked for."""
    return str(settings.BASE_URL) + urlsplit(url).path
