"""Dossiers begun, submitted, withdrawn, drafts that lapse; and the pieces given after the submission."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from admissions.dossier.selectors.dossiers import get_dossier
from admissions.dossier.services.endings import AFTER_DEADLINE, lapse_drafts, withdraw_application
from admissions.dossier.services.pieces import give_document
from admissions.dossier.services.submission import submit_application
from admissions.models import Application, Document
from admissions.states import ApplicationState
from rehearsal.campaign.acts import entering
from rehearsal.campaign.crowd import Crowd, Paper
from rehearsal.campaign.season import Season
from rehearsal.people.candidates import Candidate
from rehearsal.people.drawing import Sheet

JUST_AFTER = timedelta(minutes=1)
ENDED = [ApplicationState.REFUSED, ApplicationState.WITHDRAWN]


def plan(season: Season, people: Sequence[Candidate], paper: Paper) -> None:
    crowd = Crowd(season.campaign, season.notice, paper)
    by_day: dict[date, list[Candidate]] = defaultdict(list)
    for who in people:
        if who.on_paper:
            entering.plan(season, crowd, who)
        else:
            by_day[who.starts_at.date()].append(who)
    for group in by_day.values():
        first = min(who.starts_at for who in group)
        season.agenda.plan(
            first, "start", "Applications begun", partial(_start, season, crowd, group)
        )
    after = season.notice.last_second + AFTER_DEADLINE + JUST_AFTER
    season.agenda.plan(after, "lapse", "Drafts that lapse", partial(_lapse, season))


def _start(season: Season, crowd: Crowd, group: Sequence[Candidate], _: datetime) -> int:
    """Begin the dossiers of one day; each plans what comes of it."""
    for who, dossier in zip(group, crowd.start(group), strict=True):
        if who.submits_at:
            season.agenda.plan(
                who.submits_at,
                "submit",
                "Applications submitted",
                partial(_submit, season, dossier),
            )
        if who.withdraws_at:
            season.agenda.plan(
                who.withdraws_at, "withdraw", "Applications withdrawn", partial(_withdraw, dossier)
            )
    return len(group)


def _submit(season: Season, dossier: Application, at: datetime) -> int:
    version = season.campaign.current_version
    user = dossier.person.user
    assert version
    assert user
    submit_application(
        ref=dossier.ref,
        actor=user,
        accepted_version=version.number,
        agreed=get_dossier(ref=dossier.ref, now=at).filmed.keys(),
        received_at=at,
    )
    return 1


def _withdraw(dossier: Application, at: datetime) -> int:
    user = dossier.person.user
    assert user
    if Application.objects.filter(pk=dossier.pk, state__in=ENDED).exists():
        return 0
    withdraw_application(ref=dossier.ref, actor=user, now=at)
    return 1


def _lapse(season: Season, at: datetime) -> int:
    drafts = Application.objects.filter(
        campaign=season.campaign, state=ApplicationState.DRAFT
    ).count()
    lapse_drafts(at)
    return drafts


def give_again(dossier: Application, document: Document, at: datetime) -> None:
    """Put a readable file in the place of what was given."""
    user = dossier.person.user
    assert user
    give_document(
        ref=dossier.ref,
        actor=user,
        requirement_key=document.requirement.key,
        subject_key=document.subject_key,
        uploads=[_upload(document)],
        replace=document.files.exists(),
        now=at,
    )


def _upload(document: Document) -> SimpleUploadedFile:
    if "pdf" in document.requirement.formats:
        return SimpleUploadedFile("piece.pdf", _sheet())
    return SimpleUploadedFile("piece.jpg", _picture())


@cache
def _sheet() -> bytes:
    sheet = Sheet()
    sheet.words("Pièce inventée")
    return sheet.pdf()


@cache
def _picture() -> bytes:
    with BytesIO() as out:
        Image.new("RGB", (120, 160), "#8aa").save(out, "JPEG")
        return out.getvalue()
