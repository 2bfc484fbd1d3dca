"""The hour of a test, told to who is called to it; and what every mail about one candidacy needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from django.utils.translation import gettext_lazy as _

from admissions.dossier.mails import (
    SAMPLE_PROGRAMMES,
    DossierMail,
    about,
    candidate,
    sample_about,
)
from admissions.models import Candidacy
from admissions.models.sealed import Sitting
from admissions.sittings.selectors import SAMPLE_CALL, Call, calls
from admissions.states import SittingAction
from notifications.mails import SAMPLE_AT, Context, number_of
from notifications.queue import enqueue
from notifications.states import Priority

Called = Mapping[int, Sequence[Call]]


@dataclass(frozen=True, kw_only=True)
class CandidacyMail(DossierMail):
    """About one programme of a dossier; thousands leave at once."""

    priority = Priority.MASS

    candidacy: str


@dataclass(frozen=True, kw_only=True)
class SittingTimeMail(CandidacyMail):
    """With the hour as it stands when the mail is written: a mail each time that it is set, in their order."""

    name = "admissions.sitting_time"
    label = _("Hour of a test")
    when = _("The hour of a test is set, changed or booked.")

    sitting: str
    number: int | None

    @property
    def key(self) -> str:
        return f"time:{self.sitting}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        candidacies, called = called_candidacies(batch)
        return [_time(candidacies[mail.candidacy], mail.sitting, called) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about_candidacy(), "call": SAMPLE_CALL}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        by_day = replace(SAMPLE_CALL, booked_day=SAMPLE_AT, starts_at=None, place="")
        return [cls.sample(), {**cls.sample(), "call": by_day}]


def tell_time(sitting: Sitting, *, now: datetime) -> None:
    candidacy = sitting.candidacy
    mail = SittingTimeMail(
        recipient=candidate(candidacy.application),
        application=candidacy.application.ref,
        candidacy=candidacy.ref,
        sitting=sitting.ref,
        number=number_of(sitting, "set_time", SittingAction.BOOK),
    )
    enqueue([mail], now=now)


def _time(candidacy: Candidacy, sitting: str, called: Called) -> Context:
    call = next(call for call in called[candidacy.pk] if call.ref == sitting)
    return {**about_candidacy(candidacy), "call": call}


def called_candidacies(batch: Sequence[CandidacyMail]) -> tuple[Mapping[str, Candidacy], Called]:
    related = (
        "application__campaign__organiser",
        "application__person",
        "programme__school",
        "programme__selection",
    )
    rows = Candidacy.objects.select_related(*related).filter(
        ref__in={mail.candidacy for mail in batch}
    )
    candidacies = {row.ref: row for row in rows}
    return candidacies, calls([row.pk for row in candidacies.values()])


def about_candidacy(candidacy: Candidacy) -> Context:
    programme = {"code": candidacy.programme.code, "title": candidacy.programme.title}
    return {**about(candidacy.application, [programme]), "programme": candidacy.programme.title}


def sample_about_candidacy() -> Context:
    [programme] = SAMPLE_PROGRAMMES[:1]
    return {**sample_about([programme]), "programme": programme["title"]}
