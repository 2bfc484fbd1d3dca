"""The beginning and the end of the search for a company, told to each candidate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils.translation import gettext_lazy as _

from admissions.models import Candidacy
from admissions.places.mails import SearcherMail, about_candidacy, sample_about_candidacy
from campaigns.vocabulary import AdmissionWay
from notifications.mails import SAMPLE_AT, Context


def _candidacies(batch: Sequence[SearcherMail]) -> dict[str, Candidacy]:
    related = ("application__campaign", "programme")
    rows = Candidacy.objects.select_related(*related)
    return {row.ref: row for row in rows.filter(ref__in={mail.candidacy for mail in batch})}


@dataclass(frozen=True, kw_only=True)
class SearchOpenMail(SearcherMail):
    """Once for each date that opens the search; its key begins as `key_prefix` says."""

    name = "apprenticeship.search_open"
    label = _("Start of the search")
    when = _("A date of the calendar opens the search for a company to those selected.")

    left: int
    capacity: int
    at: datetime
    milestone: int | None

    @classmethod
    def key_prefix(cls, milestone_id: int | None) -> str:
        return f"{cls.name}:{milestone_id}:"

    @property
    def key(self) -> str:
        return f"{self.key_prefix(self.milestone)}{self.candidacy}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        candidacies = _candidacies(batch)
        return [
            {
                **about_candidacy(candidacies[mail.candidacy]),
                "left": mail.left,
                "capacity": mail.capacity,
                "at": mail.at,
            }
            for mail in batch
        ]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about_candidacy(), "left": 12, "capacity": 28, "at": SAMPLE_AT}


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
