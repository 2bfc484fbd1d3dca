"""What the company office does with a place: each act on its own page, which says first what will happen."""

from dataclasses import replace

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from admissions.models import Candidacy
from admissions.places.permissions import can_admit, can_manage_seat
from admissions.places.selectors.pools import open_to_transfer
from admissions.places.services import transfers
from admissions.places.services.admission import admit, revert
from admissions.places.services.agreements import record_agreement, withdraw_agreement
from admissions.places.services.seats import give_place, release_place
from apprenticeship.contracts.selectors import age_limits
from apprenticeship.contracts.services import (
    break_contract,
    countersign_contract,
    draft_contract,
    sign_contract,
)
from apprenticeship.office.forms import (
    REASON_LENGTH,
    AgreementForm,
    CountersignatureForm,
    DraftForm,
    SignatureForm,
    TransferForm,
)
from apprenticeship.office.presentation import (
    before_admitting,
    before_agreeing,
    before_breaking,
    before_countersigning,
    before_disagreeing,
    before_drafting,
    before_giving_a_place,
    before_releasing,
    before_releasing_a_place,
    before_reverting,
    before_signing,
    before_transferring,
)
from apprenticeship.office.selectors import AdmissionFile, admission_file
from apprenticeship.office.views.board import followed_or_404
from apprenticeship.projects.services import seats
from common.formats import localized
from screens.acts import Act, Aim, Typed, ask_why, perform


@require_http_methods(["GET", "POST"])
def seat_act(request: PersonRequest, ref: str, act: Act[AdmissionFile]) -> HttpResponseBase:
    """What the office does with a place and its contract."""
    return perform(request, act, _aim_at(followed_or_404(request.user, ref, can_manage_seat)))


@require_http_methods(["GET", "POST"])
def admission_act(request: PersonRequest, ref: str, act: Act[AdmissionFile]) -> HttpResponseBase:
    return perform(request, act, _aim_at(followed_or_404(request.user, ref, can_admit)))


def _aim_at(candidacy: Candidacy) -> Aim[AdmissionFile]:
    file = admission_file(candidacy)
    held = file.seat or file.project
    company = held.company if held else None
    programme = localized(candidacy.programme.title)
    return Aim(
        thing=file,
        named={"candidacy_ref": candidacy.ref},
        about=candidacy.application.full_name,
        back=reverse("seat_dossier", kwargs={"ref": candidacy.ref}),
        detail=f"{programme} · {company.name}" if company else programme,
    )


def _aged(file: AdmissionFile) -> bool:
    """Whether the notice sets an age for that programme."""
    day = file.candidacy.application.campaign.year_until
    return bool(age_limits(file.candidacy, day, None))


def _draft_form(file: AdmissionFile, typed: Typed) -> DraftForm:
    kept = file.contract
    initial = {
        "starts_on": kept.starts_on if kept else parse_date(file.content.get("starts_on", "")),
        "derogation": kept.derogation if kept else "",
    }
    return DraftForm(typed, aged=_aged(file), initial=initial)


def _sign_form(file: AdmissionFile, typed: Typed) -> SignatureForm:
    derogation = file.contract.derogation if file.contract else ""
    return SignatureForm(typed, aged=_aged(file), initial={"derogation": derogation})


_why = ask_why(
    help_text=_(
        "It is kept with the file. Where the candidate is told, they read these very words."
    ),
    length=REASON_LENGTH,
)
TRANSFER = Act[AdmissionFile](
    command=transfers.transfer_candidacy,
    title=_("Transfer to another programme"),
    button=_("Transfer"),
    done=_("The candidacy is transferred, and the candidate told."),
    says=before_transferring,
    form=lambda file, typed: TransferForm(typed, programmes=open_to_transfer(file.candidacy)),
)
DRAFT = Act[AdmissionFile](
    command=draft_contract,
    title=_("Draft the contract"),
    button=_("Keep this draft"),
    done=_("The draft of the contract is kept."),
    says=before_drafting,
    form=_draft_form,
    against=lambda file: file.may_draft,
)
SIGN = Act[AdmissionFile](
    command=sign_contract,
    title=_("Record the signature"),
    button=_("Record the signature"),
    done=_("The signature is recorded."),
    says=before_signing,
    form=_sign_form,
)
COUNTERSIGN = Act[AdmissionFile](
    command=countersign_contract,
    title=_("Record the countersignature"),
    button=_("Record the countersignature"),
    done=_("The countersignature is recorded."),
    says=before_countersigning,
    form=lambda _file, typed: CountersignatureForm(typed),
)
BREAK = Act[AdmissionFile](
    command=break_contract,
    title=_("Break the contract"),
    button=_("Break the contract"),
    done=_("The contract is broken."),
    says=before_breaking,
    form=_why,
    danger=True,
)
RELEASE = Act[AdmissionFile](
    command=seats.release_seat,
    title=_("Give the place back"),
    button=_("Give the place back"),
    done=_("The place is given back."),
    says=before_releasing,
    form=_why,
    danger=True,
)
AGREE = Act[AdmissionFile](
    command=record_agreement,
    title=_("Record the employer’s agreement"),
    button=_("Record the agreement"),
    done=_("The agreement is recorded, and the candidate told by e-mail."),
    says=before_agreeing,
    form=lambda _file, typed: AgreementForm(typed),
)
DISAGREE = Act[AdmissionFile](
    command=withdraw_agreement,
    title=_("The employer goes back on the agreement"),
    button=_("End the agreement and give the place back"),
    done=_("The agreement is ended and the place given back."),
    says=before_disagreeing,
    form=_why,
    danger=True,
)
GIVE_PLACE = Act[AdmissionFile](
    command=give_place,
    title=_("Give a place"),
    button=_("Give the place"),
    done=_("The candidate holds a place, or waits for one."),
    says=before_giving_a_place,
)
RELEASE_PLACE = replace(RELEASE, command=release_place, says=before_releasing_a_place)
ADMIT = Act[AdmissionFile](
    command=admit,
    title=_("Admit the candidate"),
    button=_("Admit and tell the candidate"),
    done=_("The candidate is admitted, and told by e-mail."),
    says=before_admitting,
    against=lambda file: file.may_admit,
)
REVERT = Act[AdmissionFile](
    command=revert,
    title=_("Take the admission back"),
    button=_("Take the admission back"),
    done=_("The admission is taken back, and the candidate is told by e-mail."),
    says=before_reverting,
    form=_why,
    danger=True,
)
