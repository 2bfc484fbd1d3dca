"""The outbox that staff read, the catalogue of mails, and what was written to one person, to read again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils.functional import Promise

from notifications.delivery.services import ComposedMail, compose, compose_sample
from notifications.mails import Mail, all_mails, mail_named, readable_kinds
from notifications.models import Notification
from notifications.outbox.permissions import OutboxDesk
from notifications.outbox.rules import NEED_A_PERSON
from notifications.states import Audience, MessageState

Counts = Mapping[MessageState, int]


@dataclass(frozen=True, slots=True)
class Health:
    """How the outbox does as a whole: counts, and since when the oldest message waits."""

    counts: Counts
    waiting_since: datetime | None


def outbox_of(desk: OutboxDesk) -> QuerySet[Notification]:
    """The messages that somebody handles, newest first, as `notification_list` has them."""
    return desk.messages().order_by("-queued_at", "-pk")


def counts_of(desk: OutboxDesk) -> Counts:
    return _counts(desk.messages())


def health(now: datetime) -> Health:
    due = Notification.objects.filter(state=MessageState.QUEUED, due_at__lte=now)
    return Health(_counts(Notification.objects.all()), due.aggregate(since=Min("due_at"))["since"])


def correspondence(about: str, kinds: Sequence[str]) -> QuerySet[Notification]:
    """The messages of those kinds about a dossier, newest first; what was cancelled was never said."""
    rows = Notification.objects.filter(about=about, kind__in=kinds).exclude(
        state=MessageState.CANCELLED
    )
    return rows.order_by("-queued_at", "-pk")


def _counts(rows: QuerySet[Notification]) -> Counts:
    found = dict(rows.order_by().values_list("state").annotate(count=Count("*")))
    return {state: found.get(state, 0) for state in MessageState}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A mail that the product may send."""

    name: str
    label: str | Promise
    when: str | Promise
    audience: Audience
    sensitive: bool

    @property
    def is_read_again(self) -> bool:
        return self.audience is Audience.CANDIDATE

    @property
    def is_in_both_languages(self) -> bool:
        """Whoever is outside the school reads French, then English, in one mail."""
        return self.audience in {Audience.EMPLOYER, Audience.HOME_SCHOOL}

    @property
    def languages(self) -> list[str]:
        """Those in which it is sent."""
        every = list(dict(settings.LANGUAGES))
        return every[:1] if self.is_in_both_languages else every


def catalogue() -> Mapping[Audience, Sequence[CatalogueEntry]]:
    """Every mail by whom it is for; among these, in the order in which the parts of a campaign follow."""
    groups: dict[Audience, list[CatalogueEntry]] = {audience: [] for audience in Audience}
    for mail in all_mails():
        groups[mail.audience].append(_entry(mail))
    return groups


def catalogue_entry(name: str) -> CatalogueEntry:
    """Raises LookupError if there is no such mail."""
    return _entry(mail_named(name))


def sample_in(name: str, case: int, language: str) -> ComposedMail:
    """A mail on invented facts. Raises LookupError if there is no such mail, case or language."""
    if language not in dict(settings.LANGUAGES):
        raise LookupError(language)
    mail = mail_named(name)
    return compose_sample(mail, language, mail.samples()[case])


def cases_in(name: str, language: str) -> list[tuple[str, str]]:
    """The subject of each case of a mail, and its first line where another case has the same subject."""
    mail = mail_named(name)
    letters = [compose_sample(mail, language, sample) for sample in mail.samples()]
    times = Counter(letter.subject for letter in letters)
    return [
        (letter.subject, letter.text.splitlines()[0] if times[letter.subject] > 1 else "")
        for letter in letters
    ]


def _entry(mail: type[Mail]) -> CatalogueEntry:
    return CatalogueEntry(mail.name, mail.label, mail.when, mail.audience, mail.sensitive)


ON_THE_WAY = (MessageState.QUEUED, MessageState.LEASED, MessageState.SENDING)


@dataclass(frozen=True, slots=True)
class SentMail:
    """`sent_at` is empty until the mail server has taken it; `undelivered`: it may never have arrived."""

    subject: str
    text: str
    language: str
    to: str
    queued_at: datetime
    sent_at: datetime | None
    on_the_way: bool
    undelivered: bool


def mails_about(ref: str) -> list[SentMail]:
    """What was written to the person whom the dossier belongs to, newest first; nothing that was written to others."""
    rows = list(correspondence(ref, readable_kinds()))
    unwritten = {row.pk: letter for row, letter in compose([row for row in rows if not row.body])}
    return [_sent_mail(row, unwritten.get(row.pk)) for row in rows]


def _sent_mail(row: Notification, draft: ComposedMail | Exception | None) -> SentMail:
    state = row.state
    return SentMail(
        subject=draft.subject if isinstance(draft, ComposedMail) else row.subject,
        text=row.body,
        language=row.language,
        to=row.to,
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        on_the_way=state in ON_THE_WAY,
        undelivered=state in NEED_A_PERSON,
    )
