"""The notice of 2022 as a campaign of these days, whose dates the school brings nearer, file after file."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from config.environment import ROOT

SOURCE = ROOT / "fixtures" / "campaigns" / "ales-2022.yaml"
SLUG = "ales-parcours"
PARIS = ZoneInfo("Europe/Paris")
# In days from now: an instant, or the two ends of a window.
DAYS = {
    "opening": -7,
    "deadline": 1,
    "file-results": 2,
    "y1-tests": (3, 11),
    "y1-online-tests": (3, 5),
    "y1-second-call": 6,
    "y1-second-interviews": (7, 11),
    "y1-results": 12,
    "y1-search": 14,
    "y2-tests": (3, 11),
    "y2-results": 13,
    "y2-search": 15,
    "term": 60,
}


class Notice:
    """The file that is loaded again each time a date has moved."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{SLUG}.yaml"
        self._yaml = YAML()
        self._document = self._yaml.load(SOURCE)
        self._document["campaign"]["slug"] = SLUG
        self._document["campaign"]["title"] = {"fr": "Admissions, parcours complet", "en": "Admissions, whole journey"}
        today = self._now().date()
        self._document["campaign"]["session"] = today.year
        self._document["campaign"]["academic_year"] = [today - timedelta(days=200), today + timedelta(days=160)]
        for key, days in DAYS.items():
            self.sets(key, *(self._in(count) for count in (days if isinstance(days, tuple) else (days,))))

    def sets(self, key: str, *moments: datetime) -> None:
        milestone = self._document["calendar"][key]
        for name in ("on", "from", "until"):
            milestone.pop(name, None)
        names = {"deadline": ("until",)}.get(key, ("on",) if len(moments) == 1 else ("from", "until"))
        milestone.update(dict(zip(names, moments, strict=True)))

    def comes(self, key: str) -> None:
        """The moment is now."""
        self.sets(key, self._now())

    def opens_soon(self, key: str) -> datetime:
        """A window that begins in two minutes; the moment in it that one may choose."""
        start = self._now() + timedelta(minutes=2)
        self.sets(key, start, start + timedelta(days=4))
        return start + timedelta(days=1)

    def is_over(self, key: str, *, since: timedelta) -> None:
        """The window closed a second ago."""
        now = self._now()
        self.sets(key, now - since, now - timedelta(seconds=1))

    def write(self) -> Path:
        with self.path.open("w", encoding="utf-8") as file:
            self._yaml.dump(self._document, file)
        return self.path

    def _now(self) -> datetime:
        return datetime.now(PARIS).replace(microsecond=0, tzinfo=None)

    def _in(self, days: int) -> datetime:
        return self._now() + timedelta(days=days)
