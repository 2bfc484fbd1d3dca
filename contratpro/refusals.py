from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "slug_is_of_another_year": _(
        "“%(slug)s” is the year that begins in %(begins_in)s: give this one another slug."
    ),
    "not_contract_service": _("Only the contrat pro office of the school may do this."),
    "not_this_student": _("This file belongs to another student."),
    "not_department_head": _("Only the head of the student’s department may do this."),
    "condition_not_held": _("A condition of the year does not hold (article %(article)s)."),
    "condition_unknown": _("Nobody has said whether a condition holds (article %(article)s)."),
    "condition_risk_to_take": _(
        "A condition does not hold yet, and the student has not said that they know what follows "
        "(article %(article)s)."
    ),
    "no_risk_to_take": _("Nothing of this is at the student’s own risk."),
    "student_withdrawn": _("The student has given up the contrat pro: reopen the file first."),
    "identity_not_confirmed": _("Confirm who you are first."),
    "intention_already_told": _("You have told the contrat pro office already."),
    "not_an_actor_of_this_step": _("This step is declared by those who act in it, or the office."),
    "nobody_ticked": _("No student is ticked: go back to the grid and tick those concerned."),
    "step_not_of_this_student": _("This step does not concern this student."),
    "step_done_already": _("This step is done already."),
    "step_is_an_incident": _("An incident is reported with its own button, in a few words."),
    "step_is_no_incident": _("This step is declared, it does not happen by itself."),
    "step_done_later_than_today": _("The day is still to come: type the day on which it was done."),
    "step_without_scale": _("This step earns no points: it is recorded only."),
    "points_off_scale": _("The scale of this step goes from 0 to %(top)s."),
    "step_not_to_return": _("Only a step that is declared and not marked yet can be returned."),
    "step_not_marked": _("Only a step that is marked can be reopened."),
    "mark_off_scale": _("The mark goes from 0 to %(out_of)s."),
    "override_without_reason": _("Type the reason: it is kept, and the student reads it."),
}
