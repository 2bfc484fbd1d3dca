"""An agreement is prepared, then printed once: what was printed stays as it is."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import User
from common import jobs
from common.files.services import keep_made
from common.journal import Stamp
from common.moves import begin, move
from common.pdf import MEDIA_TYPE, pdf_of
from common.refusals import DomainError, refuse_unless
from contratpro.agreements.mails import AgreementNews, tell_student
from contratpro.agreements.presentation import paper_of
from contratpro.agreements.rules import WRITTEN, check_days, may_prepare
from contratpro.agreements.selectors import amended_by, ground_of, last_agreement, sources_of
from contratpro.models import TrainingAgreement
from contratpro.models.agreements import REASON_LENGTH
from contratpro.states import OPEN_AGREEMENTS, AgreementAction, AgreementState
from contratpro.students.services.locking import lock_handled_student

JOB = "contratpro.agreement"
PRINTED_IN = "fr"  # what is signed is in French


@transaction.atomic
def prepare_agreement(
    *,
    ref: str,
    number: int,
    written: Mapping[str, str],
    reason: str = "",
    actor: User,
    now: datetime,
) -> TrainingAgreement:
    """Prepare that version of a student's agreement; from the second on, with its reason. Again, nothing more happens.

    What is open of the version before is cancelled; one that all have signed stays, and this one amends it.
    """
    student = lock_handled_student(ref, actor)
    sources = sources_of(student)
    facts = sources | {name: written[name].strip() for name in WRITTEN}
    reason = reason.strip()[:REASON_LENGTH]
    last = last_agreement(student)
    if last and last.number == number and (last.facts, last.reason) == (facts, reason):
        return last
    ground = ground_of(student)
    if ground.number != number:
        raise DomainError.of("moved_meanwhile")
    refuse_unless(may_prepare(ground, reason=reason))
    version = student.year.current_version_id
    if last and last.facts == facts and last.year_version_id == version:
        raise DomainError.of("agreement_changes_nothing")
    refuse_unless(check_days(*(date.fromisoformat(facts[key]) for key in ("starts_on", "ends_on"))))
    stamp = Stamp.of(actor, now, reason)
    if last and last.state in OPEN_AGREEMENTS:
        move(last, AgreementAction.CANCEL, stamp, remarks="")
    typed = [name for name in WRITTEN if facts[name] != sources[name]]
    agreement = TrainingAgreement(
        student=student,
        number=number,
        reason=reason if number > 1 else "",
        facts=facts,
        typed=typed,
        prepared_at=now,
    )
    _begin(agreement, stamp)
    jobs.schedule(
        kind=JOB, key=f"agreement:{agreement.ref}", ids={"ref": agreement.ref}, run_at=now
    )
    tell_student(agreement, AgreementNews.PREPARED, now)
    return agreement


def _begin(agreement: TrainingAgreement, stamp: Stamp) -> None:
    """By what the year says now, whatever it says later."""
    version = agreement.student.year.current_version_id
    assert version, "a year is loaded with its first version"
    agreement.year_version_id = version
    begin(agreement, AgreementState.PREPARED, stamp, verb=AgreementNews.PREPARED)


def print_agreement(ids: Mapping[str, str], now: datetime) -> None:
    """Make and keep the paper of a version, unless it is made."""
    related = ("student__year__school", "year_version")
    agreement = TrainingAgreement.objects.select_related(*related).get(ref=ids["ref"])
    if agreement.printed_id is None:
        _keep(agreement, printed(agreement), now)


def printed(agreement: TrainingAgreement) -> bytes:
    """The paper of a version: kept once it is made, made from the same facts until then."""
    if agreement.printed:
        with agreement.printed.content.open("rb") as kept:
            content: bytes = kept.read()
            return content
    return pdf_of(html_of(agreement))


def html_of(agreement: TrainingAgreement) -> str:
    before = amended_by(agreement)
    paper = paper_of(agreement, before.facts if before else None)
    with translation.override(PRINTED_IN):
        return render_to_string("contratpro/agreements/paper.html", {"paper": paper})


def file_name(agreement: TrainingAgreement) -> str:
    return f"convention-{agreement.student.ref}-{agreement.number}.pdf"


@transaction.atomic
def _keep(agreement: TrainingAgreement, content: bytes, now: datetime) -> None:
    """Keep what was printed, unless another worker was quicker."""
    row = TrainingAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.printed_id is None:
        row.printed = keep_made(
            content=content,
            name=file_name(agreement),
            media_type=MEDIA_TYPE,
            purpose="training_agreement",
            now=now,
        )
        row.save(update_fields=["printed"])
