"""The beginning and the end of the search for a company, told to each candidate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from admissions.dossier.mails import SAMPLE_PROGRAMMES, about, sample_about
from admissions.models import Candidacy
from admissions.places.mails import (
    SearcherMail,
    about_candidacy,
    sample_about_candidacy,
    searcher,
)
from admissions.places.selectors.checklist import search_ends
from admissions.places.selectors.pools import PoolCount
from campaigns.vocabulary import AdmissionWay
from notifications.mails import SAMPLE_AT, Context


def _candidacies(batch: Sequence[SearcherMail]) -> dict[str, Candidacy]:
    related = ("application__campaign", "programme")
    rows = Candidacy.objects.select_related(*related)
    return {row.ref: row for row in rows.filter(ref__in={mail.candidacy for mail in batch})}


@dataclass(frozen=True, kw_only=True)
class PlacesMail(SearcherMail):
    """The places left for the programmes of a dossier: for the first candidacy, then for the others."""

    left: int
    capacity: int
    others: Sequence[Mapping[str, Any]] | None
    at: datetime

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        refs = [line["candidacy"] for mail in batch for line in mail.lines]
        related = ("application__campaign", "programme")
        rows = Candidacy.objects.select_related(*related).filter(ref__in=refs)
        candidacies = {row.ref: row for row in rows}
        ends = search_ends(candidacies.values())
        return [mail.facts(candidacies, ends) for mail in batch]

    @property
    def lines(self) -> Sequence[Mapping[str, Any]]:
        first = {"candidacy": self.candidacy, "left": self.left, "capacity": self.capacity}
        return [first, *(self.others or ())]

    def facts(self, candidacies: Mapping[str, Candidacy], ends: Mapping[int, date]) -> Context:
        programmes = [
            {
                **line,
                "code": candidacies[line["candidacy"]].programme.code,
                "title": candidacies[line["candidacy"]].programme.title,
            }
            for line in self.lines
        ]
        own = candidacies[self.candidacy]
        return {
            **about(own.application, programmes),
            "at": self.at,
            "search_ends": ends.get(own.pk),
        }

    @classmethod
    def sample(cls) -> Context:
        one, two = SAMPLE_PROGRAMMES
        programmes = [{**one, "left": 12, "capacity": 28}, {**two, "left": 0, "capacity": 40}]
        return {**sample_about(programmes), "at": SAMPLE_AT, "search_ends": None}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        one = [{**SAMPLE_PROGRAMMES[0], "left": 12, "capacity": 28}]
        last_day = (SAMPLE_AT + timedelta(days=150)).date()
        return [cls.sample(), {**cls.sample(), **sample_about(one), "search_ends": last_day}]


@dataclass(frozen=True, kw_only=True)
class SearchOpenMail(PlacesMail):
    """Once for each candidacy: a letter is about all those of a dossier that are told together."""

    name = "apprenticeship.search_open"
    label = _("Start of the search")
    when = _("A date of the calendar opens the search for a company to those selected.")

    @classmethod
    def of(cls, rows: Sequence[Candidacy], counts: Mapping[int, PoolCount], now: datetime) -> Self:
        return cls(**_places(rows, counts), at=now)


@dataclass(frozen=True, kw_only=True)
class PlacesLeftMail(PlacesMail):
    """Once for each day of the rhythm."""

    name = "apprenticeship.places_left"
    label = _("Places left, to those who search")
    when = _(
        "A day of the rhythm at which the campaign tells the places left, if their number has changed."
    )

    day: date

    @property
    def key(self) -> str:
        return f"{super().key}:{self.day}"

    @classmethod
    def of(
        cls, day: date, rows: Sequence[Candidacy], counts: Mapping[int, PoolCount], now: datetime
    ) -> Self:
        return cls(**_places(rows, counts), at=now, day=day)


def by_letter(rows: Sequence[Candidacy]) -> list[list[Candidacy]]:
    """Candidacies, those of a dossier together: one letter for each school that writes to it."""
    letters: dict[tuple[int, int], list[Candidacy]] = {}
    for row in rows:
        letters.setdefault((row.application_id, row.programme.school_id), []).append(row)
    return list(letters.values())


def _places(rows: Sequence[Candidacy], counts: Mapping[int, PoolCount]) -> dict[str, Any]:
    """What a letter keeps of them, and whose it is."""
    first, *others = [
        {
            "candidacy": row.ref,
            "left": counts[row.programme_id].left,
            "capacity": counts[row.programme_id].capacity,
        }
        for row in rows
    ]
    return {"recipient": searcher(rows[0]), **first, "others": others or None}


@dataclass(frozen=True, kw_only=True)
class SearchClosedMail(SearcherMail):
    name = "apprenticeship.search_closed"
    label = _("End of the search")
    when = _("A date of the calendar closes the list, and the candidate holds no place.")

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        candidacies = _candidacies(batch)
        return [about_candidacy(candidacies[mail.candidacy]) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return sample_about_candidacy()

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [cls.sample(), {**cls.sample(), "way": AdmissionWay.AGREEMENT}]
