from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no_approved_project": _("No job project is approved."),
    "contract_is_not_drafted": _("No contract is drafted."),
    "contract_is_not_signed": _("The contract is not signed."),
    "contract_is_not_countersigned": _("The contract is not countersigned."),
    "contract_is_signed": _("The contract is signed already."),
    "contract_to_break_first": _(
        "A contract is signed: break it first, for the reason that applies."
    ),
    "signed_after_last_day": _(
        "The last day to sign was %(on)s, as the supplementary list says: nothing is signed after."
    ),
    "signed_before_approval": _(
        "The job project was approved on %(on)s: nothing is signed before."
    ),
    "countersigned_before_signed": _(
        "The contract was signed on %(on)s: it is not countersigned before."
    ),
    "age_needs_derogation": _(
        "On %(on)s the candidate will be %(age)s or older (%(source)s). Type the legal derogation that applies."
    ),
    "not_your_project": _("This job project is not handled by your school."),
    "admission_takes_no_project": _(
        "For this programme no employer is invited: see what the admission needs."
    ),
    "search_is_not_open": _(
        "Employers are invited by candidates who have come through the selection, and are not admitted yet."
    ),
    "nothing_to_commit_to": _("No approved project waits for your commitment."),
    "commitment_is_firm": _("Your commitment is firm already."),
    "candidate_is_committed": _(
        "The candidate is firmly committed to a company: no other project, unless that employer defaults."
    ),
    "search_is_over": _("The candidate no longer looks for a company for this programme."),
    "too_many_invitations": _(
        "%(most)s employers were invited within a day already: go on tomorrow."
    ),
    "employer_is_candidate": _("This is your own address: type that of the person who hires."),
    "link_just_sent": _(
        "A link was sent a few minutes ago: look among unwanted messages before asking for another."
    ),
    "project_is_incomplete": _("%(count)s answers are missing: nothing was sent."),
    "another_project_is_submitted": _(
        "The school is studying another company's sheet for this candidate. Yours is saved: send it once that one "
        "is answered."
    ),
    "start_is_past": _("%(on)s is past: type the day on which the contract will begin."),
    "start_is_far": _("%(on)s is too far ahead: check the year."),
    "project_is_draft": _("The employer has not sent this sheet."),
    "project_is_submitted": _("This sheet has been sent: the school is studying it."),
    "project_is_changes_asked": _("Changes were asked for: the employer has the sheet."),
    "project_is_approved": _("This job project is approved."),
    "project_is_refused": _("This job project has been refused."),
    "project_is_abandoned": _("This job project has been abandoned."),
    "project_is_defaulted": _("The employer has gone back on this job project."),
    "project_is_replaced": _("Another job project of this candidate was approved in its place."),
}
