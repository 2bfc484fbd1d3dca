"""What a candidate is told of a dossier by e-mail: written in the transaction of the fact, made from its record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from admissions.enums import SubmissionKind
from admissions.models import Application, Candidacy, Submission
from admissions.states import CandidacyAction
from campaigns.document.schema import CampaignDocument
from campaigns.notice.selectors import notice
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient, number_of
from notifications.queue import enqueue
from notifications.states import Audience

MAX_SUBJECT = 120
Codes = tuple[str, ...]


def candidate(application: Application, school_id: int | None = None) -> Recipient:
    """Whose dossier it is, at the address of the dossier. The mail leaves from the organiser, or from a school."""
    user = application.person.user
    return Recipient(
        address=application.email,
        language=user.language if user else settings.LANGUAGE_CODE,
        school_id=school_id or application.campaign.organiser_id,
        about=application.ref,
    )


def codes_of(candidacies: Iterable[Candidacy]) -> Codes:
    return tuple(candidacy.programme.code for candidacy in candidacies)


@dataclass(frozen=True, kw_only=True)
class DossierMail(Mail):
    audience = Audience.CANDIDATE

    application: str


def applications_of(batch: Sequence[DossierMail]) -> dict[str, Application]:
    related = ("campaign__organiser", "accepted_notice", "person")
    rows = Application.objects.select_related(*related)
    return {row.ref: row for row in rows.filter(ref__in={mail.application for mail in batch})}


def bound_notice(application: Application) -> CampaignDocument:
    """The notice that was accepted with what was submitted."""
    assert application.accepted_notice_id, "what is submitted accepts a notice"
    return notice(application.accepted_notice_id)


def named(application: Application, codes: Codes) -> list[Context]:
    version = application.accepted_notice
    titles = {row.code: row.title for row in notice(version.pk).programmes} if version else {}
    return [{"code": code, "title": titles.get(code, {"fr": code})} for code in codes]


def about(application: Application, programmes: Sequence[Context]) -> Context:
    return {
        "ref": application.ref,
        "name": application.full_name,
        "campaign": application.campaign.title,
        "zone": application.campaign.zone,
        "programmes": programmes,
        "names": _names(programmes),
        "contact": application.contact,
        "reply_to": application.contact["email"],
        "unclaimed": application.is_unclaimed,
    }


def _names(programmes: Sequence[Context]) -> dict[str, str]:
    """For a subject line: the titles, or the codes when these would not fit."""
    codes = ", ".join(str(programme["code"]) for programme in programmes)
    titles: list[Any] = [programme["title"] for programme in programmes]
    named = {
        language: ", ".join(title.get(language) or title["fr"] for title in titles)
        for language in ("fr", "en")
    }
    return {
        language: words if len(words) <= MAX_SUBJECT else codes for language, words in named.items()
    }


# Invented, for the samples: what `about` says of a dossier.
SAMPLE_PROGRAMMES: Sequence[Context] = (
    {"code": "INF", "title": {"fr": "Informatique et réseaux", "en": "Computing and networks"}},
    {"code": "MEC", "title": {"fr": "Mécatronique", "en": "Mechatronics"}},
)


def sample_about(programmes: Sequence[Context] = SAMPLE_PROGRAMMES) -> Context:
    contact = {
        "service": {"fr": "Service des admissions", "en": "Admissions office"},
        "address": ["École d’exemple", "1 rue de l’Exemple", "00000 Exempleville"],
        "email": "admissions@ecole.example",
        "phone": "00 00 00 00 00",
        "hours": {"fr": "du lundi au vendredi, de 9 h à 12 h", "en": "Monday to Friday, 9 to 12"},
    }
    return {
        "ref": "EXEMPLE",
        "name": "Camille Exemple",
        "campaign": {"fr": "Recrutement (exemple)", "en": "Recruitment (sample)"},
        "zone": "Europe/Paris",
        "programmes": programmes,
        "names": _names(programmes),
        "contact": contact,
        "reply_to": contact["email"],
        "unclaimed": False,
    }


@dataclass(frozen=True, kw_only=True)
class DraftReminderMail(DossierMail):
    """With the deadline as it stands when the mail is written."""

    name = "admissions.draft_reminder"
    label = _("Reminder of a draft")
    when = _("A date of the calendar reminds those who have not submitted.")

    milestone: str | None
    revision: int | None

    @property
    def key(self) -> str:
        return f"reminder:{self.application}:{self.milestone}:{self.revision}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [_reminder(applications[mail.application]) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(()), "deadline": SAMPLE_AT}


def reminders(
    drafts: Iterable[Application], *, milestone: str, revision: int
) -> list[DraftReminderMail]:
    return [
        DraftReminderMail(
            recipient=candidate(draft),
            application=draft.ref,
            milestone=milestone,
            revision=revision,
        )
        for draft in drafts
    ]


def _reminder(application: Application) -> Context:
    return {**about(application, ()), "deadline": application.last_second}


@dataclass(frozen=True, kw_only=True)
class ReceiptMail(DossierMail):
    """The receipt of a submission (CRPA, L112-11), from its record, whatever happened to the dossier since."""

    name = "admissions.receipt"
    label = _("Receipt")
    when = _("An application is submitted, for the first time or again.")

    number: int

    @property
    def key(self) -> str:
        return f"receipt:{self.application}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        refs = {mail.application for mail in batch}
        rows = Submission.objects.filter(application__ref__in=refs).defer("content")
        related = rows.select_related("application__campaign__organiser", "application__person")
        received = {(row.application.ref, row.number): row for row in related}
        return [_receipt(received[mail.application, mail.number]) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        awaited = {
            "title": {"fr": "Diplôme, ou attestation de réussite", "en": "Diploma or proof of it"},
            "subject": {"fr": "BTS", "en": "BTS"},
            "due_on": date(2027, 7, 15),
        }
        return {
            **sample_about(),
            "received_at": SAMPLE_AT,
            "corrected": False,
            "reason": "",
            "added": 15_400,
            "left": 7_700,
            "awaited": [awaited],
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        nothing = {**cls.sample(), "added": 0, "left": 0, "awaited": []}
        corrected = {**nothing, "corrected": True}
        reason = "Le prénom figurait dans la case du nom."
        return [cls.sample(), nothing, corrected, {**corrected, "reason": reason}]


def tell_receipt(application: Application, now: datetime) -> None:
    number = application.submission_number
    mail = ReceiptMail(recipient=candidate(application), application=application.ref, number=number)
    enqueue([mail], now=now)


def _receipt(submission: Submission) -> Context:
    receipt = submission.receipt
    return {
        **about(submission.application, receipt["programmes"]),
        "received_at": submission.received_at,
        "corrected": submission.kind == SubmissionKind.CORRECTED,
        "reason": submission.reason,
        "added": sum(charge["cents"] for charge in receipt["charges"]),
        "left": max(0, receipt["owed"] - receipt["settled"]),
        "awaited": [_awaited(piece) for piece in receipt["awaited"]],
    }


def _awaited(piece: Mapping[str, str]) -> Context:
    return {**piece, "due_on": date.fromisoformat(piece["due_on"]) if piece["due_on"] else None}


@dataclass(frozen=True, kw_only=True)
class DatedMail(DossierMail):
    """What happens to candidacies at an hour, and may happen again: `number` says which time it is."""

    programmes: Codes
    at: datetime
    candidacy: str | None  # the first of those concerned
    number: int | None

    @property
    def key(self) -> str:
        return f"{self.name.partition('.')[2]}:{self.candidacy}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [mail.facts(applications[mail.application]) for mail in batch]

    def facts(self, application: Application) -> Context:
        return {**about(application, named(application, self.programmes)), "at": self.at}


@dataclass(frozen=True, kw_only=True)
class WithdrawalMail(DatedMail):
    """Its number is that of the submission that is withdrawn."""

    name = "admissions.withdrawal"
    label = _("Withdrawal")
    when = _("A candidate withdraws an application, or one programme of it.")

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(), "at": SAMPLE_AT}


def tell_withdrawal(
    application: Application, withdrawn: Sequence[Candidacy], now: datetime
) -> None:
    mail = WithdrawalMail(
        recipient=candidate(application),
        application=application.ref,
        programmes=codes_of(withdrawn),
        at=now,
        candidacy=withdrawn[0].ref,
        number=application.submission_number,
    )
    enqueue([mail], now=now)


@dataclass(frozen=True, kw_only=True)
class RefusalMail(DossierMail):
    name = "admissions.refusal"
    label = _("Refusal by the central service")
    when = _("The central service refuses an application.")

    programmes: Codes

    @property
    def key(self) -> str:
        return f"refusal:{self.application}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        applications = applications_of(batch)
        return [_refusal(applications[mail.application], mail.programmes) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        reason = "Les pièces demandées n’ont pas été fournies à la date fixée."
        return {**sample_about(), "at": SAMPLE_AT, "reason": reason}


def tell_refusal(application: Application, refused: Sequence[Candidacy], now: datetime) -> None:
    codes = codes_of(refused)
    mail = RefusalMail(
        recipient=candidate(application), application=application.ref, programmes=codes
    )
    enqueue([mail], now=now)


def _refusal(application: Application, codes: Codes) -> Context:
    said = about(application, named(application, codes))
    return {**said, "at": application.ended_at, "reason": application.refusal_reason}


@dataclass(frozen=True, kw_only=True)
class AdmissionMail(DatedMail):
    name = "admissions.admission"
    label = _("Admission")
    when = _("A candidate is admitted: the contract is countersigned and the title is proven.")

    others: Codes

    def facts(self, application: Application) -> Context:
        return {**super().facts(application), "others": named(application, self.others)}

    @classmethod
    def sample(cls) -> Context:
        first, *others = SAMPLE_PROGRAMMES
        return {**sample_about([first]), "at": SAMPLE_AT, "others": others}


def tell_admission(candidacy: Candidacy, others: Sequence[Candidacy], now: datetime) -> None:
    mail = AdmissionMail(
        recipient=candidate(candidacy.application),
        application=candidacy.application.ref,
        programmes=codes_of([candidacy]),
        at=now,
        candidacy=candidacy.ref,
        number=_admissions(candidacy),
        others=codes_of(others),
    )
    enqueue([mail], now=now)


def _admissions(candidacy: Candidacy) -> int:
    return number_of(candidacy, CandidacyAction.ADMIT)


@dataclass(frozen=True, kw_only=True)
class ReversalMail(DatedMail):
    """Its number is that of the admission that is taken back."""

    name = "admissions.reversal"
    label = _("Admission taken back")
    when = _("An admission is taken back, with its reason.")

    reason: str

    def facts(self, application: Application) -> Context:
        return {**super().facts(application), "reason": self.reason}

    @classmethod
    def sample(cls) -> Context:
        reason = "Le contrat n’a pas été enregistré."
        return {**sample_about(SAMPLE_PROGRAMMES[:1]), "at": SAMPLE_AT, "reason": reason}


def tell_reversal(candidacy: Candidacy, reason: str, now: datetime) -> None:
    mail = ReversalMail(
        recipient=candidate(candidacy.application),
        application=candidacy.application.ref,
        programmes=codes_of([candidacy]),
        at=now,
        candidacy=candidacy.ref,
        number=_admissions(candidacy),
        reason=reason,
    )
    enqueue([mail], now=now)
