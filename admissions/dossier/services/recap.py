"""The recap of a submission: a PDF of what was received, made from its row without the network, and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from admissions.dossier.rules import PieceStatus
from admissions.models import Submission
from campaigns.conditions.presentation import year_of_study
from campaigns.document.values import JURY
from campaigns.enums import LABELS
from campaigns.vocabulary import TitleStatus, VerdictKind
from common import jobs
from common.files.services import keep_made
from common.formats import localized
from common.pdf import MEDIA_TYPE, pdf_of

KIND = "admissions.recap"
Record = Mapping[str, Any]
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
    received_at: datetime  # the dossier, which what was added later does not move
    last: Submission
    submissions: Sequence[Submission]  # up to that one
    pieces: Sequence[Record]

    @property
    def kept_cents(self) -> int:
        """What stays due of an earlier submission above today's price: fees are not refunded (R-APP-2)."""
        owed: int = self.last.receipt["owed"]
        priced: int = sum(line["cents"] for line in self.record["fees"])
        return owed - priced


def order(submission: Submission, now: datetime) -> None:
    """Have its recap made, in the caller's transaction."""
    ref, number = submission.application.ref, str(submission.number)
    ids = {"application": ref, "submission": number}
    jobs.schedule(kind=KIND, key=f"recap:{ref}:{number}", ids=ids, run_at=now)


def make(ids: Mapping[str, str], now: datetime) -> None:
    """Make and keep the recap, unless it is made."""
    rows = Submission.objects.select_related("application__campaign", "application__person__user")
    submission = rows.get(application__ref=ids["application"], number=ids["submission"])
    if submission.recap_id is None:
        _keep(submission, printed(submission), now)


def printed(submission: Submission) -> bytes:
    """The recap of what was submitted, whose content is kept."""
    return pdf_of(html_of(submission))


def file_name(submission: Submission) -> str:
    application = submission.application
    return f"{application.campaign.slug}-{application.ref}-{submission.number}.pdf"


def html_of(submission: Submission) -> str:
    user = submission.application.person.user
    language = user.language if user else settings.LANGUAGE_CODE
    with translation.override(language):
        return render_to_string(
            "admissions/dossier/recap/recap.html", {"recap": _recap(submission)}
        )


def _keep(submission: Submission, content: bytes, now: datetime) -> None:
    """Keep what was printed, unless another worker was quicker."""
    with transaction.atomic():
        row = (
            Submission.objects.select_for_update(of=("self",))
            .defer("content")
            .get(pk=submission.pk)
        )
        if row.recap_id is None:
            name = file_name(submission)
            row.recap = keep_made(
                content=content, name=name, media_type=MEDIA_TYPE, purpose="recap", now=now
            )
            row.save(update_fields=["recap"])


def _recap(submission: Submission) -> Recap:
    assert submission.content, "what kept nothing is not printed"
    record: Record = submission.content
    so_far = submission.application.submissions.filter(number__lte=submission.number)
    return Recap(
        ref=submission.application.ref,
        record=record,
        person=_person(record["person"]),
        titles=[_title(title) for title in record["titles"]],
        programmes=[{**each, "verdict": _verdict(each)} for each in record["programmes"]],
        received_at=datetime.fromisoformat(record["received_at"]),
        last=submission,
        submissions=list(so_far.defer("content")),
        pieces=[_piece(piece) for piece in record["pieces"]],
    )


def _verdict(programme: Record) -> str:
    if programme["verdict"] == VerdictKind.ELIGIBLE:
        return gettext("entry conditions met")
    body = localized(programme.get("body") or JURY)
    return gettext("judged by %(body)s") % {"body": body}


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
        "year": year_of_study(record["year"]) if record.get("year") else "",
        "country": countries.name(record["country"]),
        "on": _day(record["on"]),
    }


def _piece(record: Record) -> Record:
    return {**record, "status": PIECES[record["status"]], "due_on": _day(record["due_on"])}


def _day(recorded: str | None) -> date | None:
    return date.fromisoformat(recorded) if recorded else None
