"""A training agreement in words: what is printed, what another version changes, what each act on it will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siret

from common.datafile.values import Text
from common.drafts.presentation import BothTexts, side_by_side
from common.drafts.rules import changes
from common.formats import short_day
from common.signs import Sign
from contratpro.agreements.rules import FIELDS
from contratpro.models import AgreementSignature, StudentFile, TrainingAgreement
from contratpro.states import AgreementState
from contratpro.vocabulary import CopyChannel, Signer
from contratpro.year.document.schema import Agreement, YearDocument
from contratpro.year.selectors import year_said

FACT_LABELS: Mapping[str, Promise] = {
    "student_name": _("Student"),
    "student_born_on": _("Date of birth"),
    "student_address": _("Postal address"),
    "department": _("Department"),
    "option": _("Option"),
    "company_name": _("Company"),
    "siret": _("SIRET number"),
    "company_address": _("Address of the company"),
    "signatory_name": _("Who signs for the company"),
    "signatory_function": _("Position of who signs"),
    "tutor_name": _("Tutor in the company"),
    "tutor_function": _("Position of the tutor"),
    "school_tutor": _("School tutor"),
    "starts_on": _("Beginning of the contract"),
    "ends_on": _("End of the contract"),
}
DAYS = frozenset({"student_born_on", "starts_on", "ends_on"})
SIGNERS: Mapping[Signer, Promise] = {
    Signer.STUDENT: _("The student"),
    Signer.COMPANY: _("The company"),
    Signer.SCHOOL: _("The school"),
}
CHANNELS: Mapping[CopyChannel, Promise] = {
    CopyChannel.SCAN: _("by e-mail"),
    CopyChannel.POST: _("by post"),
}


AGREEMENT_SIGNS: Mapping[AgreementState, Sign] = {
    AgreementState.PREPARED: Sign(_("to be signed"), "pencil", "action"),
    AgreementState.RECEIVED: Sign(_("with the school"), "send", "action"),
    AgreementState.SIGNED: Sign(_("signed by all"), "check-circle-fill", "done"),
    AgreementState.CANCELLED: Sign(_("replaced"), "x-circle", "quiet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFact:
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerLine:
    """A party, and its signature once there is one."""

    party: Signer
    title: str
    signature: AgreementSignature | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCard:
    """A version as its pages show it, with what it changes from the one before."""

    agreement: TrainingAgreement
    sign: Sign
    facts: Sequence[AgreementFact]
    signers: Sequence[SignerLine]
    changed: Sequence[BothTexts]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPaper:
    """What is printed."""

    agreement: TrainingAgreement
    said: YearDocument
    words: Agreement
    department: Text
    option: Text | None
    courses: Sequence[Text]
    starts_on: date
    ends_on: date
    born_on: date | None
    siret: str
    amends: bool
    changed: Sequence[BothTexts]


def cards_of(agreements: Sequence[TrainingAgreement]) -> list[AgreementCard]:
    """The versions, the last one first, each beside the last one before it that all have signed."""
    signed = [one for one in agreements if one.state is AgreementState.SIGNED]
    return [
        AgreementCard(
            agreement=one,
            sign=AGREEMENT_SIGNS[one.state],
            facts=facts_in_words(one.facts),
            signers=_signers(one),
            changed=changed_facts(
                next((last.facts for last in signed if last.number < one.number), None), one.facts
            ),
        )
        for one in agreements
    ]


def facts_in_words(facts: Mapping[str, str]) -> list[AgreementFact]:
    """What is printed, but for what is not known."""
    return [
        AgreementFact(label=fact_label(name), value=fact_value(facts[name], name))
        for name in FIELDS
        if facts.get(name)
    ]


def changed_facts(before: Mapping[str, str] | None, after: Mapping[str, str]) -> list[BothTexts]:
    if before is None:
        return []
    return side_by_side(changes(before, after, FIELDS), fact_label, fact_value)


def fact_label(name: str) -> str:
    return str(FACT_LABELS[name])


def fact_value(value: str, name: str) -> str:
    if name in DAYS and value:
        return short_day(date.fromisoformat(value))
    if name == "siret" and siret.is_valid(value):
        return str(siret.format(value))
    return value


def _signers(agreement: TrainingAgreement) -> list[SignerLine]:
    signed = {one.party: one for one in agreement.signatures.all()}
    return [
        SignerLine(party=party, title=str(title), signature=signed.get(party))
        for party, title in SIGNERS.items()
    ]


def paper_of(agreement: TrainingAgreement, before: Mapping[str, str] | None) -> AgreementPaper:
    """What the version says, by the year as it was when it was prepared, and what it changes of the one it amends."""
    said = year_said(agreement.year_version_id)
    assert said.agreement, "an agreement is prepared from the words of its year"
    facts = agreement.facts
    department = facts["department"]
    track = said.curriculum.tracks.get(department)
    option = track.options.get(facts["option"]) if track else None
    courses = option.courses if option else (track and track.courses) or ()
    return AgreementPaper(
        agreement=agreement,
        said=said,
        words=said.agreement,
        department=said.departments[department].title,
        option=option.title if option else None,
        courses=[course.title for course in courses],
        starts_on=date.fromisoformat(facts["starts_on"]),
        ends_on=date.fromisoformat(facts["ends_on"]),
        born_on=date.fromisoformat(facts["student_born_on"]) if facts["student_born_on"] else None,
        siret=fact_value(facts["siret"], "siret"),
        amends=before is not None,
        changed=changed_facts(before, facts),
    )


def before_preparing(student: StudentFile) -> list[str]:
    """What another version does to the one before it."""
    last = student.agreements.order_by("number").last()
    lines = [
        gettext(
            "The agreement is printed from what is typed below; it does not change afterwards."
        ),
        gettext("%(name)s is told, and fetches it marked as a project.")
        % {"name": student.full_name},
    ]
    if last is None:
        return lines
    if last.state is AgreementState.SIGNED:
        first = gettext("It amends version %(number)s, which all have signed and which stays.")
    else:
        first = gettext("Version %(number)s is replaced: what was signed of it counts no more.")
    return [first % {"number": last.number}, *lines]


def before_receiving(agreement: TrainingAgreement) -> list[str]:
    return [
        gettext("The copy that %(name)s handed in can be read, and both signatures are on it.")
        % {"name": agreement.student.full_name},
        gettext("The student is told that the school signs next."),
    ]


def before_returning(_agreement: TrainingAgreement) -> list[str]:
    return [
        gettext("What was signed counts no more: the student hands the agreement in again."),
        gettext("The student is told, and reads your remarks."),
    ]


def before_sending_to_company(_agreement: TrainingAgreement) -> list[str]:
    return [
        gettext(
            "By e-mail, the company receives a link to the signed copy, which works for 30 days."
        ),
        gettext("By post, the day of the dispatch is put on record; nothing is sent from here."),
    ]


def before_sending_to_social_service(_agreement: TrainingAgreement) -> list[str]:
    return [
        gettext("The social service finds the contract and the agreement on its page."),
        gettext("Each reading of them is on record."),
    ]
