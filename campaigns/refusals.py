from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # Why a verdict is what it is.
    "title_listed": _("Your diploma is in the list of this notice: %(kind)s %(printed)s."),
    "title_listed_by_succession": _(
        "Your diploma counts by succession: the one that replaced it is in the list of this notice "
        "(%(kind)s %(printed)s)."
    ),
    "title_named_by_route": _("You also attended a class that this notice names."),
    "title_credits_reached": _(
        "Your title gives at least %(ects)s ECTS credits after the baccalauréat."
    ),
    "title_year_under_way": _(
        "You will have validated year %(year)s of your %(kind)s within the academic year: its proof is expected before "
        "the admission."
    ),
    "title_expected": _(
        "You will hold it within the academic year: its proof is expected before the admission."
    ),
    "title_foreign": _("Your title is foreign: %(body)s says whether it is equivalent."),
    "jury_judges_title": _("Whether your title is accepted is judged by %(body)s. You may apply."),
    # What is not known, or not there yet.
    "title_country_unknown": _("The country of your title is not given."),
    "title_option_unknown": _(
        "The option of your diploma is not given; this notice accepts “%(printed)s”."
    ),
    "title_year_unknown": _(
        "The year of your %(kind)s that you have validated, or are in, is not given; this notice accepts it from year "
        "%(year)s on."
    ),
    "title_speciality_unknown": _(
        "The speciality of your diploma or course is to be confirmed as scientific or technical."
    ),
    "title_class_unknown": _(
        "Your preparatory class is not given; this notice accepts the scientific ones."
    ),
    "title_credits_unknown": _("Your ECTS credits are not given; at least %(ects)s are needed."),
    "title_not_held": _(
        "You do not hold this title yet: this notice speaks of those who hold one."
    ),
    "age_unknown": _(
        "Your date of birth is not given; the contract asks for an age under %(age)s on %(on)s."
    ),
    "age_over": _(
        "You will be %(age)s or older on %(on)s. The law provides for exceptions: check them before the contract."
    ),
    "age_over_assumed": _(
        "You will be %(age)s or older at the start, expected about %(on)s. The law provides for exceptions: "
        "check them before the contract."
    ),
    "age_unknown_at_signing": _(
        "Your date of birth is not given; the contract is to be signed under %(age)s. It may start from %(earliest)s "
        "on."
    ),
    "age_sign_before": _(
        "You turn %(age)s on %(before)s: sign the contract before that day. It may start from %(earliest)s on."
    ),
    "age_over_at_earliest": _(
        "You will be %(age)s or older on %(earliest)s, the first day on which the contract may start: sign it before "
        "you are, or check the exceptions that the law provides for."
    ),
    "ask_the_office": _("The admissions office takes these applications: write to %(email)s."),
    # Why not.
    "technician_years_unknown": _(
        "Say for how many years you have worked as a senior technician: %(years)s are needed."
    ),
    "technician_years_short": _(
        "You have worked for fewer than %(years)s years as a senior technician."
    ),
    "technician_years_reached": _(
        "You have worked for %(years)s years or more as a senior technician."
    ),
    "employer_agreement_unknown": _(
        "Say whether your employer agrees to this training: it is needed."
    ),
    "employer_disagrees": _("Your employer’s agreement to this training is needed."),
    "programme_at_the_office": _(
        "%(programme)s: one applies at the admissions office, not here. Write to it."
    ),
    "no_title": _("Enter the diplomas and courses that you followed since the baccalauréat."),
    "no_route": _("None of your titles matches those that this notice accepts."),
    "title_credits_short": _(
        "Your title gives fewer than %(ects)s ECTS credits after the baccalauréat."
    ),
    "title_year_early": _("This notice accepts your %(kind)s from year %(year)s of study on."),
    "title_has_no_such_year": _("A %(kind)s has no such year: it takes %(years)s years."),
    "title_too_late": _("You will hold your title after %(until)s, the end of the academic year."),
    "title_not_obtained_yet": _(
        "This date is still to come: either the diploma is being prepared, or the date is wrong."
    ),
    # Changes to a notice.
    "open_places_are_left_out": _(
        "%(opened)s places are open to candidates: change that number first."
    ),
    "notice_part_in_use": _("“%(part)s” is in use: dossiers refer to it. Keep it in the notice."),
    "slug_is_of_another_session": _(
        "“%(slug)s” is the campaign of the session %(session)s, already published: give this one another slug."
    ),
    "milestone_acted": _("This date has already done what it does: it no longer moves."),
    "milestone_moved_without_reason": _(
        "Say why the date moves: the reason is kept with the new version of the notice."
    ),
    # The calendar.
    "may_not_run_calendar": _(
        "Only the central service, the presidents of juries and the administrators of %(school)s may do this."
    ),
    "run_armed_already": _("Somebody else has armed it already: confirm it."),
    "run_not_armed": _("It must be armed before it is confirmed."),
    "run_takes_two_people": _("You armed it yourself: somebody else has to confirm it."),
    "run_takes_nobody": _("It acts by itself: nobody has to arm it."),
    "run_moved_meanwhile": _("Its date has moved since this page was shown. Look at it again."),
    "run_skipped_without_reason": _("Say why it is skipped: the reason stays in the history."),
    "run_takes_no_late_one": _("Only an announcement that has been made can have a late one."),
    "run_still_open": _("It has not acted yet: what was decided will go out with it."),
    "run_is_planned": _("It is planned, and has not acted yet."),
    "run_is_running": _("It is acting at this moment. Try again in a few minutes."),
    "run_is_done": _("It has already acted."),
    "run_is_failed": _("It has failed: retry it first."),
    "run_is_held": _("It is on hold: free it first."),
    "run_is_skipped": _("It was skipped."),
    "notice_inconsistent": _("The notice no longer holds together at %(where)s: %(what)s."),
}

TO_STAFF = {
    "title_listed": _("The diploma is in the list of the notice: %(kind)s %(printed)s."),
    "title_listed_by_succession": _(
        "The diploma counts by succession: the one that replaced it is in the list of the notice "
        "(%(kind)s %(printed)s)."
    ),
    "title_named_by_route": _("The candidate also attended a class that the notice names."),
    "title_credits_reached": _(
        "The title gives at least %(ects)s ECTS credits after the baccalauréat."
    ),
    "title_year_under_way": _(
        "Year %(year)s of the %(kind)s is to be validated within the academic year: its proof is expected before the "
        "admission."
    ),
    "title_expected": _(
        "To be held within the academic year: its proof is expected before the admission."
    ),
    "title_foreign": _("The title is foreign: %(body)s says whether it is equivalent."),
    "jury_judges_title": _("Whether the title is accepted is judged by %(body)s."),
    "title_country_unknown": _("The country of the title is not given."),
    "title_option_unknown": _(
        "The option of the diploma is not given; the notice accepts “%(printed)s”."
    ),
    "title_year_unknown": _(
        "The year of the %(kind)s that is validated or under way is not given; the notice accepts it from year "
        "%(year)s on."
    ),
    "title_speciality_unknown": _(
        "The speciality of the diploma or course is to be confirmed as scientific or technical."
    ),
    "title_class_unknown": _(
        "The preparatory class is not given; the notice accepts the scientific ones."
    ),
    "title_credits_unknown": _("The ECTS credits are not given; at least %(ects)s are needed."),
    "title_not_held": _(
        "The candidate does not hold this title yet: the notice speaks of those who hold one."
    ),
    "age_unknown": _(
        "The date of birth is not given; the contract asks for an age under %(age)s on %(on)s."
    ),
    "age_over": _(
        "The candidate will be %(age)s or older on %(on)s: the contract needs one of the law’s exceptions."
    ),
    "age_over_assumed": _(
        "The candidate will be %(age)s or older at the start, expected about %(on)s: the contract needs one of the "
        "law’s exceptions."
    ),
    "age_unknown_at_signing": _(
        "The date of birth is not given; the contract is to be signed under %(age)s. It may start from %(earliest)s on."
    ),
    "age_sign_before": _(
        "The candidate turns %(age)s on %(before)s: the contract is to be signed before that day. It may start from "
        "%(earliest)s on."
    ),
    "age_over_at_earliest": _(
        "The candidate will be %(age)s or older on %(earliest)s, the first day on which the contract may start: it is "
        "to be signed before, or needs one of the law’s exceptions."
    ),
    "ask_the_office": _(
        "The admissions office takes these applications: the notice sends candidates to %(email)s."
    ),
    "technician_years_unknown": _(
        "The years worked as a senior technician are not given; %(years)s are needed."
    ),
    "technician_years_short": _("Fewer than %(years)s years were worked as a senior technician."),
    "technician_years_reached": _("%(years)s years or more were worked as a senior technician."),
    "employer_agreement_unknown": _("It is not said whether the employer agrees to the training."),
    "employer_disagrees": _("The employer’s agreement to the training is needed."),
    "no_title": _("No diploma or course since the baccalauréat is entered."),
    "no_route": _("None of the titles matches those that the notice accepts."),
    "title_credits_short": _(
        "The title gives fewer than %(ects)s ECTS credits after the baccalauréat."
    ),
    "title_year_early": _("The notice accepts the %(kind)s from year %(year)s of study on."),
    "title_too_late": _("The title will be held after %(until)s, the end of the academic year."),
}
