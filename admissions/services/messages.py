"""What a candidate is told by e-mail: written in the transaction of the fact, made from its record."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from admissions.models import Application, Candidacy
from campaigns.selectors import notice
from notifications.services import Kind, Message, enqueue

Refs = Mapping[str, str]
Context = Mapping[str, object]


def tell_receipt(application: Application, now: datetime) -> None:
    """The receipt of the last submission (CRPA, L112-11)."""
    number = str(application.submissions)
    _tell(application, "receipt", f"receipt:{application.ref}:{number}", {"number": number}, now)


def tell_withdrawal(application: Application, withdrawn: Sequence[Candidacy], now: datetime) -> None:
    codes = " ".join(candidacy.programme.code for candidacy in withdrawn)
    key = f"withdrawal:{application.ref}:{now.timestamp():.0f}"
    _tell(application, "withdrawal", key, {"programmes": codes, "at": now.isoformat()}, now)


def tell_refusal(application: Application, refused: Sequence[Candidacy], now: datetime) -> None:
    codes = " ".join(candidacy.programme.code for candidacy in refused)
    _tell(application, "refusal", f"refusal:{application.ref}", {"programmes": codes}, now)


def _tell(application: Application, kind: str, key: str, refs: Refs, now: datetime) -> None:
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
    )
    enqueue([message], now=now)


def build_receipts(batch: Sequence[Refs]) -> Sequence[Context]:
    """From the record of that submission, whatever happened to the dossier since."""
    applications = _applications(batch)
    return [_receipt(applications[refs["application"]], int(refs["number"])) for refs in batch]


def _receipt(application: Application, number: int) -> Context:
    submission = (application.snapshot or {})["submissions"][number - 1]
    return {
        **_about(application),
        "number": number,
        "received_at": datetime.fromisoformat(submission["received_at"]),
        "programmes": submission["programmes"],
        "added": sum(charge["cents"] for charge in submission["charges"]),
        "owed": submission["owed"],
        "awaited": [_awaited(piece) for piece in submission["awaited"]],
    }


def _awaited(piece: Mapping[str, str]) -> Context:
    due_on = datetime.fromisoformat(piece["due_on"]).date() if piece["due_on"] else None
    return {**piece, "due_on": due_on}


def build_withdrawals(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = _applications(batch)
    return [
        {
            **_about(applications[refs["application"]]),
            "programmes": _named(applications[refs["application"]], refs["programmes"]),
            "at": datetime.fromisoformat(refs["at"]),
        }
        for refs in batch
    ]


def build_refusals(batch: Sequence[Refs]) -> Sequence[Context]:
    applications = _applications(batch)
    return [
        {
            **_about(applications[refs["application"]]),
            "programmes": _named(applications[refs["application"]], refs["programmes"]),
            "at": applications[refs["application"]].ended_at,
            "reason": applications[refs["application"]].refusal_reason,
        }
        for refs in batch
    ]


def _applications(batch: Sequence[Refs]) -> dict[str, Application]:
    rows = Application.objects.select_related("campaign__organiser", "accepted_notice", "person")
    return {row.ref: row for row in rows.filter(ref__in={refs["application"] for refs in batch})}


def _about(application: Application) -> Context:
    return {
        "ref": application.ref,
        "name": application.person.full_name,
        "campaign": application.campaign.title,
        "slug": application.campaign.slug,
        "zone": application.campaign.zone,
        "contact": application.campaign.contact,
    }


def _named(application: Application, codes: str) -> Sequence[Context]:
    version = application.accepted_notice
    titles = {row.code: row.title for row in notice(version.pk).programmes} if version else {}
    return [{"code": code, "title": titles.get(code, {"fr": code})} for code in codes.split()]


KINDS = (
    Kind(name="admissions.receipt", template="admissions/mail/receipt", build=build_receipts),
    Kind(name="admissions.withdrawal", template="admissions/mail/withdrawal", build=build_withdrawals),
    Kind(name="admissions.refusal", template="admissions/mail/refusal", build=build_refusals),
)
