"""What candidates are told of their place and of the supplementary list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.utils.translation import gettext_lazy as _

from admissions.dossier.mails import (
    SAMPLE_PROGRAMMES,
    about,
    candidate,
    sample_about,
)
from admissions.models import Candidacy, Seat, SupplementaryEntry
from admissions.places.rules import Leaving
from admissions.places.selectors.pools import day_in, day_of_candidacy
from campaigns.vocabulary import AdmissionWay
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient, in_row, number_of
from notifications.queue import enqueue
from notifications.states import Audience


@dataclass(frozen=True, kw_only=True)
class SearcherMail(Mail):
    """To someone who searches for a company, about one programme; it leaves from the programme's school."""

    audience = Audience.CANDIDATE

    candidacy: str

    @property
    def key(self) -> str:
        return f"{self.name}:{self.candidacy}"


def searcher(candidacy: Candidacy) -> Recipient:
    """Whose candidacy it is, written to by the school of its programme."""
    return candidate(candidacy.application, candidacy.programme.school_id)


def about_candidacy(candidacy: Candidacy) -> Context:
    """What every such mail says: the dossier, its campaign, the programme."""
    programme = candidacy.programme
    return {
        **about(candidacy.application, ()),
        "programme": programme.title,
        "way": programme.admission,
    }


def sample_about_candidacy() -> Context:
    return {
        **sample_about(()),
        "programme": SAMPLE_PROGRAMMES[0]["title"],
        "way": AdmissionWay.CONTRACT,
    }


@dataclass(frozen=True, kw_only=True)
class SeatMail(Mail):
    audience = Audience.CANDIDATE

    seat: str

    @property
    def key(self) -> str:
        return f"{self.name}:{self.seat}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        related = (
            "application__campaign",
            "candidacy__programme",
            "company",
        )
        entry = "candidacy__supplementary_entry"
        rows = Seat.objects.select_related(*related, entry).filter(
            ref__in={mail.seat for mail in batch}
        )
        seats = {row.ref: row for row in rows}
        return [_place_facts(seats[mail.seat]) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_about_candidacy(),
            "company": "Entreprise d’exemple",
            "held_at": SAMPLE_AT,
            "released_at": SAMPLE_AT + timedelta(days=20),
            "reason": "Le contrat n’a pas été signé dans le délai convenu.",
            "may_search": True,
        }


@dataclass(frozen=True, kw_only=True)
class PlaceHeldMail(SeatMail):
    name = "admissions.place_held"
    label = _("Place held")
    when = _("A place becomes free for a candidacy that waited in the queue.")

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [cls.sample(), {**cls.sample(), "way": AdmissionWay.AGREEMENT}]


@dataclass(frozen=True, kw_only=True)
class PlaceLostMail(SeatMail):
    name = "admissions.place_lost"
    label = _("Place lost")
    when = _("The company office gives back the place of a candidate, with its reason.")

    @classmethod
    def samples(cls) -> Sequence[Context]:
        agreed = {**cls.sample(), "way": AdmissionWay.AGREEMENT}
        return [cls.sample(), {**cls.sample(), "may_search": False}, agreed]


@dataclass(frozen=True, kw_only=True)
class EmployerAgreementMail(SeatMail):
    name = "admissions.agreement_recorded"
    label = _("Employer’s agreement recorded")
    when = _("The company office records that an employer agrees, where the admission rests on it.")

    @classmethod
    def sample(cls) -> Context:
        return {**super().sample(), "place": 3, "way": AdmissionWay.AGREEMENT}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [cls.sample(), {**cls.sample(), "place": None}]


def tell_agreed(seat: Seat, now: datetime) -> None:
    """What an employer's agreement gives: a place, or a rank."""
    enqueue(_of_seats(EmployerAgreementMail, [seat]), now=now)


def tell_held(seats: Sequence[Seat], now: datetime) -> None:
    """A place became free for those who waited."""
    enqueue(_of_seats(PlaceHeldMail, seats), now=now)


def tell_released(seat: Seat, now: datetime) -> None:
    """The place was given back, for the reason that its row says."""
    enqueue(_of_seats(PlaceLostMail, [seat]), now=now)


def _of_seats(mail: type[SeatMail], seats: Iterable[Seat]) -> list[SeatMail]:
    return [mail(recipient=candidate(seat.application), seat=seat.ref) for seat in seats]


def _place_facts(seat: Seat) -> Context:
    return {
        **_about_seat(seat),
        "company": str(seat.company or ""),
        "place": seat.place_no,
        "held_at": seat.held_at,
        "released_at": seat.released_at,
        "reason": seat.released_why,
        "may_search": not _list_is_over(seat),
    }


def _about_seat(seat: Seat) -> Context:
    programme = seat.candidacy.programme
    return {
        **about(seat.application, ()),
        "programme": programme.title,
        "way": programme.admission,
    }


def _list_is_over(seat: Seat) -> bool:
    """Whether the place of a trainee was given back after the last day to sign (R-JOB-6)."""
    entry: SupplementaryEntry | None = getattr(seat.candidacy, "supplementary_entry", None)
    if entry is None or seat.released_at is None:
        return False
    return day_in(seat.application.campaign, seat.released_at) > entry.until


@dataclass(frozen=True, kw_only=True)
class TraineeListedMail(SearcherMail):
    name = "admissions.trainee_listed"
    label = _("Supplementary list")
    when = _("The company office draws up the supplementary list, with this candidate on it.")

    starts_on: date

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        entries = _entries(batch)
        return [_listed(entries[mail.candidacy], mail.starts_on) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_about_candidacy(),
            "rank": 2,
            "until": date(2027, 12, 5),
            "starts_on": date(2027, 9, 6),
            "has_begun": False,
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [cls.sample(), {**cls.sample(), "has_begun": True}]


def tell_listed(entries: Sequence[SupplementaryEntry], starts_on: date, now: datetime) -> None:
    mails = [
        TraineeListedMail(
            recipient=searcher(entry.candidacy), candidacy=entry.candidacy.ref, starts_on=starts_on
        )
        for entry in entries
    ]
    enqueue(mails, now=now)


def _listed(entry: SupplementaryEntry, starts_on: date) -> Context:
    return {
        **_about_trainee(entry),
        "rank": entry.rank,
        "starts_on": starts_on,
        "has_begun": starts_on < day_of_candidacy(entry.candidacy, entry.listed_at),
    }


@dataclass(frozen=True, kw_only=True)
class TraineeLeftMail(SearcherMail):
    name = "admissions.trainee_left"
    label = _("End of the supplementary list")
    when = _("A trainee leaves the supplementary list: no contract in time, or the group is full.")

    why: Leaving

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        entries = _entries(batch)
        return [{**_about_trainee(entries[mail.candidacy]), "why": mail.why} for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about_candidacy(), "until": date(2027, 12, 5), "why": Leaving.TIME}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [{**cls.sample(), "why": why} for why in Leaving]


def tell_left(entry: SupplementaryEntry, why: Leaving, now: datetime) -> None:
    mail = TraineeLeftMail(
        recipient=searcher(entry.candidacy), candidacy=entry.candidacy.ref, why=why
    )
    enqueue([mail], now=now)


def _entries(batch: Sequence[SearcherMail]) -> dict[str, SupplementaryEntry]:
    """By the reference of the candidacy."""
    related = (
        "candidacy__application__campaign",
        "candidacy__programme",
        "programme",
    )
    rows = SupplementaryEntry.objects.select_related(*related)
    wanted = rows.filter(candidacy__ref__in={mail.candidacy for mail in batch})
    return {row.candidacy.ref: row for row in wanted}


def _about_trainee(entry: SupplementaryEntry) -> Context:
    return {
        **about_candidacy(entry.candidacy),
        "programme": entry.programme.title,
        "until": entry.until,
    }


@dataclass(frozen=True, kw_only=True)
class TransferredMail(SearcherMail):
    """Once for each transfer of a candidacy."""

    name = "admissions.transferred"
    label = _("Candidacy transferred")
    when = _("The company office transfers a candidacy to another programme of the same places.")

    source: str = in_row("from")
    target: str = in_row("to")
    number: int | None

    @property
    def key(self) -> str:
        return f"{self.name}:{self.candidacy}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        related = ("application__campaign__organiser", "programme__campaign")
        rows = Candidacy.objects.select_related(*related).filter(
            ref__in={mail.candidacy for mail in batch}
        )
        rows = rows.prefetch_related("programme__campaign__programmes")
        candidacies = {row.ref: row for row in rows}
        return [_transfer_facts(candidacies[mail.candidacy], mail) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        source, target = SAMPLE_PROGRAMMES
        return {**sample_about(()), "source": source["title"], "target": target["title"]}


def tell_transferred(candidacy: Candidacy, *, source: str, target: str, now: datetime) -> None:
    mail = TransferredMail(
        recipient=searcher(candidacy),
        candidacy=candidacy.ref,
        source=source,
        target=target,
        number=number_of(candidacy, "transfer"),
    )
    enqueue([mail], now=now)


def _transfer_facts(candidacy: Candidacy, mail: TransferredMail) -> Context:
    titles = {row.code: row.title for row in candidacy.programme.campaign.programmes.all()}
    return {
        **about(candidacy.application, ()),
        "source": titles[mail.source],
        "target": titles[mail.target],
    }
