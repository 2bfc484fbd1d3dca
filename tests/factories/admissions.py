"""Dossiers at every state, each reached by the services. Session 2022 of Alès, in its own time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile

from accounts.enums import Role
from accounts.models import School, User
from admissions.checking.services import (
    accept_document,
    ask_pieces,
    declare_complete,
    record_payment,
    refuse_document,
)
from admissions.dossier.rules import PieceStatus
from admissions.dossier.selectors.dossiers import get_dossier, submission_of
from admissions.dossier.selectors.read_model import PieceRow
from admissions.dossier.services import drafts, endings, pieces, submission
from admissions.models import Application, Submission
from campaigns.models import Campaign
from campaigns.vocabulary import Needed
from tests.factories import accounts, files
from tests.factories.campaigns import ales_2022
from tests.factories.memory import remembered

PARIS = ZoneInfo("Europe/Paris")
SLUG = "ales-2022"
STARTED = datetime(2022, 2, 10, 18, 30, tzinfo=PARIS)
SUBMITTED = datetime(2022, 2, 20, 21, 4, 35, tzinfo=PARIS)
LAST_SECOND = datetime(2022, 3, 8, 23, 59, 59, tzinfo=PARIS)
CHECKED = LAST_SECOND + timedelta(days=2)
DUE = date(2022, 3, 18)
ENDED = LAST_SECOND + timedelta(days=3)
TITLE = drafts.TitleInput(
    diploma_code="DUT-GCCD",
    institution="IUT de Nîmes",
    status="expected",
    on=date(2022, 6, 30),
    ects=120,
)
PROGRAMMES = ("BAT-1", "MKX-1")


def campaign() -> Campaign:
    return Campaign.objects.filter(slug=SLUG).first() or ales_2022()


def started(*, user: User | None = None, **identity: Any) -> Application:
    """A dossier of someone who said who they are, and nothing else; French unless told, so that no visa is asked."""
    campaign()
    actor = user or accounts.candidate(**{"nationality": "FR"} | identity)
    return drafts.start_application(campaign_slug=SLUG, actor=actor, now=STARTED)


def filled(**changes: Any) -> Application:
    """A draft that only lacks its pieces."""
    return _kept("filled", lambda: _filled(**changes), **changes)


def _filled(
    *,
    user: User | None = None,
    programmes: tuple[str, ...] = PROGRAMMES,
    grant_holder: bool = False,
    title: drafts.TitleInput = TITLE,
    **identity: Any,
) -> Application:
    application = started(user=user, **identity)
    by = whose(application)
    drafts.save_studies(baccalaureate="STI2D", baccalaureate_year=2019, now=STARTED, **by)
    drafts.add_title(title=title, now=STARTED, **by)
    drafts.choose_programmes(codes=programmes, now=STARTED, **by)
    drafts.declare_grant_holder(grant_holder=grant_holder, now=STARTED, **by)
    return reread(application)


def complete(**changes: Any) -> Application:
    """A draft that may be submitted."""
    return _kept("complete", lambda: _complete(**changes), **changes)


def submitted(*, received_at: datetime = SUBMITTED, **changes: Any) -> Application:
    return _kept(
        "submitted",
        lambda: submit(_complete(**changes), received_at),
        received_at=received_at,
        **changes,
    )


def _complete(**changes: Any) -> Application:
    application = _filled(**changes)
    give_all(application)
    return reread(application)


def _kept(state: str, make: Callable[[], Application], **changes: Any) -> Application:
    """Of someone new, the rows of a dossier depend on the notice and on what is said of them, and on nothing else."""
    if "user" in changes:
        return make()
    notice = (
        Campaign.objects.filter(pk=campaign().pk).values_list(),
        School.objects.order_by("pk").values_list(),
    )
    key = (state, repr([list(rows) for rows in notice]), repr(sorted(changes.items())))
    return reread(Application(pk=remembered(key, Application, lambda: make().pk)))


def checked(application: Application, now: datetime = CHECKED) -> Application:
    """Every piece given is accepted, and the fees are received."""
    by = {"ref": application.ref, "actor": clerk_of(application), "now": now}
    for document in application.documents.filter(state="given"):
        accept_document(document_ref=document.ref, **by)
    balance = get_dossier(ref=application.ref, now=now).fees.balance
    if balance > 0:
        record_payment(cents=balance, note="Virement", **by)
    return reread(application)


def handed_over(
    *, received_at: datetime = SUBMITTED, now: datetime = CHECKED, **changes: Any
) -> Application:
    """A complete dossier: its candidacies are in selection, at the first stage."""
    application = checked(submitted(received_at=received_at, **changes), now)
    declare_complete(ref=application.ref, actor=clerk_of(application), now=now)
    return reread(application)


def asked(
    *, keys: tuple[str, ...] = ("photo",), now: datetime = CHECKED, **changes: Any
) -> Application:
    """A dossier whose pieces of these keys were refused, then asked for again."""
    application = submitted(**changes)
    by = {"ref": application.ref, "actor": clerk_of(application), "now": now}
    for document in application.documents.filter(requirement__key__in=keys):
        refuse_document(document_ref=document.ref, reason="Illisible.", **by)
    ask_pieces(until=DUE, **by)
    return reread(application)


def clerk_of(application: Application) -> User:
    """Someone of the central service that handles it, always the same one."""
    grants = {"grants__role": Role.CLERK, "grants__school": application.campaign.organiser}
    return User.objects.filter(**grants).first() or accounts.clerk(application.campaign.organiser)


def withdrawn(**changes: Any) -> Application:
    application = submitted(**changes)
    return endings.withdraw_application(now=SUBMITTED + timedelta(days=1), **whose(application))


def refused(*, reason: str = "Relevé de notes illisible.", **changes: Any) -> Application:
    application = submitted(**changes)
    clerk = accounts.clerk(application.campaign.organiser)
    return endings.refuse_application(ref=application.ref, actor=clerk, reason=reason, now=ENDED)


def lapsed(**changes: Any) -> Application:
    application = filled(**changes)
    endings.lapse_drafts(ENDED)
    return reread(application)


def submit(application: Application, received_at: datetime = SUBMITTED) -> Application:
    shown = get_dossier(ref=application.ref, now=received_at)
    return submission.submit_application(
        accepted_version=shown.current_version,
        agreed=shown.filmed,
        received_at=received_at,
        **whose(application),
    )


def give_all(application: Application, now: datetime = STARTED) -> None:
    """Every piece that the submission needs and that is not there yet."""
    for piece in get_dossier(ref=application.ref, now=now).pieces:
        if piece.needed is Needed.SUBMISSION and piece.status is not PieceStatus.GIVEN:
            give(application, piece, now=now)


def give(
    application: Application, piece: PieceRow, *uploads: UploadedFile, now: datetime = STARTED
) -> None:
    pieces.give_document(
        requirement_key=piece.key,
        subject_key=piece.subject_key,
        uploads=uploads or [believable(piece)],
        now=now,
        **whose(application),
    )


def believable(piece: PieceRow) -> UploadedFile:
    if "pdf" in piece.formats:
        return files.upload(files.pdf(piece.key), f"{piece.key}.pdf")
    return files.upload(files.jpeg(), f"{piece.key}.jpg")


def piece_of(application: Application, key: str, now: datetime = STARTED) -> PieceRow:
    return next(
        piece for piece in get_dossier(ref=application.ref, now=now).pieces if piece.key == key
    )


def whose(application: Application) -> dict[str, Any]:
    """The first arguments of every command of a candidate."""
    return {"ref": application.ref, "actor": application.person.user}


def last_submission(application: Application) -> Submission:
    row = submission_of(reread(application))
    assert row, "it was submitted"
    return row


def reread(application: Application) -> Application:
    return Application.objects.select_related("campaign__organiser", "person__user").get(
        pk=application.pk
    )
