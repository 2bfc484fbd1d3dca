from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_your_seats": _("These places are not handled by your school."),
    "capacity_below_held": _("%(held)s places of the group %(pool)s are held: it cannot have fewer."),
    "capacity_below_announced": _("The notice announces %(floor)s places: there cannot be fewer."),
    "reason_is_missing": _("Say why: the reason is kept."),
    "no_approved_project": _("No job project is approved."),
    "seat_is_not_held": _("No place is held."),
    "seat_is_queued": _("The project is approved, but no place is left: it waits for one."),
    "contract_is_not_drafted": _("No contract is drafted."),
    "contract_is_not_signed": _("The contract is not signed."),
    "contract_is_not_countersigned": _("The contract is not countersigned."),
    "contract_is_signed": _("The contract is signed already."),
    "contract_to_break_first": _("A contract is signed: break it first, for the reason that applies."),
    "admission_to_revert_first": _("The candidate is admitted: take the admission back first."),
    "signed_before_approval": _("The job project was approved on %(on)s: nothing is signed before."),
    "countersigned_before_signed": _("The contract was signed on %(on)s: it is not countersigned before."),
    "day_is_to_come": _("%(on)s is still to come."),
    "age_needs_derogation": _(
        "On %(on)s the candidate will be %(age)s or older (%(source)s). Type the legal derogation that applies."
    ),
    "candidacy_is_not_selected": _("The candidate is not selected for this programme, or is admitted already."),
    "candidacy_is_not_admitted": _("The candidate is not admitted."),
    "proof_is_not_accepted": _("The central service has not accepted this document: %(piece)s."),
    "proof_of_title_is_not_accepted": _("The central service has not accepted this document: %(piece)s (%(subject)s)."),
}
