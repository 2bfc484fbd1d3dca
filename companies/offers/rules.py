"""What an offer must say, until when it may stand, and what may be done with it (R-PRO-15)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from common.drafts.rules import Content
from common.rules import ALLOWED, Verdict, refused
from companies.states import (
    CLOSABLE_OFFERS,
    PROLONGED_OFFERS,
    WRITTEN_OFFERS,
    OfferState,
)

FRANCE = "FR"
DATE_SHAPE = "%d/%m/%Y"
LONGEST = timedelta(days=180)  # that an offer stands before somebody looks at it again
SOON = timedelta(days=7)  # before its last day, the company is told
COMPANY_FIELDS = ("siret", "company_name", "street", "postcode", "city", "country")
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "offer": (
        "title",
        "missions",
        "keywords",
        "place",
        "place_postcode",
        "starts_on",
        "pay",
        "expires_on",
    ),
    "contact": ("contact_name", "contact_email", "contact_phone", "apply_at"),
    "company": COMPANY_FIELDS,
}
FIELDS = tuple(name for names in SECTIONS.values() for name in names)
DATES = frozenset({"starts_on", "expires_on"})
OPTIONAL = frozenset(
    {"keywords", "place_postcode", "starts_on", "pay", "contact_phone", "apply_at"}
)
OF_FRENCH_COMPANIES = frozenset({"siret", "postcode"})
FRENCH_POSTCODE = 5
OVERSEAS, CORSICA, SOUTH_OF_CORSICA = ("97", "98"), "20", ("200", "201")


def missing_fields(content: Content) -> tuple[str, ...]:
    """All that is missing, in the order of the form. A SIRET and a postcode are asked of French companies alone."""
    optional = set(OPTIONAL)
    if content.get("country", "") not in {"", FRANCE}:
        optional |= OF_FRENCH_COMPANIES
    return tuple(
        name for name in FIELDS if name not in optional and not content.get(name, "").strip()
    )


def date_in(text: str) -> date | None:
    """The day that a field of an offer says; none where it says none."""
    try:
        return datetime.strptime(text.strip(), DATE_SHAPE).date()  # noqa: DTZ007  (a day, of no zone)
    except ValueError:
        return None


def area_of(postcode: str) -> str:
    """The French département of a postcode, by its first figures; nothing for any other text."""
    code = postcode.replace(" ", "")
    if len(code) != FRENCH_POSTCODE or not code.isdecimal():
        return ""
    if code.startswith(CORSICA):
        return "2A" if code.startswith(SOUTH_OF_CORSICA) else "2B"
    return code[:3] if code.startswith(OVERSEAS) else code[:2]


def may_stand_until(last: date | None, today: date) -> Verdict:
    """Whether that may be the last day of an offer."""
    if last is None:
        return refused("offer_needs_last_day")
    if last < today:
        return refused("offer_last_day_is_over")
    if last > today + LONGEST:
        return refused("offer_lasts_too_long", latest=today + LONGEST)
    return ALLOWED


def may_write(state: OfferState) -> Verdict:
    """By link: until it is over. What is published and sent again is read again by the office."""
    return ALLOWED if state in WRITTEN_OFFERS else refused(f"offer_is_{state}")


def may_send(state: OfferState, content: Content, today: date) -> Verdict:
    if not may_write(state):
        return may_write(state)
    missing = missing_fields(content)
    if missing:
        return refused("offer_lacks", count=len(missing))
    return may_stand_until(date_in(content["expires_on"]), today)


def may_change(state: OfferState) -> Verdict:
    """By the office: what was sent, and is not over."""
    is_there = state in WRITTEN_OFFERS and state is not OfferState.DRAFT
    return ALLOWED if is_there else refused(f"offer_is_{state}")


def may_publish(state: OfferState, last: date | None, today: date) -> Verdict:
    if state is not OfferState.PROPOSED:
        return refused(f"offer_is_{state}")
    return may_stand_until(last, today)


def is_near(last: date | None, today: date) -> bool:
    """Whether whoever is told of that last day is told in time: no reminder of it follows."""
    return last is not None and last <= today + SOON


def may_refuse(state: OfferState) -> Verdict:
    return ALLOWED if state is OfferState.PROPOSED else refused(f"offer_is_{state}")


def may_prolong(state: OfferState, last: date | None, until: date, today: date) -> Verdict:
    if state not in PROLONGED_OFFERS:
        return refused(f"offer_is_{state}")
    if last and until <= last:
        return refused("offer_not_prolonged", last=last)
    return may_stand_until(until, today)


def may_close(state: OfferState) -> Verdict:
    return ALLOWED if state in CLOSABLE_OFFERS else refused(f"offer_is_{state}")


def may_send_link(state: OfferState) -> Verdict:
    return ALLOWED if state is not OfferState.CLOSED else refused("offer_is_closed")
