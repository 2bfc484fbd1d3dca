from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "siret_is_wrong": _("This SIRET number is not valid: check its fourteen digits."),
    # secrets
    "nir_is_wrong": _(
        "This social security number is not valid: check its thirteen characters and the two figures of its key."
    ),
    "nir_provisional": _(
        "This social security number is a provisional one, or has no usual month of birth: it is kept as it is."
    ),
    "nir_sex_differs": _("The sex that the social security number says is not the one typed."),
    "nir_birth_differs": _(
        "The birth that the social security number says is not the one of the file."
    ),
    # pay
    "pay_under_minimum": _(
        "The pay typed, %(gross_cents)s, is under the minimum of the month that begins on %(month)s: "
        "%(minimum_cents)s (%(article)s)."
    ),
    "minimum_pay_unknown": _(
        "The minimum pay of a contract concluded on %(concluded_on)s is not known: its tables lack that time."
    ),
    "pay_must_rise": _(
        "From %(month)s on, the minimum is %(minimum_cents)s: the pay typed must rise by then (%(article)s)."
    ),
    "pay_level_to_confirm": _(
        "With a general baccalauréat alone, the lower rate is taken: to be confirmed with the OPCO (%(article)s)."
    ),
    "wage_may_have_risen": _(
        "The minimum wage is known until %(known_until)s: it may have risen since (%(article)s)."
    ),
    # the employment contract
    "employee_too_young": _("The contract is open from the age of %(age)s on (%(article)s)."),
    "employee_too_old": _(
        "From the age of %(age)s on, the contract is open to job-seekers only (%(article)s)."
    ),
    "company_not_under_french_law": _("The company is not under French law (%(article)s)."),
    "employer_is_public_body": _(
        "The State, local authorities and administrative public bodies do not conclude this contract (%(article)s)."
    ),
    "contract_ends_before_it_starts": _(
        "The end is not after the beginning, %(starts_on)s (%(article)s)."
    ),
    "contract_ends_before_exams": _(
        "The end is before the last examination, on %(last_exam_on)s (%(article)s)."
    ),
    "fixed_term_not_of_the_year": _(
        "A fixed-term contract lasts %(months)s months, as the training does (%(article)s)."
    ),
    "action_not_of_the_year": _(
        "A permanent contract begins with %(months)s months of professionalisation (%(article)s)."
    ),
    "contract_too_short": _("The contract lasts less than %(months)s months (%(article)s)."),
    "contract_too_long": _(
        "The contract lasts more than %(months)s months, the most that is allowed (%(article)s)."
    ),
    "tutor_lacks_experience": _(
        "The tutor needs %(years)s years of experience in a related qualification (%(article)s)."
    ),
    "tutor_follows_too_many": _(
        "This tutor may follow %(most)s people at most, apprentices included (%(article)s)."
    ),
    "weekly_time_missing": _("Type the hours of a week (%(article)s)."),
    "weekly_time_too_long": _("A week has %(hours)s hours at most (%(article)s)."),
    "overtime_not_reckoned": _(
        "Over %(hours)s hours a week, overtime is paid more: the minimum shown does not reckon that (%(article)s)."
    ),
    "training_too_short": _("The training has less than %(hours)s hours (%(article)s)."),
    "training_under_share": _(
        "The training has less than %(share)s%% of the contract, %(hours)s hours (%(article)s)."
    ),
    "training_over_share": _(
        "The training, %(hours)s hours, is over %(share)s%% of the contract (%(most)s hours): to be confirmed with "
        "the OPCO, with the reference of the branch agreement (%(article)s)."
    ),
    "training_over_share_by_branch": _(
        "The training, %(hours)s hours, is over %(share)s%% of the contract (%(most)s hours): to be confirmed with "
        "the OPCO, by the branch agreement %(reference)s (%(article)s)."
    ),
    "trial_too_long": _("The trial period is over %(days)s days (%(article)s)."),
    "deposit_due": _("The employer sends the contract to its OPCO by %(last)s (%(article)s)."),
    "deposit_late": _(
        "The contract was sent to the OPCO late: it was to be sent by %(last)s (%(article)s)."
    ),
    # offers
    "not_office_of_offer": _("Only the office that looks after these contracts may do this."),
    "offer_of_another_link": _("This link does not lead to an offer."),
    "offer_link_just_sent": _("A link was sent to this address less than five minutes ago."),
    "offer_lacks": _("The offer is not complete: %(count)s fields are empty."),
    "offer_needs_last_day": _("Type the last day of the offer."),
    "offer_last_day_is_over": _("The last day of the offer is over: it has to be today or later."),
    "offer_lasts_too_long": _("The last day is too far: type %(latest)s at the latest."),
    "offer_not_prolonged": _("The offer stands until %(last)s already: type a later day."),
    "offer_is_draft": _("The company has not sent its offer yet."),
    "offer_is_proposed": _("The offer waits to be read by the school."),
    "offer_is_refused": _("The offer is refused."),
    "offer_is_published": _("The offer is published."),
    "offer_is_expired": _("The last day of the offer is over."),
    "offer_is_closed": _("The offer is closed."),
}
