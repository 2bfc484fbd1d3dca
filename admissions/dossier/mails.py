"""What a candidate is told of a dossier by e-mail: written in the transaction of the fact, made from its record."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from admissions.models import Application, Candidacy
from campaigns.notice.selectors import notice
from notifications.mails import Context, Kind, Refs
from notifications.queue import Message, enqueue

MAX_SUBJECT = 120


def tell_receipt(application: Application, now: datetime) -> None:
    """The receipt of the last submission (CRPA, L112-11)."""
    number = str(application.submissions)
    tell(application, "receipt", f"receipt:{application.ref}:{number}", {"number": number}, now)


def tell_withdrawal(
    application: Application, withdrawn: Sequence[Candidacy], now: datetime
) -> None:
    codes = codes_of(withdrawn)
    key = f"withdrawal:{withdrawn[0].ref}:{now.timestamp():.0f}"  # it may be submitted and withdrawn again
    tell(application, "withdrawal", key, {"programmes": codes, "at": now.isoformat()}, now)


def tell_refusal(application: Application, refused: Sequence[Candidacy], now: datetime) -> None:
    codes = codes_of(refused)
    tell(application, "refusal", f"refusal:{application.ref}", {"programmes": codes}, now)


def tell_admission(candidacy: Candidacy, others: Sequence[Candidacy], now: datetime) -> None:
    refs = {
        "programmes": candidacy.programme.code,
        "others": codes_of(others),
        "at": now.isoformat(),
    }
    tell(
        candidacy.application,
        "admission",
        f"admission:{candidacy.ref}:{now.timestamp():.0f}",
        refs,
        now,
    )


def tell_reversal(candidacy: Candidacy, reason: str, now: datetime) -> None:
    refs = {"programmes": candidacy.programme.code, "reason": reason, "at": now.isoformat()}
    tell(
        candidacy.application,
        "reversal",
        f"reversal:{candidacy.ref}:{now.timestamp():.0f}",
        refs,
        now,
    )


def codes_of(candidacies: Sequence[Candidacy]) -> str:
    return " ".join(candidacy.programme.code for candidacy in candidacies)


def tell(application: Application, kind: str, key: str, refs: Refs, now: datetime) -> None:
    user = application.person.user
    if user is None:
        return
    message = Message(
        kind=f"admissions.{kind}",
        dedupe_key=key,
        to=user.email,
        language=user.language,
        refs={"application": application.ref, **refs},
        school_id=application.campaign.organiser_id,
        about=application.ref,
    )
    enqueue([message], now=now)


def build_receipts(batch: Sequence[Refs]) -> Sequence[Context]:
    """From the record of that submission, whatever happened to the dossier since."""
    applications = applications_of(batch)
    return [_receipt(applications[refs["application"]], int(refs["number"])) for refs in batch]


def _receipt(application: Application, number: int) -> Context:
    submission = (application.snapshot or {})["submissions"][number - 1]
    return {
        **about(application, submission["programmes"]),
        "received_at": datetime.fromisoformat(submission["received_at"]),
        "added": sum(charge["cents"] for charge in submission["charges"]),
        "left": max(0, submission["owed"] - submission.get("settled", 0)),
        "awaited": [_awaited(piece) for piece in submission["awaited"]],
    }


def _awaited(piece: Mapping[str, str]) -> Context:
    return {**piece, "due_on": date.fromisoformat(piece["due_on"]) if piece["due_on"] else None}


def build_withdrawals(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = applications_of(batch)
    return [_withdrawal(applications[refs["application"]], refs) for refs in batch]


def _withdrawal(application: Application, refs: Refs) -> Context:
    return {
        **about(application, named(application, refs)),
        "at": datetime.fromisoformat(refs["at"]),
    }


def build_refusals(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = applications_of(batch)
    return [_refusal(applications[refs["application"]], refs) for refs in batch]


def _refusal(application: Application, refs: Refs) -> Context:
    told = about(application, named(application, refs))
    return {**told, "at": application.ended_at, "reason": application.refusal_reason}


def build_admissions(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = applications_of(batch)
    return [_admission(applications[refs["application"]], refs) for refs in batch]


def _admission(application: Application, refs: Refs) -> Context:
    others = named(application, {"programmes": refs["others"]})
    return {**_withdrawal(application, refs), "others": others}


def build_reversals(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = applications_of(batch)
    return [
        {**_withdrawal(applications[refs["application"]], refs), "reason": refs["reason"]}
        for refs in batch
    ]


def applications_of(batch: Sequence[Refs]) -> dict[str, Application]:
    rows = Application.objects.select_related("campaign__organiser", "accepted_notice", "person")
    return {row.ref: row for row in rows.filter(ref__in={refs["application"] for refs in batch})}


def named(application: Application, refs: Refs) -> list[Context]:
    version = application.accepted_notice
    titles = {row.code: row.title for row in notice(version.pk).programmes} if version else {}
    return [
        {"code": code, "title": titles.get(code, {"fr": code})}
        for code in refs["programmes"].split()
    ]


def about(application: Application, programmes: Sequence[Context]) -> Context:
    return {
        "ref": application.ref,
        "name": application.person.full_name,
        "campaign": application.campaign.title,
        "zone": application.campaign.zone,
        "programmes": programmes,
        "names": _names(programmes),
        "contact": application.campaign.contact,
        "reply_to": application.campaign.contact["email"],
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


def build_reminders(batch: Sequence[Refs]) -> Sequence[Context]:
    """A draft, with its deadline as it stands when the message is written."""
    related = ("campaign__organiser", "person")
    rows = Application.objects.filter(
        ref__in={refs["application"] for refs in batch}
    ).select_related(*related)
    drafts = {row.ref: row for row in rows}
    return [_reminder(drafts[refs["application"]]) for refs in batch]


def _reminder(application: Application) -> Context:
    return {**about(application, ()), "deadline": application.campaign.last_second}


KINDS = (
    Kind(
        name="admissions.receipt",
        template="admissions/dossier/mail/receipt",
        build=build_receipts,
        readable=True,
        label=_("Receipt"),
    ),
    Kind(
        name="admissions.withdrawal",
        template="admissions/dossier/mail/withdrawal",
        build=build_withdrawals,
        readable=True,
        label=_("Withdrawal"),
    ),
    Kind(
        name="admissions.refusal",
        template="admissions/dossier/mail/refusal",
        build=build_refusals,
        readable=True,
        label=_("Refusal by the central service"),
    ),
    Kind(
        name="admissions.admission",
        template="admissions/dossier/mail/admission",
        build=build_admissions,
        readable=True,
        label=_("Admission"),
    ),
    Kind(
        name="admissions.reversal",
        template="admissions/dossier/mail/reversal",
        build=build_reversals,
        readable=True,
        label=_("Admission taken back"),
    ),
    Kind(
        name="admissions.draft_reminder",
        template="admissions/dossier/mail/reminder",
        build=build_reminders,
        readable=True,
        label=_("Reminder of a draft"),
    ),
)
