"""The contracts and agreements of the students: drawn up, signed in order, amended, sent as far as step 7."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from types import MappingProxyType

from django.core.files.uploadedfile import SimpleUploadedFile

from common.drafts.rules import fingerprint
from contratpro.agreements.rules import WRITTEN
from contratpro.agreements.selectors import company_address, facts_for, last_agreement
from contratpro.agreements.services.preparing import prepare_agreement
from contratpro.agreements.services.sending import send_to_company, send_to_social_service
from contratpro.agreements.services.signing import (
    PartiesSigned,
    hand_in_agreement,
    receive_agreement,
    sign_for_school,
)
from contratpro.contracts.services.deciding import complete_contract, record_copy
from contratpro.contracts.services.locking import ContractWriter
from contratpro.contracts.services.writing import save_contract, type_nir
from contratpro.models import EmploymentContract, TrainingAgreement
from contratpro.states import FactState
from contratpro.steps.rules import AGREEMENT_SIGNED as SIGN
from contratpro.students.rules import seen_of_fact
from contratpro.students.services.conditions import hold_condition
from contratpro.vocabulary import CopyChannel, Severity
from contratpro.year.document.schema import LAST_DAY
from rehearsal.people.drawing import Sheet
from rehearsal.people.someone import chance
from rehearsal.year.sheets import content_of
from rehearsal.year.stage import LATE, ContractStage, YearAct, first_day
from rehearsal.year.students import CohortStudent, Reach, Turn

# How many days before the first one each act is done.
TYPED, FOUND_COMPLETE, CONTRACT_SIGNED, COPIED = 31, 29, 27, 25
PREPARED, HANDED_IN, RECEIVED, ADMITTED, SCHOOL_SIGNED, LATE_SIGNED = 24, 20, 18, 14, 13, 10
REDONE, AMENDED = 22, 8
PREPARING = "Agreements prepared"
SIGNS_FOR_SCHOOL = "Étienne Darmon, directeur des études"
REDONE_FOR = "Refaite à la demande de l’entreprise : la personne qui signe pour elle a changé."
AMENDED_FOR = "Le tuteur a quitté l’entreprise le mois dernier ; son successeur suit l’élève."
KEY_OF = 97  # the number and its key add up to a multiple of it


def paper_acts(stage: ContractStage, one: CohortStudent) -> Iterator[YearAct]:
    """What student, company, office and school do with both papers, as far as the student goes."""

    def act(before: int, title: str, play: Callable[..., None], **said: object) -> YearAct:
        return YearAct(stage.days.at(before, one.email), title, partial(play, stage, one, **said))

    if Turn.AGREEMENT_PREPARED in one.turns:
        yield act(LATE["head-approval"] - 1, PREPARING, _prepare)
    if one.reach < Reach.SIGNED:
        return
    yield act(TYPED, "Employment contracts typed", _type_contract)
    yield act(FOUND_COMPLETE, "Employment contracts found complete", _complete)
    yield act(COPIED, "Copies of signed contracts received", _record_contract)
    yield act(PREPARED, PREPARING, _prepare)
    if Turn.AGREEMENT_REDONE in one.turns:
        signs = {"signatory_name": "Solène Marchand", "signatory_function": "Directrice générale"}
        yield act(REDONE, "Agreements redone", _prepare, reason=REDONE_FOR, changed=signs)
    is_late = SIGN in one.late
    handed_in = LATE[SIGN] if is_late else HANDED_IN
    yield act(handed_in, "Agreements handed in", _hand_in, signed=handed_in)
    received = LATE["agreement-copy"] if is_late else RECEIVED
    yield act(received, "Agreements received", _receive)
    if one.reach >= Reach.COMPLETE:
        yield act(ADMITTED, "Admitted to year 3", _admit)
        signed = LATE_SIGNED if is_late else SCHOOL_SIGNED
        yield act(signed, "Agreements signed by the school", _sign, on=signed)
        yield act(signed - 1, "Agreements sent to company and social service", _send)
    if Turn.AGREEMENT_AMENDED in one.turns:
        tutor = {"tutor_name": "Bastien Aubrac", "tutor_function": "Ingénieur de recherche"}
        yield act(AMENDED, "Agreements amended", _prepare, reason=AMENDED_FOR, changed=tutor)


def _type_contract(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    """The office types both parts; the student alone the social security number."""
    ref = stage.row(one).ref
    office = ContractWriter(ref=ref, user=stage.office)
    save_contract(writer=office, content=_contract(stage, one), seen="", now=now)
    own = ContractWriter(ref=ref, user=stage.accounts[one.email])
    type_nir(writer=own, nir=_nir(stage, one), now=now + timedelta(minutes=9))


def _contract(stage: ContractStage, one: CohortStudent) -> dict[str, str]:
    """Twelve months of a fixed term, above the minimum pay."""
    draw = chance("contract", one.email)
    sheet = content_of(stage, one)
    last = stage.said.day(LAST_DAY, one.department)
    assert last, "the year that is played gives its last day"
    return {
        "employer_name": sheet["company_name"],
        "employer_street": sheet["street"],
        "employer_postcode": sheet["postcode"],
        "employer_city": sheet["city"],
        "employer_phone": sheet["signatory_phone"],
        "employer_email": sheet["signatory_email"],
        "pension_fund": "Caisse de retraite d’exemple",
        "private_employer": "no",
        "siret": sheet["siret"],
        "naf": "7112B",
        "headcount": str(draw.randint(12, 900)),
        "branch_name": "Bureaux d’études techniques",
        "idcc": "1486",
        "french_law": "yes",
        "public_body": "no",
        "tutor_name": sheet["tutor_name"],
        "tutor_job": sheet["tutor_function"],
        "tutor_born_on": f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{draw.randint(1972, 1990)}",
        "tutor_years": str(draw.randint(3, 20)),
        "tutor_follows": str(draw.randint(1, 2)),
        "tutor_is_employer": "no",
        "nature": "fixed_term",
        "job": "Ingénieur en formation",
        "classification": "Position 1.1",
        "category": "executive",
        "starts_on": f"{first_day(stage.said):%d/%m/%Y}",
        "ends_on": f"{last:%d/%m/%Y}",
        "trial_days": "30",
        "weekly_time": "35 h",
        "gross_pay": str(draw.randrange(1650, 2000, 25)),
        "concluded_on": f"{stage.days.day(CONTRACT_SIGNED):%d/%m/%Y}",
        "concluded_at": sheet["city"],
        "signatory_name": sheet["signatory_name"],
        "opco_name": "Atlas",
        "employee_address": sheet["student_address"],
        "employee_phone": sheet["student_phone"],
        "employee_email": one.email,
        "sex": _sex(one),
        "job_seeker": "no",
        "diploma_held": "bac_pro",
    }


def _sex(one: CohortStudent) -> str:
    return chance("sex", one.email).choice("fm")


def _nir(stage: ContractStage, one: CohortStudent) -> str:
    """A number that nobody bears for sure: of a person born in no commune, in an order that is not given."""
    born: date | None = stage.row(one).born_on
    assert born, "who signs a contract has said when they were born"
    order = chance("nir", one.email).randint(900, 999)
    digits = f"{'2' if _sex(one) == 'f' else '1'}{born:%y%m}30999{order}"
    return f"{digits}{KEY_OF - int(digits) % KEY_OF:02}"


def _complete(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    contract = _contract_row(stage, one)
    seen = fingerprint(contract.draft)
    complete_contract(ref=contract.ref, seen=seen, actor=stage.office, now=now)


def _record_contract(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    record_copy(
        ref=_contract_row(stage, one).ref,
        signed_on=stage.days.day(CONTRACT_SIGNED),
        received_on=stage.days.day(COPIED),
        channel=CopyChannel.SCAN,
        scan=scan_of("Contrat de professionnalisation", one),
        actor=stage.office,
        now=now,
    )


def _prepare(
    stage: ContractStage,
    one: CohortStudent,
    *,
    reason: str = "",
    changed: Mapping[str, str] = MappingProxyType({}),
    now: datetime,
) -> None:
    student = stage.row(one)
    student.refresh_from_db()
    facts = facts_for(student) | {**changed}
    prepare_agreement(
        ref=student.ref,
        number=student.agreements.count() + 1,
        written={name: facts[name] for name in WRITTEN},
        reason=reason,
        actor=stage.office,
        now=now,
    )


def _hand_in(stage: ContractStage, one: CohortStudent, *, signed: int, now: datetime) -> None:
    agreement = _agreement(stage, one)
    parties = PartiesSigned(
        student_on=stage.days.day(signed + 1),
        company_by=agreement.facts["signatory_name"],
        company_on=stage.days.day(signed),
    )
    scan = scan_of("Convention de formation", one)
    actor = stage.accounts[one.email]
    hand_in_agreement(ref=agreement.ref, signed=parties, scan=scan, actor=actor, now=now)


def _receive(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    receive_agreement(ref=_agreement(stage, one).ref, actor=stage.office, now=now)


def _admit(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    """What the signature of the school waits for holds: the jury has admitted the student to year 3."""
    ref, seen = stage.row(one).ref, seen_of_fact(FactState.UNKNOWN)
    for key, condition in stage.said.conditions.items():
        if condition.severity is Severity.WAITS:
            hold_condition(ref=ref, key=key, seen=seen, actor=stage.office, now=now)


def _sign(stage: ContractStage, one: CohortStudent, *, on: int, now: datetime) -> None:
    sign_for_school(
        ref=_agreement(stage, one).ref,
        signed_by=SIGNS_FOR_SCHOOL,
        signed_on=stage.days.day(on),
        scan=scan_of("Convention de formation, signée de tous", one),
        actor=stage.office,
        now=now,
    )


def _send(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    agreement = _agreement(stage, one)
    email, office = company_address(agreement), stage.office
    scan = CopyChannel.SCAN
    send_to_company(ref=agreement.ref, channel=scan, email=email, actor=office, now=now)
    send_to_social_service(ref=agreement.ref, channel=scan, actor=office, now=now)


def _contract_row(stage: ContractStage, one: CohortStudent) -> EmploymentContract:
    return EmploymentContract.objects.get(student=stage.row(one))


def _agreement(stage: ContractStage, one: CohortStudent) -> TrainingAgreement:
    agreement = last_agreement(stage.row(one))
    assert agreement, "it is prepared before it is signed"
    return agreement


def scan_of(title: str, one: CohortStudent) -> SimpleUploadedFile:
    return paper_of(title, one.full_name)


def paper_of(title: str, about: str) -> SimpleUploadedFile:
    """A sheet that somebody signed."""
    sheet = Sheet()
    sheet.words(title, size=18, font="bold")
    sheet.down(24)
    sheet.words(about)
    sheet.down(60)
    sheet.words("Signé", size=14, font="slanted")
    return SimpleUploadedFile(f"{title}.pdf", sheet.pdf(), "application/pdf")
