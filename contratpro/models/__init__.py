"""The year (`year`), its students (`students`), how far they are (`steps`), and their papers (the others)."""

from contratpro.models.agreements import AgreementDispatch, AgreementSignature, TrainingAgreement
from contratpro.models.certificates import CertificateOrder, CompletionCertificate
from contratpro.models.classes import CalledGroup, ClassPresence, ClassSession
from contratpro.models.contracts import EmploymentContract, EmploymentContractVersion
from contratpro.models.incidents import CompanyNeed, Incident, IncidentNotice
from contratpro.models.invoices import IssuedInvoice, OpcoPayer
from contratpro.models.pfe import Defence, PfeReport, PfeSheet, PfeSheetVersion
from contratpro.models.projects import (
    CompanyEvaluation,
    CompanyProject,
    EvaluationVersion,
    ProjectReport,
)
from contratpro.models.sheets import (
    ContactSheet,
    HomeSchoolRefusal,
    HomeSchoolSignature,
    SheetVersion,
)
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
    "AgreementDispatch",
    "AgreementSignature",
    "CalledGroup",
    "CertificateOrder",
    "ClassPresence",
    "ClassSession",
    "CompanyEvaluation",
    "CompanyNeed",
    "CompanyProject",
    "CompletionCertificate",
    "ConditionFact",
    "ContactSheet",
    "ContractYear",
    "ContractYearVersion",
    "Defence",
    "DepartmentHead",
    "EmploymentContract",
    "EmploymentContractVersion",
    "EvaluationVersion",
    "HomeSchoolRefusal",
    "HomeSchoolSignature",
    "Incident",
    "IncidentNotice",
    "InformationMeeting",
    "IssuedInvoice",
    "MeetingAttendance",
    "OpcoPayer",
    "PaperTemplate",
    "PfeReport",
    "PfeSheet",
    "PfeSheetVersion",
    "ProjectReport",
    "SheetVersion",
    "StepRecord",
    "StudentFile",
    "TrainingAgreement",
]
