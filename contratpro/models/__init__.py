"""The year (`year`), who is on its list (`students`), how far they are (`steps`), and where they go (`sheets`)."""

from contratpro.models.sheets import ContactSheet, HomeSchoolSignature, SheetVersion
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
    "ContactSheet",
    "ContractYear",
    "ContractYearVersion",
    "DepartmentHead",
    "HomeSchoolSignature",
    "InformationMeeting",
    "MeetingAttendance",
    "PaperTemplate",
    "SheetVersion",
    "StepRecord",
    "StudentFile",
]
