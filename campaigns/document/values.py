"""The small types that only a campaign file has; `common.datafile.values` has the others."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from common.datafile.values import AS_MOMENT, moment_in

Article = Annotated[str, Field(min_length=1, max_length=20, strict=True)]
Moment = Annotated[date | datetime, moment_in("the campaign's own zone"), *AS_MOMENT]


@dataclass(frozen=True, slots=True)
class Window:
    """A milestone's ends, aware, in the campaign's zone. One of them may be open."""

    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool


def instant_window(at: datetime, *, all_day: bool) -> Window:
    return Window(at, at, all_day)


def hours_later(anchor: datetime, hours: int, zone: ZoneInfo) -> datetime:
    return (anchor.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(zone)
