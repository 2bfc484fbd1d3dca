"""The small types that only a campaign file has; `common.datafile.values` has the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from common.datafile.values import AS_MOMENT, Text, moment_in

Article = Annotated[str, Field(min_length=1, max_length=20, strict=True)]
Moment = Annotated[date | datetime, moment_in("the campaign's own zone"), *AS_MOMENT]


@dataclass(frozen=True, slots=True)
class Window:
    """A milestone's ends, aware, in the campaign's zone. One of them may be open.

    `about`: the notice's words for its start (`from`) or for all of it (`on`), to be said in place of days.
    """

    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    about: Mapping[str, Text] = field(default_factory=dict)

    @property
    def open_ended(self) -> bool:
        """Whether it is given as "from" a day on."""
        return self.ends_at is None

    @property
    def firm_start(self) -> datetime | None:
        return None if self.about else self.starts_at

    @property
    def firm_end(self) -> datetime | None:
        return None if "on" in self.about else self.ends_at


def instant_window(at: datetime, *, all_day: bool) -> Window:
    return Window(at, at, all_day)


def hours_later(anchor: datetime, hours: int, zone: ZoneInfo) -> datetime:
    return (anchor.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(zone)


JURY: Text = {"fr": "le jury", "en": "the jury"}  # who decides, where the notice doesn't name it


def either(bodies: Iterable[Text]) -> Text:
    """Who decides, in a sentence: each of them once."""
    known = list(bodies) or [JURY]
    french = dict.fromkeys(body["fr"] for body in known)
    english = dict.fromkeys(body.get("en", body["fr"]) for body in known)
    return {"fr": " ou ".join(french), "en": " or ".join(english)}
