"""Submit a dossier: in time, complete, under the notice that was read; what was submitted is kept as it stood."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.mails import tell_receipt
from admissions.dossier.rules import (
    EXPERIENCE_FIELDS,
    UNDER_CHECK,
    UNDER_STUDY,
    Step,
    new_charges,
)
from admissions.dossier.selectors.dossiers import dossier_of
from admissions.dossier.selectors.read_model import Dossier, PieceRow, ProgrammeRow, name_of
from admissions.dossier.services import recap
from admissions.dossier.services.locking import lock_own_dossier, stamp_for
from admissions.dossier.services.pieces import answer_if_nothing_lacks, remove_unasked
from admissions.enums import SubmissionKind
from admissions.models import Application, Candidacy, Charge, Submission, Title
from admissions.states import ApplicationAction, CandidacyAction
from campaigns.conditions.rules.asked import FeeLine
from campaigns.conditions.selectors import above_the_most
from common.journal import Stamp, note
from common.moves import move, move_all
from common.refusals import DomainError
from common.rules import Refusal

Json = dict[str, object]


def content_of(dossier: Dossier, received_at: datetime, filmed: Sequence[Json]) -> Json:
    """The whole dossier as it stands. `received_at`: of the dossier, which what is added later does not move.

    `filmed`: the tests at which its candidate agreed to be filmed.
    """
    return {
        "campaign": {
            "slug": dossier.campaign.slug,
            "title": dict(dossier.notice.campaign.title),
            "session": dossier.notice.campaign.session,
            "organiser": dossier.campaign.organiser.name,
            "zone": dossier.notice.campaign.zone,
        },
        "contact": dict(dossier.contact),
        "received_at": received_at.astimezone(dossier.zone).isoformat(),
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
        "filmed": list(filmed),
    }


def receipt_of(dossier: Dossier, charges: Sequence[FeeLine]) -> Json:
    """What one submission adds, and what is owed and awaited after it."""
    return {
        "programmes": [
            {"code": row.code, "title": dict(row.title)}
            for row in dossier.to_submit or dossier.chosen
        ],
        "charges": [{"programme": line.programme, "cents": line.cents} for line in charges],
        "owed": dossier.fees.charged + sum(line.cents for line in charges),
        "settled": dossier.fees.settled,
        "awaited": [_piece(row) for row in dossier.awaited],
    }


def _person(dossier: Dossier) -> Json:
    person = dossier.application
    return {
        "birth_name": person.birth_name,
        "usual_name": person.usual_name,
        "first_names": person.first_names,
        "born_on": _iso(person.born_on),
        "nationality": person.nationality.code,
        "french_mother_tongue": person.french_mother_tongue,
        "phone": person.phone.as_international if person.phone else "",
        "email": person.email,
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
        "year": title.year,
        "status": title.status,
        "on": _iso(title.on),
    }


def _programme(row: ProgrammeRow) -> Json:
    return {
        "code": row.code,
        "title": dict(row.title),
        "verdict": row.verdict.verdict,
        "body": dict(row.body),
        "route": row.verdict.route,
        "article": row.verdict.article,
    }


def _piece(row: PieceRow) -> Json:
    return {
        "key": row.key,
        "title": dict(row.title),
        "subject": dict(row.subject) if row.subject else None,
        "needed": row.needed,
        "status": row.status,
        "due_on": _iso(row.due_on),
        "files": [
            {"name": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in row.files
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def submit_application(
    *,
    ref: str,
    actor: User,
    accepted_version: int,
    agreed: Collection[str] = (),
    received_at: datetime,
) -> Application:
    """Submit the programmes chosen; once submitted, those added since. Raises DomainError with every reason not to.

    `accepted_version` is the number of the notice that the candidate was shown, `agreed` the keys of the tests at
    which they agreed to be filmed: all those of what they apply to (R-APP-6).
    """
    with transaction.atomic():
        application = lock_own_dossier(ref, actor)
        dossier = dossier_of(application, received_at)
        if dossier.state in UNDER_CHECK and not (dossier.to_submit or dossier.left_out):
            return application
        refusals = _refusals(dossier, accepted_version, agreed)
        if refusals:
            raise DomainError(*refusals)
        added_to = _first_receipt(dossier)
        kind = SubmissionKind.ADDED if added_to else SubmissionKind.SUBMITTED
        submission = _receive(dossier, kind, received_at)
        stamp = stamp_for(application, actor, received_at)
        _submit_candidacies(dossier.to_submit, stamp)
        move(
            application,
            ApplicationAction.SUBMIT,
            stamp,
            received_at=added_to or received_at,
            accepted_notice=submission.notice,
            last_submission=submission,
        )
        remove_unasked(dossier, stamp)
        answer_if_nothing_lacks(application, stamp)
        recap.order(submission, received_at)
        tell_receipt(application, received_at)
        return application


def _first_receipt(dossier: Dossier) -> datetime | None:
    """When what is added to now was received; None for a draft, even of a dossier that was withdrawn."""
    return dossier.application.received_at if dossier.state in UNDER_STUDY else None


def _refusals(dossier: Dossier, accepted_version: int, agreed: Collection[str]) -> list[Refusal]:
    refusals = list(dossier.acts.submit.refusals)
    if accepted_version != dossier.current_version:
        refusals.append(Refusal("notice_has_changed", {"version": dossier.current_version}))
    refusals += too_many(dossier, {row.code for row in dossier.chosen})
    refusals += [
        Refusal("film_not_agreed", {"test": filmed.test})
        for key, filmed in dossier.filmed.items()
        if key not in agreed
    ]
    return [*refusals, *(refusal for _, refusal in dossier.missing)]


def too_many(dossier: Dossier, codes: Collection[str]) -> list[Refusal]:
    """Of a selection of which the notice lets one choose only so many programmes."""
    return [
        Refusal(
            "too_many_programmes",
            {"at_most": at_most, "selection": dossier.notice.selections[key].title},
        )
        for key, at_most in above_the_most(dossier.notice, codes).items()
    ]


def _receive(
    dossier: Dossier, kind: SubmissionKind, received_at: datetime, reason: str = ""
) -> Submission:
    """Keep what is submitted, and charge for it."""
    application, last = dossier.application, dossier.application.last_submission
    notice = application.campaign.current_version
    if kind is SubmissionKind.CORRECTED:
        notice = application.accepted_notice
    assert notice, "what is submitted is so under a notice"
    number = last.number + 1 if last else 1
    filmed: list[Json] = [
        {"test": dict(row.test), "until": dict(row.until)} for row in dossier.filmed.values()
    ]
    if kind is SubmissionKind.CORRECTED and last:
        filmed = [row for row in filmed if row in (last.content or {}).get("filmed", [])]
    charges = _charge(dossier, number, received_at)
    return Submission.objects.create(
        application=application,
        number=number,
        kind=kind,
        received_at=received_at,
        notice=notice,
        receipt=receipt_of(dossier, charges),
        content=content_of(dossier, _first_receipt(dossier) or received_at, filmed),
        reason=reason,
    )


def receive_correction(application: Application, stamp: Stamp) -> None:
    """Have what was just changed in a locked dossier received at once, where it was submitted.

    Verdicts and charges are judged again. Raises DomainError if what was submitted could not be any more.
    The reason in the stamp: why somebody else than its candidate changed it, who is told.
    """
    if application.state not in UNDER_STUDY:
        return
    whole = dossier_of(application, stamp.at)
    if application.accepted_notice and whole.version != application.accepted_notice.number:
        raise DomainError.of("added_under_another_notice")
    refusals = [refusal for step, refusal in whole.missing if step is not Step.DOCUMENTS]
    by_central_service = stamp.reason != ""
    # What only its candidate can say keeps nobody else from putting right what they said.
    if by_central_service:
        unsaid = set(EXPERIENCE_FIELDS.values())
        refusals = [refusal for refusal in refusals if refusal.params.get("field") not in unsaid]
    if refusals:
        raise DomainError(*refusals)
    dossier = _submitted_part(whole)
    submission = _receive(dossier, SubmissionKind.CORRECTED, stamp.at, stamp.reason)
    _judge(dossier.chosen)
    application.last_submission = submission
    application.save(update_fields=["last_submission"])
    note(application, "correct_application", stamp.saying(number=submission.number))
    if application.state in UNDER_CHECK:  # what the jury has stays as it had it
        remove_unasked(whole, stamp)
        answer_if_nothing_lacks(application, stamp)
    recap.order(submission, stamp.at)
    tell_receipt(application, stamp.at)


def _submitted_part(dossier: Dossier) -> Dossier:
    """Without the programmes added since, what they ask for and what they cost."""
    added = {row.code for row in dossier.added}
    refs = {row.candidacy.ref for row in dossier.added if row.candidacy}
    return replace(
        dossier,
        programmes=tuple(
            replace(row, chosen=row.chosen and row.code not in added) for row in dossier.programmes
        ),
        pieces=tuple(row for row in dossier.pieces if row.subject_key not in refs),
        fees=replace(
            dossier.fees, lines=tuple(row for row in dossier.fees.lines if row.code not in added)
        ),
    )


def _charge(dossier: Dossier, number: int, at: datetime) -> Sequence[FeeLine]:
    lines = [FeeLine(row.code, row.cents) for row in dossier.fees.lines]
    submitted = {row.code for row in dossier.to_submit or dossier.chosen}
    charges = new_charges(lines, submitted, dossier.fees.charged)
    Charge.objects.bulk_create(
        Charge(
            application=dossier.application,
            key=f"{number}:{line.programme}",
            cents=line.cents,
            tier=dossier.fees.tier,
            at=at,
        )
        for line in charges
    )
    return charges


def _submit_candidacies(rows: Sequence[ProgrammeRow], stamp: Stamp) -> None:
    """Move them, each with a copy of the verdict that it was submitted under."""
    move_all(_judge(rows), CandidacyAction.SUBMIT, stamp)


def _judge(rows: Iterable[ProgrammeRow]) -> list[Candidacy]:
    """Write into their candidacies the verdict that stands by now."""
    candidacies = []
    for row in rows:
        assert row.candidacy, "only what was chosen is submitted"
        row.candidacy.verdict = row.verdict.verdict
        row.candidacy.route = row.verdict.route
        candidacies.append(row.candidacy)
    Candidacy.objects.bulk_update(candidacies, ["verdict", "route"])
    return candidacies
