from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_your_seats": _("These places are not handled by your school."),
    "capacity_below_held": _(
        "%(held)s places of the group %(pool)s are held: it cannot have fewer."
    ),
    "capacity_below_announced": _("The notice announces %(floor)s places: there cannot be fewer."),
    "programme_shares_no_place": _(
        "A candidacy goes only to a programme of the same places and the same selection."
    ),
    "no_supplementary_list": _("The notice has no supplementary list."),
    "term_is_not_confirmed": _(
        "The start of term, %(on)s, is only assumed: confirm it in the calendar first."
    ),
    "list_is_early": _("The supplementary list is drawn up from %(on)s on."),
    "list_is_late": _("The supplementary list is over: its last day was %(on)s."),
    "no_place_is_vacant": _("No place is vacant: those held and the list take them all."),
    "nobody_searches": _("Nobody selected for this programme still searches for a company."),
    "places_for_all": _(
        "%(seekers)s candidates still search and the group can host %(room)s more: the notice wants a list only when "
        "more search than there are places."
    ),
    "nobody_is_ranked": _("Give a rank to at least one candidate."),
    "ranks_do_not_follow": _(
        "Ranks follow one another from %(first)s on, without a gap and each once: check them."
    ),
    "more_than_can_be_hosted": _(
        "%(ranked)s candidates have a rank, and the group can host %(room)s: remove some."
    ),
    "no_longer_searching": _(
        "%(count)s of these candidates found a place or left meanwhile: nobody is listed yet. Check the ranks again."
    ),
    "reason_is_missing": _("Say why: the reason is kept."),
    "no_approved_project": _("No job project is approved."),
    "seat_is_not_held": _("No place is held."),
    "seat_is_queued": _("The project is approved, but no place is left: it waits for one."),
    "contract_is_not_drafted": _("No contract is drafted."),
    "contract_is_not_signed": _("The contract is not signed."),
    "contract_is_not_countersigned": _("The contract is not countersigned."),
    "contract_is_signed": _("The contract is signed already."),
    "contract_to_break_first": _(
        "A contract is signed: break it first, for the reason that applies."
    ),
    "admission_to_revert_first": _("The candidate is admitted: take the admission back first."),
    "signed_after_last_day": _(
        "The last day to sign was %(on)s, as the supplementary list says: nothing is signed after."
    ),
    "trainees_were_told": _(
        "Trainees of the supplementary list were told that they may sign until %(on)s: neither the start of term nor "
        "the months that the day is counted with change while they are there."
    ),
    "signed_before_approval": _(
        "The job project was approved on %(on)s: nothing is signed before."
    ),
    "countersigned_before_signed": _(
        "The contract was signed on %(on)s: it is not countersigned before."
    ),
    "day_is_to_come": _("%(on)s is still to come."),
    "age_needs_derogation": _(
        "On %(on)s the candidate will be %(age)s or older (%(source)s). Type the legal derogation that applies."
    ),
    "candidacy_is_not_selected": _(
        "The candidate is not selected for this programme, or is admitted already."
    ),
    "candidacy_is_not_admitted": _("The candidate is not admitted."),
    "proof_is_not_accepted": _("The central service has not accepted this document: %(piece)s."),
    "proof_of_title_is_not_accepted": _(
        "The central service has not accepted this document: %(piece)s (%(subject)s)."
    ),
    "not_your_project": _("This job project is not handled by your school."),
    "search_is_not_open": _(
        "Employers are invited by candidates who are declared admissible, and not admitted yet."
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
