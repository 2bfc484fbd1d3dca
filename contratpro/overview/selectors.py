"""A cohort at a glance: how far each paper is, the hours held. Any number of students, the same statements."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from contratpro.classes.rules.hours import HoursSum
from contratpro.contracts.rules.acts import may_complete
from contratpro.contracts.selectors import draft_content, review_of
from contratpro.models import (
    AgreementDispatch,
    AgreementSignature,
    ClassPresence,
    ContactSheet,
    ContractYear,
    EmploymentContract,
    StudentFile,
    TrainingAgreement,
)
from contratpro.overview.rules import (
    OF_SHEET,
    FoundAlike,
    PaperStage,
    PaperStages,
    stage_of_agreement,
    stage_of_contract,
    sum_of_alike,
)
from contratpro.states import BOUND_STUDENTS, ClassState, EmploymentState, StudentState
from contratpro.vocabulary import Party, Signer


def overseen(year: ContractYear) -> QuerySet[StudentFile]:
    """The students of the year, but for those who gave up: those whom the grid of the steps shows."""
    return year.students.exclude(state=StudentState.WITHDRAWN)


def bound_by_papers(rows: QuerySet[StudentFile]) -> QuerySet[StudentFile]:
    """Those whose papers somebody waits for: a project is under way."""
    return rows.filter(state__in=BOUND_STUDENTS)


def paper_stages(rows: QuerySet[StudentFile]) -> Mapping[int, PaperStages]:
    """How far the papers of each of the students are: six statements for any number."""
    asked = rows.order_by().values("pk")
    sheets = _sheet_stages(asked)
    contracts = _contract_stages(asked)
    agreements = _agreement_stages(asked)
    return {
        pk: PaperStages(
            sheet=sheets.get(pk, PaperStage.SHEET_NONE),
            contract=contracts.get(pk, PaperStage.CONTRACT_NONE),
            agreement=agreements.get(pk, PaperStage.AGREEMENT_NONE),
        )
        for pk in rows.order_by().values_list("pk", flat=True)
    }


def at_stage(rows: QuerySet[StudentFile], stage: PaperStage) -> QuerySet[StudentFile]:
    """Those of the students one of whose papers is that far."""
    bound = bound_by_papers(rows)
    found = [pk for pk, stages in paper_stages(bound).items() if stage in stages]
    return bound.filter(pk__in=found)


def _sheet_stages(asked: QuerySet[Any]) -> dict[int, PaperStage]:
    sheets = ContactSheet.objects.filter(student__in=asked).values_list("student_id", "state")
    return {pk: OF_SHEET[state] for pk, state in sheets}


def _contract_stages(asked: QuerySet[Any]) -> dict[int, PaperStage]:
    rows = EmploymentContract.objects.filter(student__in=asked).select_related("student__year")
    return {
        one.student_id: stage_of_contract(one.state, is_complete=_is_complete(one)) for one in rows
    }


def _is_complete(contract: EmploymentContract) -> bool:
    """Whether the office may find it complete. What has been begun was approved before."""
    if contract.state is not EmploymentState.DRAFT:
        return False
    review = review_of(contract, draft_content(contract))
    return bool(may_complete(contract.state, contract.student.state, review, is_approved=True))


def _agreement_stages(asked: QuerySet[Any]) -> dict[int, PaperStage]:
    """Of the last version of each."""
    rows = TrainingAgreement.objects.filter(student__in=asked).order_by("student_id", "number")
    last = {
        student: (pk, state) for student, pk, state in rows.values_list("student", "pk", "state")
    }
    signed = AgreementSignature.objects.filter(
        agreement__student__in=asked, party=Signer.COMPANY, void_since__isnull=True
    )
    handed_in = set(signed.values_list("agreement_id", flat=True))
    sent: dict[int, set[Party]] = defaultdict(set)
    dispatches = AgreementDispatch.objects.filter(agreement__student__in=asked).order_by()
    for agreement, party in dispatches.values_list("agreement_id", "to"):
        sent[agreement].add(party)
    return {
        student: stage_of_agreement(state, handed_in=pk in handed_in, sent_to=sent[pk])
        for student, (pk, state) in last.items()
    }


def hours_by_department(rows: QuerySet[StudentFile]) -> Mapping[str, HoursSum]:
    return _hours_by("student__department", rows)


def hours_by_student(rows: QuerySet[StudentFile]) -> Mapping[int, HoursSum]:
    return _hours_by("student_id", rows)


def _hours_by(column: str, rows: QuerySet[StudentFile]) -> dict[Any, HoursSum]:
    """Of the sessions that were countersigned, in one statement that counts presences found alike."""
    held = ClassPresence.objects.filter(
        student__in=rows.order_by().values("pk"), session__state=ClassState.COUNTERSIGNED
    )
    columns = (column, "session__minutes", "state", "late_minutes")
    alike: dict[Any, list[FoundAlike]] = defaultdict(list)
    counted = held.order_by().values_list(*columns).annotate(times=Count("pk"))
    for about, minutes, state, late, times in counted:
        alike[about].append(FoundAlike(minutes, state, late, times))
    return {about: sum_of_alike(found) for about, found in alike.items()}
