"""The letters of candidates, read: each day and amount in them is of the notice, or of their own dossier."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import DateField, Model

from accounts.models import SignedLink
from admissions.models import (
    Application,
    Candidacy,
    Document,
    EmployerAgreement,
    Seat,
    Submission,
    SupplementaryEntry,
)
from admissions.models.sealed import Sitting
from admissions.models.slots import Slot
from apprenticeship.models import Commitment, Contract, JobProject
from rehearsal.campaign.acts.checking import WAITS
from rehearsal.campaign.crowd import LATER
from rehearsal.campaign.season import Season
from rehearsal.figures import Figures, figures_given, figures_of
from rehearsal.stage import RecordingBackend

# Rows whose days a letter may say, with how each leads to its dossier.
DATED: tuple[tuple[type[Model], str], ...] = (
    (Application, "pk"),
    (Submission, "application"),
    (Candidacy, "application"),
    (Document, "application"),
    (Sitting, "candidacy__application"),
    (Seat, "application"),
    (SupplementaryEntry, "candidacy__application"),
    (EmployerAgreement, "candidacy__application"),
    (JobProject, "candidacy__application"),
    (Commitment, "application"),
    (Contract, "application"),
)


def figures_from_nowhere(season: Season) -> Iterator[str]:
    """Each day and amount of a letter to a candidate that neither the notice nor the dossier gives."""
    given, days = figures_given(season.notice), _days_of_dossiers(season)
    shared = _days_of_slots(season)
    for letter in RecordingBackend.letters:
        if letter.to in days:
            on = {_day(season, letter.at), _day(season, letter.at + WAITS)}
            its_own = days[letter.to] | shared | on
            said = figures_of(f"{letter.subject}\n{letter.text}")
            strange = said.but(given).but(Figures(frozenset(its_own), frozenset()))
            for found in (*strange.days, *strange.cents):
                yield f"{letter.to}, {letter.subject}: {found}"


def _days_of_dossiers(season: Season) -> dict[str, set[date]]:
    """What each candidate's dossier dates or once dated, by address, and until when their links are open."""
    dossiers = {row.pk: row for row in Application.objects.filter(campaign=season.campaign)}
    days = {
        row.email: {(row.started_at.astimezone(season.zone) + LATER).date()}
        for row in dossiers.values()
    }
    for model, path in DATED:
        for application, *moments in model._default_manager.values_list(path, *_dates(model)):  # noqa: SLF001
            if application in dossiers:
                days[dossiers[application].email] |= {_day(season, at) for at in moments if at}
    for email, at in SignedLink.objects.filter(email__in=days).values_list("email", "expires_at"):
        days[email].add(_day(season, at))
    return days


def _days_of_slots(season: Season) -> set[date]:
    """A time that was booked may be free again."""
    slots = Slot.objects.filter(assessment__stage__selection__campaign=season.campaign)
    return {_day(season, at) for at in slots.values_list("starts_at", flat=True)}


def _dates(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, DateField)]  # noqa: SLF001


def _day(season: Season, at: date) -> date:
    return at.astimezone(season.zone).date() if isinstance(at, datetime) else at
