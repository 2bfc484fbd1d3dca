"""Training agreements, with what their pages and papers show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from stdnum.fr.siret import compact

from common.datafile.values import Text
from common.drafts.rules import Content
from common.models import StoredFile
from contratpro.agreements.rules import AgreementGround, AgreementStanding
from contratpro.contracts.selectors import contract_of, dates_of
from contratpro.models import (
    AgreementDispatch,
    AgreementSignature,
    ContractYear,
    StudentFile,
    TrainingAgreement,
)
from contratpro.sheets.selectors import sheet_for
from contratpro.states import AgreementState, EmploymentState, FactState
from contratpro.students.selectors import conditions_of
from contratpro.vocabulary import CopyChannel, Party, Signer
from contratpro.year.document.schema import FIRST_DAY, LAST_DAY
from contratpro.year.selectors import year_now

SAID_ALIKE = (
    "company_name",
    "signatory_name",
    "signatory_function",
    "tutor_name",
    "tutor_function",
)  # what is called here as on the contact sheet


def agreements_of(student: StudentFile) -> list[TrainingAgreement]:
    """Each version, the last one first, with who signed it and to whom it was sent."""
    rows = student.agreements.select_related("printed", "student__year__school")
    dispatches = AgreementDispatch.objects.select_related("recorded_by")
    return list(
        rows.prefetch_related(
            Prefetch("signatures", _valid().select_related("scan")),
            Prefetch("dispatches", dispatches),
        ).order_by("-number")
    )


def last_agreement(student: StudentFile) -> TrainingAgreement | None:
    return student.agreements.order_by("number").last()


def agreement_by_ref(ref: str) -> TrainingAgreement | None:
    related = ("student__year__school", "student__user", "printed", "year_version")
    return TrainingAgreement.objects.select_related(*related).filter(ref=ref).first()


def signed_days(agreement: TrainingAgreement) -> Mapping[Signer, date]:
    """Who has signed it, and on which day."""
    return dict(_valid().filter(agreement=agreement).values_list("party", "signed_on"))


def signed_copy(agreement: TrainingAgreement) -> StoredFile | None:
    """The scan on which all have signed: the last that was recorded, whoever signed last."""
    if agreement.state is not AgreementState.SIGNED:
        return None
    with_scan = _valid().filter(agreement=agreement, scan__isnull=False).select_related("scan")
    last = with_scan.order_by("recorded_at", "pk").last()
    return last.scan if last else None


def handed_in_at(agreement: TrainingAgreement) -> datetime | None:
    """When student and company's signatures were handed in, while the office has not answered."""
    if agreement.state is not AgreementState.PREPARED:
        return None
    of_company = _valid().filter(agreement=agreement, party=Signer.COMPANY)
    return of_company.values_list("recorded_at", flat=True).first()


def standing_of_agreement(agreement: TrainingAgreement) -> AgreementStanding:
    return AgreementStanding(
        student=agreement.student.state,
        state=agreement.state,
        signed=signed_days(agreement),
    )


def amended_by(agreement: TrainingAgreement) -> TrainingAgreement | None:
    """The last version before it that all have signed: what it changes is said of that one."""
    before = agreement.student.agreements.filter(number__lt=agreement.number)
    return before.filter(state=AgreementState.SIGNED).order_by("number").last()


def ground_of(student: StudentFile) -> AgreementGround:
    sheet = sheet_for(student)
    return AgreementGround(
        student=student.state,
        sheet=sheet.state if sheet.pk else None,
        has_words=year_now(student.year).agreement is not None,
        number=student.agreements.count() + 1,
    )


def facts_for(student: StudentFile) -> dict[str, str]:
    """What an agreement would say today: its sources, but for what the office said otherwise of the last one."""
    last = last_agreement(student)
    return sources_of(student) | ({name: last.facts[name] for name in last.typed} if last else {})


def sources_of(student: StudentFile) -> dict[str, str]:
    """The student's file, the last contact sheet, the employment contract, and the year."""
    sheet = sheet_for(student)
    version = sheet.versions.last() if sheet.pk else None
    content: Content = version.content if version else {}
    return {**_of_student(student, content), **_of_company(content), **_days(student)}


def days_of_agreement(student: StudentFile) -> tuple[date, date] | None:
    """From when to when the last agreement says that the training runs."""
    agreement = last_agreement(student)
    said = [agreement.facts.get(name) for name in ("starts_on", "ends_on")] if agreement else []
    if not said or not all(said):
        return None
    first, last = (date.fromisoformat(str(day)) for day in said)
    return first, last


def contract_days(student: StudentFile) -> dict[str, date]:
    """Those of the employment contract, once there is one."""
    contract = contract_of(student)
    dates = dates_of(contract) if contract else None
    return {"starts_on": dates.starts_on, "ends_on": dates.ends_on} if dates else {}


def _days(student: StudentFile) -> dict[str, str]:
    """Those of the employment contract; before there is one, those of the year."""
    if of_contract := contract_days(student):
        return {name: day.isoformat() for name, day in of_contract.items()}
    said = year_now(student.year)
    days = {"starts_on": FIRST_DAY, "ends_on": LAST_DAY}
    found = {name: said.day(key, student.department) for name, key in days.items()}
    return {name: day.isoformat() if day else "" for name, day in found.items()}


def _of_student(student: StudentFile, content: Content) -> dict[str, str]:
    tutor = getattr(student.tutor, "person", None)
    return {
        "student_name": student.full_name,
        "student_born_on": student.born_on.isoformat() if student.born_on else "",
        "student_address": content.get("student_address", ""),
        "department": student.department,
        "option": student.option,
        "school_tutor": tutor.full_name if tutor else "",
    }


def _of_company(content: Content) -> dict[str, str]:
    """As the contact sheet that was validated says it, whatever is kept of the company elsewhere."""
    said = {name: content.get(name, "") for name in SAID_ALIKE}
    place = f"{content.get('postcode', '')} {content.get('city', '')}".strip()
    return {
        **said,
        "siret": compact(content.get("siret", "")),
        "company_address": ", ".join(filter(None, [content.get("street", ""), place])),
    }


def has_signed_contract(student: StudentFile) -> bool:
    contract = contract_of(student)
    return contract is not None and contract.state is EmploymentState.SIGNED


def company_address(agreement: TrainingAgreement) -> str:
    """That of who signs for the company, as the contact sheet gives it."""
    sheet = sheet_for(agreement.student)
    version = sheet.versions.last() if sheet.pk else None
    return str(version.content.get("signatory_email", "")) if version else ""


def conditions_waited_for(student: StudentFile, step: str) -> tuple[Text, ...]:
    """The conditions that have to hold before that step, and do not yet, in the words of the year."""
    said = year_now(student.year)
    return tuple(
        said.conditions[line.rule.key].words
        for line in conditions_of(student, said)
        if said.conditions[line.rule.key].before == step and line.state is not FactState.HELD
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialRow:
    """What the social service was sent of a student: nothing of them besides."""

    ref: str
    amends: bool
    name: str
    company: str
    starts_on: date
    ends_on: date
    sent_on: date
    by_post: bool


def with_sent(years: QuerySet[ContractYear]) -> QuerySet[ContractYear]:
    """Each with how many students the papers were sent of."""
    to_social = Q(students__agreements__dispatches__to=Party.SOCIAL_SERVICE)
    return years.annotate(sent=Count("students", filter=to_social, distinct=True))


def social_rows(year: ContractYear) -> list[SocialRow]:
    """The latest first."""
    rows = AgreementDispatch.objects.filter(to=Party.SOCIAL_SERVICE, agreement__student__year=year)
    sent = rows.select_related("agreement").order_by("-recorded_at", "-pk")
    signed = TrainingAgreement.objects.filter(student__year=year, state=AgreementState.SIGNED)
    firsts = dict(signed.order_by().values_list("student").annotate(first=Min("number")))
    return [_social_row(row, firsts) for row in sent]


def _social_row(row: AgreementDispatch, firsts: Mapping[int, int]) -> SocialRow:
    """`firsts`: of each student, the first version that all have signed."""
    agreement = row.agreement
    facts = agreement.facts
    return SocialRow(
        ref=agreement.ref,
        amends=agreement.number > firsts.get(agreement.student_id, agreement.number),
        name=facts["student_name"],
        company=facts["company_name"],
        starts_on=date.fromisoformat(facts["starts_on"]),
        ends_on=date.fromisoformat(facts["ends_on"]),
        sent_on=row.sent_on,
        by_post=row.channel is CopyChannel.POST,
    )


def _valid() -> QuerySet[AgreementSignature]:
    return AgreementSignature.objects.filter(void_since__isnull=True)
