"""The recap of a dossier: a PDF of what was submitted, made from its record without the network, and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from admissions.dossier.rules import PieceStatus
from admissions.dossier.services.locking import lock_dossier
from admissions.models import Application
from campaigns.enums import LABELS
from campaigns.vocabulary import TitleStatus, VerdictKind
from common import jobs
from common.files.services import keep_made
from common.pdf import MEDIA_TYPE, pdf_of

KIND = "admissions.recap"
Record = Mapping[str, Any]
VERDICTS = {
    VerdictKind.ELIGIBLE: _("entry conditions met"),
    VerdictKind.JURY: _("for the jury to judge"),
}
PIECES = {
    PieceStatus.GIVEN: _("supplied"),
    PieceStatus.AWAITED: _("to be supplied later"),
    PieceStatus.MISSING: _("not supplied"),
    PieceStatus.ACCEPTED: _("accepted"),
    PieceStatus.REFUSED: _("refused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    """What the page shows: the record, its dates as dates and its codes as words of the active language."""

    ref: str
    record: Record
    person: Record
    titles: Sequence[Record]
    programmes: Sequence[Record]
    received_at: datetime
    submissions: Sequence[Record]
    pieces: Sequence[Record]

    @property
    def last(self) -> Record:
        return self.submissions[-1]

    @property
    def kept_cents(self) -> int:
        """What stays due of an earlier submission above today's price: fees are not refunded (R-APP-2)."""
        owed: int = self.last["owed"]
        priced: int = sum(line["cents"] for line in self.record["fees"])
        return owed - priced


def order(application: Application, now: datetime) -> None:
    """Have the recap of the last submission made, in the caller's transaction."""
    number = str(application.submissions)
    ids = {"application": application.ref, "submission": number}
    jobs.schedule(kind=KIND, key=f"recap:{application.ref}:{number}", ids=ids, run_at=now)


def make(ids: Mapping[str, str], now: datetime) -> None:
    """Make and keep the recap, unless it is made or a later submission has its own."""
    ref, number = ids["application"], int(ids["submission"])
    application = Application.objects.select_related("person__user").get(ref=ref)
    if not _is_wanted(application, number):
        return
    _keep(ref, number, printed(application), now)


def printed(application: Application) -> bytes:
    """The recap of a dossier that has been submitted."""
    return pdf_of(html_of(application))


def file_name(application: Application) -> str:
    return f"{application.campaign.slug}-{application.ref}.pdf"


def html_of(application: Application) -> str:
    user = application.person.user
    language = user.language if user else settings.LANGUAGE_CODE
    with translation.override(language):
        return render_to_string(
            "admissions/dossier/recap/recap.html", {"recap": _recap(application)}
        )


def _keep(ref: str, number: int, content: bytes, now: datetime) -> None:
    """Keep what was printed, unless another worker was quicker or there is a later submission by now."""
    with transaction.atomic():
        application = lock_dossier(ref)
        if not _is_wanted(application, number):
            return
        name = file_name(application)
        application.recap = keep_made(
            content=content, name=name, media_type=MEDIA_TYPE, purpose="recap", now=now
        )
        application.save(update_fields=["recap"])


def _is_wanted(application: Application, number: int) -> bool:
    return application.submissions == number and application.recap_id is None


def _recap(application: Application) -> Recap:
    record: Record = application.snapshot or {}
    return Recap(
        ref=application.ref,
        record=record,
        person=_person(record["person"]),
        titles=[_title(title) for title in record["titles"]],
        programmes=[
            {**each, "verdict": VERDICTS[each["verdict"]]} for each in record["programmes"]
        ],
        received_at=datetime.fromisoformat(
            record.get("received_at") or record["submissions"][-1]["received_at"]
        ),
        submissions=[
            {**each, "received_at": datetime.fromisoformat(each["received_at"])}
            for each in record["submissions"]
        ],
        pieces=[_piece(piece) for piece in record["pieces"]],
    )


def _person(record: Record) -> Record:
    return {
        **record,
        "born_on": _day(record["born_on"]),
        "nationality": countries.name(record["nationality"]),
        "country": countries.name(record["country"]),
    }


def _title(record: Record) -> Record:
    return {
        **record,
        "status": str(LABELS[TitleStatus][TitleStatus(record["status"])]),
        "country": countries.name(record["country"]),
        "on": _day(record["on"]),
    }


def _piece(record: Record) -> Record:
    return {**record, "status": PIECES[record["status"]], "due_on": _day(record["due_on"])}


def _day(recorded: str | None) -> date | None:
    return date.fromisoformat(recorded) if recorded else None
