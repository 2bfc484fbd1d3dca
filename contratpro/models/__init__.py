"""The year and its versions (`year`), students and what is known of them (`students`), how far they are (`steps`)."""

from contratpro.models.steps import StepRecord
from contratpro.models.students import (
    ConditionFact,
    DepartmentHead,
    InformationMeeting,
    MeetingAttendance,
    PaperTemplate,
    StudentFile,
)
from contratpro.models.year import ContractYear, ContractYearVersion

__all__ = [
    "ConditionFact",
    "ContractYear",
    "ContractYearVersion",
    "DepartmentHead",
    "InformationMeeting",
    "MeetingAttendance",
    "PaperTemplate",
    "StepRecord",
    "StudentFile",
]
