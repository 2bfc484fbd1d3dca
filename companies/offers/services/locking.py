"""The first lines of every command on an offer, the link by which a company opens it, and the columns that it fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from accounts.links.rules import LASTS
from accounts.links.services import Issued, issue_link, replace_link, verdict_on
from accounts.models import SignedLink, User
from common.files.rules import Controls, Format
from common.files.services import drop, keep
from common.journal import Actor, Stamp
from common.models import StoredFile
from common.refusals import NotAllowedError, require
from common.rules import fold
from companies.models import JobOffer
from companies.offers.permissions import can_handle_offer
from companies.offers.rules import area_of, date_in, is_near
from companies.offers.selectors import company_content, today_of
from companies.services import company_of, known_company

PURPOSE = "company_offer"
ATTACHED = Controls(formats=(Format.PDF,), max_bytes=5_000_000)
SAID_ALIKE = (
    "title",
    "missions",
    "keywords",
    "place",
    "place_postcode",
    "pay",
    "contact_name",
    "contact_email",
    "contact_phone",
    "apply_at",
)  # the columns that hold what a field says


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFile:
    """What becomes of the attached file: another in its place, none any more, or as it was."""

    upload: "UploadedFile[Any] | None" = None
    remove: bool = False


AS_IT_WAS = OfferFile()


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer under its lock, and the link by which it is written."""

    offer: JobOffer
    link: SignedLink

    def stamp(self, now: datetime, **data: object) -> Stamp:
        return Stamp.of(Actor.link(self.link), now, "", **data)


def lock_offer(ref: str) -> JobOffer:
    rows = JobOffer.objects.select_for_update(of=("self",))
    return rows.select_related("school", "asked_by").get(ref=ref)


def lock_handled_offer(ref: str, actor: User) -> JobOffer:
    offer = lock_offer(ref)
    require(can_handle_offer(actor, offer))
    return offer


def open_by_link(link_id: int, now: datetime) -> OpenOffer:
    """The link is looked at under the lock of the offer: it may be replaced at this moment."""
    purpose, ref = SignedLink.objects.values_list("purpose", "subject_ref").get(pk=link_id)
    if purpose != PURPOSE:
        raise NotAllowedError.of("offer_of_another_link")
    offer = lock_offer(ref)
    link = SignedLink.objects.get(pk=link_id)
    require(verdict_on(link, now=now))
    return OpenOffer(offer, link)


def new_link(offer: JobOffer, actor: Actor, now: datetime) -> Issued:
    """A fresh link to the company; those before it lead nowhere any more."""
    return _issued(replace_link, offer, actor, now)


def another_link(offer: JobOffer, actor: Actor, now: datetime) -> Issued:
    """One more link to the company: those before it still work, so that it need not find which is the last."""
    return _issued(issue_link, offer, actor, now)


def told_of(last: date | None, now: datetime) -> dict[str, object]:
    """The column of the reminder, where the company learns a last day that is near with what it is told now."""
    return {"reminded_for": last} if is_near(last, today_of(now)) else {}


def as_kept(said: Mapping[str, str], offer: JobOffer) -> dict[str, str]:
    """What was said, but for a company that is known: its name and address stay those that are kept of it."""
    known = known_company(said, kept=offer.company)
    return {**said, **(company_content(known) if known else {})}


def columns_of(said: Mapping[str, str], offer: JobOffer) -> dict[str, object]:
    """The columns that keep what was said. In the caller's transaction: the company is kept with them."""
    company = company_of(said, kept=offer.company)
    words = [said["title"], said["keywords"], said["missions"], said["place"], company.name]
    return {
        **{name: said[name] for name in SAID_ALIKE},
        "company": company,
        "area": area_of(said["place_postcode"]),
        "starts_on": date_in(said["starts_on"]),
        "expires_on": date_in(said["expires_on"]),
        "search_text": fold(" ".join(words)),
    }


def kept_file(before: StoredFile | None, given: OfferFile, now: datetime) -> StoredFile | None:
    """What is attached from now on. Raises DomainError for a file that is no sound PDF."""
    if given.upload:
        return keep(upload=given.upload, controls=ATTACHED, purpose="job_offer", now=now)
    return None if given.remove else before


def drop_unused(offer: JobOffer, before: set[StoredFile | None], now: datetime) -> None:
    """Let go of what the offer, as it is written by now, points to no more."""
    for file in before - {offer.attachment, offer.draft_file, None}:
        if file:
            drop(file=file, now=now)


def files_of(offer: JobOffer) -> set[StoredFile | None]:
    return {offer.attachment, offer.draft_file}


def _issued(issue: Callable[..., Issued], offer: JobOffer, actor: Actor, now: datetime) -> Issued:
    until = now + LASTS  # and as long after the last day of the offer, which may be prolonged
    if offer.expires_on:
        until = max(until, datetime.combine(offer.expires_on, time(), UTC) + LASTS)
    return issue(
        purpose=PURPOSE,
        subject_ref=offer.ref,
        email=offer.company_email,
        expires_at=until,
        actor=actor,
        now=now,
    )
