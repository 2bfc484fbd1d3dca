"""Legal moves of a student's file, of conditions, steps, papers, classes, invoices and absences."""

from enum import StrEnum

from common.rules import sources


class StudentState(StrEnum):
    LISTED = "listed"
    INVITED = "invited"
    CONFIRMED = "confirmed"  # the student said who they are
    INTENDS = "intends"  # step 1: the contracts office has to answer
    FEASIBLE = "feasible"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    BROKEN = "broken"  # the contract ended before its day (R-PRO-14)


class StudentAction(StrEnum):
    INVITE = "invite"
    CONFIRM = "confirm"
    INTEND = "intend"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    BREAK = "break"
    RESUME = "resume"  # the breach was put on record by mistake


STUDENT_MOVES = {
    (StudentState.LISTED, StudentAction.INVITE): StudentState.INVITED,
    (StudentState.LISTED, StudentAction.CONFIRM): StudentState.CONFIRMED,
    (StudentState.INVITED, StudentAction.CONFIRM): StudentState.CONFIRMED,
    (StudentState.CONFIRMED, StudentAction.INTEND): StudentState.INTENDS,
    (StudentState.REFUSED, StudentAction.INTEND): StudentState.INTENDS,
    (StudentState.INTENDS, StudentAction.ACCEPT): StudentState.FEASIBLE,
    (StudentState.INTENDS, StudentAction.REFUSE): StudentState.REFUSED,
    (StudentState.FEASIBLE, StudentAction.REFUSE): StudentState.REFUSED,
    (StudentState.LISTED, StudentAction.WITHDRAW): StudentState.WITHDRAWN,
    (StudentState.INVITED, StudentAction.WITHDRAW): StudentState.WITHDRAWN,
    (StudentState.CONFIRMED, StudentAction.WITHDRAW): StudentState.WITHDRAWN,
    (StudentState.INTENDS, StudentAction.WITHDRAW): StudentState.WITHDRAWN,
    (StudentState.FEASIBLE, StudentAction.WITHDRAW): StudentState.WITHDRAWN,
    (StudentState.REFUSED, StudentAction.WITHDRAW): StudentState.WITHDRAWN,
    (StudentState.WITHDRAWN, StudentAction.REOPEN): StudentState.CONFIRMED,
    (StudentState.FEASIBLE, StudentAction.BREAK): StudentState.BROKEN,
    (StudentState.BROKEN, StudentAction.RESUME): StudentState.FEASIBLE,
}
LIVE_STUDENTS = sources(STUDENT_MOVES, StudentAction.WITHDRAW)
BOUND_STUDENTS = (StudentState.INTENDS, StudentState.FEASIBLE)  # by the last days of the steps


class FactState(StrEnum):
    """What is known of a condition."""

    UNKNOWN = "unknown"
    HELD = "held"
    NOT_HELD = "not_held"
    OWN_RISK = "own_risk"  # the student said in writing that they know what follows


class FactAction(StrEnum):
    HOLD = "hold"
    DENY = "deny"
    TAKE_RISK = "take_risk"
    FORGET = "forget"  # what was said was said by mistake


FACT_MOVES = {
    (FactState.UNKNOWN, FactAction.HOLD): FactState.HELD,
    (FactState.NOT_HELD, FactAction.HOLD): FactState.HELD,
    (FactState.OWN_RISK, FactAction.HOLD): FactState.HELD,
    (FactState.UNKNOWN, FactAction.DENY): FactState.NOT_HELD,
    (FactState.HELD, FactAction.DENY): FactState.NOT_HELD,
    (FactState.UNKNOWN, FactAction.TAKE_RISK): FactState.OWN_RISK,
    (FactState.NOT_HELD, FactAction.TAKE_RISK): FactState.OWN_RISK,
    (FactState.HELD, FactAction.FORGET): FactState.UNKNOWN,
    (FactState.NOT_HELD, FactAction.FORGET): FactState.UNKNOWN,
}


class StepState(StrEnum):
    TO_DO = "to_do"
    DONE = "done"
    MARKED = "marked"


class StepAction(StrEnum):
    DECLARE = "declare"
    MARK = "mark"
    RETURN = "return"  # it was not done, or not as it has to be
    REOPEN = "reopen"


STEP_MOVES = {
    (StepState.TO_DO, StepAction.DECLARE): StepState.DONE,
    (StepState.TO_DO, StepAction.MARK): StepState.MARKED,
    (StepState.DONE, StepAction.MARK): StepState.MARKED,
    (StepState.MARKED, StepAction.MARK): StepState.MARKED,
    (StepState.DONE, StepAction.RETURN): StepState.TO_DO,
    (StepState.MARKED, StepAction.REOPEN): StepState.TO_DO,
}


class SheetState(StrEnum):
    """Of a contact sheet (R-PRO-8)."""

    DRAFT = "draft"
    SENT = "sent"  # the head of the department or of the option has to answer
    RETURNED = "returned"  # with the head's remarks
    VALIDATED = "validated"


class SheetAction(StrEnum):
    SEND = "send"
    RETURN = "return"
    VALIDATE = "validate"


SHEET_MOVES = {
    (SheetState.DRAFT, SheetAction.SEND): SheetState.SENT,
    (SheetState.RETURNED, SheetAction.SEND): SheetState.SENT,
    (SheetState.SENT, SheetAction.RETURN): SheetState.RETURNED,
    (SheetState.SENT, SheetAction.VALIDATE): SheetState.VALIDATED,
}
OPEN_SHEETS = sources(SHEET_MOVES, SheetAction.SEND)  # student and company write


class EmploymentState(StrEnum):
    """Of an employment contract (R-PRO-10)."""

    DRAFT = "draft"
    READY = "ready"  # the contract service found it complete: it may be signed
    SIGNED = "signed"  # a copy that company and student signed is here


class EmploymentAction(StrEnum):
    COMPLETE = "complete"
    REOPEN = "reopen"
    SIGN = "sign"


EMPLOYMENT_MOVES = {
    (EmploymentState.DRAFT, EmploymentAction.COMPLETE): EmploymentState.READY,
    (EmploymentState.READY, EmploymentAction.REOPEN): EmploymentState.DRAFT,
    (EmploymentState.READY, EmploymentAction.SIGN): EmploymentState.SIGNED,
}


class AgreementState(StrEnum):
    """Of a version of the training agreement (R-PRO-9)."""

    PREPARED = "prepared"  # fetched, printed, signed by student and company
    RECEIVED = "received"  # with both signatures, and to be signed for the school
    SIGNED = "signed"  # by all
    CANCELLED = "cancelled"  # another version took its place before all had signed it


class AgreementAction(StrEnum):
    RECEIVE = "receive"
    RETURN = "return"  # what was received cannot be read, or lacks something
    COMPLETE = "complete"
    CANCEL = "cancel"


AGREEMENT_MOVES = {
    (AgreementState.PREPARED, AgreementAction.RECEIVE): AgreementState.RECEIVED,
    (AgreementState.RECEIVED, AgreementAction.RETURN): AgreementState.PREPARED,
    (AgreementState.RECEIVED, AgreementAction.COMPLETE): AgreementState.SIGNED,
    (AgreementState.PREPARED, AgreementAction.COMPLETE): AgreementState.SIGNED,
    (AgreementState.PREPARED, AgreementAction.CANCEL): AgreementState.CANCELLED,
    (AgreementState.RECEIVED, AgreementAction.CANCEL): AgreementState.CANCELLED,
}
OPEN_AGREEMENTS = sources(AGREEMENT_MOVES, AgreementAction.CANCEL)


class ClassState(StrEnum):
    """Of a session of the timetable (R-PRO-11)."""

    SCHEDULED = "scheduled"
    OPEN = "open"  # students sign
    COUNTERSIGNED = "countersigned"  # the teacher signed: its hours count
    CANCELLED = "cancelled"


class ClassAction(StrEnum):
    OPEN = "open"
    COUNTERSIGN = "countersign"
    CANCEL = "cancel"
    RESTORE = "restore"


CLASS_MOVES = {
    (ClassState.SCHEDULED, ClassAction.OPEN): ClassState.OPEN,
    (ClassState.OPEN, ClassAction.COUNTERSIGN): ClassState.COUNTERSIGNED,
    (ClassState.SCHEDULED, ClassAction.COUNTERSIGN): ClassState.COUNTERSIGNED,  # on paper
    (ClassState.SCHEDULED, ClassAction.CANCEL): ClassState.CANCELLED,
    (ClassState.OPEN, ClassAction.CANCEL): ClassState.CANCELLED,
    (ClassState.CANCELLED, ClassAction.RESTORE): ClassState.SCHEDULED,
}
PLANNED_CLASSES = sources(CLASS_MOVES, ClassAction.CANCEL)  # not countersigned yet


class PresenceState(StrEnum):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"  # absent, with a document that the office accepted


class PresenceAction(StrEnum):
    FIND_PRESENT = "find_present"
    FIND_LATE = "find_late"
    FIND_ABSENT = "find_absent"
    EXCUSE = "excuse"


PRESENCE_MOVES = {
    (PresenceState.LATE, PresenceAction.FIND_PRESENT): PresenceState.PRESENT,
    (PresenceState.ABSENT, PresenceAction.FIND_PRESENT): PresenceState.PRESENT,
    (PresenceState.EXCUSED, PresenceAction.FIND_PRESENT): PresenceState.PRESENT,
    (PresenceState.PRESENT, PresenceAction.FIND_LATE): PresenceState.LATE,
    (PresenceState.LATE, PresenceAction.FIND_LATE): PresenceState.LATE,
    (PresenceState.ABSENT, PresenceAction.FIND_LATE): PresenceState.LATE,
    (PresenceState.EXCUSED, PresenceAction.FIND_LATE): PresenceState.LATE,
    (PresenceState.PRESENT, PresenceAction.FIND_ABSENT): PresenceState.ABSENT,
    (PresenceState.LATE, PresenceAction.FIND_ABSENT): PresenceState.ABSENT,
    (PresenceState.EXCUSED, PresenceAction.FIND_ABSENT): PresenceState.ABSENT,
    (PresenceState.ABSENT, PresenceAction.EXCUSE): PresenceState.EXCUSED,
}


class CertificateState(StrEnum):
    """Of a certificate of completion (R-PRO-11)."""

    ISSUED = "issued"
    REPLACED = "replaced"  # by another, which says so


class CertificateAction(StrEnum):
    REPLACE = "replace"


CERTIFICATE_MOVES = {
    (CertificateState.ISSUED, CertificateAction.REPLACE): CertificateState.REPLACED,
}


class InvoiceState(StrEnum):
    """Of an invoice or a credit note (R-PRO-3)."""

    ISSUED = "issued"
    PAID = "paid"
    CREDITED = "credited"  # credit notes took all of it back


class InvoiceAction(StrEnum):
    PAY = "pay"
    UNPAY = "unpay"  # the payment was put on record by mistake
    CREDIT = "credit"


INVOICE_MOVES = {
    (InvoiceState.ISSUED, InvoiceAction.PAY): InvoiceState.PAID,
    (InvoiceState.PAID, InvoiceAction.UNPAY): InvoiceState.ISSUED,
    (InvoiceState.ISSUED, InvoiceAction.CREDIT): InvoiceState.CREDITED,
    (InvoiceState.PAID, InvoiceAction.CREDIT): InvoiceState.CREDITED,
}


class AbsenceState(StrEnum):
    """Of a day at the school that the company needs (R-PRO-14)."""

    ASKED = "asked"  # the head of the department decides
    GRANTED = "granted"
    REFUSED = "refused"
    CANCELLED = "cancelled"  # it is needed no more


class AbsenceAction(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    CANCEL = "cancel"


ABSENCE_MOVES = {
    (AbsenceState.ASKED, AbsenceAction.GRANT): AbsenceState.GRANTED,
    (AbsenceState.ASKED, AbsenceAction.REFUSE): AbsenceState.REFUSED,
    (AbsenceState.ASKED, AbsenceAction.CANCEL): AbsenceState.CANCELLED,
    (AbsenceState.GRANTED, AbsenceAction.CANCEL): AbsenceState.CANCELLED,
}
OPEN_ABSENCES = sources(ABSENCE_MOVES, AbsenceAction.CANCEL)  # asked or granted


class CompanyProjectState(StrEnum):
    """Of the company project of semester 9: whether its mark is published (R-PRO-7)."""

    GATHERING = "gathering"  # its report and its three marks come in
    PUBLISHED = "published"


class CompanyProjectAction(StrEnum):
    PUBLISH = "publish"
    TAKE_BACK = "take_back"


COMPANY_PROJECT_MOVES = {
    (CompanyProjectState.GATHERING, CompanyProjectAction.PUBLISH): CompanyProjectState.PUBLISHED,
    (CompanyProjectState.PUBLISHED, CompanyProjectAction.TAKE_BACK): CompanyProjectState.GATHERING,
}


class EvaluationState(StrEnum):
    """Of the evaluation sheet of the company tutor (R-PRO-12)."""

    ASKED = "asked"  # the company tutor has a link, and writes
    SENT = "sent"
    REOPENED = "reopened"  # the school tutor asks for another version


class EvaluationAction(StrEnum):
    SEND = "send"
    REOPEN = "reopen"


EVALUATION_MOVES = {
    (EvaluationState.ASKED, EvaluationAction.SEND): EvaluationState.SENT,
    (EvaluationState.REOPENED, EvaluationAction.SEND): EvaluationState.SENT,
    (EvaluationState.SENT, EvaluationAction.REOPEN): EvaluationState.REOPENED,
}
OPEN_EVALUATIONS = sources(EVALUATION_MOVES, EvaluationAction.SEND)


class PfeSheetState(StrEnum):
    """Of the sheet of the final project (R-PRO-8)."""

    DRAFT = "draft"
    SENT = "sent"  # the school tutor has to answer
    RETURNED = "returned"  # with the tutor's remarks
    APPROVED = "approved"  # it may be brought up to date


class PfeSheetAction(StrEnum):
    SEND = "send"
    RETURN = "return"
    APPROVE = "approve"


PFE_SHEET_MOVES = {
    (PfeSheetState.DRAFT, PfeSheetAction.SEND): PfeSheetState.SENT,
    (PfeSheetState.RETURNED, PfeSheetAction.SEND): PfeSheetState.SENT,
    (PfeSheetState.APPROVED, PfeSheetAction.SEND): PfeSheetState.SENT,
    (PfeSheetState.SENT, PfeSheetAction.RETURN): PfeSheetState.RETURNED,
    (PfeSheetState.SENT, PfeSheetAction.APPROVE): PfeSheetState.APPROVED,
}
OPEN_PFE_SHEETS = sources(PFE_SHEET_MOVES, PfeSheetAction.SEND)


class DefenceState(StrEnum):
    """Of the defence of a final project (R-PRO-13)."""

    PLANNED = "planned"
    MARKED = "marked"


class DefenceAction(StrEnum):
    MARK = "mark"
    REOPEN = "reopen"


DEFENCE_MOVES = {
    (DefenceState.PLANNED, DefenceAction.MARK): DefenceState.MARKED,
    (DefenceState.MARKED, DefenceAction.REOPEN): DefenceState.PLANNED,
}
