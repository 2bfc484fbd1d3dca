"""Submit a dossier: in time, complete, under the notice that was read. All or nothing, once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.models import Application, Candidacy, Charge
from admissions.rules.acts import UNDER_CHECK
from admissions.rules.charges import new_charges
from admissions.rules.moves import ApplicationAction, CandidacyAction
from admissions.selectors.dossiers import dossier_of
from admissions.selectors.rows import Dossier, ProgrammeRow
from admissions.services import messages, recap
from admissions.services.access import own_application
from admissions.services.completeness.asking import answer_if_nothing_lacks
from admissions.services.moves import move_application, move_candidacies
from admissions.services.pieces import remove_unasked
from admissions.services.snapshots import Json, Submission, snapshot_of
from campaigns.conditions.rules.fees import FeeLine
from common.files.services import drop
from common.journal import Actor, Stamp
from common.refusals import DomainError
from common.rules.refusals import Refusal


def submit_application(*, ref: str, actor: User, accepted_version: int, received_at: datetime) -> Application:
    """Submit the programmes chosen; once submitted, those added since. Raises DomainError with every reason not to.

    `accepted_version` is the number of the notice that the candidate was shown (R-APP-6).
    """
    with transaction.atomic():
        application = own_application(ref, actor)
        dossier = dossier_of(application, received_at)
        if dossier.state in UNDER_CHECK and not (dossier.to_submit or dossier.left_out):
            return application
        refusals = _refusals(dossier, accepted_version)
        if refusals:
            raise DomainError(*refusals)
        charges = _charge(dossier, application.submissions + 1, received_at)
        submission = Submission(
            number=application.submissions + 1,
            received_at=received_at,
            dossier_received_at=_first_receipt(dossier) or received_at,
            charges=charges,
        )
        record = snapshot_of(dossier, submission)
        stamp = Stamp(actor=Actor.user(actor), at=received_at)
        _submit_candidacies(dossier.to_submit, stamp)
        _submit_dossier(application, submission, record, stamp)
        remove_unasked(dossier, actor, received_at)
        answer_if_nothing_lacks(application, actor, received_at)
        recap.order(application, received_at)
        messages.tell_receipt(application, received_at)
        return application


def _first_receipt(dossier: Dossier) -> datetime | None:
    """When what is added to now was received; None for a draft, even of a dossier that was withdrawn."""
    return dossier.application.received_at if dossier.state in UNDER_CHECK else None


def _refusals(dossier: Dossier, accepted_version: int) -> list[Refusal]:
    refusals = list(dossier.acts.submit.refusals)
    if accepted_version != dossier.current_version:
        refusals.append(Refusal("notice_has_changed", {"version": dossier.current_version}))
    return [*refusals, *(refusal for _, refusal in dossier.missing)]


def _charge(dossier: Dossier, number: int, at: datetime) -> Sequence[FeeLine]:
    lines = [FeeLine(row.code, row.cents) for row in dossier.fees.lines]
    charges = new_charges(lines, {row.code for row in dossier.to_submit}, dossier.fees.charged)
    Charge.objects.bulk_create(
        Charge(
            application=dossier.application,
            key=f"{number}:{line.programme}",
            cents=line.cents,
            tier=dossier.fees.tier.value,
            at=at,
        )
        for line in charges
    )
    return charges


def _submit_candidacies(rows: Sequence[ProgrammeRow], stamp: Stamp) -> None:
    """Move them, each with a copy of the verdict that it was submitted under."""
    candidacies = []
    for row in rows:
        assert row.candidacy, "only what was chosen is submitted"
        row.candidacy.verdict = row.verdict.verdict.value
        row.candidacy.route = row.verdict.route
        candidacies.append(row.candidacy)
    Candidacy.objects.bulk_update(candidacies, ["verdict", "route"])
    move_candidacies(candidacies, CandidacyAction.SUBMIT, stamp)


def _submit_dossier(application: Application, submission: Submission, record: Json, stamp: Stamp) -> None:
    replaced = application.recap
    move_application(
        application,
        ApplicationAction.SUBMIT,
        stamp,
        received_at=submission.dossier_received_at,
        submissions=submission.number,
        accepted_notice=application.campaign.current_version,
        snapshot=record,
        recap=None,
    )
    if replaced:
        drop(file=replaced, now=stamp.at)
