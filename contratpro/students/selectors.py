"""What is known of a student, read by the rules of the year."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, QuerySet

from accounts.models import User
from common.datafile.values import Text
from common.rules import fold
from contratpro.models import (
    ContractYear,
    DepartmentHead,
    InformationMeeting,
    PaperTemplate,
    StudentFile,
)
from contratpro.states import LIVE_STUDENTS, FactState, StudentState
from contratpro.students.rules import (
    OFFICE_SAYS,
    STUDENT_SAYS,
    CalledStudent,
    Circumstances,
    CohortWords,
    ConditionLine,
    ConditionRule,
    KnownStudent,
    condition_lines,
)
from contratpro.vocabulary import Circumstance
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now

EEA_AND_SWITZERLAND = {
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip


def circumstances_of(student: StudentFile) -> Circumstances:
    """What makes a condition concern them. Foreign: outside the European Economic Area and Switzerland."""
    nationality = student.nationality.code
    return {
        Circumstance.DOUBLE_DEGREE: student.double_degree,
        Circumstance.FOREIGN: nationality not in EEA_AND_SWITZERLAND if nationality else None,
        Circumstance.LONG_INTERNSHIP: student.long_internship,
        Circumstance.GRANT_HOLDER: student.grant_holder,
    }


def condition_rules(said: YearDocument) -> tuple[ConditionRule, ...]:
    return tuple(
        ConditionRule(
            key=key,
            article=one.article,
            severity=one.severity,
            by=one.evidence.by,
            only=one.only,
        )
        for key, one in said.conditions.items()
    )


def conditions_of(student: StudentFile, said: YearDocument) -> tuple[ConditionLine, ...]:
    """Each condition that concerns the student, with what is known of it."""
    return lines_of(student, said, dict(student.facts.values_list("key", "state")))


def lines_of(
    student: StudentFile, said: YearDocument, states: Mapping[str, FactState]
) -> tuple[ConditionLine, ...]:
    """The same, where what is known of each condition has been read."""
    return condition_lines(condition_rules(said), circumstances_of(student), states)


def student_by_ref(ref: str) -> StudentFile | None:
    rows = StudentFile.objects.select_related("year__school", "user", "tutor")
    return rows.filter(ref=ref).first()


def meeting_by_ref(ref: str) -> InformationMeeting | None:
    return InformationMeeting.objects.select_related("year__school").filter(ref=ref).first()


UNCONFIRMED = frozenset({StudentState.LISTED, StudentState.INVITED})


def said_of(student: StudentFile) -> dict[str, object]:
    """What the file says, by field, in the shape of a line of a spreadsheet."""
    said: dict[str, object] = {name: getattr(student, name) for name in OFFICE_SAYS + STUDENT_SAYS}
    said["nationality"], said["phone"] = student.nationality.code or "", str(student.phone or "")
    return said


def known_students(students: Iterable[StudentFile]) -> list[KnownStudent]:
    return [
        KnownStudent(
            ref=student.ref,
            email=student.email.lower(),
            has_confirmed=student.state not in UNCONFIRMED,
            said=said_of(student),
        )
        for student in students
    ]


def cohort_words(year: ContractYear, now: datetime) -> CohortWords:
    """Departments and options by their key and by their name in both languages."""
    said = year_now(year)
    titles = {key: one.title for key, one in said.departments.items()}
    options = {
        key: {name: option.title for name, option in track.options.items()}
        for key, track in said.curriculum.tracks.items()
    }
    return CohortWords(
        departments=_called(titles),
        options={key: _called(of_track) for key, of_track in options.items()},
        today=now.astimezone(said.zone).date(),
    )


def _called(titles: Mapping[str, Text]) -> dict[str, str]:
    names = {fold(str(word)): key for key, title in titles.items() for word in title.values()}
    return names | {fold(key): key for key in titles}


def called_students(meeting: InformationMeeting) -> QuerySet[StudentFile]:
    """Those of the departments that the meeting calls, those who gave up left out."""
    students = meeting.year.students.filter(state__in=LIVE_STUDENTS)
    if meeting.departments:
        students = students.filter(department__in=meeting.departments)
    return students


def as_called(students: Iterable[StudentFile]) -> list[CalledStudent]:
    """By their address, or by either of their names before or after the first names."""
    return [
        CalledStudent(ref=one.ref, email=one.email.lower(), names=tuple(sorted(_names(one))))
        for one in students
    ]


def _names(student: StudentFile) -> set[str]:
    last_names = {student.birth_name, student.usual_name} - {""}
    first_names = student.first_names
    orders = [(f"{last} {first_names}", f"{first_names} {last}") for last in last_names]
    return {fold(name) for both in orders for name in both}


def meetings_of(year: ContractYear) -> QuerySet[InformationMeeting]:
    return year.meetings.annotate(present=Count("attendances"))


def heads_in(year: ContractYear) -> QuerySet[DepartmentHead]:
    return year.heads.select_related("user").order_by("department", "option", "user__email")


def papers_of(year: ContractYear) -> QuerySet[PaperTemplate]:
    """Every dated paper, those handed out first."""
    return year.templates.select_related("file").order_by("replaced", "title", "-dated", "-pk")


def latest_papers(year: ContractYear) -> QuerySet[PaperTemplate]:
    """What is handed out: the latest of each."""
    return papers_of(year).filter(replaced=False)


def headed_by(user: User) -> QuerySet[DepartmentHead]:
    return DepartmentHead.objects.filter(user=user)


def tutored_by(user: User) -> QuerySet[StudentFile]:
    return StudentFile.objects.filter(tutor=user)
