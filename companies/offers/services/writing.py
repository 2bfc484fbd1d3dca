"""The company writes its offer by link: kept as it is typed, then sent to the office, which reads it first."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.links.services import use_link
from common.drafts.rules import changes, refuse_if_unseen, word_for_word
from common.journal import note
from common.moves import move
from common.refusals import refuse_unless
from companies.models import JobOffer
from companies.offers.mails import tell_office
from companies.offers.rules import FIELDS, may_send, may_write
from companies.offers.selectors import content_of, text_of, today_of
from companies.offers.services.locking import (
    AS_IT_WAS,
    OfferFile,
    OpenOffer,
    as_kept,
    columns_of,
    drop_unused,
    files_of,
    kept_file,
    open_by_link,
)
from companies.states import OfferAction, OfferState


@transaction.atomic
def save_offer(
    *,
    link_id: int,
    content: Mapping[str, str],
    seen: str,
    now: datetime,
    file: OfferFile = AS_IT_WAS,
) -> JobOffer:
    """Keep what was typed, whole or not, readable or not. Raises QuickerError if it would replace what was not seen."""
    opened = open_by_link(link_id, now)
    offer = opened.offer
    refuse_unless(may_write(offer.state))
    typed = word_for_word(content, FIELDS)
    stored = word_for_word(text_of(offer), FIELDS)
    refuse_if_unseen(stored, typed, seen, FIELDS)
    changed = [change.field for change in changes(stored, typed, FIELDS)]
    if changed or file != AS_IT_WAS:
        _save(opened, typed, file, changed, now)
    return offer


def _save(
    opened: OpenOffer, typed: Mapping[str, str], file: OfferFile, changed: list[str], now: datetime
) -> None:
    offer = opened.offer
    before = files_of(offer)
    attached = offer.draft_file if offer.draft_at else offer.attachment
    offer.draft_file = kept_file(attached, file, now)
    offer.draft, offer.draft_at = dict(typed), now
    offer.save(update_fields=["draft", "draft_at", "draft_file"])
    drop_unused(offer, before, now)
    stamp = opened.stamp(now, fields=changed)
    note(offer, "save_draft", stamp, source=offer.state, target=offer.state)


@transaction.atomic
def send_offer(*, link_id: int, content: Mapping[str, str], seen: str, now: datetime) -> JobOffer:
    """Send the offer to the office: what students could read of it is withheld until it is published again.

    The same text sent twice is sent once. Raises QuickerError if a draft that was not seen would go with it.
    """
    opened = open_by_link(link_id, now)
    offer = opened.offer
    said = {name: content.get(name, "").strip() for name in FIELDS}
    is_told = offer.state in {OfferState.PROPOSED, OfferState.PUBLISHED}
    attached = offer.draft_file if offer.draft_at else offer.attachment
    if is_told and attached == offer.attachment and _says(offer, as_kept(said, offer)):
        _drop_draft(opened, now)
        return offer
    refuse_unless(may_write(offer.state))
    refuse_if_unseen(text_of(offer), said, seen, FIELDS)
    refuse_unless(may_send(offer.state, said, today_of(now)))
    before, number = files_of(offer), offer.number + 1
    stamp = opened.stamp(now, number=number)
    written = {**columns_of(said, offer), "attachment": attached, "sent_at": now}
    move(offer, OfferAction.SEND, stamp, number=number, **written)
    drop_unused(offer, before, now)
    use_link(link_id=opened.link.pk, now=now)
    tell_office(offer, now)
    return offer


def _drop_draft(opened: OpenOffer, now: datetime) -> None:
    """What was typed says nothing that was not sent: it does not stay behind as not sent yet."""
    offer = opened.offer
    if offer.draft_at:
        offer.draft, offer.draft_at, offer.draft_file = {}, None, None
        offer.save(update_fields=["draft", "draft_at", "draft_file"])
        note(offer, "drop_draft", opened.stamp(now), source=offer.state, target=offer.state)


def _says(offer: JobOffer, said: Mapping[str, str]) -> bool:
    return not changes(content_of(offer), said, FIELDS)
