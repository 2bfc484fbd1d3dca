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
}
