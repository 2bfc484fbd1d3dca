"""What each act on an employment contract does, said before it is done."""

from django.utils.translation import gettext

from companies.secrets.selectors import KnownSecrets, known_of
from contratpro.models import EmploymentContract, StudentFile


def before_inviting_to_contract(_student: StudentFile) -> list[str]:
    return [
        gettext(
            "The company receives a link to its part of the contract, which works for 30 days."
        ),
        gettext(
            "It needs no account, and reads what the student typed, except what is kept apart."
        ),
        gettext("A link that was sent before leads nowhere any more."),
    ]


def before_completing(contract: EmploymentContract) -> list[str]:
    return [
        gettext(
            "What is typed is kept as a version, with the form that it was made for and its notes."
        ),
        gettext("Nobody types in it any more, unless you take it up again."),
        *_whether_typed_apart(known_of(contract)),
        gettext("%(name)s is told by e-mail that it can be signed.")
        % {"name": contract.student.full_name},
    ]


def _whether_typed_apart(known: KnownSecrets) -> list[str]:
    """Whether each is there, never what it says."""
    lines = [
        gettext("The social security number is typed.")
        if known.nir_at
        else gettext("The social security number is not typed."),
        gettext("It is typed whether the student is a disabled worker.")
        if known.disability_at
        else gettext("It is not typed whether the student is a disabled worker."),
    ]
    if not (known.nir_at and known.disability_at):
        lines.append(
            gettext(
                "What is not typed can be until the contract is signed, or is written by hand on the form."
            )
        )
    return lines


def before_reopening_contract(contract: EmploymentContract) -> list[str]:
    lines = [
        gettext("Student, company and you may type in it again, from what it says now."),
        gettext("%(name)s is told by e-mail, with your reason.")
        % {"name": contract.student.full_name},
    ]
    if contract.company_email:
        lines.append(
            gettext(
                "The company is told by e-mail too, with your reason and a fresh link, at %(email)s."
            )
            % {"email": contract.company_email}
        )
    if contract.deposited_on:
        lines.append(
            gettext("Its deposit at the OPCO is to be recorded anew: the journal keeps it.")
        )
    return lines


def before_recording_deposit(_contract: EmploymentContract) -> list[str]:
    return [
        gettext("The note about its five days is answered with this day, on every page and sheet."),
        gettext("A day that was recorded before is replaced: the journal keeps it."),
    ]


def before_correcting_copy() -> list[str]:
    return [
        gettext(
            "What you type takes the place of what is on record; the journal keeps what it was."
        ),
        gettext("Another scan replaces the one that is here, which is removed."),
        gettext("The steps keep their days: correct those on the page of the student’s steps."),
    ]


def before_reading(contract: EmploymentContract) -> list[str]:
    return [
        gettext(
            "The social security number of %(name)s and their disability are shown once, on the next page."
        )
        % {"name": contract.student.full_name},
        gettext("This reading is put on record: your name, the hour, and of whom."),
    ]


def before_printing(contract: EmploymentContract) -> list[str]:
    return [
        gettext(
            "The data sheet is made with the social security number of %(name)s and their disability."
        )
        % {"name": contract.student.full_name},
        gettext("It is not kept: whoever has the file has what is in it."),
        gettext("This reading is put on record: your name, the hour, and of whom."),
    ]
