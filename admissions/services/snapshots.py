"""What was submitted, as it stood: plain JSON that the receipt and the recap are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from admissions.models import Title
from admissions.selectors.dossiers import name_of
from admissions.selectors.rows import Dossier, PieceRow, ProgrammeRow
from campaigns.conditions.rules.fees import FeeLine

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    number: int
    received_at: datetime
    dossier_received_at: datetime  # what is added later does not move it
    charges: Sequence[FeeLine]


def snapshot_of(dossier: Dossier, submission: Submission) -> Json:
    """The whole dossier, with a line for each submission so far."""
    earlier = dossier.application.snapshot["submissions"] if dossier.application.snapshot else []
    return {
        "campaign": {
            "slug": dossier.campaign.slug,
            "title": dict(dossier.notice.campaign.title),
            "session": dossier.notice.campaign.session,
            "organiser": dossier.campaign.organiser.name,
            "zone": dossier.notice.campaign.zone,
        },
        "contact": dossier.notice.campaign.contact.model_dump(mode="json"),
        "received_at": submission.dossier_received_at.astimezone(dossier.zone).isoformat(),
        "submissions": [*earlier, _submission(dossier, submission)],
        "person": _person(dossier),
        "studies": {
            "baccalaureate": dossier.application.baccalaureate,
            "year": dossier.application.baccalaureate_year,
        },
        "titles": [_title(title) for title in dossier.titles],
        "grant_holder": dossier.application.grant_holder,
        "technician_years": dossier.application.technician_years,
        "employer_agrees": dossier.application.employer_agrees,
        "programmes": [_programme(row) for row in dossier.chosen],
        "fees": [{"title": dict(row.title), "cents": row.cents} for row in dossier.fees.lines],
        "pieces": [_piece(row) for row in dossier.pieces],
    }


def _submission(dossier: Dossier, submission: Submission) -> Json:
    return {
        "number": submission.number,
        "received_at": submission.received_at.astimezone(dossier.zone).isoformat(),
        "notice": dossier.current_version,
        "programmes": [{"code": row.code, "title": dict(row.title)} for row in dossier.to_submit],
        "charges": [{"programme": line.programme, "cents": line.cents} for line in submission.charges],
        "owed": dossier.fees.charged + sum(line.cents for line in submission.charges),
        "settled": dossier.fees.settled,
        "awaited": [_piece(row) for row in dossier.awaited],
    }


def _person(dossier: Dossier) -> Json:
    person = dossier.person
    return {
        "birth_name": person.birth_name,
        "usual_name": person.usual_name,
        "first_names": person.first_names,
        "born_on": _iso(person.born_on),
        "nationality": person.nationality.code,
        "french_mother_tongue": person.french_mother_tongue,
        "phone": person.phone.as_international if person.phone else "",
        "email": person.user.email if person.user else "",
        "street": person.street,
        "postcode": person.postcode,
        "city": person.city,
        "country": person.country.code,
        "ine": person.ine,
    }


def _title(title: Title) -> Json:
    return {
        "name": dict(name_of(title)),
        "institution": title.institution,
        "country": title.country.code,
        "ects": title.ects,
        "status": title.status,
        "on": _iso(title.on),
    }


def _programme(row: ProgrammeRow) -> Json:
    return {
        "code": row.code,
        "title": dict(row.title),
        "verdict": row.verdict.verdict.value,
        "route": row.verdict.route,
        "article": row.verdict.article,
    }


def _piece(row: PieceRow) -> Json:
    return {
        "key": row.key,
        "title": dict(row.title),
        "subject": dict(row.subject) if row.subject else None,
        "needed": row.needed.value,
        "status": row.status.value,
        "due_on": _iso(row.due_on),
        "files": [{"name": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in row.files],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
