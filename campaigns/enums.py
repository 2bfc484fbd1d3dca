"""What people read for the values of a notice."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.vocabulary import (
    AdmissionWay,
    CampaignState,
    Intake,
    MilestoneAction,
    MilestoneStatus,
    Needed,
    Per,
    ProgrammeStatus,
    RuleSection,
    TitleStatus,
    VerdictKind,
)

LABELS: dict[type[StrEnum], dict[StrEnum, Promise]] = {
    CampaignState: {
        CampaignState.DRAFT: _("draft"),
        CampaignState.PUBLISHED: _("published"),
        CampaignState.ARCHIVED: _("archived"),
    },
    MilestoneStatus: {
        MilestoneStatus.FIRM: _("firm"),
        MilestoneStatus.PROVISIONAL: _("provisional"),
        MilestoneStatus.ASSUMED: _("assumed, to be confirmed"),
    },
    MilestoneAction: {
        MilestoneAction.ANNOUNCE: _("announces the results"),
        MilestoneAction.REMIND_DRAFTS: _("reminds those who have not submitted"),
        MilestoneAction.START_SEARCH: _("starts the search for a company"),
        MilestoneAction.CLOSE_SEARCH: _("closes the search for a company"),
    },
    Intake: {
        Intake.ONLINE: _("online"),
        Intake.OFFICE: _("at the admissions office"),
    },
    AdmissionWay: {
        AdmissionWay.CONTRACT: _("an apprenticeship contract"),
        AdmissionWay.AGREEMENT: _("the employer’s agreement"),
        AdmissionWay.RESULTS: _("the results alone"),
    },
    ProgrammeStatus: {
        ProgrammeStatus.APPRENTICESHIP: _("apprenticeship"),
        ProgrammeStatus.CONTINUING: _("continuing education"),
        ProgrammeStatus.CONTRAT_PRO: _("contrat de professionnalisation"),
    },
    RuleSection: {
        RuleSection.PLACES: _("Programmes and places"),
        RuleSection.CALENDAR: _("Calendar"),
        RuleSection.WHO: _("Who may apply"),
        RuleSection.APPLICATION: _("Your application"),
        RuleSection.DOCUMENTS: _("Documents"),
        RuleSection.FEES: _("Fees"),
        RuleSection.SELECTION: _("How candidates are selected"),
        RuleSection.SEARCH: _("Finding a company"),
        RuleSection.ADMISSION: _("Admission"),
        RuleSection.TRAINING: _("The course"),
        RuleSection.DATA: _("Your data"),
        RuleSection.APPEALS: _("Decisions and appeals"),
    },
    VerdictKind: {
        VerdictKind.ELIGIBLE: _("may apply"),
        VerdictKind.JURY: _("the jury judges"),
        VerdictKind.NOT_ELIGIBLE: _("may not apply"),
    },
    Per: {
        Per.DOSSIER: _("application"),
        Per.PROGRAMME: _("programme"),
        Per.TITLE: _("diploma"),
    },
    Needed: {
        Needed.SUBMISSION: _("submission"),
        Needed.ADMISSION: _("admission"),
        Needed.OPTIONAL: _("nothing: it is optional"),
    },
    TitleStatus: {
        TitleStatus.OBTAINED: _("obtained"),
        TitleStatus.EXPECTED: _("being prepared"),
    },
}


def choices(enum: type[StrEnum]) -> dict[str, str | Promise]:
    """The values of `enum` with their labels; those that the admin does not show stay as the file writes them."""
    labels = LABELS.get(enum, {})
    return {member.value: labels.get(member, member.value) for member in enum}
