"""The office posts offers itself, reads those of companies before students do, and changes what they say."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import School, User
from common.drafts.rules import changes, refuse_if_unseen
from common.journal import Stamp, note
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require
from companies.models import JobOffer
from companies.offers.mails import OfferNews, tell_company
from companies.offers.permissions import can_offer
from companies.offers.rules import FIELDS, may_change, may_publish, may_refuse, may_send
from companies.offers.selectors import content_of, today_of
from companies.offers.services.locking import (
    AS_IT_WAS,
    OfferFile,
    as_kept,
    columns_of,
    drop_unused,
    files_of,
    kept_file,
    lock_handled_offer,
    new_link,
    told_of,
)
from companies.states import OfferAction, OfferAudience, OfferState


@transaction.atomic
def post_offer(
    *,
    school: School,
    audience: OfferAudience,
    content: Mapping[str, str],
    actor: User,
    now: datetime,
    file: OfferFile = AS_IT_WAS,
) -> JobOffer:
    """An offer that the office heard of otherwise: published at once."""
    require(can_offer(actor, school, audience))
    said = _said(content)
    refuse_unless(may_send(OfferState.DRAFT, said, today_of(now)))
    offer = JobOffer(
        school=school,
        audience=audience,
        asked_by=actor,
        number=1,
        created_at=now,
        sent_at=now,
        published_at=now,
        attachment=kept_file(None, file, now),
    )
    for name, value in columns_of(said, offer).items():
        setattr(offer, name, value)
    begin(offer, OfferState.PUBLISHED, Stamp.of(actor, now), verb="post")
    return offer


@transaction.atomic
def change_offer(
    *,
    ref: str,
    content: Mapping[str, str],
    seen: str,
    actor: User,
    now: datetime,
    file: OfferFile = AS_IT_WAS,
) -> JobOffer:
    """Write what the office corrects; the offer stays where it is. Raises QuickerError over a text not seen.

    Whatever is typed of a known company changes nothing of it.
    """
    offer = lock_handled_offer(ref, actor)
    said = _said(content)
    refuse_unless(may_change(offer.state))
    stored = content_of(offer)
    refuse_if_unseen(stored, said, seen, FIELDS)
    refuse_unless(may_send(offer.state, said, today_of(now)))
    changed = [change.field for change in changes(stored, as_kept(said, offer), FIELDS)]
    if changed or file != AS_IT_WAS:
        before, number = files_of(offer), offer.number + 1
        columns = columns_of(said, offer) | {"number": number}
        columns["attachment"] = kept_file(offer.attachment, file, now)
        for name, value in columns.items():
            setattr(offer, name, value)
        offer.save(update_fields=[*columns])
        drop_unused(offer, before, now)
        stamp = Stamp.of(actor, now, fields=changed, number=number)
        note(offer, "change", stamp, source=offer.state, target=offer.state)
    return offer


@transaction.atomic
def publish_offer(*, ref: str, number: int, actor: User, now: datetime) -> JobOffer:
    """Put before students the text that was read. Again, nothing more happens."""
    offer = _as_read(ref, number, actor)
    if offer.state is OfferState.PUBLISHED:
        return offer
    refuse_unless(may_publish(offer.state, offer.expires_on, today_of(now)))
    stamp = Stamp.of(actor, now, number=number)
    move(offer, OfferAction.PUBLISH, stamp, published_at=now, **told_of(offer.expires_on, now))
    if offer.company_email:
        tell_company(offer, OfferNews.PUBLISHED, new_link(offer, stamp.actor, now), now)
    return offer


@transaction.atomic
def refuse_offer(*, ref: str, number: int, reason: str, actor: User, now: datetime) -> JobOffer:
    """The company reads why, and may send its offer again. Again, nothing more happens."""
    offer = _as_read(ref, number, actor)
    said = reason.strip()
    if offer.state is OfferState.REFUSED and offer.reason == said:
        return offer
    refuse_unless(may_refuse(offer.state))
    stamp = Stamp.of(actor, now, said[:500], number=number)
    move(offer, OfferAction.REFUSE, stamp, reason=said)
    if offer.company_email:
        tell_company(offer, OfferNews.REFUSED, new_link(offer, stamp.actor, now), now)
    return offer


def _as_read(ref: str, number: int, actor: User) -> JobOffer:
    """The offer, if it still says what was read: another text may have been sent meanwhile."""
    offer = lock_handled_offer(ref, actor)
    if offer.number != number:
        raise DomainError.of("moved_meanwhile")
    return offer


def _said(content: Mapping[str, str]) -> dict[str, str]:
    return {name: content.get(name, "").strip() for name in FIELDS}
