"""The year (`year`), who is on its list (`students`), how far they are (`steps`), where they go (`sheets`), and the
contract under which they do (`contracts`).
"""

from contratpro.models.contracts import EmploymentContract, EmploymentContractVersion
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
    "EmploymentContract",
    "EmploymentContractVersion",
    "HomeSchoolSignature",
    "InformationMeeting",
    "MeetingAttendance",
    "PaperTemplate",
    "SheetVersion",
    "StepRecord",
    "StudentFile",
]
