"""The closed vocabularies of a year's file and of its papers. Labels are data; these carry the logic."""

from enum import StrEnum

REPORT = "report"  # the step declared when the report of the company project is deposited
PFE_REPORT = "pfe-report"  # the same, of the final project


class Party(StrEnum):
    """Who acts in a step, marks it, or says whether a condition holds."""

    STUDENT = "student"
    COMPANY = "company"
    COMPANY_TUTOR = "company_tutor"
    DEPARTMENT_HEAD = "department_head"
    HOME_SCHOOL = "home_school"
    CONTRACT_SERVICE = "contract_service"
    DIRECTION = "direction"
    SCHOOL_TUTOR = "school_tutor"
    REGISTRAR = "registrar"
    SOCIAL_SERVICE = "social_service"
    TEACHER = "teacher"


class DateStatus(StrEnum):
    FIRM = "firm"
    PROVISIONAL = "provisional"  # may move, and acts as it stands
    ASSUMED = "assumed"  # not given by the school: nothing is due, nobody is reminded


class PeriodKind(StrEnum):
    SCHOOL = "school"
    COMPANY_PROJECT = "company_project"
    PFE = "pfe"
    LEAVE = "leave"
    EXAMINATIONS = "examinations"  # no day is given up for the company's need
    TESTS = "tests"  # likewise


class Severity(StrEnum):
    """What follows where a condition does not hold."""

    REFUSAL = "refusal"
    OWN_RISK = "own_risk"  # possible, once the student has said in writing that they know
    WAITS = "waits"  # nothing is refused while it is unknown, but a step waits for it


class HomeSigning(StrEnum):
    """How the home school of a double degree signed a contact sheet."""

    OFFICE = "office"  # on paper, put on record by the contract service
    TYPED = "typed"  # by its link: a name, a position, and that they may sign
    UPLOADED = "uploaded"  # by its link, with the scan of a sheet signed by hand


class Circumstance(StrEnum):
    """What makes a condition or a warning concern a student."""

    DOUBLE_DEGREE = "double_degree"
    FOREIGN = "foreign"
    LONG_INTERNSHIP = "long_internship"
    GRANT_HOLDER = "grant_holder"


class Half(StrEnum):
    """Where a mark goes that is halfway between two that can be given."""

    UP = "up"
    EVEN = "even"


class Mention(StrEnum):
    """What a training agreement must say besides its dates, its hours and its price (D6353-1)."""

    OBJECTIVE = "objective"
    CONTENT = "content"
    MEANS = "means"
    ORGANISATION = "organisation"
    FOLLOW_UP = "follow_up"
    OUTCOME = "outcome"
    PAYMENT = "payment"


class Signer(StrEnum):
    """Who signs a training agreement."""

    STUDENT = "student"
    COMPANY = "company"
    SCHOOL = "school"


class CopyChannel(StrEnum):
    """How a signed copy comes, or leaves."""

    SCAN = "scan"
    POST = "post"


class ClassKind(StrEnum):
    LECTURE = "lecture"
    TUTORIAL = "tutorial"
    PROJECT = "project"


class SignedHow(StrEnum):
    """How a presence came on record."""

    CODE = "code"  # the student typed the code that was shown in the room
    CALLED = "called"  # by the teacher, name by name
    PAPER = "paper"  # on a sheet whose scan is kept
    OFFICE = "office"  # put right afterwards, with its reason


class InvoiceKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"  # takes back an invoice, or a part of it


class PayerKind(StrEnum):
    """Who pays for a student's training."""

    COMPANY = "company"
    OPCO = "opco"  # the company's skills operator


class IncidentKind(StrEnum):
    """What happened during a contract."""

    SICK_LEAVE = "sick_leave"
    ACCIDENT = "accident"
    BREACH = "breach"  # the contract ended before its day
    OTHER = "other"


class PassedOn(StrEnum):
    """How the school tutor passes report and evaluation on to the registrar."""

    HAND = "hand"
    MAIL = "mail"
