"""A notice as a campaign of these days, whose dates the school brings nearer, file after file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from config.environment import ROOT

PARIS = ZoneInfo("Europe/Paris")
ENDS = ("on", "from", "until")


class Notice:
    """The file that is loaded again each time a date has moved.

    `days`, from now: those of an instant, or of the two ends of a window, by milestone.
    """

    def __init__(
        self, folder: Path, source: str, days: Mapping[str, int | tuple[int, int]]
    ) -> None:
        self.slug = f"{source.partition('-')[0]}-parcours"
        self.path = folder / f"{self.slug}.yaml"
        self._yaml = YAML()
        self._document = self._yaml.load(ROOT / "fixtures" / "campaigns" / f"{source}.yaml")
        self._document["campaign"]["slug"] = self.slug
        self._document["campaign"]["title"] = {
            "fr": "Admissions, parcours complet",
            "en": "Admissions, whole journey",
        }
        today = self._now().date()
        year = [today - timedelta(days=200), today + timedelta(days=160)]
        self._document["campaign"] |= {"session": year[1].year, "academic_year": year}
        for key, count in days.items():
            self.sets(
                key, *(self._in(each) for each in (count if isinstance(count, tuple) else (count,)))
            )

    def sets(self, key: str, *moments: datetime) -> None:
        """Those ends of a milestone that the notice gives it."""
        milestone = self._document["calendar"][key]
        milestone.update(zip((end for end in ENDS if end in milestone), moments, strict=True))

    def comes(self, *keys: str) -> None:
        """The moment is now."""
        for key in keys:
            self.sets(key, self._now())

    def opens_soon(self, key: str) -> datetime:
        """A window that begins in two minutes; the moment in it that one may choose."""
        start = self._now() + timedelta(minutes=2)
        self.sets(key, start, start + timedelta(days=4))
        return start + timedelta(days=1)

    def is_over(self, *keys: str) -> None:
        """Windows that closed a second ago."""
        now = self._now()
        for key in keys:
            self.sets(key, now - timedelta(seconds=2), now - timedelta(seconds=1))

    def write(self) -> Path:
        with self.path.open("w", encoding="utf-8") as file:
            self._yaml.dump(self._document, file)
        return self.path

    def _now(self) -> datetime:
        return datetime.now(PARIS).replace(microsecond=0, tzinfo=None)

    def _in(self, days: int) -> datetime:
        return self._now() + timedelta(days=days)
