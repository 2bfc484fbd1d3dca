"""Whether a dossier may be typed for somebody, and its link sent again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.links.rules import MOST_LINKS
from common.rules import Refusal, Verdict, refused

TYPED_AFTER = timedelta(days=10)  # the deadline: what came in time
MOST_ENTRIES = (
    60  # by clerk, campaign and day: each is told to an address that nobody has confirmed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFacts:
    """What is known of an address in a campaign: whether anybody has it, and the dossier that whoever asks may open."""

    is_taken: bool = False
    dossier: str = ""


def may_enter(
    *,
    is_open: bool,
    came_by: date | None,
    came_on: date,
    today: date,
    entered_today: int,
    address: AddressFacts,
) -> Verdict:
    """With every reason against it; beyond the most of a day nothing is said of an address.

    `came_by`: the day of the deadline, while what came by then is still typed after it.
    """
    if entered_today >= MOST_ENTRIES:
        return refused("enough_entries", most=MOST_ENTRIES)
    against = [] if is_open or came_by else [Refusal("campaign_is_closed")]
    if came_on > today:
        against.append(Refusal("entered_day_to_come"))
    elif came_by and came_on > came_by:
        against.append(Refusal("came_too_late", {"on": came_by}))
    return Verdict((*against, *_taken(address)))


def may_write_to(address: AddressFacts) -> Verdict:
    return Verdict(tuple(_taken(address)))


def _taken(address: AddressFacts) -> Iterator[Refusal]:
    if address.dossier:
        yield Refusal("address_has_dossier", {"ref": address.dossier})
    elif address.is_taken:
        yield Refusal("address_is_taken")


def may_send_again(*, is_unclaimed: bool, is_just_sent: bool, sent_today: int) -> Verdict:
    if not is_unclaimed:
        return Verdict((Refusal("dossier_is_claimed"),))
    if is_just_sent:
        return Verdict((Refusal("claim_link_just_sent"),))
    enough = sent_today >= MOST_LINKS
    return Verdict((Refusal("enough_claim_links", {"links": MOST_LINKS}),) if enough else ())
