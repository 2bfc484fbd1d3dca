"""An offer in words: its fields, its state, its sections as they are read, and what each act on it will do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from phonenumber_field.phonenumber import to_python
from stdnum.fr import siret

from common.formats import phone, short_day
from common.signs import Sign
from companies.models import Company, JobOffer
from companies.offers.rules import COMPANY_FIELDS, date_in
from companies.offers.selectors import company_content
from companies.states import OfferAudience, OfferEnding, OfferState

SECTION_TITLES: Mapping[str, Promise] = {
    "offer": _("The offer"),
    "contact": _("Whom to apply to"),
    "company": _("The company"),
}
FIELD_LABELS: Mapping[str, Promise] = {
    "siret": _("SIRET number of the establishment"),
    "company_name": _("Name of the company"),
    "street": _("Street"),
    "postcode": _("Postcode"),
    "city": _("City"),
    "country": _("Country"),
    "title": _("Title of the offer"),
    "missions": _("What the student will do"),
    "keywords": _("Fields and keywords"),
    "place": _("City of the work"),
    "place_postcode": _("Postcode of the work"),
    "starts_on": _("Begins on (dd/mm/yyyy)"),
    "pay": _("Pay, in words"),
    "expires_on": _("Last day of the offer (dd/mm/yyyy)"),
    "contact_name": _("First name and surname"),
    "contact_email": _("E-mail address"),
    "contact_phone": _("Phone"),
    "apply_at": _("Where to apply"),
}
AUDIENCES: Mapping[OfferAudience, Promise] = {
    OfferAudience.CONTRAT_PRO: _("contrat pro"),
    OfferAudience.APPRENTICESHIP: _("apprenticeship"),
}
ENDINGS: Mapping[OfferEnding, Promise] = {
    OfferEnding.FILLED: _("It is filled"),
    OfferEnding.TAKEN_BACK: _("It is taken back"),
}


OFFER_SIGNS: Mapping[OfferState, Sign] = {
    OfferState.DRAFT: Sign(pgettext_lazy("an offer", "asked for"), "pencil", "quiet"),
    OfferState.PROPOSED: Sign(pgettext_lazy("an offer", "to be read"), "inbox", "due"),
    OfferState.REFUSED: Sign(pgettext_lazy("an offer", "refused"), "x-circle", "refused"),
    OfferState.PUBLISHED: Sign(pgettext_lazy("an offer", "published"), "check-circle-fill", "done"),
    OfferState.EXPIRED: Sign(pgettext_lazy("an offer", "over"), "clock", "quiet"),
    OfferState.CLOSED: Sign(pgettext_lazy("an offer", "closed"), "lock", "quiet"),
}


def plain_label(name: str) -> str:
    return str(FIELD_LABELS[name])


def readable(value: str, name: str) -> str:
    """As one reads it: a SIRET in groups, a day in words; a draft's slips as they are."""
    if name == "siret":
        return str(siret.format(value)) if siret.is_valid(value) else value
    if name == "country":
        return str(dict(countries).get(value, value))
    if name in {"starts_on", "expires_on"}:
        return short_day(date_in(value)) or value
    return (phone(to_python(value)) or value) if name == "contact_phone" and value else value


def apply_link(offer: JobOffer) -> str:
    """Where one applies, as a link: an address on the web, or one to write to."""
    given = offer.apply_at or offer.contact_email
    return f"mailto:{given}" if "@" in given and "://" not in given else given


def place_of(offer: JobOffer) -> str:
    return f"{offer.place} ({offer.area})" if offer.area else offer.place


def known_as(typed: Mapping[str, str], company: Company | None) -> str:
    """Under which name and address a company is known, where it is typed otherwise; else nothing."""
    if company is None:
        return ""
    kept = company_content(company)
    names = [name for name in COMPANY_FIELDS if name != "siret"]
    if all(typed.get(name, "").strip() == kept[name] for name in names):
        return ""
    place = f"{kept['postcode']} {kept['city']}".strip()
    lines = [kept["company_name"], kept["street"], place, readable(kept["country"], "country")]
    return gettext(
        "This company is known here as: %(known)s. The offer says so, whatever is typed here."
    ) % {"known": ", ".join(line for line in lines if line)}


def before_asking(_desk: object) -> list[str]:
    return [
        gettext("The company receives a link to describe its offer, which works for 30 days."),
        gettext("It needs no account. You read what it sends before students do."),
    ]


def before_publishing(offer: JobOffer) -> list[str]:
    said = [
        gettext("Students read it at once, until %(date)s.")
        % {"date": short_day(offer.expires_on)},
    ]
    return said + _company_told(offer)


def before_refusing(offer: JobOffer) -> list[str]:
    said = [gettext("No student reads it.")]
    if offer.company_email:
        said.append(gettext("The company reads your reason, and may send its offer again."))
    return said


def before_prolonging(offer: JobOffer) -> list[str]:
    if offer.state is OfferState.EXPIRED:
        return [gettext("Students read it again, until the day that you type.")]
    return [
        gettext("Its last day is %(date)s: students read it until the day that you type.")
        % {"date": short_day(offer.expires_on)}
    ]


def before_closing(_offer: JobOffer) -> list[str]:
    return [
        gettext("No student reads it any more, and it is not opened again."),
        gettext("The company sees on its page that it is closed."),
    ]


def before_linking(_offer: JobOffer) -> list[str]:
    return [
        gettext("Whoever has the link can change the offer, prolong it or close it."),
        gettext("What they change is read by you before students read it again."),
        gettext("A link that was sent before leads nowhere any more."),
    ]


def _company_told(offer: JobOffer) -> list[str]:
    return [gettext("The company is told, with its link.")] if offer.company_email else []


def attached_name(offer: JobOffer) -> str:
    """Of the file that goes with what is being typed, or with what was sent."""
    file = offer.draft_file if offer.draft_at else offer.attachment
    return file.name if file else ""


def offer_words(offer: JobOffer) -> Mapping[str, object]:
    """What every page of an offer shows of it."""
    return {
        "offer": offer,
        "sign": OFFER_SIGNS[offer.state],
        "place": place_of(offer),
        "apply_link": apply_link(offer),
        "ending": ENDINGS[offer.ending] if offer.ending else "",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """A line of the office's list."""

    offer: JobOffer
    sign: Sign
    audience: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A line of the list of those before whom offers are put."""

    offer: JobOffer
    place: str
    url: str


def offer_rows(offers: Iterable[JobOffer]) -> list[OfferRow]:
    return [
        OfferRow(offer=row, sign=OFFER_SIGNS[row.state], audience=AUDIENCES[row.audience])
        for row in offers
    ]


def read_rows(offers: Iterable[JobOffer], address: Callable[[str], str]) -> list[ReadRow]:
    return [ReadRow(offer=row, place=place_of(row), url=address(row.ref)) for row in offers]


def state_counts(counts: Mapping[OfferState, int]) -> list[tuple[OfferState, Sign, int]]:
    return [(state, OFFER_SIGNS[state], count) for state, count in counts.items()]
